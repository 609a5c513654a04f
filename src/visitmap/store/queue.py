"""What to look at first: the undecided visits, ordered by how much each needs a person. Pure.

A visit comes earlier the worse its issues are, the less certain it is, and the more visits share
its place or traveller, because those can be decided in one go. The weights are a judgement of ours:
an error outweighs any doubt, a doubt outweighs low certainty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import NamedTuple

from visitmap.model import Visit
from visitmap.store.view import View

_SEVERITY = {"error": 8.0, "doubt": 4.0, "note": 0.5}
_LOW_CERTAINTY = 0.6
_MANY = 5


class Queued(NamedTuple):
    """A visit to decide on and why: issue codes, `certainty-low`, `undated`, `no-point`,
    `many-alike`, `deferred`, worst first; empty when it only was not looked at yet."""

    visit_id: str
    reasons: tuple[str, ...]


def ordered(view: View) -> Iterator[Queued]:
    """Visits without a decision, neediest first, then the deferred ones; ties as in the text."""
    issues = _issues(view)
    undecided = [visit for visit in view.visits if visit.review == "unreviewed"]
    places = Counter(_place(visit) for visit in undecided)
    travellers = Counter(one.name for visit in undecided for one in visit.travellers)
    found = []
    for position, visit in enumerate(view.visits):
        deferred = visit.visit_id in view.deferred
        if visit.review != "unreviewed" and not deferred:
            continue
        alike = max([1, places[_place(visit)], *(travellers[one.name] for one in visit.travellers)])
        reasons = issues.get(visit.visit_id, []) + _own(visit, alike)
        score = sum(weight for weight, _ in reasons) + log2(alike) / 4
        names = tuple(dict.fromkeys(name for _, name in sorted(reasons, key=lambda one: -one[0])))
        queued = Queued(visit.visit_id, (*names, *(("deferred",) if deferred else ())))
        found.append(((deferred, -score, position), queued))
    return (queued for _, queued in sorted(found, key=lambda one: one[0]))


def _issues(view: View) -> dict[str, list[tuple[float, str]]]:
    found: dict[str, list[tuple[float, str]]] = {}
    for issue in view.open_issues:
        if issue.visit_id:
            found.setdefault(issue.visit_id, []).append((_SEVERITY[issue.severity], issue.code))
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
