"""Review: what most needs a person comes first, and every decision is on disk before it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from visitmap.errors import VisitMapError
from visitmap.model import Decision, Issue, Place, Visit
from visitmap.store import Project
from visitmap.ui import session
from visitmap.ui.components import (
    bulk_table,
    candidates,
    correction,
    decision_log,
    keys,
    visit_card,
)
from visitmap.ui.review_queue import Item, items, reason
from visitmap.ui.words import escaped, namer, number, say

VIEWS = ("one", "table", "log")


def show() -> None:
    """The whole page."""
    st.title(say("review.title"))
    view = st.segmented_control(
        say("review.view"),
        VIEWS,
        default="one",
        required=True,
        format_func=namer("review.view"),
        key="review_view",
        label_visibility="collapsed",
    )
    {"one": _one_by_one, "table": _table, "log": _log}[view or "one"]()


@st.fragment
def _one_by_one() -> None:
    opened = session.project()
    _say_what_happened()
    waiting = items(opened)
    _progress(opened, len(waiting))
    item = _current(waiting)
    keys.show(_actions(opened, waiting, item), key="keys")
    if item is None:
        st.success(say("review.done"), icon=":material/task_alt:")
        _history_buttons(opened)
        return
    _item(opened, item)
    _buttons(opened, waiting, item)
    _details(opened, item)


@st.fragment
def _table() -> None:
    opened = session.project()
    _say_what_happened()
    _progress(opened)
    bulk_table.show(opened, key="bulk", do=_attempt)
    _history_buttons(opened)


@st.fragment
def _log() -> None:
    opened = session.project()
    _say_what_happened()
    _history_buttons(opened)
    decision_log.show(opened, key="log")


def _progress(opened: Project, left: int | None = None) -> None:
    decided, total = opened.progress()
    text = say("review.progress", decided=number(decided), total=number(total))
    if left:
        text = f"{text} · {say('review.left', n=left)}"
    st.progress(decided / total if total else 1.0, text)


def _current(waiting: list[Item]) -> Item | None:
    """The item looked at: the one moved to, else the neediest."""
    wanted = st.session_state.get("review_at", "")
    found = next((one for one in waiting if one.item_id == wanted), None)
    return found or (waiting[0] if waiting else None)


def _item(opened: Project, item: Item) -> None:
    for issue in item.issues:
        st.warning(reason(issue), icon=":material/help:")
    for code in item.own_reasons:
        st.caption(say(f"reason.{code}"))
    if item.visit is not None:
        visit_card.show(item.visit, key="review_card")
    else:
        st.caption(say("review.mentioned"))
        for piece in item.issues[0].evidence:
            visit_card.quote(piece)
    doubtful = next((one for one in item.issues if one.candidates), None)
    if doubtful is not None:
        _choose_place(opened, item, doubtful)


def _choose_place(opened: Project, item: Item, issue: Issue) -> None:
    if item.visit is not None:
        st.toggle(say("review.all_same", name=escaped(issue.toponym)), key="all_same")
    candidates.show(
        issue.candidates,
        toponym=issue.toponym,
        key="candidate",
        on_choose=lambda place: _choose(opened, item, place),
    )


def _choose(opened: Project, item: Item, place: Place) -> None:
    new = candidates.changes(place)
    if item.visit is None:
        decision = Decision(item.item_id, "correct", "", "", _why(), tuple(new.items()))
        _attempt(lambda: opened.decide(decision), say("review.saved"))
    elif st.session_state.get("all_same"):
        old = item.visit.destination.name
        _attempt(lambda: _same_and_own(opened, item.visit, old, new), say("review.saved"))
    else:
        decision = Decision(item.item_id, "correct", "", "", _why(), tuple(new.items()))
        _attempt(lambda: opened.decide(decision), say("review.saved"))


def _same_and_own(opened: Project, visit: Visit, old: str, new: dict[str, str]) -> None:
    """Correct all visits to the place of that name, and settle the one looked at in any case."""
    opened.decide_same("destination", old, new)
    left = opened.visit(visit.visit_id)
    if left is not None and left.review == "unreviewed":
        opened.decide(Decision(visit.visit_id, "accept", "", ""))


def _buttons(opened: Project, waiting: list[Item], item: Item) -> None:
    actions = _actions(opened, waiting, item)
    row = (("a", "accept", "primary"), ("c", "correct", "secondary"), ("r", "reject", "secondary"))
    row += (("d", "defer", "secondary"), ("j", "next", "tertiary"), ("k", "previous", "tertiary"))
    with st.container(horizontal=True, key="review_buttons"):
        for letter, name, kind in row:
            if letter in actions:
                st.button(
                    f"{say(f'review.{name}')} ({letter})",
                    key=f"do_{name}",
                    on_click=actions[letter],
                    type=kind,
                )
        _undo_buttons(opened)
    st.text_input(say("review.why"), key="why", placeholder=say("review.why_hint"))


def _history_buttons(opened: Project) -> None:
    with st.container(horizontal=True, key="history_buttons"):
        _undo_buttons(opened)


def _undo_buttons(opened: Project) -> None:
    for letter, name, possible in (
        ("u", "undo", opened.can_undo()),
        ("y", "redo", opened.can_redo()),
    ):
        st.button(
            f"{say(f'review.{name}')} ({letter})",
            key=f"do_{name}",
            on_click=partial(_turn, opened, name),
            disabled=not possible,
            type="tertiary",
        )


def _details(opened: Project, item: Item) -> None:
    if item.visit is None:
        return
    is_open = st.session_state.get("correcting") == item.item_id
    if is_open:
        correction.show(opened, item.visit, key="correct", do=_attempt)


def _actions(
    opened: Project, waiting: list[Item], item: Item | None
) -> dict[str, Callable[[], None]]:
    actions: dict[str, Callable[[], None]] = {
        "u": partial(_turn, opened, "undo"),
        "y": partial(_turn, opened, "redo"),
    }
    if item is None:
        return actions
    for letter, action in (("a", "accept"), ("r", "reject"), ("d", "defer")):
        actions[letter] = partial(_decide, opened, waiting, item, action)
    actions |= {"j": partial(_move, waiting, item, 1), "k": partial(_move, waiting, item, -1)}
    if item.visit is not None:
        actions["c"] = partial(_correct, item)
    doubtful = next((one for one in item.issues if one.candidates), None)
    offered = doubtful.candidates[: candidates.SHOWN] if doubtful else ()
    for rank, one in enumerate(offered, start=1):
        actions[str(rank)] = partial(_choose, opened, item, one.place)
    return actions


def _decide(opened: Project, waiting: list[Item], item: Item, action: str) -> None:
    following = _neighbour(waiting, item, 1)
    decision = Decision(item.item_id, action, "", "", _why())
    if _attempt(lambda: opened.decide(decision), say(f"review.did.{action}")):
        st.session_state["review_at"] = following.item_id if following else ""


def _turn(opened: Project, name: str) -> None:
    def turn() -> None:
        done = opened.undo() if name == "undo" else opened.redo()
        if done:
            st.session_state["review_at"] = done[0].visit_id

    _attempt(turn, say(f"review.did.{name}"))


def _correct(item: Item) -> None:
    now = st.session_state.get("correcting")
    st.session_state["correcting"] = "" if now == item.item_id else item.item_id


def _move(waiting: list[Item], item: Item, step: int) -> None:
    found = _neighbour(waiting, item, step)
    if found is not None:
        st.session_state["review_at"] = found.item_id


def _neighbour(waiting: list[Item], item: Item, step: int) -> Item | None:
    ids = [one.item_id for one in waiting]
    at = ids.index(item.item_id) + step if item.item_id in ids else 0
    return waiting[at % len(waiting)] if len(waiting) > 1 else None


def _why() -> str:
    return str(st.session_state.get("why") or "")


def _attempt(work: Callable[[], object], done: str = "") -> bool:
    """Do it, and keep a sentence for the next run: what was saved, or why nothing was."""
    try:
        work()
    except VisitMapError as error:
        st.session_state["review_said"] = ("error", escaped(str(error)))
        return False
    st.session_state["review_said"] = ("done", done)
    st.session_state["why"] = ""
    return True


def _say_what_happened() -> None:
    kind, sentence = st.session_state.pop("review_said", ("", ""))
    if kind == "error":
        st.error(sentence, icon=":material/error:")
    elif sentence:
        st.toast(sentence, icon=":material/check:")
