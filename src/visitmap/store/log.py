"""The log of decisions, and which of them are in force: pure, no database.

Rows are only ever added. A row is a decision, or says that a batch of decisions was undone or
redone; what is in force follows from reading them in order. Everyone undoes their own: the last
batch of that person that is in force. A new decision of theirs ends what they could redo.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from visitmap.model import Decision
from visitmap.review import split_groups


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `kind` is `decide`, `undo` or `redo`; `target` the batch undone or redone.

    `snapshot` is the hash of what the person saw of the visit; None for an issue.
    """

    seq: int
    batch: int
    kind: str
    decision: Decision
    target: int | None = None
    snapshot: str | None = None

    @property
    def is_lasting(self) -> bool:
        """Whether the visit is decided by it; a deferred one is not."""
        return self.decision.action != "defer"


class Log:
    """All entries so far, and those in force by visit; grows by `append`."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self.by_visit: dict[str, list[Entry]] = {}
        self.merges: list[Entry] = []
        # Ids that only a split made; without that split in force, there is no such visit.
        self.part_ids: set[str] = set()
        self._batches: dict[int, list[Entry]] = {}
        self._undoable: dict[str, list[int]] = defaultdict(list)
        self._redoable: dict[str, list[int]] = defaultdict(list)
        for entry in entries:
            self.append(entry)

    @property
    def last_seq(self) -> int:
        """The number of the newest entry; 0 when there is none."""
        return self.entries[-1].seq if self.entries else 0

    def append(self, entry: Entry) -> None:
        """Take in the next entry."""
        self.entries.append(entry)
        who = entry.decision.who
        if entry.kind == "decide":
            self._decided(entry, who)
        elif entry.kind == "undo":
            self._move(entry.target, self._undoable[who], self._redoable[who])
            for one in self._batches[entry.target]:
                self._withdraw(one)
        else:
            self._move(entry.target, self._redoable[who], self._undoable[who])
            for one in self._batches[entry.target]:
                self._put_in_force(one)

    def to_undo(self, who: str) -> int | None:
        """The batch that `who` would undo next."""
        return self._undoable[who][-1] if self._undoable.get(who) else None

    def to_redo(self, who: str) -> int | None:
        """The batch that `who` would redo next."""
        return self._redoable[who][-1] if self._redoable.get(who) else None

    def batch(self, number: int) -> list[Decision]:
        """The decisions that were saved together."""
        return [entry.decision for entry in self._batches[number]]

    def decisions(self) -> list[Decision]:
        """Every entry, oldest first; an undo or redo appears as one for each visit it concerned."""
        found: list[Decision] = []
        for entry in self.entries:
            if entry.kind == "decide":
                found.append(entry.decision)
                continue
            found += [
                replace(entry.decision, visit_id=one.visit_id, action=entry.kind)
                for one in self.batch(entry.target)
            ]
        return found

    def _decided(self, entry: Entry, who: str) -> None:
        if entry.batch not in self._batches:
            self._undoable[who].append(entry.batch)
            self._redoable[who].clear()
        self._batches.setdefault(entry.batch, []).append(entry)
        if entry.decision.action == "split":
            parts = {part_id for part_id, _ in split_groups(entry.decision)}
            self.part_ids |= parts - {entry.decision.visit_id}
        self._put_in_force(entry)

    def _put_in_force(self, entry: Entry) -> None:
        insort(self.by_visit.setdefault(entry.decision.visit_id, []), entry, key=_seq)
        if entry.decision.action == "merge":
            insort(self.merges, entry, key=_seq)

    def _withdraw(self, entry: Entry) -> None:
        standing = self.by_visit[entry.decision.visit_id]
        standing.remove(entry)
        if not standing:
            del self.by_visit[entry.decision.visit_id]
        if entry.decision.action == "merge":
            self.merges.remove(entry)

    @staticmethod
    def _move(target: int | None, source: list[int], goal: list[int]) -> None:
        source.remove(target)
        goal.append(target)


def _seq(entry: Entry) -> int:
    return entry.seq
