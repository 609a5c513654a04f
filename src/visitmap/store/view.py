"""What a project shows: the visits extraction found, with people's decisions over them. Pure.

    visits of all documents ── group ──> one visit a group ── decisions in force ──> View

A visit that somebody decided on stands as that person saw it: it no longer follows what extraction
says, it takes in the evidence of its group, and it stays when extraction no longer finds it. What
nobody decided on follows every new extraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from visitmap.errors import UsageError
from visitmap.model import Evidence, Issue, Source, Visit
from visitmap.review import (
    ISSUE_PREFIX,
    apply_decision,
    issue_id,
    joined_evidence,
    merge_into,
    split_into,
)
from visitmap.store.log import Entry, Log

# Joins visits that tell of one: `merge.merge_visits`, handed in because the store does not know it.
# It gets the visits and, for each table among the documents, the positions of its rows.
Combine = Callable[
    [Sequence[Visit], Sequence[Sequence[int]]], tuple[Sequence[Visit], Sequence[Issue]]
]
# Looks at all visits as they stand for what cannot be so: an `analysis.Journeys`.
Check = Callable[[Sequence[Visit]], Sequence[Issue]]

# The code of the issue that says so when a decision does not fit its visit.
NOT_APPLIED = "decision-not-applied"


@dataclass(frozen=True, slots=True)
class Group:
    """Visits that tell of one, as that one visit; `members` are their ids, its own among them."""

    visit: Visit
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A visit as a person saw it when deciding; for a merge also the others, as seen.

    `members` are the ids it was grouped from, `documents` those they were found in.
    """

    visit: Visit
    members: tuple[str, ...]
    documents: tuple[str, ...] = ()
    absorbed: tuple[tuple[Visit, tuple[str, ...]], ...] = ()


Load = Callable[[Iterable[str]], Mapping[str, Snapshot]]


@dataclass(frozen=True, eq=False)
class Content:
    """What documents and extraction say, before anybody decided; compared by identity.

    `found` are the visits as extracted, by id, and `owner` the document each was found in: a table
    is one, though its rows may quote articles that the project does not have. `rows` gives, for a
    visit that is a row of a table, that table.
    """

    sources: Mapping[str, Source]
    found: Mapping[str, Visit]
    owner: Mapping[str, str]
    groups: Sequence[Group]
    issues: Sequence[Issue]
    combine: Combine | None = None
    rows: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The number of the group that each visit belongs to."""
        return {
            member: number for number, group in enumerate(self.groups) for member in group.members
        }


@dataclass(frozen=True, eq=False)
class View:
    """A project at one revision; visits include rejected ones.

    `late_issues` are those that came of decisions, or of all visits together. `members` gives, for
    a visit nobody decided on, the ids it was grouped from; `standing` the hash of the snapshot each
    decided visit starts from, and `claims` the ids it took in.
    """

    revision: int
    content: Content
    visits: tuple[Visit, ...]
    found_issues: tuple[Issue, ...]
    late_issues: tuple[Issue, ...]
    settled: frozenset[str]
    deferred: frozenset[str]
    members: Mapping[str, tuple[str, ...]]
    standing: Mapping[str, str | None]
    claims: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_id(self) -> dict[str, Visit]:
        """The visits by their id."""
        return {visit.visit_id: visit for visit in self.visits}

    @cached_property
    def kept(self) -> tuple[Visit, ...]:
        """The visits that nobody rejected."""
        return tuple(visit for visit in self.visits if visit.review != "rejected")

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """All issues, settled ones too."""
        return (*self.found_issues, *self.late_issues)

    @cached_property
    def issues_of(self) -> dict[str, list[Issue]]:
        """Open issues by the visit they concern; those of no visit under the empty text."""
        found: dict[str, list[Issue]] = {}
        for issue in self.open_issues:
            found.setdefault(issue.visit_id, []).append(issue)
        return found

    @cached_property
    def open_issues(self) -> tuple[Issue, ...]:
        """Issues that no decision has settled."""
        return tuple(one for one in self.issues if not self.is_settled(one))

    @cached_property
    def by_document(self) -> Counter[str]:
        """How many visits have evidence in each document."""
        return Counter(doc_id for visit in self.kept for doc_id in self._documents_of(visit))

    @cached_property
    def decided_by_document(self) -> Counter[str]:
        """How many of them somebody decided on."""
        decided = (visit for visit in self.kept if visit.review != "unreviewed")
        return Counter(doc_id for visit in decided for doc_id in self._documents_of(visit))

    def documents_of(self, members: Iterable[str]) -> tuple[str, ...]:
        """The documents in which visits were found."""
        owner = self.content.owner
        return tuple(dict.fromkeys(owner[one] for one in members if one in owner))

    def _documents_of(self, visit: Visit) -> Iterable[str]:
        quoted = {one.doc_id for one in visit.evidence} & self.content.sources.keys()
        return quoted or self.documents_of([visit.visit_id])

    def is_settled(self, issue: Issue) -> bool:
        """Whether somebody decided on the issue's visit, or on the issue itself."""
        if not issue.visit_id:
            return issue_id(issue) in self.settled
        visit = self.by_id.get(issue.visit_id)
        decided = visit is not None and visit.review != "unreviewed"
        return decided and issue.code != NOT_APPLIED


