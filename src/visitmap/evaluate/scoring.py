"""Predictions against labels, one document at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visitmap.errors import InputError
from visitmap.evaluate.assignment import best_pairs
from visitmap.evaluate.matching import (
    compatible_date,
    place_quality,
    plain,
    same_country,
    same_date,
    same_place_name,
    same_traveller,
)
from visitmap.evaluate.report import Counts, Report
from visitmap.model import Document, Issue, Source, Visit

Run = Callable[[Document], tuple[Sequence[Visit], Sequence[Issue]]]
Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled article: its text and its labels as read from JSON."""

    text: str
    label: Label

    @property
    def document(self) -> Document:
        """The article as the pipeline takes it."""
        label = self.label
        source = Source(
            label["id"],
            title=label.get("title") or "",
            date=label.get("document_date") or "",
            date_basis="given" if label.get("document_date") else "",
            language=label["lang"],
        )
        return Document(self.text, source)


def evaluate(gold_dir: Path, run: Run, *, language: str = "") -> Report:
    """Run on every labelled article of a folder and score what comes out.

    `language` leaves out the other language. Raises InputError when there is nothing to score or a
    label cannot be read.
    """
    report = Report()
    for article in read_labelled(Path(gold_dir), language):
        visits, _ = run(article.document)
        _score(report, article, list(visits))
    if not report.documents:
        raise InputError(
            "there are no labelled articles here",
            where=str(gold_dir),
            remedy="Give a folder with pairs NAME.txt and NAME.json, such as tests/gold",
        )
    return report


def read_labelled(folder: Path, language: str = "") -> Iterator[Labelled]:
    """The labelled articles of a folder by name; raises InputError for one that cannot be read."""
    for path in sorted(folder.glob("*.json")):
        try:
            label = json.loads(path.read_text("utf-8"))
            if not isinstance(label, dict) or "visits" not in label:
                continue
            # No newline translation: the labels' offsets count every character of the file.
            text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        except (OSError, ValueError) as error:
            remedy = "Mend the file, or take it out of the folder"
            raise InputError(
                f"the label cannot be read ({error})", where=str(path), remedy=remedy
            ) from error
        if not language or label["lang"] == language:
            yield Labelled(text, label)


def _score(report: Report, article: Labelled, visits: list[Visit]) -> None:
    label = article.label
    golds = label["visits"]
    quality = [[pair_quality(gold, visit) for gold in golds] for visit in visits]
    weights = [
        [
            (1e9 * gold.get("core", True) + 1e6 + q) if q else 0.0
            for gold, q in zip(golds, row, strict=True)
        ]
        for row in quality
    ]
    pairs = best_pairs(weights)
    report.documents += 1
    report.predictions += len(visits)
    report.hard_negative_spans += len(label.get("hard_negative_spans") or ())
    groups = [report.visits.setdefault(key, Counts()) for key in ("all", label["lang"])]
    found = {gold: visit for visit, gold in pairs.items()}
    for number, gold in enumerate(golds):
        if gold.get("core", True):
            _count_label(report, groups, article, gold, visits, found.get(number))
    for number, visit in enumerate(visits):
        wrong = number not in pairs
        if wrong and _is_companion(golds, quality[number], pairs, visits, number):
            report.co_traveller_duplicates += 1
            continue
        report.certainties.append((visit.certainty, not wrong))
        if wrong:
            _count_wrong(report, groups, article, visit)


def _count_label(
    report: Report,
    groups: list[Counts],
    article: Labelled,
    gold: Label,
    visits: list[Visit],
    number: int | None,
) -> None:
    for counts in groups:
        counts.tp += number is not None
        counts.fn += number is None
    if number is None:
        what = f"{', '.join(gold['travellers'])} in {gold['destination']['name']}"
        report.errors.append(f"missed: {article.label['id']}: {what} ({gold['start']})")
        return
    for key, right in attributes(gold, visits[number], article.text).items():
        report.attributes.setdefault(key, []).append(float(right))


def _count_wrong(report: Report, groups: list[Counts], article: Labelled, visit: Visit) -> None:
    for counts in groups:
        counts.fp += 1
    names = ", ".join(traveller.name for traveller in visit.travellers)
    what = f"{names} in {visit.destination.name}"
    report.errors.append(f"wrong: {article.label['id']}: {what} ({visit.timespan.start})")
    start, end = _quote(visit)
    for span in article.label.get("hard_negative_spans") or ():
        common = min(end, span["end"]) - max(start, span["start"])
        if common > 0 and common >= 0.5 * min(end - start, span["end"] - span["start"]):
            kind = span.get("kind", "?")
            report.hard_negatives[kind] = report.hard_negatives.get(kind, 0) + 1
            return


