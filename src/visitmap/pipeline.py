"""Documents and tables to visits and issues: the one path that command line and dashboard share.

    inputs ─ documents ─ extract ─ gazetteer ─ Visit | Issue ─ merge ─ visits, issues
           └ tables ──────────────────┘

Nothing here decides by itself: what the gazetteer is not sure of becomes an `Issue` for a person,
beside the best guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from visitmap.documents import read_documents
from visitmap.extract import extract_mentions, mentioned_places
from visitmap.gazetteer import Gazetteer, is_doubtful, is_guess
from visitmap.geocode import Fallback
from visitmap.merge import merge_visits
from visitmap.model import (
    Candidate,
    Document,
    Evidence,
    Issue,
    Mention,
    Place,
    Span,
    Toponym,
    Traveller,
    Visit,
    collector_at_rest,
    stable_id,
)
from visitmap.tables import READABLE, TableResult, read_table

Extractor = Callable[[Document, Gazetteer], list[Mention]]
TableReader = Callable[..., TableResult]
Found = tuple[list[Visit], list[Issue]]

# A statement of several undated visits ("à plusieurs reprises") is kept as one doubtful visit.
_COUNTED_CERTAINTY = 0.2


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A document's toponyms with their candidates, by where they stand and what is looked up."""

    candidates: dict[tuple[int, str], list[Candidate]]

    def of(self, toponym: Toponym) -> list[Candidate]:
        return self.candidates.get((toponym.span.start, toponym.name), [])


def run(
    inputs: Iterable[str | Path | Document],
    *,
    document_date: str = "",
    language: str = "",
    gazetteer: Gazetteer | None = None,
    fallback: Fallback | None = None,
    extractor: Extractor = extract_mentions,
    table_reader: TableReader = read_table,
    progress: Callable[[str], None] = lambda name: None,
) -> Found:
    """Visits and issues of articles, folders, corpora and tables, merged across all of them.

    `document_date` (EDTF) and `language` hold for every article that is not a `Document` already.
    `table_reader(path, geocode=…)` reads the tables: `read_table`, or it with a mapping.
    `progress` is called with the name of each source when it is done. `fallback` is asked online
    for places that the gazetteer lacks; without it nothing leaves this machine. Raises InputError
    for an input that cannot be read at all; what is wrong in a folder or a corpus becomes an Issue.
    """
    gazetteer = gazetteer or Gazetteer.load()
    visits: list[Visit] = []
    issues: list[Issue] = []
    tables: list[range] = []
    for one in inputs:
        first = len(visits)
        for found_visits, found_issues, name in _read(
            one, document_date, language, gazetteer, fallback, extractor, table_reader
        ):
            visits += found_visits
            issues += found_issues
            progress(name)
        if not isinstance(one, Document) and is_table(one):
            tables.append(range(first, len(visits)))
    merged, conflicts = merge_visits(visits, tables)
    return list(merged), [*issues, *conflicts, *(fallback.problems if fallback else ())]


# A sentence may stand between a town and its airport, not a page.
_NEXT_SENTENCE = 200


def run_document(
    document: Document,
    *,
    gazetteer: Gazetteer | None = None,
    fallback: Fallback | None = None,
    extractor: Extractor = extract_mentions,
) -> Found:
    """Visits and issues of one document; two mentions of one visit are one visit."""
    gazetteer = gazetteer or Gazetteer.load()
    # A sentence makes hundreds of small values that refer to each other in no circle.
    with collector_at_rest():
        return _run_document(document, gazetteer, fallback, extractor)


def _run_document(
    document: Document, gazetteer: Gazetteer, fallback: Fallback | None, extractor: Extractor
) -> Found:
    mentions = extractor(document, gazetteer)
    others = mentioned_places(document, gazetteer, mentions)
    resolved = _resolve(document, mentions, others, gazetteer, fallback)
    visits: list[Visit] = []
    issues: list[Issue] = []
    for mention in mentions:
        visit, found = _visit(document, mention, resolved, gazetteer)
        visits.append(visit)
        issues += found
    merged, conflicts = merge_visits(_sites_with_towns(visits))
    kept = _follow(issues, visits, merged)
    found = [*kept, *conflicts, *_mentioned(document, others, resolved)]
    return _without_lonely_trips(merged), found


def _sites_with_towns(visits: list[Visit]) -> list[Visit]:
    """A site without a point takes that of the town the same sentence or its neighbour tells.

    `Arrived in Algiers …, she was welcomed at the Boumediene airport`: one stop, and the airport's
    name is in nobody's gazetteer.
    """
    placed: list[Visit] = []
    for visit in visits:
        if visit.destination.kind == "site" and not visit.destination.is_resolved:
            town = next((one for one in reversed(placed) if _is_told_with(one, visit)), None)
            if town is not None:
                visit = replace(visit, destination=town.destination)
        placed.append(visit)
    return placed


