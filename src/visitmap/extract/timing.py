"""Which date belongs to which visit: the clause's own, else the sentence's, else the journey's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from visitmap.extract.dates import DateMention, find_dates
from visitmap.extract.reading import Proposal, Reading
from visitmap.extract.tokens import Token
from visitmap.extract.toponyms import PlaceArgument
from visitmap.extract.words import is_light
from visitmap.model import Document, Span
from visitmap.timespan import Timespan, bounds, is_edtf

_NO_DATE = Timespan("")


@dataclass(frozen=True, slots=True)
class SentenceDates:
    """The dates of a sentence: mentions, and for each token inside one its first token."""

    mentions: tuple[DateMention, ...]
    first_tokens: tuple[int, ...]
    tokens: dict[int, int]


_NO_DATES = SentenceDates((), (), {})


@dataclass(frozen=True, slots=True)
class When:
    """A time for a visit, and the words it was read from."""

    span: Timespan
    words: tuple[tuple[str, Span], ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether a start was told."""
        return bool(self.span.start)


def sentence_dates(
    document: Document,
    tokens: Sequence[Token],
    start: int,
    end: int,
    anchor: str,
    tense: str = "",
    year: str = "",
) -> SentenceDates:
    """All dates of one sentence, read against the document's date and the last date before.

    `year` is that of a heading, for those that tell none.
    """
    found = find_dates(
        document.text,
        document.language,
        document_date=document.date,
        anchor=anchor,
        tense=tense,
        start=start,
        end=end,
    )
    if not found:
        return _NO_DATES
    found = [in_year(one, year) for one in found] if year else found
    starts = [token.start for token in tokens]
    inside: dict[int, int] = {}
    firsts = []
    for mention in found:
        first = bisect_left(starts, mention.span.start)
        if first and starts[first - 1] < mention.span.start < tokens[first - 1].end:
            first -= 1
        last = max(bisect_left(starts, mention.span.end), first + 1)
        inside.update(dict.fromkeys(range(first, last), first))
        firsts.append(first)
    return SentenceDates(tuple(found), tuple(firsts), inside)


def in_year(mention: DateMention, year: str) -> DateMention:
    """A date that tells no year, in one."""
    start, end = (one.replace("XXXX", year) for one in (mention.start, mention.end))
    return replace(mention, start=start, end=end)


def when_told(reading: Reading, proposal: Proposal, dates: SentenceDates, alone: bool) -> When:
    """The time a clause tells; `alone`: no other proposal claims the sentence's dates."""
    places = [place.name_first for place in proposal.destinations]
    floor = proposal.word.index if _goes_on(reading, proposal) else -1
    floor = max(floor, proposal.left) if proposal.is_aside else floor
    pairs = list(zip(dates.first_tokens, dates.mentions, strict=True))
    day = _nearest(
        [
            (n, m)
            for n, m in pairs
            if m.kind in ("date", "range", "relative")
            and _is_point(m)
            # "the fourth to do so since 2008"; but "in Paris since Monday" came on Monday.
            and not (m.relation == "since" and len(m.start) == 4)
            and n > floor
            and not _is_since(reading, proposal.word.index, n)
            and not _is_of_relative(reading, n, proposal.word.index)
            and not _is_of_report(reading, n, proposal.word.index)
            and not (len(pairs) > 1 and m.kind == "date" and not m.end and _is_of_noun(reading, n))
        ],
        proposal,
        len(reading.scene.tokens),
        alone,
        places,
    )
    stay = _nearest(
        [(n, m) for n, m in pairs if m.duration_days is not None and m.kind == "duration"],
        proposal,
        len(reading.scene.tokens),
        False,
        places,
    )
    return _when(day, stay)


def _is_of_relative(reading: Reading, first: int, word: int) -> bool:
    """`from Cairo, where he met X on Sunday, and will go on`: a day of the clause between."""
    scene, relatives = reading.scene, reading.pack.words["relatives"]
    if not any(scene.low(n) == "," for n in range(first + 1, word)):
        return False
    for at in range(first - 1, -1, -1):
        if scene.low(at) == ",":
            return False
        if scene.low(at) in relatives:
            return at > 0 and scene.low(at - 1) == ","
    return False


def _is_since(reading: Reading, word: int, first: int) -> bool:
    """`his second trip since taking office, in January 2021`: the day of what was before."""
    openers = reading.pack.words["since_openers"]
    return any(reading.scene.low(n) in openers for n in range(word + 1, first - 1))


