"""A document's sentences with what stands in each, made when first asked for and then kept.

Most of the news tells of no visit, and most sentences of what does tell none: a first look at them
(`triage`) and the reading (`mentions`) share what they find, and neither finds it twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace

from visitmap.extract.date_pack import date_pack
from visitmap.extract.dates import DateMention, find_dates
from visitmap.extract.lazily import lazily
from visitmap.extract.pack import Pack
from visitmap.extract.people import Scene
from visitmap.extract.reading import Reading
from visitmap.extract.surnames import Names
from visitmap.extract.timing import SentenceDates, sentence_dates
from visitmap.extract.tokens import Sentence, lower_case, sentences
from visitmap.extract.toponyms import PlaceArgument, declared_towns, place_spans
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Span, Toponym
from visitmap.timespan import bounds

_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-zà-ÿ][^\W\d_]*(?:[ '’.-][^\W\d_]+){0,3})"
    r"(?:, (?P<inside>[^\n,()–—-]{2,30}))?(?:, [^\n,()–—-]{2,30})?(?:, [^\n()–—]{1,25})?"
    r"(?:(?: \([^)\n]{2,20}\))? ?\.?(?:--|[-–—]) | \([^)\n]{2,60}\d{4}\) |(?<=[A-ZÀ-Þ]{4}): )"
)
_DATELINE_LINES = 8
# Days that a report may have been under way before it was printed.
_IN_THE_POST = 10
# How old cables say where and when they were sent: "LONDON, September 16."
_CABLE = re.compile(
    r"(?P<place>[A-ZÀ-Þ](?<![A-Z].)[A-ZÀ-Þ]{2,}(?: [A-ZÀ-Þ]{3,}){0,2})(?P<inside>(?!)x)?[,.] "
    r"(?:(?P<month>[^\W\d_]{3,9}\.?) \d{1,2}|\d{1,2}[a-z]{0,2} (?P<month_behind>[^\W\d_]{3,9}))\.?"
    r"[.,;:]?(?: |\n)"
)
# Letters of a text's beginning in which a cable's place may stand.
_CABLE_REACH = 1200


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place before a report's first words: where it stands in the text, half-open."""

    start: int = 0
    end: int = 0
    place: PlaceArgument | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The date over a document, in EDTF, and whether it heads a chronicle: told long after."""

    date: str = ""
    is_chronicle: bool = False


_NO_HEADING = Heading()
# Lines that begin with a date make a chronicle from so many on; the letters before it: "Le ".
_ENTRIES, _LEAD = 3, 4
# Letters of the longest line that is a date, and the share of it that the date is.
_DATE_LINE, _MOSTLY = 40, 0.7


class Passages:
    """The sentences of one document, with their dates and readings."""

    def __init__(self, document: Document, pack: Pack, gazetteer: Gazetteer) -> None:
        self.document = document
        self.pack = pack
        self.gazetteer = gazetteer
        self.names = Names(document.text, pack, gazetteer)
        self.dateline = find_dateline(document.text, gazetteer, pack.language)
        self.heading = self._heading() if not document.date else _NO_HEADING
        self._seen_from = self._sent()
        self._dates: dict[tuple[int, str, str], SentenceDates] = {}
        self._spans: dict[int, dict[int, int]] = {}
        self._readings: dict[int, Reading] = {}

    @lazily
    def sentences(self) -> list[Sentence]:
        """All of them, in order."""
        pack = self.pack
        return list(sentences(self.document.text, pack.elisions, pack.abbreviations))

    @lazily
    def may_list(self) -> bool:
        """Whether the text has a noun of a tour's stops at all."""
        return any(noun in self.lower for noun in self.pack.words["stop_nouns_listed"])

    @lazily
    def declared(self) -> frozenset[str]:
        """The names that the text itself calls a town's."""
        return declared_towns(self.document.text, self.lower, self.pack)

    @lazily
    def lower(self) -> str:
        """The text in lower case, of the same length."""
        return lower_case(self.document.text)

    def _heading(self) -> Heading:
        """The date that stands alone in one of the first lines of a document without one."""
        found = [one for one in self._date_lines() if "XXXX" not in one.start]
        if not found:
            return _NO_HEADING
        first = found[0]
        whole = f"{first.start}/{first.end}" if first.end else first.start
        several = (
            self.is_chronicle
            or len(found) > 1
            or bool(first.end)
            or len(first.start) < len("2000-01-01")
        )
        return Heading(whole, several)

    @lazily
    def year(self) -> str:
        """The one year that the heading of a chronicle names; empty when there is none."""
        years = {one[:4] for one in self.heading.date.split("/")} if self.heading.date else set()
        return years.pop() if len(years) == 1 and self.heading.is_chronicle else ""

    @lazily
    def is_chronicle(self) -> bool:
        """Whether entry upon entry begins with its date, as in a list of events."""
        return len(self.entries) >= _ENTRIES

    @lazily
    def entries(self) -> dict[int, DateMention]:
        """The dates that lines begin with, by the offset where the line begins."""
        text, found, start = self.document.text, {}, 0
        for line in text.splitlines(keepends=True):
            begin = start + len(line) - len(line.lstrip(" •*-–"))
            start += len(line)
            head = text[begin : begin + _DATE_LINE]
            if not any(letter.isdigit() for letter in head):
                continue
            end = min(begin + _DATE_LINE, start)
            dates = find_dates(
                text, self.document.language, document_date=self.document.date,
                start=begin, end=end,
            )  # fmt: skip
            if dates and dates[0].start and dates[0].span.start - begin <= _LEAD:
                found[begin] = dates[0]
        return found

    def _date_lines(self) -> list[DateMention]:
        """The dates that are lines of their own; none unless one of the first two lines is one."""
        found, start, number = [], 0, 0
        for line in self.document.text.splitlines(keepends=True):
            begin, end = start, start + len(line.rstrip())
            start += len(line)
            number += end > begin
            if end == begin or end - begin > _DATE_LINE or (number > 2 and not found):
                continue
            dates = find_dates(self.document.text, self.document.language, start=begin, end=end)
            told = sum(one.span.end - one.span.start for one in dates)
            # "1959 : juillet à décembre": the months are of the year told before them.
            year = [one for one in dates if len(one.start) == len("2000") and not one.end]
            alone = dates[:1] if len(dates) == 1 else year if len(year) == 1 else []
            if alone and alone[0].start and told >= (end - begin) * _MOSTLY:
                found += alone
        return found

    def _sent(self) -> Document:
        """The document as of its dateline's day, from which `today` and `yesterday` are counted."""
        document, line = self.document, self.dateline
        if self.heading.date:
            return replace(document, source=replace(document.source, date=self.heading.date))
        printed = bounds(document.date).earliest
        if line.place is None or printed is None:
            return document
        told = find_dates(
            document.text, document.language,
            document_date=document.date, start=line.start, end=line.end,
        )  # fmt: skip
        days = [bounds(one.start).earliest for one in told if len(one.start) == 10]
        if len(days) != 1 or days[0] is None or not 0 < (printed - days[0]).days <= _IN_THE_POST:
            return document
        return replace(document, source=replace(document.source, date=days[0].isoformat()))

    @lazily
    def hits(self) -> dict[int, list[re.Match[str]]]:
        """The words of visits by the number of their sentence, forms of `to be` left out."""
        starts = [sentence.start for sentence in self.sentences]
        nobody, found = self.pack.words["nobody_verbs"], defaultdict(list)
        for hit in self.pack.strong.finditer(self.lower):
            if hit[0] not in nobody:
                found[bisect_right(starts, hit.start()) - 1].append(hit)
        return found

    def forget(self, sentence: Sentence) -> None:
        """Drop what was found in a sentence; asked for again, it is made again."""
        vars(sentence).pop("tokens", None)
        vars(sentence).pop("lows", None)
        self._dates.pop((sentence.number, "", ""), None)
        self._spans.pop(sentence.number, None)
        self._readings.pop(sentence.number, None)

    def has_dateline(self, sentence: Sentence) -> bool:
        """Whether the dateline begins here; its words are nobody's name and no destination."""
        return self.dateline.start <= sentence.start < self.dateline.end

    def dates(self, sentence: Sentence, anchor: str = "", tense: str = "") -> SentenceDates:
        """A sentence's dates; a dateline's day is the report's, not the visit's."""
        key = sentence.number, anchor, tense
        if key not in self._dates:
            body = self.dateline.end if self.has_dateline(sentence) else 0
            start = min(max(body, sentence.start), sentence.end)
            self._dates[key] = sentence_dates(
                self._seen_from, sentence.tokens, start, sentence.end, anchor, tense, self.year
            )
        return self._dates[key]

    def names_of_places(self, sentence: Sentence) -> dict[int, int]:
        """Where known names of places begin and end, dates' words (`May`) among them."""
        known = self._spans.get(sentence.number)
        if known is None:
            known = place_spans(sentence.tokens, self.gazetteer, self.pack, declared=self.declared)
            self._spans[sentence.number] = known
        return known

    def reading(self, sentence: Sentence, dates: SentenceDates) -> Reading:
        """A sentence with these dates; made anew only where other words are dates than before."""
        known = self._readings.get(sentence.number)
        if known is None or known.dates != dates.tokens:
            tokens = sentence.tokens
            spans = self.names_of_places(sentence)
            busy = dates.tokens.keys()
            if busy and any(n in busy for first, last in spans.items() for n in range(first, last)):
                spans = place_spans(tokens, self.gazetteer, self.pack, busy, self.declared)
            scene = Scene(tokens, self.document.text, self.pack, self.gazetteer, spans, self.names)
            body = self.dateline.end if self.has_dateline(sentence) else 0
            known = self._readings[sentence.number] = Reading(
                scene, dates.tokens, sentence.lows, body
            )
        return known


def find_dateline(text: str, gazetteer: Gazetteer, language: str) -> Dateline:
    """The place before a report's first words; headlines may stand above it."""
    start = 0
    for line in text.splitlines(keepends=True)[:_DATELINE_LINES]:
        offset = start + len(line) - len(line.lstrip())
        start += len(line)
        match = _DATELINE.match(text, offset)
        if match is None:
            continue
        name = match["place"].title() if match["place"].isupper() else match["place"]
        if gazetteer.knows(name):
            return _dateline(match, name, gazetteer)
    for match in _CABLE.finditer(text, 0, _CABLE_REACH):
        name = match["place"].title()
        month = match["month"] or match["month_behind"]
        if date_pack(language).is_month(month) and gazetteer.knows(name):
            return _dateline(match, name, gazetteer)
    return Dateline()


def _dateline(match: re.Match[str], name: str, gazetteer: Gazetteer) -> Dateline:
    span = Span(match.start("place"), match.end("place"), match["place"])
    codes = gazetteer.country_codes(match["inside"] or "")
    place = PlaceArgument(0, 1, "", Toponym(span, name, codes[0] if codes else ""))
    return Dateline(match.start(), match.end(), place)
