"""What lies on the reviewer's table, and the rule that a decision is made once, on what was seen.

A browser shows what the server drew a while ago, and hands send clicks and keys for it while the
server has gone on. So everything that decides carries the mark of what it was drawn with: `about`
in a button's key and with each key pressed, and the number of the drawing in what they call.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from visitmap.model import Issue, Place, Visit
from visitmap.store import Project, Queued
from visitmap.ui import review_queue
from visitmap.ui.components import candidates, merging, splitting
from visitmap.ui.review_queue import Item

_DRAWN, _SPENT = "review_drawn", "review_spent"


@dataclass(frozen=True)
class Desk:
    """The project, all that waits, and the item looked at with its place in the queue.

    `turn` is the number of the drawing it is shown by.
    """

    project: Project
    waiting: Sequence[Queued]
    at: int
    item: Item
    turn: int

    @property
    def panel(self) -> str:
        """Which panel is open on this item."""
        name, item_id = st.session_state.get("panel", ("", ""))
        return name if item_id == self.item.item_id else ""

    @property
    def seen(self) -> tuple[Visit, ...]:
        """The visit as it is shown; none for a place that is only mentioned."""
        return () if self.item.visit is None else (self.item.visit,)

    @cached_property
    def offered(self) -> Sequence[Place | Visit | splitting.Way]:
        """What 1 to 9 choose from: what the open panel lists, else the candidates for a place."""
        visit, found = self.item.visit, []
        if visit is not None and self.panel == "merge":
            found = merging.alike(visit, self.project.visits())
        elif visit is not None and self.panel == "split":
            found = splitting.ways(visit)
        elif not self.panel and (doubtful := self.doubtful) is not None:
            found = [one.place for one in doubtful.candidates]
        return found[: candidates.SHOWN]

    @property
    def doubtful(self) -> Issue | None:
        """The first issue that has places to choose from."""
        return next((one for one in self.item.issues if one.candidates), None)

    @cached_property
    def about(self) -> str:
        """A mark of all that is shown, as letters that fit into a key: another item, another state
        of it or another list has another mark."""
        shown = repr((self.item, self.panel, self.offered))
        return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]

    def following(self, step: int = 1) -> str:
        """The id of the next or previous item that still waits; of a decided one, the neediest."""
        if not self.waiting:
            return ""
        ids = [one.visit_id for one in self.waiting]
        turned = ids if self.at < 0 else [*ids[self.at + 1 :], *ids[: self.at]]
        left = {one.visit_id for one in self.project.queue()}
        return next((one for one in turned[:: 1 if step > 0 else -1] if one in left), "")


def lay(project: Project, waiting: Sequence[Queued], wanted: str) -> Desk | None:
    """The item wanted, decided or not, else the neediest; None when nothing is left."""
    turn = draw()
    at = next((n for n, one in enumerate(waiting) if one.visit_id == wanted), -1)
    queued = waiting[at] if at >= 0 else Queued(wanted, ())
    item = review_queue.item(project, queued) if wanted else None
    if item is None and waiting:
        at, item = 0, review_queue.item(project, waiting[0])
    return None if item is None else Desk(project, waiting, at, item, turn)


def draw() -> int:
    """The number of a new drawing of what can be decided on."""
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    return st.session_state[_DRAWN]


def spend(turn: int) -> bool:
    """Whether a drawing may still decide; from then on neither it nor one before it may."""
    if turn <= st.session_state.get(_SPENT, 0):
        return False
    st.session_state[_SPENT] = st.session_state.get(_DRAWN, 0)
    return True
