"""One thing that waits for a person, a visit or a place, and why, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from visitmap.model import Issue, Visit
from visitmap.review import ISSUE_PREFIX
from visitmap.store import Project, Queued
from visitmap.ui.words import escaped, language, say, texts

# Reasons of the queue that are no issue's code, and the issues that say the same in more words.
OWN_REASONS = {
    "certainty-low": (),
    "undated": (),
    "no-point": ("place-unknown", "place-ambiguous"),
    "many-alike": (),
    "deferred": (),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A visit to decide on, or a place that a text mentions without anybody travelling there."""

    item_id: str
    visit: Visit | None
    issues: tuple[Issue, ...]
    own_reasons: tuple[str, ...] = ()


def item(project: Project, queued: Queued) -> Item | None:
    """What stands behind an entry of the queue; None when it is not there any more."""
    issues = tuple(project.issues_of(queued.visit_id))
    visit = project.visit(queued.visit_id)
    if visit is None and not (issues and queued.visit_id.startswith(ISSUE_PREFIX)):
        return None
    codes = {one.code for one in issues}
    own = (name for name in queued.reasons if name in OWN_REASONS)
    return Item(
        queued.visit_id,
        visit,
        issues,
        tuple(name for name in own if codes.isdisjoint(OWN_REASONS[name])),
    )


def reason(issue: Issue) -> str:
    """An issue as a sentence of Markdown: ours where we have one, else the issue's own words."""
    key = f"issue.{issue.code}"
    if key not in texts(language()):
        return escaped(issue.message)
    return say(key, n=len(issue.candidates), name=escaped(issue.toponym))
