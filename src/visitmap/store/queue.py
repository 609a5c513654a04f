"""What to look at first: what waits for a person, ordered by how much it needs one. Pure.

A visit comes earlier the worse its issues are, the less certain it is, and the more visits share
its place or traveller, because those can be decided in one go. The weights are a judgement of ours:
an error outweighs any doubt, a doubt outweighs low certainty.

A decision concerns few visits, so what was worked out of all others is kept from view to view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log2
from typing import NamedTuple

from visitmap.model import Issue, Visit
from visitmap.review import issue_id
from visitmap.store.view import Content, View

_SEVERITY = {"error": 8.0, "doubt": 4.0, "note": 0.5}
_LOW_CERTAINTY = 0.6
_MANY = 5
# Doubted visits, then places that nobody travelled to, then the other visits, then the deferred.
_DOUBTED, _PLACE, _OTHER, _DEFERRED = range(4)


class Queued(NamedTuple):
    """What to decide on, by the id to decide with: a visit's, or `issue_id` of an issue that has
    none. The reasons are issue codes, `certainty-low`, `undated`, `no-point`, `many-alike`,
    `deferred`, worst first; none when a visit only was not looked at yet."""

    visit_id: str
    reasons: tuple[str, ...]


class _Ranked(NamedTuple):
    """Sorts by need; ties stay in the order of the text."""

    band: int
    minus_score: float
    position: int
    queued: Queued


class Ordering:
    """The queue of each view of one project, worked out afresh only where something changed."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._found: _Found | None = None
        self._queue: tuple[Queued, ...] = ()

    def of(self, view: View) -> tuple[Queued, ...]:
        """All that waits, neediest first; deferred ones last."""
        if view is not self._view:
            if self._found is None or self._found.content is not view.content:
                self._found = _Found(view.content)
            ranked = sorted([*self._found.still(view), *self._found.other(view)])
            self._view, self._queue = view, tuple(one.queued for one in ranked)
        return self._queue


class _Found:
    """What extraction found, ranked as if nobody had decided anything yet."""

    def __init__(self, content: Content) -> None:
        self.content = content
        visits = [group.visit for group in content.groups]
        self.visits = {visit.visit_id: visit for visit in visits}
        self.places = Counter(map(_place, visits))
        self.travellers = Counter(one.name for visit in visits for one in visit.travellers)
        issues = _by_group(content)
        self.ranked = [
            self._rank(visit, issues.get(visit.visit_id, ()), position)
            for position, visit in enumerate(visits)
        ]
        self.ranked.sort()
        # Issues of no visit, by the id that decides on them.
        self.alone = {
            issue_id(one): one
            for one in content.issues
            if not one.visit_id and (one.evidence or one.candidates)
        }

    def still(self, view: View) -> Iterator[_Ranked]:
        """Those that are in the view just as they were found."""
        by_id, different = view.by_id, self._different(view)
        for one in self.ranked:
            visit_id = one.queued.visit_id
            if visit_id not in different and by_id.get(visit_id) is self.visits[visit_id]:
                yield one

    def other(self, view: View) -> Iterator[_Ranked]:
        """Those that decisions made or changed, and issues of no visit."""
        different = self._different(view)
        for position, visit in enumerate(view.visits):
            found = self.visits.get(visit.visit_id)
            if visit is found and visit.visit_id not in different:
                continue
            deferred = visit.visit_id in view.deferred
            if visit.review == "unreviewed" or deferred:
                of_it = view.issues_of.get(visit.visit_id, ())
                yield self._rank(visit, of_it, position, deferred=deferred)
        for position, (one, issue) in enumerate(self.alone.items()):
            if one not in view.settled:
                deferred = one in view.deferred
                reasons = (issue.code, *(("deferred",) if deferred else ()))
                band = _DEFERRED if deferred else _PLACE
                yield _Ranked(band, -_SEVERITY[issue.severity], position, Queued(one, reasons))

    def _different(self, view: View) -> set[str]:
        """Visits whose rank may not be what it was, though nobody decided on them."""
        return {one.visit_id for one in view.late_issues} | view.deferred

    def _rank(
        self, visit: Visit, issues: Iterable[Issue], position: int, *, deferred: bool = False
    ) -> _Ranked:
        people = (self.travellers[one.name] for one in visit.travellers)
        alike = max([1, self.places[_place(visit)], *people])
        doubts = [(_SEVERITY[one.severity], one.code) for one in issues]
        reasons = doubts + _own(visit, alike)
        score = sum(weight for weight, _ in reasons) + log2(alike) / 4
        names = tuple(dict.fromkeys(name for _, name in sorted(reasons, key=lambda one: -one[0])))
        band = _DEFERRED if deferred else _DOUBTED if doubts else _OTHER
        queued = Queued(visit.visit_id, (*names, *(("deferred",) if deferred else ())))
        return _Ranked(band, -score, position, queued)


def _by_group(content: Content) -> dict[str, list[Issue]]:
    """Issues as found, by the visit that stands for the group of theirs."""
    found: dict[str, list[Issue]] = {}
    for issue in content.issues:
        number = content.place_of.get(issue.visit_id)
        if number is not None:
            found.setdefault(content.groups[number].visit.visit_id, []).append(issue)
    return found


def _own(visit: Visit, alike: int) -> list[tuple[float, str]]:
    """Reasons that lie in the visit itself."""
    reasons = []
    if visit.certainty < _LOW_CERTAINTY:
        reasons.append((3.0 * (1 - visit.certainty), "certainty-low"))
    if not visit.destination.is_resolved:
        reasons.append((2.0, "no-point"))
    if not visit.timespan.is_dated:
        reasons.append((1.0, "undated"))
    if alike >= _MANY:
        reasons.append((0.25, "many-alike"))
    return reasons


def _place(visit: Visit) -> str:
    return visit.destination.id or visit.destination.name