def group(
    found: Iterable[Visit], combine: Combine | None, rows: Mapping[str, str]
) -> tuple[list[Group], list[Issue]]:
    """Group visits that tell of one: those of one id, then what `combine` joins.

    `rows` gives the table of each visit that is a row of one.
    """
    unique: dict[str, Visit] = {}
    for visit in found:
        first = unique.get(visit.visit_id)
        if first is not None:
            visit = replace(first, evidence=joined_evidence(first.evidence, visit.evidence))
        unique[visit.visit_id] = visit
    if combine is None:
        return [Group(visit, (visit.visit_id,)) for visit in unique.values()], []
    tables: dict[str, list[int]] = {}
    for position, visit_id in enumerate(unique):
        if visit_id in rows:
            tables.setdefault(rows[visit_id], []).append(position)
    joined, issues = combine(tuple(unique.values()), tuple(tables.values()))
    members = _members(unique, joined)
    return [Group(visit, tuple(members[visit.visit_id])) for visit in joined], list(issues)


def _members(found: Mapping[str, Visit], joined: Sequence[Visit]) -> dict[str, list[str]]:
    """Which visits each joined one was made of, told by the evidence it took over."""
    members = {visit.visit_id: [visit.visit_id] for visit in joined}
    takers: dict[Evidence, list[Visit]] = {}
    for visit in joined:
        for piece in visit.evidence:
            takers.setdefault(piece, []).append(visit)
    for visit in found.values():
        if visit.visit_id in members or not visit.evidence:
            continue
        possible = takers.get(visit.evidence[0], [])
        same = [one for one in possible if one.destination.name == visit.destination.name]
        for taker in (same or possible)[:1]:
            members[taker.visit_id].append(visit.visit_id)
    return members


