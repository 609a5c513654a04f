"""Review: what most needs a person comes first, and every decision is on disk before it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from visitmap.errors import VisitMapError
from visitmap.model import Decision, Issue, Place
from visitmap.store import Project, Queued
from visitmap.ui import review_queue, session
from visitmap.ui.components import (
    bulk_table,
    candidates,
    correction,
    decision_log,
    keys,
    merging,
    splitting,
    visit_card,
)
from visitmap.ui.guard import fragment
from visitmap.ui.review_queue import Item, reason
from visitmap.ui.words import escaped, namer, number, say

VIEWS = ("one", "table", "log")
# What can be opened under a visit, by its key.
PANELS = {"c": "correct", "m": "merge", "s": "split"}
_BUTTONS = (
    *(("a", "accept", "primary"), ("c", "correct", "secondary"), ("r", "reject", "secondary")),
    *(("d", "defer", "secondary"), ("m", "merge", "secondary"), ("s", "split", "secondary")),
    *(("j", "next", "tertiary"), ("k", "previous", "tertiary")),
)
# Keys that may be pressed faster than the page can answer: they decide on nothing new.
_PATIENT = "jkuy"
Actions = dict[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the table: the project, all that waits, and the item looked at with its place
    in the queue."""

    project: Project
    waiting: Sequence[Queued]
    at: int
    item: Item

    @property
    def panel(self) -> str:
        """Which panel is open on this item."""
        name, item_id = st.session_state.get("panel", ("", ""))
        return name if item_id == self.item.item_id else ""


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
    _take_address()
    {"one": _one_by_one, "table": _table, "log": _log}[view or "one"]()


def _take_address() -> None:
    """A visit named in the address is looked at first, once."""
    named = st.query_params.get("visit", "")
    if named and named != st.session_state.get("review_named"):
        st.session_state["review_at"] = named
    st.session_state["review_named"] = named


@fragment
def _one_by_one() -> None:
    opened = session.project()
    _say_what_happened()
    waiting = opened.queue()
    _progress(opened, len(waiting))
    desk = _desk(opened, waiting)
    actions = _turns(opened) if desk is None else _actions(desk)
    about = desk.item.item_id if desk else ""
    keys.show(actions, key="keys", about=about, patient=_PATIENT)
    if desk is None:
        st.success(say("review.done"), icon=":material/task_alt:")
        _history_buttons(opened)
        return
    if not desk.panel and _doubtful(desk.item) is None:
        _item(desk)
        _buttons(desk, actions)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _item(desk)
        _buttons(desk, actions)
    with right:
        _beside(desk)


@fragment
def _table() -> None:
    opened = session.project()
    _say_what_happened()
    _progress(opened)
    bulk_table.show(opened, key="bulk", do=attempt)
    _history_buttons(opened)


@fragment
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


def _desk(opened: Project, waiting: Sequence[Queued]) -> Desk | None:
    """The item moved to, decided or not, else the neediest."""
    wanted = st.session_state.get("review_at", "")
    at = next((n for n, one in enumerate(waiting) if one.visit_id == wanted), -1)
    queued = waiting[at] if at >= 0 else Queued(wanted, ())
    item = review_queue.item(opened, queued) if wanted else None
    if item is None and waiting:
        at, item = 0, review_queue.item(opened, waiting[0])
    return None if item is None else Desk(opened, waiting, at, item)


def _item(desk: Desk) -> None:
    item = desk.item
    for issue in item.issues:
        st.warning(reason(issue), icon=":material/help:")
    if item.own_reasons:
        st.caption(" ".join(say(f"reason.{code}") for code in item.own_reasons))
    if item.visit is not None:
        visit_card.show(item.visit, key="review_card")
        _other_sentences(item)
    else:
        st.caption(say("review.mentioned"))
        for piece in item.issues[0].evidence:
            visit_card.quote(piece)


def _other_sentences(item: Item) -> None:
    """Sentences of other visits that an issue compares this one with."""
    own = set(item.visit.evidence) if item.visit else set()
    others = [piece for issue in item.issues for piece in issue.evidence if piece not in own]
    for piece in dict.fromkeys(others):
        st.caption(say("review.other_sentence"))
        visit_card.quote(piece)


def _beside(desk: Desk) -> None:
    """The panel asked for, else the places that a doubtful name may mean."""
    visit = desk.item.visit
    if visit is not None and desk.panel == "correct":
        correction.show(desk.project, visit, key="correct", do=partial(_attempt_here, desk))
    elif visit is not None and desk.panel == "merge":
        merging.show(visit, merging.alike(visit, desk.project.visits()), key="merge",
                     on_choose=partial(_merge, desk))  # fmt: skip
    elif visit is not None and desk.panel == "split":
        splitting.show(visit, splitting.ways(visit), key="split", on_choose=partial(_split, desk))
    elif (doubtful := _doubtful(desk.item)) is not None:
        _choose_place(desk, doubtful)


def _doubtful(item: Item) -> Issue | None:
    return next((one for one in item.issues if one.candidates), None)


def _choose_place(desk: Desk, issue: Issue) -> None:
    if desk.item.visit is not None:
        st.toggle(say("review.all_same", name=escaped(issue.toponym)), key="all_same")
    candidates.show(
        issue.candidates,
        toponym=issue.toponym,
        key="candidate",
        on_choose=partial(_choose, desk),
    )