def _is_told_with(town: Visit, site: Visit) -> bool:
    here, there = town.evidence[0], site.evidence[0]
    names = {one.name for one in town.travellers} & {one.name for one in site.travellers}
    dated = {one.timespan.start for one in (town, site) if one.timespan.start}
    near = 0 <= there.start - here.end <= _NEXT_SENTENCE or here.start == there.start
    return town.destination.is_resolved and bool(names) and len(dated) < 2 and near


def table_geocoder(
    gazetteer: Gazetteer, fallback: Fallback | None = None
) -> Callable[[str, str], list[Candidate]]:
    """A function (name, country hint as code or name) → candidates, as tables ask for it."""

    def geocode(name: str, country: str = "") -> list[Candidate]:
        codes = gazetteer.country_codes(country) if len(country) != 2 else (country.upper(),)
        found = gazetteer.candidates(name, countries=codes)
        return found if found or fallback is None else fallback.candidates(name, countries=codes)

    return geocode


def _read(
    one: str | Path | Document,
    document_date: str,
    language: str,
    gazetteer: Gazetteer,
    fallback: Fallback | None,
    extractor: Extractor,
    table_reader: TableReader,
) -> Iterator[tuple[Sequence[Visit], Sequence[Issue], str]]:
    run_one = partial(run_document, gazetteer=gazetteer, fallback=fallback, extractor=extractor)
    if isinstance(one, Document):
        yield (*run_one(one), one.doc_id)
        return
    if is_table(one):
        table = table_reader(one, geocode=table_geocoder(gazetteer, fallback))
        yield table.visits, table.issues, Path(one).name
        return
    for document in read_documents([one], document_date=document_date, language=language):
        if isinstance(document, Issue):
            yield [], [document], document.where
        else:
            yield (*run_one(document), document.doc_id)


def is_table(path: str | Path) -> bool:
    """Whether an input is read as a table; a `.jsonl` is one when its first line is a visit."""
    suffix = Path(path).suffix.lower()
    if suffix not in READABLE:
        return False
    if suffix not in (".jsonl", ".json"):
        return True
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as lines:
            head = lines.read(4096)
    except OSError:
        return False
    return suffix == ".json" or '"text"' not in head


def _resolve(
    document: Document,
    mentions: list[Mention],
    others: list[Toponym],
    gazetteer: Gazetteer,
    fallback: Fallback | None,
) -> _Resolved:
    pairs = [(one.destination, _countries(one.travellers)) for one in mentions]
    pairs += [(one.origin, _countries(one.travellers)) for one in mentions if one.origin]
    pairs += [(toponym, ()) for toponym in others]
    if not pairs:
        return _Resolved({})
    found = gazetteer.resolve(
        [toponym for toponym, _ in pairs],
        language=document.language,
        text=document.text,
        traveller_countries=[countries for _, countries in pairs],
    )
    if fallback is not None:
        # Places that are only mentioned are not asked for: nobody travelled there.
        asked = len(pairs) - len(others)
        found[:asked] = [
            choices
            if choices and not is_guess(choices)
            else _asked(fallback, toponym, document.language) or choices
            for choices, (toponym, _) in zip(found[:asked], pairs[:asked], strict=True)
        ]
    keys = [(toponym.span.start, toponym.name) for toponym, _ in pairs]
    return _Resolved(dict(zip(keys, found, strict=True)))


def _asked(fallback: Fallback, toponym: Toponym, language: str) -> list[Candidate]:
    countries = (toponym.country,) if toponym.country else ()
    return fallback.candidates(toponym.name, language=language, countries=countries)


def _without_lonely_trips(visits: Sequence[Visit]) -> list[Visit]:
    """A trip has at least two stops; a single visit carries no trip id."""
    stops = Counter(visit.trip_id for visit in visits)
    return [replace(one, trip_id="") if stops[one.trip_id] < 2 else one for one in visits]


def _countries(travellers: tuple[Traveller, ...]) -> tuple[str, ...]:
    return tuple(sorted({one.country for one in travellers if one.country}))


def _visit(
    document: Document, mention: Mention, resolved: _Resolved, gazetteer: Gazetteer
) -> tuple[Visit, list[Issue]]:
    choices = resolved.of(mention.destination)
    destination = _place(mention.destination, choices, document, gazetteer)
    origin, basis = _origin(mention, destination, resolved, document, gazetteer)
    visit = Visit(
        visit_id=_visit_id(document, mention, destination),
        travellers=mention.travellers,
        destination=destination,
        timespan=mention.timespan,
        status=mention.status,
        origin=origin,
        origin_basis=basis,
        trip_id=stable_id(document.doc_id, mention.journey) if mention.journey else "",
        purpose=mention.purpose,
        hosts=mention.hosts,
        certainty=_certainty(mention, choices),
        evidence=(mention.evidence,),
        source=document.source,
    )
    return visit, _issues(visit, mention, choices, document)


