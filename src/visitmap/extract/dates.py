"""Dates as a text names them, to EDTF of the precision the text gives: never an invented day.

    find_dates("… s’est rendu, le 28 mars 2018, à Bakou", "fr")  → 2018-03-28
    find_dates("… tenue en février, à Bakou", "fr")              → XXXX-02
    the same with document_date="2019-01"                        → 2018-02

How a language names dates is data (`packs/<language>/dates.toml`, see docs/dates.md); what such a
name means is computed in `date_readers`. One scan over the text finds all dates; only sentences
with a word that can begin one are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from visitmap.extract.date_calendar import Frame, Tense
from visitmap.extract.date_pack import DatePack, Rule, date_pack, fold
from visitmap.extract.date_readers import READERS, Reading
from visitmap.model import Span
from visitmap.timespan import Bounds, bounds, is_edtf

DateKind = Literal["date", "range", "duration", "frequency", "relative"]
Relation = Literal["since", "from", "until", "before", "after", "about", ""]

# How far a date's words, and the words that bound it, may reach around a hint.
_LEFT, _RIGHT, _BEFORE = 45, 70, 24
_SENTENCE_END = re.compile(r"[.!?…;]\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, with what it means as far as can be told.

    `start` and `end` are EDTF, empty when not told; an interval in `start` means some day inside.
    `needs_year` says that the year is still missing (`XXXX-02`), `anchored` that the value depends
    on the document's date or a date named before; such a mention without them has an empty `start`.
    `relation` is how words before it bound it ("depuis", "until"); `part_of_day` is `morning`,
    `noon`, `afternoon`, `evening`, `night` or empty.
    """

    span: Span
    start: str = ""
    end: str = ""
    duration_days: int | None = None
    kind: DateKind = "date"
    needs_year: bool = False
    anchored: bool = False
    relation: Relation = ""
    part_of_day: str = ""


def may_have_date(text: str, language: str, start: int, end: int) -> bool:
    """Whether a word or number stands in `text[start:end]` that dates are made of."""
    return bool(date_pack(language).hint.search(fold(text[start:end])))


def find_dates(
    text: str,
    language: str,
    *,
    document_date: str = "",
    anchor: str = "",
    tense: Tense = "",
    start: int = 0,
    end: int | None = None,
) -> list[DateMention]:
    """The dates in `text[start:end]`, in order; spans are offsets into the whole text.

    `document_date` and `anchor` (the last date named before, for "la veille") are EDTF; `tense` is
    that of the sentence, found from its verbs when empty. Raises ValueError for a language without
    a pack.
    """
    pack = date_pack(language)
    end = len(text) if end is None else end
    offset = max(start - _BEFORE, 0)
    folded = fold(text[offset:end])
    if pack.hint.search(folded, start - offset) is None:
        return []
    document = bounds(document_date) if is_edtf(document_date) else Bounds(None, None)
    scan = _Scan(text, folded, offset, pack, document, tense, anchor)
    return list(scan.mentions(start - offset))