class Fold:
    """Decisions laid over content; keeps what it worked out for the next, slightly longer log."""

    def __init__(self, content: Content, check: Check | None = None) -> None:
        self._check = check or (lambda visits: ())
        self._worked_out: dict[str, tuple[tuple[int, ...], _Outcome]] = {}
        self.use(content)

    def use(self, content: Content) -> None:
        """From now on lay the decisions over this content."""
        self.content = content
        self._rest: dict[tuple[str, ...], tuple[Group, ...]] = {}

    def view(self, log: Log, revision: int, load: Load) -> View:
        """The project at `revision` with all of `log`; `load` gives the snapshots asked for."""
        outcomes = self._outcomes(log, _Snapshots(load))
        claimed = _claimed(outcomes)
        visits, members = self._assemble(outcomes, claimed)
        settled = (one for one, entries in log.by_visit.items() if entries[-1].is_lasting)
        deferred = (one for one, entries in log.by_visit.items() if not entries[-1].is_lasting)
        return View(
            revision=revision,
            content=self.content,
            visits=tuple(visits),
            found_issues=tuple(self._redirected(claimed, members)),
            late_issues=(*_problems(outcomes), *self._check(visits)),
            settled=frozenset(one for one in settled if one.startswith(ISSUE_PREFIX)),
            deferred=frozenset(deferred),
            members=members,
            standing={root: outcome.snapshot for root, outcome in outcomes.items()},
            claims={root: outcome.claims for root, outcome in outcomes.items()},
        )

    def _outcomes(self, log: Log, snapshots: _Snapshots) -> dict[str, _Outcome]:
        """What became of each visit that somebody decided on."""
        hidden, void = _merged_away(log)
        roots = {
            root: [one for one in entries if one.seq not in void]
            for root, entries in log.by_visit.items()
            if root not in log.part_ids and not root.startswith(ISSUE_PREFIX)
        }
        keys = {
            root: _key(entries, log)
            for root, entries in roots.items()
            if any(one.is_lasting for one in entries)
            and (root not in hidden or any(one.decision.action == "split" for one in entries))
        }
        known = self._worked_out
        new = [root for root, key in keys.items() if root not in known or known[root][0] != key]
        snapshots.fetch(one.snapshot for root in new for one in roots[root] if one.snapshot)
        for root in new:
            outcome = _Work(log, snapshots, hidden, void).outcome(roots[root])
            known[root] = (keys[root], outcome)
        return {root: known[root][1] for root in keys}

    def _assemble(
        self, outcomes: Mapping[str, _Outcome], claimed: Mapping[str, str]
    ) -> tuple[list[Visit], dict[str, tuple[str, ...]]]:
        """Visits by group, in the documents' order; then those that no group has any more."""
        placed = self._placed(outcomes)
        place_of = self.content.place_of
        touched = {place_of[one] for one in claimed if one in place_of} | placed.keys()
        visits: list[Visit] = []
        members: dict[str, tuple[str, ...]] = {}
        for number, one in enumerate(self.content.groups):
            decided = placed.get(number, [])
            rest = self._unclaimed(one, claimed) if number in touched else (one,)
            if rest and _attach(decided, rest):
                rest = ()
            visits += decided
            for part in rest:
                visits.append(part.visit)
                members[part.visit.visit_id] = part.members
        return visits + placed.get(-1, []), members

    def _placed(self, outcomes: Mapping[str, _Outcome]) -> dict[int, list[Visit]]:
        """Decided visits by the number of their group; -1 for those that have none any more."""
        place_of, sources = self.content.place_of, self.content.sources
        placed: dict[int, list[Visit]] = {}
        for root, outcome in outcomes.items():
            spots = (place_of[one] for one in (root, *outcome.claims) if one in place_of)
            documents = outcome.documents
            shown = (_documented(visit, documents, sources) for visit in outcome.visits)
            placed.setdefault(next(spots, -1), []).extend(filter(None, shown))
        return placed

    def _unclaimed(self, group_: Group, claimed: Mapping[str, str]) -> tuple[Group, ...]:
        """A group without the visits that decided ones took in."""
        live = tuple(one for one in group_.members if one not in claimed)
        if live not in self._rest:
            found = [self.content.found[one] for one in live if one in self.content.found]
            self._rest[live] = (
                tuple(group(found, self.content.combine, self.content.rows)[0]) if found else ()
            )
        return self._rest[live]

    def _redirected(
        self, claimed: Mapping[str, str], members: Mapping[str, tuple[str, ...]]
    ) -> Iterable[Issue]:
        """Issues, each under the id its visit goes by now."""
        owner = {one: visit_id for visit_id, group_ in members.items() for one in group_}
        for issue in self.content.issues:
            target = claimed.get(issue.visit_id) or owner.get(issue.visit_id, issue.visit_id)
            yield issue if target == issue.visit_id else replace(issue, visit_id=target)