def _goes_on(reading: Reading, proposal: Proposal) -> bool:
    """`poursuivait jeudi sa visite`: the day is not that of the arrival."""
    if proposal.word.trigger.tense:
        return False
    near = {
        reading.scene.low(n) for n in range(max(0, proposal.word.index - 5), proposal.word.index)
    }
    return bool(near & reading.pack.words["continue_cues"])


def _is_of_noun(reading: Reading, first: int) -> bool:
    """`the victims of 11 March`, beside another day: the day of what is spoken of."""
    scene, words = reading.scene, reading.pack.words
    opens = scene.low(first) in words["of"]
    at = first - 1 if opens else first - 2
    if not opens and scene.low(first - 1) not in words["of"]:
        return False
    low = scene.low(at)
    small = words["prepositions"] | words["parts_of_days"]
    plain = low.isalpha() and low not in small and low not in reading.pack.triggers
    return plain and at not in reading.dates and not is_light(reading, at)


def _is_of_report(reading: Reading, first: int, word: int) -> bool:
    """`a annoncé lundi`, `said on Monday`: the day of the words, not of the visit."""
    scene, words = reading.scene, reading.pack.words
    at = first - 1
    while at > first - 3 and (
        scene.low(at) in words["prepositions"] or scene.low(at) in words["articles"]
    ):
        at -= 1
    if at != word and scene.low(at) in words["reporting"]:
        return True
    behind = max((n for n, one in reading.dates.items() if one == first), default=first) + 1
    behind += scene.low(behind) in words["auxiliaries"]  # "mercredi a annoncé"
    return behind != word and scene.low(behind) in words["reporting"]


def _is_point(mention: DateMention) -> bool:
    return bool(mention.start or mention.end)


def _nearest(
    pairs: list[tuple[int, DateMention]],
    proposal: Proposal,
    length: int,
    alone: bool,
    places: list[int],
) -> DateMention | None:
    """Behind the word first, then before it in its clause, then before the clause."""
    index = proposal.word.index
    behind = [(n, m) for n, m in pairs if index < n <= proposal.right]
    before = [(n, m) for n, m in pairs if proposal.left <= n < index]
    if before and behind:
        # A range is told in three to five words, so its first stands further from the verb.
        reach = 7 if before[-1][1].kind == "range" else 4
        near = index - before[-1][0] <= reach and behind[0][0] - index > 6
        return before[-1][1] if near else behind[0][1]
    if behind or before:
        return behind[0][1] if behind else before[-1][1]
    earlier = [m for n, m in pairs if n < proposal.left]
    if earlier and (proposal.shared or alone or pairs[0][0] <= 3):
        return earlier[-1] if not alone else earlier[0]
    return pairs[0][1] if alone and pairs and len(pairs) == 1 else None


def _when(day: DateMention | None, stay: DateMention | None) -> When:
    words: list[tuple[str, Span]] = []
    start, end, duration = "", "", None
    if day is not None:
        start, end = day.start, day.end
        if day.relation == "until" and start and not end:
            start, end = "", start
        if start and end and "/" in start:
            end = ""
        words.append(("start" if start else "end", day.span))
        duration = day.duration_days
    if stay is not None:
        duration = stay.duration_days
        words.append(("duration", stay.span))
    return When(_timespan(start, end, duration), tuple(words))


def _timespan(start: str, end: str, duration: int | None) -> Timespan:
    if duration is not None and duration < 1:
        duration = None
    for first, last in ((start, end), (start, "")):
        if all(not one or is_edtf(one) for one in (first, last)):
            try:
                return Timespan(first, last, duration)
            except ValueError:
                continue
    return _NO_DATE


def stops(when: When, count: int) -> list[When]:
    """The times of the stops of one journey: the first takes the first day of a range."""
    span = when.span
    if count < 2 or not span.end or "/" in span.start:
        return [when] * count
    first = When(Timespan(span.start), when.words)
    other = When(Timespan(f"{span.start}/{span.end}"), when.words)
    return [first] + [other] * (count - 1)