@dataclass(slots=True)
class _Scan:
    """One pass over a folded stretch of text, remembering the last date named."""

    text: str
    folded: str
    offset: int
    pack: DatePack
    document: Bounds
    tense: Tense
    anchor: str
    told: str = ""

    def mentions(self, begin: int) -> Iterator[DateMention]:
        """The dates from `begin` on, each read against those before it."""
        done = begin
        for rule, match in self._candidates(begin):
            if match.start() < done:
                continue
            mention = self._mention(rule, match.start())
            if mention is None:
                continue
            done = match.end()
            self._remember(mention)
            yield mention

    def _remember(self, mention: DateMention) -> None:
        if mention.start and mention.kind in ("date", "range", "relative"):
            self.anchor = mention.end or mention.start
            if not (mention.anchored or mention.needs_year):
                self.told = self.anchor

    def _candidates(self, begin: int) -> list[tuple[Rule, re.Match[str]]]:
        """What the rules find near their words, from the left; at one place the first rule wins."""
        found: dict[tuple[int, int], tuple[Rule, re.Match[str]]] = {}
        for name, windows in self._windows(begin).items():
            scan = self.pack.scans[name]
            for first, last in windows:
                for match in scan.finditer(self.folded, first, last):
                    rank, rule = self.pack.rule(match)
                    found[match.start(), rank] = rule, match
        return [found[key] for key in sorted(found)]

    def _windows(self, begin: int) -> dict[str, list[list[int]]]:
        """For each class of words, the stretches around them, joined where they touch."""
        windows: dict[str, list[list[int]]] = {}
        for hint in self.pack.hint.finditer(self.folded, begin):
            last = hint.end() + _RIGHT
            for name in self.pack.classes(hint):
                before = windows.setdefault(name, [])
                if before and hint.start() - _LEFT <= before[-1][1]:
                    before[-1][1] = last
                else:
                    before.append([self._cut(hint.start() - _LEFT, begin), last])
        return windows

    def _cut(self, first: int, begin: int) -> int:
        """The white space before a window, so that it does not begin within a word."""
        return begin if first <= begin else max(self.folded.rfind(" ", begin, first), begin)

    def _mention(self, rule: Rule, at: int) -> DateMention | None:
        match = rule.pattern.match(self.folded, at)
        if match is None:
            return None
        if any(not self._is_capital(match, name) for name in rule.options.get("capital", ())):
            return None
        fields = rule.fields(match)
        find_tense = partial(self._tense, match.start(), match.end())
        frame = Frame(self.document, self.anchor, self.told, find_tense)
        reading = READERS[rule.read](fields, frame, rule.options)
        if reading is None or reading.start[4:5].isdigit():
            return None  # nothing, or a year behind 9999
        return self._finished(reading, match, fields)

    def _is_capital(self, match: re.Match[str], name: str) -> bool:
        at = match.start(name)
        return at < 0 or self.text[self.offset + at].isupper()

    def _finished(
        self, reading: Reading, match: re.Match[str], fields: dict[str, object]
    ) -> DateMention:
        begin = self._after_lead(match)
        start, end = self.offset + begin, self.offset + match.end()
        relation = self._relation(begin)
        return DateMention(
            Span(start, end, self.text[start:end]),
            start=_about(reading.start) if relation == "about" else reading.start,
            end=reading.end,
            duration_days=reading.duration_days,
            kind=reading.kind,
            needs_year="XXXX" in reading.start,
            anchored=reading.anchored,
            relation=relation,
            part_of_day=str(fields.get("part", "")),
        )

    def _after_lead(self, match: re.Match[str]) -> int:
        """Where the date begins: behind a word like "in" that only made it one."""
        begin = match.end("lead") if match.groupdict().get("lead") else match.start()
        while self.folded[begin].isspace():
            begin += 1
        return begin

    def _relation(self, at: int) -> Relation:
        near = self.folded[max(at - _BEFORE, 0) : at]
        return next((name for name, words in self.pack.before if words.search(near)), "")

    def _tense(self, start: int, end: int) -> Tense:
        """The tense of the verb nearest to a date in its sentence."""
        relation = self._relation(start)
        if self.tense or relation == "since":
            return "past" if relation == "since" else self.tense
        first = max(
            (
                stop.end()
                for stop in _SENTENCE_END.finditer(self.folded, max(start - 300, 0), start)
            ),
            default=max(start - 300, 0),
        )
        stop = _SENTENCE_END.search(self.folded, end, end + 300)
        last = stop.start() if stop else end + 300
        before = self._spelled(first, start)
        after = self._spelled(end, last)
        future = _distance(self.pack.future, before, after)
        past = _distance(self.pack.past, before, after)
        if future == past:
            return "future" if relation in ("from", "until", "before") else ""
        return "future" if future < past else "past"

    def _spelled(self, start: int, end: int) -> str:
        """The text with its accents, in lower case: they tell "a visité" from "à midi"."""
        return self.text[self.offset + start : self.offset + end].lower().replace("’", "'")


def _distance(cue: re.Pattern[str], before: str, after: str) -> float:
    """Characters from a date to the nearest cue in its sentence; infinite when it has none.

    A date mostly follows its verb, so that a verb behind it counts as twice as far.
    """
    behind = cue.search(after)
    ends = [match.end() for match in cue.finditer(before)]
    distances = [len(before) - ends[-1]] if ends else []
    return min([*distances, *([2 * behind.start()] if behind else [])], default=float("inf"))


def _about(edtf: str) -> str:
    """The EDTF marked approximate, once."""
    return edtf if not edtf or edtf.endswith("~") or "/" in edtf else f"{edtf}~"