def _place(
    toponym: Toponym, choices: list[Candidate], document: Document, gazetteer: Gazetteer
) -> Place:
    if not choices or is_guess(choices):
        return Place(
            " ".join(toponym.name.split()), country=toponym.country, kind=toponym.kind or "city"
        )
    return gazetteer.named(choices[0].place, document.language)


def _origin(
    mention: Mention,
    destination: Place,
    resolved: _Resolved,
    document: Document,
    gazetteer: Gazetteer,
) -> tuple[Place | None, str]:
    if mention.origin is not None:
        choices = resolved.of(mention.origin)
        return _place(mention.origin, choices, document, gazetteer), "stated"
    countries = _countries(mention.travellers)
    if len(countries) != 1 or countries[0] == destination.country:
        return None, ""
    capital = gazetteer.capital(countries[0], language=document.language)
    return (capital, "implied") if capital else (None, "")


def _visit_id(document: Document, mention: Mention, destination: Place) -> str:
    # The quote rather than the whole text: mending a typo elsewhere must not orphan decisions.
    names = "; ".join(one.name for one in mention.travellers)
    place = destination.id or destination.name
    return stable_id(document.doc_id, mention.evidence.quote, names, place, str(mention.order))


def _certainty(mention: Mention, choices: list[Candidate]) -> float:
    certainty = min(mention.certainty, _COUNTED_CERTAINTY) if mention.counted else mention.certainty
    known = choices and not is_guess(choices)
    return round(certainty * (choices[0].score if known else 0.5), 3)


def _issues(
    visit: Visit, mention: Mention, choices: list[Candidate], document: Document
) -> list[Issue]:
    name = mention.destination.name
    issue = partial(
        Issue,
        where=_where(document, mention.evidence.start),
        visit_id=visit.visit_id,
        evidence=visit.evidence,
    )
    found = []
    if not choices or is_guess(choices):
        found.append(
            issue(
                "place-unknown",
                f"{name} is not in the gazetteer, so this visit has no point on the map",
                remedy="Choose the place in the review, or add it to your own list of places",
                candidates=tuple(choices),
                toponym=name,
            )
        )
    elif is_doubtful(choices):
        found.append(_doubt(issue, name, choices))
    if mention.counted:
        found.append(
            issue(
                "visits-counted",
                "The text tells of several visits without saying when",
                severity="note",
                remedy="Look for a source that dates them; they are drawn as one doubtful visit",
            )
        )
    return found


def _doubt(issue: Callable[..., Issue], name: str, choices: list[Candidate]) -> Issue:
    return issue(
        "place-ambiguous",
        f"{len(choices)} places may be meant by {name}",
        remedy="Choose the one that the text means",
        candidates=tuple(choices),
        toponym=name,
    )


def _mentioned(document: Document, toponyms: list[Toponym], resolved: _Resolved) -> Iterator[Issue]:
    """An issue for each doubtful place that the text names without anyone travelling there."""
    seen: set[str] = set()
    for toponym in toponyms:
        choices = resolved.of(toponym)
        if toponym.name in seen or len(choices) < 2 or not is_doubtful(choices):
            continue
        seen.add(toponym.name)
        evidence = _sentence(document, toponym.span)
        issue = partial(Issue, where=_where(document, toponym.span.start), evidence=(evidence,))
        yield _doubt(issue, toponym.name, choices)


def _sentence(document: Document, span: Span) -> Evidence:
    """The line around a span, as evidence; lines are what every kind of document has."""
    text = document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    return Evidence(document.doc_id, start, end, text[start:end], (("toponym", span),))


def _where(document: Document, offset: int) -> str:
    return f"{document.doc_id}:{document.text.count(chr(10), 0, offset) + 1}"


def _follow(
    issues: list[Issue], visits: Sequence[Visit], merged: Sequence[Visit]
) -> Iterator[Issue]:
    """Issues of visits that were merged away move to the visit that took their evidence."""
    kept = {visit.visit_id for visit in merged}
    takers = {piece: visit.visit_id for visit in merged for piece in visit.evidence}
    before = {visit.visit_id: visit.evidence[0] for visit in visits}
    seen: set[tuple[str, str, str]] = set()
    for issue in issues:
        target = issue.visit_id
        if target not in kept:
            target = takers.get(before[target], "")
        key = (issue.code, issue.toponym, target)
        if key not in seen:
            seen.add(key)
            yield replace(issue, visit_id=target)