def _choose(desk: Desk, place: Place) -> None:
    new, item = candidates.changes(place), desk.item
    if item.visit is not None and st.session_state.get("all_same"):
        old = item.visit.destination.name
        _attempt_here(desk, lambda: _same_and_own(desk, old, new), say("review.saved"))
        return
    decision = Decision(item.item_id, "correct", "", "", _why(), tuple(new.items()))
    _attempt_here(desk, lambda: desk.project.decide(decision), say("review.saved"))


def _same_and_own(desk: Desk, old: str, new: dict[str, str]) -> None:
    """Correct all visits to the place of that name, and settle the one looked at in any case."""
    desk.project.decide_same("destination", old, new)
    left = desk.project.visit(desk.item.item_id)
    if left is not None and left.review == "unreviewed":
        desk.project.decide(Decision(left.visit_id, "accept", "", ""))


def _buttons(desk: Desk, actions: Actions) -> None:
    with st.container(horizontal=True, key="review_buttons"):
        for letter, name, kind in _BUTTONS:
            if letter in actions:
                # With a panel open, what is saved there is the primary action.
                st.button(
                    f"{say(f'review.{name}')} ({letter})",
                    key=f"do_{name}",
                    on_click=actions[letter],
                    type="secondary" if desk.panel and kind == "primary" else kind,  # type: ignore[arg-type]
                )
        _undo_buttons(desk.project)
    st.text_input(say("review.why"), key="why", placeholder=say("review.why_hint"))


def _history_buttons(opened: Project) -> None:
    with st.container(horizontal=True, key="history_buttons"):
        _undo_buttons(opened)


def _undo_buttons(opened: Project) -> None:
    actions = _turns(opened)
    possible = {"u": opened.can_undo(), "y": opened.can_redo()}
    for letter, name in (("u", "undo"), ("y", "redo")):
        st.button(
            f"{say(f'review.{name}')} ({letter})",
            key=f"do_{name}",
            on_click=actions[letter],
            disabled=not possible[letter],
            type="tertiary",
        )


def _turns(opened: Project) -> Actions:
    return {"u": partial(_turn, opened, "undo"), "y": partial(_turn, opened, "redo")}


def _actions(desk: Desk) -> Actions:
    """What each key does now."""
    actions = _turns(desk.project)
    for letter, action in (("a", "accept"), ("r", "reject"), ("d", "defer")):
        actions[letter] = partial(_decide, desk, action)
    if len(desk.waiting) > 1:
        actions |= {"j": partial(_move, desk, 1), "k": partial(_move, desk, -1)}
    if desk.item.visit is not None:
        can_split = len(splitting.ways(desk.item.visit)) > 0
        for letter, name in PANELS.items():
            if name != "split" or can_split:
                actions[letter] = partial(_open, desk, name)
    return actions | _numbered(desk)


def _numbered(desk: Desk) -> Actions:
    """What 1 to 9 choose from: the panel that is open, else the candidates for the place."""
    visit, chosen = desk.item.visit, []
    if visit is not None and desk.panel == "merge":
        listed = merging.alike(visit, desk.project.visits())
        chosen = [partial(_merge, desk, one) for one in listed]
    elif visit is not None and desk.panel == "split":
        chosen = [partial(_split, desk, one) for one in splitting.ways(visit)]
    elif not desk.panel and (doubtful := _doubtful(desk.item)) is not None:
        chosen = [partial(_choose, desk, one.place) for one in doubtful.candidates]
    return {str(rank): one for rank, one in enumerate(chosen[: candidates.SHOWN], start=1)}


def _decide(desk: Desk, action: str) -> None:
    decision = Decision(desk.item.item_id, action, "", "", _why())
    _attempt_here(desk, lambda: desk.project.decide(decision), say(f"review.did.{action}"))


def _merge(desk: Desk, other_id: str) -> None:
    ids = [desk.item.item_id, other_id]
    done = say("review.did.merge")
    if attempt(lambda: desk.project.merge(ids, why=_why()), done):
        _close()


def _split(desk: Desk, way: splitting.Way) -> None:
    done = say("review.did.split")
    if attempt(lambda: desk.project.split(desk.item.item_id, way.parts, why=_why()), done):
        _close()


def _attempt_here(desk: Desk, work: Callable[[], object], done: str = "") -> bool:
    """Decide on the item looked at, and go on to the one after it."""
    following = _neighbour(desk, 1)
    saved = attempt(work, done)
    if saved:
        st.session_state["review_at"] = following
        _close()
    return saved


def _turn(opened: Project, name: str) -> None:
    def turn() -> None:
        done = opened.undo() if name == "undo" else opened.redo()
        if done:
            st.session_state["review_at"] = done[0].visit_id

    attempt(turn, say(f"review.did.{name}"))
    _close()


def _open(desk: Desk, name: str) -> None:
    """Open a panel on the item looked at, or close it."""
    st.session_state["panel"] = ("", "") if desk.panel == name else (name, desk.item.item_id)
    st.session_state["review_at"] = desk.item.item_id


def _close() -> None:
    st.session_state["panel"] = ("", "")


def _move(desk: Desk, step: int) -> None:
    st.session_state["review_at"] = _neighbour(desk, step)
    _close()


def _neighbour(desk: Desk, step: int) -> str:
    """The id of the next or previous item; from a decided one, the neediest."""
    if desk.at < 0:
        return desk.waiting[0].visit_id if desk.waiting else ""
    after = desk.waiting[(desk.at + step) % len(desk.waiting)].visit_id
    return "" if after == desk.item.item_id else after


def _why() -> str:
    return str(st.session_state.get("why") or "")


def attempt(work: Callable[[], object], done: str = "") -> bool:
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