def _is_companion(
    golds: list[Label],
    quality: list[float],
    pairs: Mapping[int, int],
    visits: list[Visit],
    number: int,
) -> bool:
    """Another member of a party whose visit is already found: neither right nor wrong."""
    for other, gold in pairs.items():
        if quality[gold] and len(golds[gold]["travellers"]) > 1:
            mine = _members(golds[gold], visits[number])
            if mine - _members(golds[gold], visits[other]):
                return True
    return False


def _members(gold: Label, visit: Visit) -> set[int]:
    names = [traveller.name for traveller in visit.travellers]
    numbered = list(enumerate(gold["travellers"]))
    exact = {n for n, one in numbered if any(plain(one) == plain(name) for name in names)}
    return exact or {n for n, one in numbered if any(same_traveller(one, name) for name in names)}


def pair_quality(gold: Label, visit: Visit) -> float:
    """How well a visit answers a label; 0 when traveller or destination does not."""
    groups = [gold["travellers"], *_alternatives(gold, "travellers")]
    names = [traveller.name for traveller in visit.travellers]
    if not any(same_traveller(one, name) for group in groups for one in group for name in names):
        return 0.0
    place = place_quality(
        gold["destination"], _place(visit.destination), _alternatives(gold, "destination")
    )
    if not place:
        return 0.0
    start, others = visit.timespan.start or None, _alternatives(gold, "start")
    return (
        1.0
        + 100 * place
        + 60 * same_date(gold["start"], start, others)
        + 30 * compatible_date(gold["start"], start, others)
        + 10 * (visit.status in (gold["status"], *_alternatives(gold, "status")))
    )


def attributes(gold: Label, visit: Visit, text: str) -> dict[str, float]:
    """Which fields of a found visit are right."""
    start, end = visit.timespan.start or None, visit.timespan.end or None
    starts, ends = _alternatives(gold, "start"), _alternatives(gold, "end")
    origin = _origin_right(gold, visit)
    explicit = "origin_explicit" if gold.get("origin") else "origin_null"
    found: dict[str, float] = {
        "start_exact": same_date(gold["start"], start, starts),
        "start_compatible": compatible_date(gold["start"], start, starts),
        "end_compatible": compatible_date(gold["end"], end, ends),
        "status": visit.status in (gold["status"], *_alternatives(gold, "status")),
        "origin": origin,
        explicit: origin,
    }
    if not gold.get("origin") and gold.get("origin_implied"):
        country = visit.origin.country if visit.origin else ""
        found["origin_implied_country"] = bool(same_country(gold["origin_implied"], country))
    return {**found, **_evidence_right(gold, visit, text)}


def _origin_right(gold: Label, visit: Visit) -> bool:
    stated = visit.origin if visit.origin_basis == "stated" else None
    country = visit.origin.country if visit.origin else ""
    for one in (gold.get("origin"), *_alternatives(gold, "origin")):
        if one is None:
            if stated is None:
                return True
        elif stated is None:
            continue
        elif isinstance(one, Mapping):
            said = {"name": stated.name, "country": country, "lat": None, "lon": None}
            if place_quality(one, said):
                return True
        elif same_place_name(one, stated.name):
            return True
    return False


def _evidence_right(gold: Label, visit: Visit, text: str) -> dict[str, float]:
    start, end = _quote(visit)
    sentences = [
        (text.find(one), text.find(one) + len(one)) for one in gold["evidence"] if one in text
    ]
    clauses = [(c["start"], c["end"]) for c in gold.get("evidence_clause") or ()] or sentences
    inside = sum(max(0, min(end, last) - max(start, first)) for first, last in sentences)
    wanted = {n for first, last in clauses for n in range(first, last)}
    covered = len(wanted & set(range(start, end)))
    return {
        "evidence_overlap": end > start and inside >= 0.5 * (end - start),
        "evidence_clause_recall": covered / len(wanted) if wanted else 0.0,
    }


def _quote(visit: Visit) -> tuple[int, int]:
    return (visit.evidence[0].start, visit.evidence[0].end) if visit.evidence else (0, 0)


def _place(place: Any) -> dict[str, Any]:
    return {
        "name": place.name,
        "country": place.country or None,
        "lat": place.latitude,
        "lon": place.longitude,
    }


def _alternatives(gold: Label, key: str) -> list[Any]:
    return list((gold.get("acceptable_alternatives") or {}).get(key, ()))
