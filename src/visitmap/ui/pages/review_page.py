"""Review: what most needs a person comes first, and every decision is on disk before it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from visitmap.errors import ChangedError, VisitMapError
from visitmap.model import Decision, Issue, Place, Visit
from visitmap.store import Project
from visitmap.ui import desk as desks
from visitmap.ui import session
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
from visitmap.ui.desk import Desk
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
_DECIDING = ("accept", "reject", "defer")
# Keys that may be pressed faster than the page can answer: they decide on nothing new.
_PATIENT = "jkuy"
Actions = dict[str, Callable[[], None]]


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
    desk = desks.lay(opened, waiting, st.session_state.get("review_at", ""))
    if desk is None:
        actions = _turns(opened)
        st.success(say("review.done"), icon=":material/task_alt:")
        _history_buttons(opened)
    else:
        actions = _actions(desk)
        _on_the_desk(desk, actions)
    # Last, so that what a key is about is on the screen before the key counts.
    keys.show(actions, key="keys", about=desk.about if desk else "", patient=_PATIENT)


def _on_the_desk(desk: Desk, actions: Actions) -> None:
    if not desk.panel and desk.doubtful is None:
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
    bulk_table.show(opened, key="bulk", do=partial(_attempt_once, desks.draw()))
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
    visit, doubtful = desk.item.visit, desk.doubtful
    if visit is not None and desk.panel == "correct":
        correction.show(desk.project, visit, key="correct", do=partial(_attempt_here, desk))
    elif visit is not None and desk.panel == "merge":
        merging.show(desk.offered, key="merge", about=desk.about, on_choose=partial(_merge, desk))
    elif visit is not None and desk.panel == "split":
        splitting.show(desk.offered, key="split", about=desk.about, on_choose=partial(_split, desk))
    elif doubtful is not None:
        _choose_place(desk, doubtful)


def _choose_place(desk: Desk, issue: Issue) -> None:
    if desk.item.visit is not None:
        label = say("review.all_same", name=escaped(issue.toponym))
        st.toggle(label, key=_all_same(desk))
    candidates.show(
        issue.candidates,
        toponym=issue.toponym,
        key="candidate",
        about=desk.about,
        on_choose=partial(_choose, desk),
    )


def _all_same(desk: Desk) -> str:
    """The key of what was said for one item: it is not said for the next."""
    return f"all_same_{desk.item.item_id}"


def _choose(desk: Desk, place: Place) -> None:
    new, item = candidates.changes(place), desk.item
    if item.visit is not None and st.session_state.get(_all_same(desk)):
        old = item.visit.destination.name
        _attempt_here(desk, lambda: _same_and_own(desk, old, new), say("review.saved"))
        return
    decision = Decision(item.item_id, "correct", "", "", _why(), tuple(new.items()))
    work = partial(desk.project.decide, decision, seen=desk.seen)
    _attempt_here(desk, work, say("review.saved"))


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
                    key=f"decide_{name}_{desk.about}" if name in _DECIDING else f"do_{name}",
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
    choose = {"merge": _merge, "split": _split}.get(desk.panel, _choose)
    offered = enumerate(desk.offered, start=1)
    return actions | {str(rank): partial(choose, desk, one) for rank, one in offered}


def _decide(desk: Desk, action: str) -> None:
    decision = Decision(desk.item.item_id, action, "", "", _why())
    work = partial(desk.project.decide, decision, seen=desk.seen)
    _attempt_here(desk, work, say(f"review.did.{action}"))


def _merge(desk: Desk, other: Visit) -> None:
    ids, seen = [desk.item.item_id, other.visit_id], (*desk.seen, other)
    work = partial(desk.project.merge, ids, why=_why(), seen=seen)
    _attempt_here(desk, work, say("review.did.merge"))


def _split(desk: Desk, way: splitting.Way) -> None:
    work = partial(desk.project.split, desk.item.item_id, way.parts, why=_why(), seen=desk.seen)
    _attempt_here(desk, work, say("review.did.split"), stay=True)


def _attempt_here(
    desk: Desk, work: Callable[[], object], done: str = "", *, stay: bool = False
) -> bool:
    """Decide on the item looked at, once, and go on to the one after it unless told to stay."""
    if not desks.spend(desk.turn):
        return False
    saved = attempt(work, done)
    if saved:
        _close()
    st.session_state["review_at"] = desk.following() if saved and not stay else desk.item.item_id
    return saved


def _attempt_once(turn: int, work: Callable[[], object], done: str = "") -> bool:
    """Decide, unless what was drawn with `turn` has been decided on already."""
    return desks.spend(turn) and attempt(work, done)


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
    st.session_state["review_at"] = desk.following(step)
    _close()


def _why() -> str:
    return str(st.session_state.get("why") or "")


def attempt(work: Callable[[], object], done: str = "") -> bool:
    """Do it, and keep a sentence for the next run: what was saved, or why nothing was."""
    try:
        work()
    except ChangedError as error:
        sentence = say("review.changed", who=escaped(error.who or say("review.somebody")))
        st.session_state["review_said"] = ("changed", sentence)
        return False
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
    elif kind == "changed":
        st.warning(sentence, icon=":material/group:")
    elif sentence:
        st.toast(sentence, icon=":material/check:")