class _Snapshots(dict[str, Snapshot]):
    """Snapshots by hash, fetched when first asked for."""

    def __init__(self, load: Load) -> None:
        super().__init__()
        self._load = load

    def fetch(self, hashes: Iterable[str]) -> None:
        """Fetch many at once."""
        wanted = set(hashes) - self.keys()
        if wanted:
            self.update(self._load(wanted))

    def __missing__(self, hash_: str) -> Snapshot:
        self.fetch([hash_])
        return self[hash_]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a decided visit: itself and its parts.

    `claims` are the ids it took in, `documents` those it was found in.
    """

    visits: tuple[Visit, ...]
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    snapshot: str | None
    problems: tuple[Issue, ...] = ()


@dataclass(slots=True)
class _Work:
    """Works out one outcome."""

    log: Log
    snapshots: Mapping[str, Snapshot]
    hidden: set[str]
    void: set[int]
    claims: dict[str, None] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    problems: list[Issue] = field(default_factory=list)

    def outcome(self, entries: list[Entry]) -> _Outcome:
        """What the entries, which concern one visit, make of it."""
        first = next(one for one in entries if one.is_lasting)
        visits = self._applied(self.snapshots[first.snapshot].visit, entries)
        shown = tuple(one for one in visits if one.visit_id not in self.hidden)
        claims, documents = tuple(self.claims), tuple(self.documents)
        return _Outcome(shown, claims, documents, first.snapshot, tuple(self.problems))

    def _applied(self, visit: Visit, entries: list[Entry]) -> list[Visit]:
        parts: list[Visit] = []
        for entry in entries:
            try:
                visit, made = self._step(visit, entry)
                parts += made
            except UsageError as error:
                self.problems.append(_not_applied(visit, error))
        found = [visit]
        for part in parts:
            later = self.log.by_visit.get(part.visit_id, [])
            found += self._applied(part, [one for one in later if one.seq not in self.void])
        return found

    def _step(self, visit: Visit, entry: Entry) -> tuple[Visit, list[Visit]]:
        snapshot = self.snapshots[entry.snapshot]
        self.claims |= dict.fromkeys((visit.visit_id, *snapshot.members))
        self.documents |= dict.fromkeys(snapshot.documents)
        if entry.decision.action == "merge":
            for other, members in snapshot.absorbed:
                self.claims |= dict.fromkeys((other.visit_id, *members))
            return merge_into(visit, [other for other, _ in snapshot.absorbed]), []
        if entry.decision.action == "split":
            first, *parts = split_into(visit, entry.decision)
            return first, parts
        return apply_decision(visit, entry.decision), []


def _attach(decided: list[Visit], rest: tuple[Group, ...]) -> bool:
    """Give what is left of a group to the first visit that stands for it, if one does."""
    for number, visit in enumerate(decided):
        if visit.review == "rejected":
            continue
        for part in rest:
            visit = replace(visit, evidence=joined_evidence(visit.evidence, part.visit.evidence))
        decided[number] = visit
        return True
    return False


def _key(entries: list[Entry], log: Log) -> tuple[int, ...]:
    """Changes whenever the outcome may: with a split, whenever anything was decided."""
    splits = any(one.decision.action == "split" for one in entries)
    return (*(one.seq for one in entries), *((log.last_seq,) if splits else ()))


def _claimed(outcomes: Mapping[str, _Outcome]) -> dict[str, str]:
    """Which visit took in each id; a visit that was itself taken in does not count."""
    shown = {one.visit_id for outcome in outcomes.values() for one in outcome.visits}
    ordered = sorted(outcomes.items(), key=lambda item: item[0] in shown)
    return {one: root for root, outcome in ordered for one in outcome.claims}


def _merged_away(log: Log) -> tuple[set[str], set[int]]:
    """Ids that merges in force took in, and the merges that are void: their keeper was taken in."""
    hidden: set[str] = set()
    void: set[int] = set()
    for entry in log.merges:
        if entry.decision.visit_id in hidden:
            void.add(entry.seq)
        else:
            hidden |= {text for column, text in entry.decision.changes if column == "visit_id"}
    return hidden, void


def _documented(
    visit: Visit, documents: tuple[str, ...], sources: Mapping[str, Source]
) -> Visit | None:
    """A decided visit with its documents of today; None when the last of them was removed."""
    removed = {one for one in documents if one not in sources}
    if documents and len(removed) == len(documents):
        return None
    if removed:
        kept = tuple(one for one in visit.evidence if one.doc_id not in removed)
        visit = replace(visit, evidence=kept)
    return sourced(visit, sources)


def sourced(visit: Visit, sources: Mapping[str, Source]) -> Visit:
    """The visit with what is known today of its first document."""
    doc_id = visit.evidence[0].doc_id if visit.evidence else visit.source and visit.source.doc_id
    source = sources.get(doc_id or "", visit.source)
    return visit if source is visit.source else replace(visit, source=source)


def _not_applied(visit: Visit, error: UsageError) -> Issue:
    return Issue(
        NOT_APPLIED,
        f"A decision on this visit does not fit it any more: {error.what}",
        severity="error",
        remedy="Decide again",
        visit_id=visit.visit_id,
        evidence=visit.evidence,
    )


def _problems(outcomes: Mapping[str, _Outcome]) -> Iterable[Issue]:
    return (issue for outcome in outcomes.values() for issue in outcome.problems)