def own_times(
    reading: Reading, proposal: Proposal, places: Sequence[PlaceArgument], dates: SentenceDates
) -> list[When]:
    """`lundi à Rome et mardi à Oslo`: each place's own date; empty when fewer than two have one.

    Either all dates stand right before their places or all right behind.
    """
    points = {
        n: m
        for n, m in zip(dates.first_tokens, dates.mentions, strict=True)
        if _is_point(m) and m.kind in ("date", "range", "relative")
    }
    if len(places) < 2 or not points:
        return []
    ends = {last: first for first, last in _date_ends(dates).items() if first in points}
    behind = [_date_behind(reading, place, points) for place in places]
    before = [_date_before(reading, place, ends) for place in places]
    chosen = behind if sum(n >= 0 for n in behind) >= sum(n >= 0 for n in before) else before
    if len({n for n in chosen if n >= 0}) < 2 and not _is_last_only(places, before):
        return []
    return [_when(points[n], None) if n >= 0 else When(_NO_DATE) for n in chosen]


def _is_last_only(places: Sequence[PlaceArgument], before: Sequence[int]) -> bool:
    """`to Rome and, on 5 May, to Oslo`: the one day stands between, and is the last stop's."""
    return before[-1] > places[-2].last and all(n < 0 for n in before[:-1])


def in_order(times: Sequence[When]) -> list[When]:
    """Stops told in order: a weekday that would lie before the stop before is of the week after."""
    found: list[When] = []
    for when in times:
        before = found[-1].span.start_earliest if found else None
        day = when.span.start_earliest
        written = "".join(span.text for _, span in when.words)
        weekday = not any(letter.isdigit() for letter in written) and len(when.span.start) == 10
        if before and day and weekday and 0 < (before - day).days < 7:
            later = (day + timedelta(days=7)).isoformat()
            when = When(_timespan(later, "", when.span.duration_days), when.words)
        found.append(when)
    return found


def _date_ends(dates: SentenceDates) -> dict[int, int]:
    """The last token of each date by its first."""
    ends: dict[int, int] = {}
    for at, first in dates.tokens.items():
        ends[first] = max(at, ends.get(first, at))
    return ends


def _date_behind(reading: Reading, place: PlaceArgument, points: Mapping[int, DateMention]) -> int:
    """The first token of a date right behind a place; -1 when there is none."""
    at = place.last
    while at < place.last + 2 and at not in points:
        small = reading.scene.low(at) in (",", "(") or reading.pack.has(
            "prepositions", reading.scene.low(at)
        )
        if not small and not reading.pack.has("articles", reading.scene.low(at)):
            return -1
        at += 1
    return at if at in points else -1


def _date_before(reading: Reading, place: PlaceArgument, ends: Mapping[int, int]) -> int:
    """The first token of a date right before a place; -1 when there is none."""
    at = place.first - 1
    if reading.scene.low(at) == ",":
        at -= 1
    return ends.get(at, -1)


def replace_when(when: When, other: When) -> When:
    """The start of another time, with this one's length of stay."""
    start = other.span.start.split("/")[0] if ".." not in other.span.start else other.span.start
    start = other.span.start if "/" in other.span.start else start
    return When(_timespan(start, "", when.span.duration_days), other.words + when.words)


def within(stay: When, stop: When) -> When:
    """The days of a stay, as those in which a stop of it begins."""
    span = stay.span
    start = span.start
    if span.end and "/" not in start and "/" not in span.end and span.end != start:
        start = f"{start}/{span.end}"
    return When(_timespan(start, "", stop.span.duration_days), stay.words + stop.words)


def nearer(one: When, two: When, document_date: str) -> When:
    """Of two readings of one date, the one closer to the document's date; the first when equal."""
    day = bounds(document_date).earliest
    first, second = one.span.start_earliest, two.span.start_earliest
    if day is None or first is None or second is None:
        return one
    return two if abs((second - day).days) < abs((first - day).days) else one


def ended(reading: Reading, proposal: Proposal, when: When) -> When:
    """`wound up a four-day visit on Thursday`: the day told is the last, not the first."""
    index, span = proposal.word.index, when.span
    cues = {reading.scene.low(n) for n in range(max(0, index - 8), index)}
    if not cues & reading.pack.words["end_cues"] or len(span.start) != 10 or span.end:
        return when
    if span.duration_days is None:
        return When(_timespan("", span.start, None), when.words)
    day = bounds(span.start).earliest
    first = (day - timedelta(days=span.duration_days - 1)).isoformat() if day else ""
    return When(_timespan(first, span.start, span.duration_days), when.words)
