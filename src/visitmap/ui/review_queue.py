"""What waits for a person, visits and places alike, and why, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from visitmap.model import Issue, Visit
from visitmap.review import issue_id
from visitmap.store import Project
from visitmap.ui.words import escaped, language, say, texts

# Reasons of the queue that are no issue's code.
OWN_REASONS = ("certainty-low", "undated", "no-point", "many-alike", "deferred")


@dataclass(frozen=True, slots=True)
class Item:
    """A visit to decide on, or a place that a text mentions without anybody travelling there."""

    item_id: str
    visit: Visit | None
    issues: tuple[Issue, ...]
    own_reasons: tuple[str, ...] = ()


def items(project: Project) -> list[Item]:
    """All that waits, neediest first: doubted visits, doubtful places, the rest, the deferred."""
    by_visit: dict[str, list[Issue]] = defaultdict(list)
    places: list[Item] = []
    for issue in project.issues():
        if issue.visit_id:
            by_visit[issue.visit_id].append(issue)
        elif issue.evidence or issue.candidates:
            places.append(Item(issue_id(issue), None, (issue,)))
    visits = {visit.visit_id: visit for visit in project.visits()}
    queue = [
        Item(
            one.visit_id,
            visits[one.visit_id],
            tuple(by_visit[one.visit_id]),
            tuple(name for name in one.reasons if name in OWN_REASONS),
        )
        for one in project.queue()
        if one.visit_id in visits
    ]
    doubted = [one for one in queue if one.issues and "deferred" not in one.own_reasons]
    rest = [one for one in queue if not one.issues or "deferred" in one.own_reasons]
    return [*doubted, *places, *rest]


def reason(issue: Issue) -> str:
    """An issue as a sentence of Markdown: ours where we have one, else the issue's own words."""
    key = f"issue.{issue.code}"
    if key not in texts(language()):
        return escaped(issue.message)
    return say(key, n=len(issue.candidates), name=escaped(issue.toponym))
