"""All together: a document's sentences to its mentions of visits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from visitmap.extract.arguments import place_before_where
from visitmap.extract.certainty import certainty
from visitmap.extract.discourse import Discourse, Person, span_of
from visitmap.extract.frames import (
    agenda,
    caption,
    enumeration,
    fronted,
    is_headless,
    itinerary,
    proposals,
    whereabouts,
)
from visitmap.extract.gatherings import (
    REACH,
    Gathering,
    attendance,
    each,
    gathering_in,
    names_gathering,
    on_roll,
    opens_roll,
    tells_others,
)
from visitmap.extract.pack import Pack, languages, load_pack
from visitmap.extract.passages import Passages
from visitmap.extract.people import Actor
from visitmap.extract.reading import Proposal, Reading
from visitmap.extract.status import Told, dated_status, told_status
from visitmap.extract.subjects import together
from visitmap.extract.timing import (
    SentenceDates,
    When,
    ended,
    in_order,
    in_year,
    nearer,
    own_times,
    replace_when,
    stops,
    when_told,
    within,
)
from visitmap.extract.tokens import Sentence
from visitmap.extract.toponyms import PlaceArgument
from visitmap.extract.triage import telling_sentences
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Evidence, Mention, Span, Toponym, same_name
from visitmap.timespan import Timespan, bounds

_INTERVIEW = re.compile(r"^(?:Q|A|R)\s?[:.]|\?\s*\n\s*[«“\"A-Z]", re.M)


def extract_mentions(document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """The visits that a document tells, in the order of its text.

    Empty for a language without a pack. Offsets are those of `document.text`.
    """
    if document.language not in languages():
        return []
    return list(_read(document, gazetteer).mentions)


class _Read(NamedTuple):
    """What a document told: its visits, and each place as it is written, by its first word."""

    mentions: list[Mention]
    places: list[tuple[str, Toponym]]


@lru_cache(maxsize=2)
def _read(document: Document, gazetteer: Gazetteer) -> _Read:
    """A document read once, for its visits and for the other places it names.

    No more is kept than is asked for: its words are thousands of values, and would be in the way of
    Python's search for reference cycles.
    """
    article = _Article(Passages(document, load_pack(document.language), gazetteer))
    article.read()
    places = [
        (reading.scene.low(place.name_first), place.toponym)
        for reading in article.readings
        for place in reading.places
    ]
    return _Read(article.found, places)


def mentioned_places(
    document: Document, gazetteer: Gazetteer, mentions: list[Mention]
) -> list[Toponym]:
    """Places that the text names and nobody travels to or from, each name once, in order."""
    if not mentions or document.language not in languages():
        return []
    pack = load_pack(document.language)
    used = {one.destination.name for one in mentions} | {
        one.origin.name for one in mentions if one.origin
    }
    found: dict[str, Toponym] = {}
    for low, toponym in _read(document, gazetteer).places:
        if toponym.name not in used and low not in pack.people["not_names"]:
            found.setdefault(toponym.name, toponym)
    return list(found.values())


@dataclass
class _Draft:
    """A mention in the making."""

    sentence: Sentence
    proposal: Proposal
    people: tuple[Person, ...]
    place: PlaceArgument
    when: When
    told: Told
    journey: int
    order: int
    counted: bool
    purpose: Span | None = None
    hosts: tuple[str, ...] = ()
    origin: PlaceArgument | None = None
    extra: tuple[Sentence, ...] = ()


def _owns_another(reading: Reading, actor: Actor) -> bool:
    """`President Kennedy's assistant, Mr. Rostow, is`: the next "he" is not the first named."""
    near = range(actor.last + 2, actor.last + 6)
    commas = [n for n in near if reading.scene.low(n) == ","]
    follows = reading.actor_at.get(commas[0] + 1) if commas else None
    return follows is not None and follows.first == commas[0] + 1 and follows.is_named


@dataclass
class _Article:
    """One document being read; sentences come in order and leave their people and dates behind."""

    passages: Passages
    discourse: Discourse = field(default_factory=Discourse)
    drafts: list[_Draft] = field(default_factory=list)
    anchor: str = ""
    last_place: PlaceArgument | None = None
    latest: str = ""
    readings: list[Reading] = field(default_factory=list)
    found: list[Mention] = field(default_factory=list)
    tours: dict[int, tuple[When, int]] = field(default_factory=dict)
    toured: tuple[tuple[Person, ...], int] = ((), -9)
    where: dict[int, PlaceArgument] = field(default_factory=dict)
    last_told: Told | None = None
    pending: tuple[tuple[Person, ...], PlaceArgument, When] | None = None
    gathering: Gathering | None = None
    arrival: Gathering | None = None
    roll: Gathering | None = None
    line: When | None = None
    hosted: tuple[frozenset[str], Gathering] | None = None

    def __post_init__(self) -> None:
        self.document: Document = self.passages.document
        self.gazetteer: Gazetteer = self.passages.gazetteer
        self.pack: Pack = self.passages.pack
        self.here: PlaceArgument | None = self.passages.dateline.place

    def read(self) -> None:
        """Read what may tell of a visit, and join what the sentences tell."""
        for sentence in self._worth_reading():
            if not self.readings:
                self._prepare()
            self._read(sentence)
        self._settle()
        self.drafts = self._without_crowds()
        self.found = _once([self._mention(draft) for draft in self._without_umbrellas()])

    def _worth_reading(self) -> Iterator[Sentence]:
        """The sentences up to the last that may tell of a visit, and all if one has told any.

        What follows the last visit still names its people, so that it is read as well.
        """
        telling, last = telling_sentences(self.passages), -1
        for sentence in self.passages.sentences:
            if sentence.number > last and not self.drafts and self.roll is None:
                last = next((n for n in telling if n >= sentence.number), -1)
                if last < 0:
                    return
            yield sentence

    def _prepare(self) -> None:
        """Tell the discourse what it must know of the language and the text."""
        self.discourse.offices = self.pack.same_office
        self.discourse.counterparts = self.pack.people["counterparts"]
        self.discourse.general = self.pack.people["general_heads"]
        self.discourse.tellers = self.pack.people["tellers"]
        self.discourse.interview = bool(_INTERVIEW.search(self.document.text))

    def _settle(self) -> None:
        """A noun says nothing of when: `his visit to Rome` is the one told elsewhere as planned."""
        told: dict[tuple[int, str], Told] = {}
        for draft in self.drafts:
            if draft.told.tensed:
                for person in draft.people:
                    told.setdefault((id(person), draft.place.toponym.name), draft.told)
        told = {
            key: one
            for key, one in told.items()
            if one.status in ("planned", "cancelled", "denied")
        }
        off = {
            id(one)
            for draft in self.drafts
            if draft.told.status == "cancelled"
            for one in draft.people
        }
        for draft in self.drafts:
            if draft.told.was_to and off & {id(one) for one in draft.people}:
                draft.told = replace(draft.told, status="cancelled")
        self.drafts = [
            draft
            for draft in self.drafts
            if draft.proposal.word.kind != "seen" or self._travels(draft.people)
        ]
        self.drafts = [
            draft
            for draft in self.drafts
            if not self._is_local(draft.proposal, draft.people, [draft.place], draft.when)
        ]
        self._date_stops()
        self._join_stays()
        for draft in self.drafts:
            if draft.told.tensed or draft.told.status != "happened" or draft.when.is_dated:
                continue
            for person in draft.people:
                other = told.get((id(person), draft.place.toponym.name))
                draft.told = draft.told if other is None else other

    def _travels(self, people: tuple[Person, ...]) -> bool:
        """Whether the text tells of some people's journeys: they may be seen on one."""
        return any(id(one) in self.where for one in people)

    def _from_around(
        self, when: When, proposal: Proposal, places: list[PlaceArgument], told: Told
    ) -> When:
        """What a visit's own words leave out: a summit's day for its guests, a chronicle's line."""
        comes = proposal.word.kind in ("come", "expected", "host")
        if not when.is_dated and self.gathering is not None and comes:
            name = self.gathering.place.toponym.name
            same = any(one.toponym.name == name for one in places)
            when = self.gathering.when if same else when
        if not when.is_dated and self.line is not None and told.status in ("happened", "present"):
            when = within(self.line, when)
        if not when.is_dated and self.arrival is not None and self.arrival.place in places:
            when = self.arrival.when  # "X also visited": on the day of the one told before
        if not when.is_dated and self.hosted is not None and self.hosted[1].place in places:
            when = self.hosted[1].when  # the host goes on receiving
        over = proposal.word.kind != "takes" and self._is_behind(told, when)
        return _NEVER if over or proposal.undated else when

    def _date_stops(self) -> None:
        """A stop told without a day falls in the stay in its country."""
        dated = [one for one in self.drafts if one.when.is_dated and one.place.is_country]
        for draft in self.drafts:
            if draft.when.is_dated or draft.when.span.end or draft.counted:
                continue
            whole = next((one for one in dated if self._is_part(draft, one)), None)
            if whole is not None:
                draft.when = _on_or_after(within(whole.when, draft.when))

    def _join_stays(self) -> None:
        """Who arrived on Wednesday and was received there on Thursday had not gone away between."""
        arrivals = [
            one
            for one in self.drafts
            if one.proposal.word.kind in ("come", "reach", "go") and one.told.status != "cancelled"
        ]
        for draft in self.drafts:
            if draft.proposal.word.kind not in _ON_THE_SPOT | {"host"}:
                continue
            stay = next((one for one in arrivals if _is_during(draft, one)), None)
            draft.when = draft.when if stay is None else stay.when

    def _is_part(self, stop: _Draft, stay: _Draft) -> bool:
        """Whether a stop belongs to a stay in its country that the text has dated."""
        if stop is stay or not stay.place.is_country or stop.place.is_country:
            return False
        if not {id(one) for one in stop.people} & {id(one) for one in stay.people}:
            return False
        same_country = self._country_of(stop.place) == self._country_of(stay.place)
        return same_country and stop.told.status == stay.told.status

    def _without_crowds(self) -> list[_Draft]:
        """`Several leaders are expected in Paris` goes where the text then names them."""

        def is_crowd(draft: _Draft) -> bool:
            collective = self.pack.people["collectives"]
            return all(
                one.is_group and not (one.name or one.country) and one.heads.isdisjoint(collective)
                for one in draft.people
            )

        def is_named_later(crowd: _Draft) -> bool:
            return any(
                draft.place.toponym.name == crowd.place.toponym.name
                and draft.sentence.number > crowd.sentence.number
                and any(one.name for one in draft.people)
                and not _are_apart(draft.told, crowd.told)
                for draft in self.drafts
            )

        return [one for one in self.drafts if not (is_crowd(one) and is_named_later(one))]

    def _without_umbrellas(self) -> list[_Draft]:
        """A tour of the Middle East is told by its stops, where the text names them."""

        def is_wide(draft: _Draft) -> bool:
            return draft.place.toponym.name.lower().replace("’", "'") in self.pack.wide_regions

        narrow = [draft for draft in self.drafts if not is_wide(draft)]

        def has_stops(wide: _Draft) -> bool:
            people = {id(one) for one in wide.people}
            stops = [
                one
                for one in narrow
                if people & {id(person) for person in one.people}
                and not _are_apart(one.told, wide.told)
            ]
            span = wide.when.span
            if not wide.when.is_dated or not span.is_dated:
                return bool(stops)
            dated = [one.when.span for one in stops if one.when.span.is_dated]
            # "In 1969 he visited Africa": stops of other years are of other journeys.
            return len(dated) < len(stops) or any(one.overlaps(span) for one in dated)

        return [draft for draft in self.drafts if not is_wide(draft) or not has_stops(draft)]

    def _read(self, sentence: Sentence) -> None:
        dates = self.passages.dates(sentence, self.anchor)
        reading = self.passages.reading(sentence, dates)
        self.readings.append(reading)
        self._head_line(reading, dates)
        told = self._told(reading, sentence, dates)
        for mention in dates.mentions:
            if mention.start and mention.kind != "duration":
                self.anchor = mention.end or mention.start
                self._prove(mention.start)
        self.drafts += told

    def _head_line(self, reading: Reading, dates: SentenceDates) -> None:
        """A chronicle's line that is only a date: that of what is told below it."""
        if self.passages.is_chronicle:
            entry = self.passages.entries.get(reading.scene.tokens[0].start)
            entry = in_year(entry, self.passages.year) if entry and self.passages.year else entry
            if entry is not None:
                self.line = When(Timespan(entry.start, entry.end), (("start", entry.span),))
            return
        if not self.passages.heading.is_chronicle or len(dates.mentions) != 1:
            return
        tokens = enumerate(reading.scene.tokens)
        if all(n in dates.tokens or not token.low.isalnum() for n, token in tokens):
            one = dates.mentions[0]
            self.line = When(Timespan(one.start, one.end), (("start", one.span),))

    def _prove(self, edtf: str) -> None:
        """Keep the latest day that the text has reached."""
        latest = bounds(edtf.split("/")[0]) if edtf[0] != "." else bounds("")
        if latest.earliest is None or len(edtf) != 10:
            return
        self.latest = max(self.latest, edtf)

    def _told(self, reading: Reading, sentence: Sentence, dates: SentenceDates) -> list[_Draft]:
        met = self._meet(reading, sentence)
        self._hear_speaker(reading, met)
        listed = enumeration(reading)
        found = [listed] if listed is not None else list(proposals(reading))
        drafts: list[_Draft] = []
        self.pending = self.last_told = None
        if not any(p.destinations for p in found):
            found += filter(None, [agenda(reading) or caption(reading) or self._entry(reading)])
        found += self._fronted(reading, found)
        found += whereabouts(reading, found)
        for proposal in found:
            people = self._people(reading, proposal, met, sentence)
            hosts = _receiving(proposal)
            if hosts:
                where = self._gathering(reading, sentence, dates, proposal, len(found))
                self.hosted = hosts, where
            if not people and proposal.word.kind == "be" and proposal.destinations:
                self.last_place = proposal.destinations[-1]  # "Leaders are in Oslo. X landed there"
            if people:
                self._add(reading, sentence, dates, proposal, people, found, drafts)
            elif proposal.word.kind == "noun" and not proposal.destinations:
                self._date_told(reading, sentence, dates, proposal, len(found) == 1, drafts)
        drafts += self._guests(reading, sentence, dates, found, met, drafts)
        return drafts

    def _entry(self, reading: Reading) -> Proposal | None:
        """A line of the itinerary of whoever is named above it."""
        itself = self.passages.is_chronicle and self._heads() is not None
        return itinerary(reading) if itself else None

    def _heads(self) -> Person | None:
        """Whom a list stands under: a line that is a name, else the only person named so far."""
        named = list(islice((one for one in self.discourse.people if one.name), 2))
        return self.discourse.speaker or (named[0] if len(named) == 1 else None)

    def _fronted(self, reading: Reading, found: list[Proposal]) -> list[Proposal]:
        """What stands at the head of a clause, unless another word has told of that place."""
        told = {place.first for one in found for place in one.destinations}
        if any(one.destinations and one.actors for one in found):
            return []
        return [one for one in fronted(reading) if one.destinations[0].first not in told]

    def _date_arrival(
        self,
        proposal: Proposal,
        people: tuple[Person, ...],
        when: When,
        told: Told,
        sentence: Sentence,
        drafts: list[_Draft],
    ) -> None:
        """`They will arrive on 11 January`: the day of the visit of theirs told just before."""
        before = [*self.drafts, *drafts]
        arrives = proposal.word.kind in ("come", "reach") and when.is_dated
        if not arrives or proposal.origin is not None or not before:
            return
        last = before[-1]
        near = sentence.number - last.sentence.number <= 1
        if near and not last.when.is_dated and set(last.people) & set(people):
            last.when, last.told = replace_when(last.when, when), told

    def _date_told(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        proposal: Proposal,
        alone: bool,
        drafts: list[_Draft],
    ) -> None:
        """`The visit will take place on 3 May`: the day of the visit told just before."""
        before = [*self.drafts, *drafts]
        definite = self._is_definite(reading, proposal.word.index)
        if not before or not definite or before[-1].when.is_dated:
            return
        last = before[-1]
        if sentence.number - last.sentence.number > _SAME_VISIT:
            return
        told = told_status(reading, proposal, 1)
        when = self._when(reading, sentence, dates, proposal, told, alone)
        if when.is_dated:
            last.when = replace_when(last.when, when) if not when.span.end else when

    def _hear_speaker(self, reading: Reading, met: dict[Actor, Person | None]) -> None:
        """A line that is only a name, as in a record of debates: who speaks from here on."""
        named = [actor for actor in reading.actors if actor.is_named]
        if len(named) != 1 or named[0].preposition:
            return
        actor, tokens = named[0], reading.scene.tokens
        words = sum(token.text[0].isalpha() for token in tokens)
        inside = sum(token.text[0].isalpha() for token in tokens[actor.first : actor.last])
        if inside == words and 0 < words < _HEADING:
            self.discourse.speaker = met.get(actor) or self.discourse.speaker

    def _guests(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        found: list[Proposal],
        met: dict[Actor, Person | None],
        told_here: list[_Draft],
    ) -> list[_Draft]:
        """Those who were at a gathering that this sentence or one before it places."""
        placed = gathering_in(reading, found)
        if placed is not None:
            self.gathering = self._gathering(reading, sentence, dates, placed, len(found))
        elif names_gathering(reading):
            here = any(one.word.kind == "event" and one.there == "here" for one in found)
            if here and self.here is not None:
                self.gathering = self._held_here(reading, sentence, dates, found, self.here)
            met_here = [one for one in told_here if self._is_at(reading, one)]
            if met_here:
                self.gathering = _gathered(met_here[0], sentence)
        self._note_arrival(reading, sentence, dates, found, told_here)
        gathering, guests = self._called(reading, sentence, dates, found, told_here)
        if gathering is None:
            gathering = self._joined(reading, sentence)
            guests = attendance(reading, gathering) if gathering is not None else []
        drafts: list[_Draft] = []
        for proposal, told in guests:
            people = self._people(reading, proposal, met, sentence)
            assert gathering is not None
            place, when = gathering.place, gathering.when
            if people and told.status and not self._is_local(proposal, people, [place], when):
                self._write(
                    reading, sentence, proposal, people, [place], told, [when], None, drafts
                )
        return drafts

    def _held_here(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        found: list[Proposal],
        here: PlaceArgument,
    ) -> Gathering:
        """`Leaders met here for a summit`: at the dateline's place."""
        event = next(one for one in found if one.word.kind == "event" and one.there == "here")
        placed = replace(event, destinations=[here])
        return self._gathering(reading, sentence, dates, placed, len(found))

    def _gathering(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        proposal: Proposal,
        number: int,
    ) -> Gathering:
        """What one of a sentence's `number` proposals tells, as others may be told to be there."""
        told = told_status(reading, proposal, number)
        when = self._when(reading, sentence, dates, proposal, told, number == 1)
        return Gathering(proposal.destinations[0], when, told, sentence.number)

    def _note_arrival(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        found: list[Proposal],
        told_here: list[_Draft],
    ) -> None:
        """Keep where somebody came last: others may be told to have come as well."""
        came = [one for one in told_here if one.proposal.word.kind in _GOING]
        if came:
            self.arrival = self._on_the_day(_gathered(came[-1], sentence))
            return
        nobody = [one for one in found if one.word.kind in _GOING and one.destinations]
        if nobody:
            arrival = self._gathering(reading, sentence, dates, nobody[-1], len(found))
            self.arrival = arrival if arrival.told.status else self.arrival

    def _on_the_day(self, arrival: Gathering) -> Gathering:
        """`Leaders flew to Oman on Sunday. X arrived in Muscat`: on the day told just before."""
        last = self.arrival
        if last is None or arrival.when.is_dated or arrival.sentence - last.sentence > _SAME_VISIT:
            return arrival
        same = self._country_of(last.place) == self._country_of(arrival.place)
        together = same and last.told.status == arrival.told.status
        return replace(arrival, when=last.when) if together else arrival

    def _called(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        found: list[Proposal],
        told_here: list[_Draft],
    ) -> tuple[Gathering | None, list[tuple[Proposal, Told]]]:
        """The guests that a line of a list names, where one was opened above it."""
        if opens_roll(reading):
            self.roll = self._rolled(reading, sentence, dates, found, told_here)
        elif self.roll is not None and sentence.number == self.roll.sentence + 1:
            named = on_roll(reading)
            blank = not any(low[0].isalnum() for low in reading.lows)
            self.roll = replace(self.roll, sentence=sentence.number) if named or blank else None
            return self.roll, each(reading, 0, named, self.roll.told) if self.roll else []
        return None, []

    def _rolled(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        found: list[Proposal],
        told_here: list[_Draft],
    ) -> Gathering | None:
        """Where and when those come whom the lines below a sentence name."""
        if told_here:
            return _gathered(told_here[-1], sentence)
        placed = next((one for one in found if one.destinations), None)
        if placed is not None:
            return self._gathering(reading, sentence, dates, placed, len(found))
        for one in (self.gathering, self.arrival):
            if one is not None and sentence.number - one.sentence <= REACH:
                return replace(one, sentence=sentence.number)
        return None

    def _joined(self, reading: Reading, sentence: Sentence) -> Gathering | None:
        """The gathering told not far before, or the arrival that others are told to have joined."""
        for one in (self.gathering, self.arrival if tells_others(reading) else None):
            if one is not None and sentence.number - one.sentence <= REACH:
                return one
        return None

    def _is_at(self, reading: Reading, draft: _Draft) -> bool:
        """Whether a sentence's gathering is where somebody met, or went in order to take part."""
        if draft.proposal.word.kind == "event":
            return True
        known = self.pack.places["gatherings"]
        words = draft.purpose.text.lower().replace("’", "'").split() if draft.purpose else []
        return draft.proposal.word.kind in _GOING and not known.isdisjoint(words)

    def _meet(self, reading: Reading, sentence: Sentence) -> dict[Actor, Person | None]:
        """Who is meant by each phrase; a pronoun that nobody fits waits for the name behind it."""
        met: dict[Actor, Person | None] = {}
        subject, early = None, []
        for actor in reading.actors:
            if actor.kind == "bare":
                continue
            person = self.discourse.meet(actor, sentence.number, self.document.text)
            met[actor] = person
            if person is None and actor.kind == "pronoun":
                early.append(actor)
            if person is not None and (
                self._is_as_for(reading, actor) or (subject is None and _owns_visit(reading, actor))
            ):
                subject = person
                self.discourse.subject([person], sentence.number)
            if person is None or actor.preposition or actor.possessive:
                continue
            if actor.owner and _owns_another(reading, actor):
                continue
            if subject is None:
                subject = person
                # Whom the next pronoun means: the first who stands as a subject.
                self.discourse.subject([person], sentence.number)
                met |= {one: person for one in early if actor.is_named}
        return met

    def _is_as_for(self, reading: Reading, actor: Actor) -> bool:
        """`Quant au ministre, il …`: whom the sentence is about, in spite of the preposition."""
        scene, opener = reading.scene, actor.first - 1
        fused = scene.low(actor.first) in ("au", "aux")
        at = opener if fused or scene.low(opener) in self.pack.words["as_for"] else opener - 1
        return at == 0 and scene.low(at) in self.pack.words["as_for"] and bool(actor.preposition)

    def _add(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        proposal: Proposal,
        people: tuple[Person, ...],
        found: list[Proposal],
        drafts: list[_Draft],
    ) -> None:
        told = self._status(reading, sentence, proposal, len(found))
        if not told.status:
            return
        if told.tensed or self.last_told is None:
            self.last_told = told
        when = self._when(reading, sentence, dates, proposal, told, len(found) == 1)
        when = _NEVER if told.instead or self._is_behind(told, when) else when
        places = self._with_hosts(proposal, self._destinations(reading, proposal, people))
        if not places:
            self._remember(proposal, people, when, sentence)
            self._date_arrival(proposal, people, when, told, sentence, drafts)
            if proposal.word.kind == "accompany" and proposal.word.passive:
                self._escort(reading, proposal, people, sentence)
            if proposal.word.kind == "noun":
                self._date_told(reading, sentence, dates, proposal, len(found) == 1, drafts)
            return
        people = self._guests_of(proposal, people, places)
        if self._is_no_visit(reading, proposal, people, places, when):
            return
        if _is_residence(reading, proposal, dates):
            return
        own = when
        when, origin = self._carried(when, people, proposal, drafts, sentence, told)
        when = self._from_around(when, proposal, places, told)
        told_dates = self._told_dates(sentence, dates, told)
        times = self._times(reading, proposal, places, when, told_dates)
        if not own.is_dated and self._is_departure(people, when):
            times = times[:1] + [_after(one, when) for one in times[1:]]
        self.discourse.travel(people, sentence.number)
        self._write(reading, sentence, proposal, people, places, told, times, origin, drafts)

    def _escort(
        self, reading: Reading, proposal: Proposal, people: tuple[Person, ...], sentence: Sentence
    ) -> None:
        """`She is accompanied by X`: X goes along on the journey told just before."""
        last = self.drafts[-1] if self.drafts else None
        led = reading.scene.low(proposal.word.index + 1) in self.pack.frames["go"].to
        if last is None or led or sentence.number - last.sentence.number > _SAME_VISIT:
            return  # "was accompanied to the airport by"
        others = tuple(one for one in people if one not in last.people)
        if not others or len(others) == len(people):
            return
        for number, draft in enumerate(self.drafts):
            if draft.journey == last.journey and draft.people == last.people:
                told = (*draft.extra, sentence)
                self.drafts[number] = replace(draft, people=(*draft.people, *others), extra=told)

    def _status(
        self, reading: Reading, sentence: Sentence, proposal: Proposal, number: int
    ) -> Told:
        """What one of so many proposals tells; `the trip calls for stops in` as the trip told."""
        told = told_status(reading, proposal.told_as or proposal, number)
        toneless = not told.tensed and told.status == "happened"
        if toneless and self._is_trip_told(reading, proposal, sentence):
            told = replace(told, status=self.drafts[-1].told.status)
        if not told.inherits:
            return told
        if self.last_told is not None:
            return replace(told, status=self.last_told.status, modal=self.last_told.modal)
        before = reading.scene.low(proposal.word.index - 1) in self.pack.words["until"]
        return Told("present") if before else told  # "before sailing on 15 August for Oslo"

    def _guests_of(
        self, proposal: Proposal, people: tuple[Person, ...], places: list[PlaceArgument]
    ) -> tuple[Person, ...]:
        """`The presidents of Kenya and Uganda met in Kampala`: whoever was not at home."""
        parties = _parties(people)
        if len(parties) < 2 or proposal.word.kind not in _ON_THE_SPOT:
            return people
        return tuple(one for party in self._abroad(parties, places) for one in party)

    def _is_no_visit(
        self,
        reading: Reading,
        proposal: Proposal,
        people: tuple[Person, ...],
        places: list[PlaceArgument],
        when: When,
    ) -> bool:
        """At home, one of those told before, nobody in particular, or against somebody's will."""
        if self._is_local(proposal, people, places, when) or self._is_count(reading, proposal):
            return True
        return self._is_nobody(proposal, people) or _is_not_by_choice(reading, proposal)

    def _is_behind(self, told: Told, when: When) -> bool:
        """A plan's day lies ahead: one that is over belongs to something else in the sentence."""
        last, document = when.span.end_latest, bounds(self.document.date).earliest
        plan = told.status == "planned" and told.tensed and not told.was_to
        return plan and bool(when.span.start and last and document and last < document)

    def _is_nobody(self, proposal: Proposal, people: tuple[Person, ...]) -> bool:
        """`officials`, `members`, whoever they are."""
        speaks = proposal.word.kind == "presence" and not proposal.word.passive
        if speaks and all(one.heads & self.pack.people["spokes"] for one in people):
            return True  # "spokesperson X said in New York": at their desk
        return all(one.is_group and not one.country and _is_weak(one, self.pack) for one in people)

    def _times(
        self,
        reading: Reading,
        proposal: Proposal,
        places: list[PlaceArgument],
        when: When,
        dates: SentenceDates,
    ) -> list[When]:
        """The time of each stop: its own, or what the journey's leaves for it."""
        behind = [one for one in places if one.first > proposal.word.index]
        if behind and len(behind) < len(places) and _opens_with_stops(proposal, places):
            # "Before Rome, she will be in Oslo on 3 May": the day is that of the stop told last.
            told = iter(self._times(reading, proposal, behind, when, dates))
            return [next(told) if one in behind else When(Timespan("")) for one in places]
        own = in_order(own_times(reading, proposal, places, dates))
        times = own or stops(when, len(places))
        if own:
            return times
        if proposal.word.kind == "takes" and proposal.possessive and not when.span.end:
            # "left on Sunday for a tour that will take him to …": the day is that of the first.
            return times[:1] + [When(Timespan(""))] * (len(places) - 1)
        return times

    def _write(
        self,
        reading: Reading,
        sentence: Sentence,
        proposal: Proposal,
        people: tuple[Person, ...],
        places: list[PlaceArgument],
        told: Told,
        times: list[When],
        origin: PlaceArgument | None,
        drafts: list[_Draft],
    ) -> None:
        parties = _parties(people)
        if len(parties) > 1:
            for party in self._abroad(parties, places):
                self._write(reading, sentence, proposal, party, places, told, times, origin, drafts)
            return
        counted = self._is_counted(reading, proposal)
        goes_on = drafts and drafts[-1].people == people
        journey = drafts[-1].journey if goes_on else len(self.drafts) + len(drafts) + 1
        order = drafts[-1].order + 1 if goes_on else 0
        for number, (place, stop) in enumerate(zip(places, times, strict=True)):
            draft = _Draft(
                sentence, proposal, people, place, stop, told, journey, order + number, counted,
                hosts=tuple(a.name or a.role for a in proposal.hosts if a.name or a.role),
                origin=origin if number == 0 else None, purpose=_purpose(reading, proposal),
            )  # fmt: skip
            drafts.append(draft)
            self.last_place = place
            if proposal.word.kind != "seen":
                for person in people:
                    self.where[id(person)] = place

    def _abroad(
        self, parties: list[tuple[Person, ...]], places: list[PlaceArgument]
    ) -> list[tuple[Person, ...]]:
        """`The presidents of Kenya and Uganda met in Kampala`: one of them was at home."""
        home = {self._country_of(place) for place in places}
        abroad = [one for one in parties if not home & {person.country for person in one} - {""}]
        return abroad or parties

    def _when(
        self,
        reading: Reading,
        sentence: Sentence,
        dates: SentenceDates,
        proposal: Proposal,
        told: Told,
        alone: bool,
    ) -> When:
        """The clause's time; days without a year lie ahead of a plan, behind a past visit."""
        when = when_told(reading, proposal, dates, alone)
        told_dates = self._told_dates(sentence, dates, told)
        if when.span.start and told_dates is not dates:
            when = when_told(reading, proposal, told_dates, alone)
        elif when.span.start and self._may_lie_ahead(proposal, told, when):
            ahead = when_told(
                reading, proposal, self.passages.dates(sentence, self.anchor, "future"), alone
            )
            when = nearer(when, ahead, self.document.date)
        return ended(reading, proposal, when) if not proposal.word.trigger.tense else when

    def _may_lie_ahead(self, proposal: Proposal, told: Told, when: When) -> bool:
        """A present tells of days behind and ahead; a visit, of days ahead rather than long ago."""
        day, told_day = bounds(self.document.date).earliest, when.span.start_earliest
        if day is None or told_day is None:
            return False
        toneless = told.status == "happened" and not told.tensed
        toneless = toneless and proposal.word.kind == "noun"
        return told.status == "present" or (toneless and (day - told_day).days > _LONG_AGO)

    def _told_dates(self, sentence: Sentence, dates: SentenceDates, told: Told) -> SentenceDates:
        """A sentence's dates seen from what was told: a plan's lie ahead."""
        tense = {"planned": "future", "cancelled": "future", "happened": "past"}.get(
            told.status, ""
        )
        if tense and self.document.date and (told.tensed or tense == "future"):
            return self.passages.dates(sentence, self.anchor, tense)
        return dates

    def _remember(
        self, proposal: Proposal, people: tuple[Person, ...], when: When, sentence: Sentence
    ) -> None:
        """A departure or a tour without a place: its origin and date are for the next stop."""
        kind = proposal.word.kind
        if proposal.origin is not None and kind in ("leave", "take_off", "come", "go", "back"):
            self.pending = (people, proposal.origin, when)
        if when.is_dated and kind in ("noun", "take_off", "begin"):
            for person in people:
                self.tours[id(person)] = (when, sentence.number)
            self.toured = people, sentence.number

    def _people(
        self, reading: Reading, proposal: Proposal, met: dict, sentence: Sentence
    ) -> tuple[Person, ...]:
        if proposal.possessive:
            person = self._possessor(reading, proposal, met, sentence)
            return person.members or (person,) if person else ()
        if self._is_trip_told(reading, proposal, sentence):
            return self.drafts[-1].people
        if proposal.word.kind == "listed":
            return self._on_tour(sentence)
        if not proposal.actors:
            person = self._unsaid(reading, proposal, sentence)
            return (person,) if person else ()
        found = []
        for actor in proposal.actors:
            person = met.get(actor)
            if person is None and actor.kind == "bare":
                # Kept, as in "Holm went to Bonn and is in Rome".
                person = met[actor] = self._bare(reading, proposal, actor, sentence)
            for one in person.members or (person,) if person is not None else ():
                if one not in found:
                    found.append(one)
        return tuple(found)

    def _unsaid(self, reading: Reading, proposal: Proposal, sentence: Sentence) -> Person | None:
        """Whom notes and agendas are about, who leave it out."""
        if proposal.word.kind == "agenda":
            return self._heads()
        headless = is_headless(reading, proposal)
        return self.discourse.recent(sentence.number) if headless else None

    def _on_tour(self, sentence: Sentence) -> tuple[Person, ...]:
        """Those whose tour, with or without stops, was told last and not far before."""
        people, number = self.toured
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.sentence.number >= number:
            people, number = last.people, last.sentence.number
        drafts = self.drafts
        alone = bool(drafts) and all(one.people[:1] == drafts[0].people[:1] for one in drafts)
        reach = _TOUR if alone else _SAME_VISIT
        return people if sentence.number - number <= reach else ()

    def _is_trip_told(self, reading: Reading, proposal: Proposal, sentence: Sentence) -> bool:
        """`The trip included visits to Rome and Oslo`: of those whose trip was told before."""
        kind, index = proposal.word.kind, proposal.word.index
        if proposal.actors or kind not in ("noun", "covers") or not self.drafts:
            return False
        if proposal.of_others:
            return False  # "the arrival of equipment in Kabul"
        near = sentence.number - self.drafts[-1].sentence.number <= _SAME_VISIT
        listed = reading.scene.low(index - 1) in self.pack.words["light_verbs"]
        opening = next((n for n in range(1, min(4, index)) if self._is_trip(reading, n)), 0)
        return near and (listed or self._is_definite(reading, opening or index))

    def _is_trip(self, reading: Reading, index: int) -> bool:
        """`The trip also calls for stops in`: a journey that a sentence begins with."""
        triggers = self.pack.triggers.get(reading.scene.low(index), ())
        return any(one.kind == "noun" and not one.tense for one in triggers)

    def _is_definite(self, reading: Reading, index: int) -> bool:
        """`the visit`, `the March 27-31 visit`: one that has been told."""
        at = index - 1
        while at in reading.dates:
            at -= 1
        return reading.scene.low(at) in self.pack.words["definite"]

    def _bare(
        self, reading: Reading, proposal: Proposal, actor: Actor, sentence: Sentence
    ) -> Person | None:
        """One capitalised word is a person where it stands right before the verb."""
        near = 8 if proposal.word.kind in ("noun", "event") else 4  # "Xi is on a four-day trip"
        if proposal.word.index - actor.last > near and not actor.owner:
            return None
        if self.pack.has("sending_cues", reading.scene.low(proposal.word.index)):
            return None  # "Invitations were sent to Rome"
        if reading.scene.is_heading:
            return None  # "Arabs Hold Meeting In Jordan"
        return self.discourse.meet(actor._replace(kind="person"), sentence.number, "")

    def _party(self, sentence: Sentence) -> Person | None:
        """Those who travelled together in the sentence before: `their stop in Oslo`."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or len(last.people) < 2 or sentence.number - last.sentence.number > 2:
            return None
        return Person(is_group=True, gender="p", members=last.people)

    def _possessor(
        self, reading: Reading, proposal: Proposal, met: dict, sentence: Sentence
    ) -> Person | None:
        before = [
            met[a]
            for a in reading.actors
            if a.last <= proposal.word.index and met.get(a) is not None
            if a not in proposal.hosts
            if not a.preposition or a.preposition in self.pack.words["clause_openers"]
        ] or [
            met[a]
            for a in reading.actors
            if a.last <= proposal.word.index and met.get(a) is not None and a.owner
        ]
        several = proposal.possessive in self.pack.words["plural_possessives"]
        party = self._party(sentence) if several else None
        together = self._subjects_before(reading, proposal, met) if several else ()
        if party is not None or len(together) > 1:
            return party or Person(is_group=True, gender="p", members=together)
        spokes = self.pack.people["spokes"]
        before = [one for one in before if not one.heads & spokes]
        fitting = [one for one in before if self._may_own(proposal.possessive, one)]
        party = self._coordinated(reading, proposal, met) if several and not fitting else ()
        if len(party) > 1:
            return Person(is_group=True, gender="p", members=party)
        abroad = [one for one in fitting if not self._is_at_home(one, proposal)]
        if fitting or before:
            return (abroad or fitting or before)[-1]
        after = [met[a] for a in reading.actors if met.get(a) is not None and not a.preposition]
        if after and reading.scene.low(after_index(reading, met, after[0]) - 1) == ",":
            return after[0]
        return self.discourse.recent(sentence.number)

    def _is_at_home(self, person: Person, proposal: Proposal) -> bool:
        """`Cuba's leader greeted X on his arrival in Havana`: the other one arrived."""
        return any(self._country_of(one) == person.country for one in proposal.destinations)

    def _subjects_before(
        self, reading: Reading, proposal: Proposal, met: dict
    ) -> tuple[Person, ...]:
        """`The prince and his brother set out on their tour`: the subjects of the verb before."""
        before = [
            one
            for one in proposals(reading)
            if one.word.index < proposal.word.index and not one.possessive and one.actors
        ]
        people = [met.get(actor) for actor in before[-1].actors] if before else []
        return tuple(dict.fromkeys(one for one in people if one is not None and not one.is_group))

    def _coordinated(self, reading: Reading, proposal: Proposal, met: dict) -> tuple[Person, ...]:
        """`The Emperor and the Empress wrapped up their visit`: those joined before the noun."""
        before = [
            one
            for one in reading.actors
            if one.last <= proposal.word.index and met.get(one) is not None and not one.preposition
        ]
        people = [met.get(one) for one in together(reading, before[-1])] if before else []
        return tuple(dict.fromkeys(one for one in people if one is not None and not one.is_group))

    def _may_own(self, possessive: str, person: Person) -> bool:
        """Whether `his`, `her`, `their` may be somebody's."""
        words = self.pack.words
        gender = "m" if possessive in words["possessives_m"] else ""
        gender = "f" if possessive in words["possessives_f"] else gender
        if person.is_group != (possessive in words["plural_possessives"]):
            return False
        return not gender or not person.gender or person.gender == gender

    def _carried(
        self,
        when: When,
        people: tuple[Person, ...],
        proposal: Proposal,
        drafts: list[_Draft],
        sentence: Sentence,
        told: Told,
    ) -> tuple[When, PlaceArgument | None]:
        """What a stop's own clause leaves out, date and origin, from the journey's start."""
        origin = proposal.origin
        if self.pending is not None and set(self.pending[0]) & set(people):
            origin = origin or self.pending[1]
            when = when if when.is_dated else replace_when(when, self.pending[2])
            self.pending = None
        apart = told.status in ("cancelled", "denied") or proposal.is_aside
        if not when.is_dated and not apart and drafts and drafts[-1].people == people:
            when = replace_when(when, drafts[-1].when)
        tour = self.tours.get(id(people[0]))
        reach = _TOUR if tour is not None and tour[0].span.end else _SAME_VISIT
        near = tour is not None and 0 <= sentence.number - tour[1] <= reach
        if not when.is_dated and near and told.status in ("planned", "present", "happened"):
            first = sentence.number == tour[1] or not tour[0].span.end
            whole = replace(tour[0], span=replace(tour[0].span, duration_days=None))
            when = whole if first else within(tour[0], when)
        return when, origin

    def _is_departure(self, people: tuple[Person, ...], when: When) -> bool:
        """Whether a time is only the day on which a tour began: later stops come after it."""
        tour = self.tours.get(id(people[0]))
        single = len(when.span.start) == len("2000-01-01") and not when.span.end
        return tour is not None and single and tour[0].span.start == when.span.start

    def _destinations(
        self, reading: Reading, proposal: Proposal, people: tuple[Person, ...]
    ) -> list[PlaceArgument]:
        if proposal.destinations:
            return proposal.destinations
        if proposal.there:
            place = self._pointed_at(reading, proposal)
        else:
            place = self._told_before(reading, proposal, people)
            place = place or self._come_to(reading, proposal, people)
        return [place] if place is not None else []

    def _with_hosts(self, proposal: Proposal, places: list[PlaceArgument]) -> list[PlaceArgument]:
        """`reçu par le numéro un libyen, à Tripoli`: a town is the host's where it can be."""
        codes = {one.country for one in proposal.hosts if one.country}
        if len(codes) != 1 or proposal.word.kind != "host":
            return places
        code = next(iter(codes))
        return [
            replace(one, toponym=replace(one.toponym, country=code))
            if not one.toponym.country
            and not one.is_country
            and any(
                place.country == code
                for place in self.gazetteer.lookup(one.toponym.name, limit=_NAMESAKES)
            )
            else one
            for one in places
        ]

    def _pointed_at(self, reading: Reading, proposal: Proposal) -> PlaceArgument | None:
        """What `here`, `there` and `where` mean."""
        if proposal.there == "where":
            return place_before_where(reading, proposal)
        return self.here if proposal.there == "here" else self.last_place

    def _told_before(
        self, reading: Reading, proposal: Proposal, people: tuple[Person, ...]
    ) -> PlaceArgument | None:
        """The place of the gathering, dateline, host or arrival that the text has told of."""
        kind = proposal.word.kind
        finite = proposal.word.trigger.tense in ("past", "participle", "present")
        # A headline stands above the dateline and is told nowhere.
        below = reading.scene.tokens[0].start >= self.passages.dateline.start
        finite = finite and below and not proposal.is_partner
        if self._is_at_gathering(reading, proposal) and self.gathering is not None:
            return self.gathering.place
        if kind == "event" and finite and self.here is not None:
            return self.here
        hosts = [one.name for one in proposal.hosts if one.name]
        known = self.hosted[0] if self.hosted else ()
        if self.hosted and any(same_name(one, two) for one in hosts for two in known):
            return self.hosted[1].place
        if kind == "come" and finite and proposal.origin is None and self._is_near_gathering():
            return self.gathering.place if self.gathering is not None else None
        if kind == "visit" and finite and self._is_also(reading):
            return self.arrival.place if self.arrival is not None else None
        arrives = kind == "come" and finite and self._is_arrival(proposal, people)
        return self.drafts[-1].place if arrives else None

    def _is_near_gathering(self) -> bool:
        """`X and Y came in person`: to the summit told just before."""
        number = len(self.readings) - 1
        return self.gathering is not None and number - self.gathering.sentence <= _SAME_VISIT

    def _is_also(self, reading: Reading) -> bool:
        """`X and Y also visited`: where the one told just before did."""
        near = self.arrival is not None and len(self.readings) - 1 - self.arrival.sentence <= REACH
        return near and not reading.lows.isdisjoint(self.pack.words["also"])

    def _come_to(
        self, reading: Reading, proposal: Proposal, people: tuple[Person, ...]
    ) -> PlaceArgument | None:
        """Who came from somewhere came to where the text was last."""
        kind, index = proposal.word.kind, proposal.word.index
        hither = reading.scene.low(index + 1) in self.pack.words["into"]
        if proposal.origin is None or not (kind == "come" or (kind == "go" and hither)):
            return None
        earlier = [
            one
            for one in reading.places
            if one.last <= index and not one.inside and one is not proposal.origin
        ]
        known = self.where.get(id(people[0]))
        place = earlier[-1] if earlier else known or self.here or self.last_place
        same = place is not None and place.toponym.name == proposal.origin.toponym.name
        return None if same else place

    def _is_arrival(self, proposal: Proposal, people: tuple[Person, ...]) -> bool:
        """`He followed Y, who arrived at noon`: where the one told just before arrived."""
        if not self.drafts or proposal.origin is not None:
            return False
        last, number = self.drafts[-1], len(self.readings) - 1
        near = number - last.sentence.number <= _SAME_VISIT
        arrived = last.proposal.word.kind in ("come", "expected", "host")
        return near and arrived and not set(people) & set(last.people)

    def _is_at_gathering(self, reading: Reading, proposal: Proposal) -> bool:
        """`X attended as an observer`, `took part in this summit`: the one told just before."""
        if self.gathering is None:
            return False
        low, index = reading.scene.low(proposal.word.index), proposal.word.index
        near = len(self.readings) - 1 - self.gathering.sentence <= REACH
        if not proposal.word.trigger.tense:
            before = {reading.scene.low(n) for n in range(max(0, index - 5), index)}
            takes_part = before & self.pack.words["taking_part"]
            return near and low in self.pack.places["gatherings"] and bool(takes_part)
        return near and low.startswith(tuple(self.pack.words["attend_forms"]) or ("\0",))

    def _is_count(self, reading: Reading, proposal: Proposal) -> bool:
        """`sa troisième visite en France depuis 2016` adds no visit to those told."""
        if proposal.word.trigger.tense:
            return False
        words = self.pack.words
        near = {
            reading.scene.low(n)
            for n in range(max(0, proposal.word.index - 4), proposal.word.index)
        }
        owner = proposal.actors[0] if len(proposal.actors) == 1 else None
        if near & words["first_words"] and owner is not None and owner.first > proposal.word.index:
            # "the first visit by a French president since 1990": it says which visit, not whose.
            around = {reading.scene.low(owner.first - 1), reading.scene.low(owner.first)}
            return bool(around & words["indefinite"]) and not owner.name
        return bool(near & words["ordinal_counts"])

    def _is_local(
        self,
        proposal: Proposal,
        people: tuple[Person, ...],
        places: list[PlaceArgument],
        when: When,
    ) -> bool:
        """Speaking, meeting or being in one's own country is no visit."""
        if proposal.word.kind == "noun":
            # "received Y on a visit to Denmark": the Danish host made none.
            home = {one.country for one in people} - {""}
            return any(one.is_country and self._country_of(one) in home for one in places)
        if proposal.word.kind not in _ON_THE_SPOT:
            return False
        # Under a dateline "the prime minister" without a country is the one of that place.
        home = self.here.toponym.country or self._country_of(self.here) if self.here else ""
        countries = {
            one.country or (home if one.role.lower() in one.heads else "") for one in people
        }
        if proposal.is_partner and "" in countries:
            return True
        undated = proposal.word.kind == "presence" and countries == {""} and not when.is_dated
        if undated and not self._travels_to(people, places):
            return True
        return any(self._country_of(place) in countries - {""} for place in places)

    def _travels_to(self, people: tuple[Person, ...], places: list[PlaceArgument]) -> bool:
        """Whether the text tells of somebody's journey to the country that places are in."""
        told = {
            self._country_of(one.place)
            for one in self.drafts
            if {id(person) for person in one.people} & {id(person) for person in people}
        }
        last = [self.where[id(one)] for one in people if id(one) in self.where]
        tours = any(one.toponym.name.lower() in self.pack.wide_regions for one in last)
        return tours or bool(told & {self._country_of(place) for place in places} - {""})

    def _country_of(self, place: PlaceArgument) -> str:
        found = self.gazetteer.lookup(place.toponym.name, limit=1)
        return place.toponym.country or (found[0].country if found else "")

    def _is_counted(self, reading: Reading, proposal: Proposal) -> bool:
        first = max(0, proposal.left, proposal.word.index - 6)
        last = min(proposal.right, proposal.word.index + 8)
        text = reading.scene.written(first, max(last, first + 1)).lower().replace("’", "'")
        return any(cue in text for cue in self.pack.words["counted_cues"])

    def _mention(self, draft: _Draft) -> Mention:
        span, heading = draft.when.span, self.passages.heading
        told = str(draft.told.status)
        behind = draft.place.first > draft.proposal.word.index
        if draft.told.arrived and behind and not span.start and self.document.date:
            told = "ongoing"
        if heading.is_chronicle and told in ("present", "ongoing"):
            told = "happened"  # history is told in the present
        date = self.document.date or ("" if heading.is_chronicle else heading.date)
        status = dated_status(told, span, date, draft.proposal.word.kind)
        if status == "planned" and not span.start and not self.document.date and self.latest:
            span = replace(span, start=f"{self.latest}/..") if not span.end else span
        if draft.counted:
            span = Timespan("", "", None)
        return Mention(
            travellers=tuple(person.traveller for person in draft.people),
            destination=draft.place.toponym,
            timespan=span,
            evidence=self._evidence(draft),
            status=status,
            origin=draft.origin.toponym if draft.origin else None,
            purpose=draft.purpose.text if draft.purpose else "",
            hosts=draft.hosts,
            journey=str(draft.journey),
            order=draft.order,
            certainty=certainty(_signs(draft)),
            counted=draft.counted,
        )

    def _evidence(self, draft: _Draft) -> Evidence:
        sentence, text = draft.sentence, self.document.text
        tokens = sentence.tokens
        word = tokens[draft.proposal.word.index]
        fields = [("destination", draft.place.toponym.span)]
        for actor in draft.proposal.actors:
            fields.append(
                ("traveller", span_of(text, tokens[actor.first].start, tokens[actor.last - 1].end))
            )
        fields.append(("trigger", span_of(text, word.start, word.end)))
        if draft.origin is not None:
            fields.append(("origin", draft.origin.toponym.span))
        fields += draft.when.words
        if draft.purpose:
            fields.append(("purpose", draft.purpose))
        return Evidence(
            self.document.doc_id,
            sentence.start,
            sentence.end,
            text[sentence.start : sentence.end],
            tuple(sorted(set(fields), key=lambda one: (one[1].start, one[0]))),
        )


# Days after an arrival within which a meeting at the place is of the same stay.
_DAYS_OF_A_STAY = 7
# Kinds of words that tell of a way to somewhere.
_GOING = frozenset({"go", "come", "visit", "noun", "reach"})
# Kinds of words that tell where somebody is, and of no way there.
_ON_THE_SPOT = frozenset({"presence", "event", "be", "seen"})
_NEVER = When(Timespan(""))
# Places of one name that are looked through for one in the host's country.
_NAMESAKES = 20
# Sentences in which the stops of a tour with its first and last day are told.
_TOUR = 6
# Days after which a day told without its year is rather that of next year.
_LONG_AGO = 180
# Sentences within which "the visit" is the one told last.
_SAME_VISIT = 2
# Words of the longest heading that only names who speaks.
_HEADING = 7


def _gathered(draft: _Draft, sentence: Sentence) -> Gathering:
    """Where and when somebody is told to be, as others may be told to be there."""
    return Gathering(draft.place, draft.when, draft.told, sentence.number)


def _receiving(proposal: Proposal) -> frozenset[str]:
    """Who receives at a place, whoever the guests are: they may go on receiving there."""
    placed = proposal.word.kind == "host" and proposal.destinations
    names = (one.name or one.role for one in proposal.hosts) if placed else ()
    return frozenset(names) - {""}


def _is_weak(person: Person, pack: Pack) -> bool:
    """Whether all that is told of some people is a general word, and no delegation's."""
    general = pack.people["weak_roles"] - pack.people["collectives"]
    return bool(person.heads) and person.heads <= general


def _parties(people: tuple[Person, ...]) -> list[tuple[Person, ...]]:
    """Who comes from different countries came on a journey of their own each.

    People whose country is not told go with the one before them.
    """
    if len({one.country for one in people if one.country}) < 2:
        return [people]
    parties: list[list[Person]] = []
    for person in people:
        known = next((p for p in parties if p[0].country == person.country), None)
        if (person.country and known is None) or not parties:
            parties.append([person])
        else:
            (known or parties[-1]).append(person)
    return [tuple(one) for one in parties]


def _is_not_by_choice(reading: Reading, proposal: Proposal) -> bool:
    """`was taken to hospital in X`, `is in prison in Y`."""
    word = proposal.word
    if word.kind not in ("takes", "be", "stay", "go") or (word.kind == "go" and not word.passive):
        return False
    behind = {reading.scene.low(n) for n in range(word.index + 1, proposal.right)}
    return bool(behind & reading.pack.words["not_by_choice"])


def _is_residence(reading: Reading, proposal: Proposal, dates: SentenceDates) -> bool:
    """`spent two years in X`: who stays a year and longer lives there."""
    if proposal.word.kind not in ("spend", "stay", "be", "noun"):
        return False
    behind = range(proposal.word.index + 1, min(proposal.word.index + 7, proposal.right))
    if proposal.word.kind == "spend" and any(
        reading.scene.low(n) in reading.pack.words["years"] for n in behind
    ):
        return True
    return any(
        mention.kind == "duration"
        and (mention.duration_days or 0) >= 300
        and proposal.word.index - 4 <= first <= proposal.right
        for first, mention in zip(dates.first_tokens, dates.mentions, strict=True)
    )


def _owns_visit(reading: Reading, actor: Actor) -> bool:
    """`Voyage du général X : il …`: whom a heading's noun is about, in spite of the preposition."""
    if actor.preposition not in reading.pack.words["linked_to"]:
        return False
    return any(
        not one.trigger.tense and one.kind == "noun" and 0 < actor.first - one.index <= 3
        for one in reading.words
    )


def _is_during(draft: _Draft, stay: _Draft) -> bool:
    """Whether somebody was met at a place in the days after an arrival there."""
    day, came = draft.when.span.start_earliest, stay.when.span.start_earliest
    whole = len(draft.when.span.start) == len(stay.when.span.start) == len("2000-01-01")
    if day is None or came is None or not whole or not 0 < (day - came).days <= _DAYS_OF_A_STAY:
        return False
    same = draft.place.toponym.name == stay.place.toponym.name
    return same and bool({id(one) for one in draft.people} & {id(one) for one in stay.people})


def _on_or_after(when: When) -> When:
    """A stop told after an arrival in its country was made on that day or later."""
    start = when.span.start
    if len(start) != len("2000-01-01") or when.span.end:
        return when
    return replace(when, span=replace(when.span, start=f"{start}/.."))


def _are_apart(one: Told, two: Told) -> bool:
    """A journey that was and one that will be are two."""
    tensed = one.tensed and two.tensed
    return tensed and {one.status, two.status} == {"planned", "happened"}


def _opens_with_stops(proposal: Proposal, places: list[PlaceArgument]) -> bool:
    """Whether some places of a verb behind its other places stand at the sentence's head."""
    ahead = [one for one in places if one.last <= proposal.word.index]
    return proposal.word.kind in _GOING and bool(ahead)


def after_index(reading: Reading, met: dict, person: Person) -> int:
    """Where the phrase of a person begins in its sentence."""
    return next(actor.first for actor in reading.actors if met.get(actor) is person)


def _purpose(reading: Reading, proposal: Proposal) -> Span | None:
    """What for, in the text's words: from `pour`, `to attend` … to the end of the sentence."""
    tokens, text = reading.scene.tokens, reading.scene.text
    if proposal.word.kind == "presence":
        start = tokens[proposal.word.index].start
        return _phrase(text, start, tokens[-1].end)
    openers = reading.pack.purpose_openers
    for at in range(proposal.word.index + 1, len(tokens) - 1):
        two = text[tokens[at].start : tokens[min(at + 3, len(tokens) - 1)].end].lower()
        two = two.replace("’", "'")
        if at in reading.dates or at in reading.place_at or at + 1 in reading.dates:
            continue
        if (
            two.startswith(openers)
            and at + 1 not in reading.place_at
            and at + 2 not in reading.dates
        ):
            return _phrase(text, tokens[at].start, tokens[-1].end)
    return None


def _phrase(text: str, start: int, end: int) -> Span | None:
    """A stretch of text without its closing marks; none when it is only a word."""
    while end > start and text[end - 1] in " .!?…;,»”\"'":
        end -= 1
    end = min(end, start + 300)
    return span_of(text, start, end) if end - start > 8 else None


def _signs(draft: _Draft) -> list[str]:
    """What speaks for a mention or against it, as `certainty` weighs it."""
    people, place, sentence = draft.people, draft.place, draft.sentence
    told = {
        f"word:{draft.proposal.word.kind}": True,
        "modal": draft.told.modal,
        "undated": not draft.when.is_dated,
        "unnamed": not any(one.name for one in people),
        "no office": not any(one.role for one in people),
        "no country": not any(one.country for one in people),
        "pronoun": any(
            actor.kind in ("pronoun", "bare", "first") for actor in draft.proposal.actors
        ),
        "elsewhere": not sentence.start <= place.toponym.span.start < sentence.end,
        "site": place.toponym.kind == "site",
        "country": place.is_country,
    }
    return [sign for sign, holds in told.items() if holds]


def _after(stop: When, departure: When) -> When:
    """A later stop's time, where it has only the day of departure: on that day or after it."""
    if stop.span.start != departure.span.start:
        return stop
    return replace(stop, span=Timespan(f"{departure.span.start}/.."))


def _once(mentions: list[Mention]) -> list[Mention]:
    """Two words of one sentence may tell the same visit; keep it once, with all its fields."""
    found: list[Mention] = []
    there: dict[tuple[int, Span], list[int]] = defaultdict(list)
    for mention in mentions:
        near = there[mention.evidence.start, mention.destination.span]
        twin = next((n for n in near if _may_be_one(found[n], mention)), None)
        if twin is None:
            near.append(len(found))
            found.append(mention)
        else:
            found[twin] = _merged(found[twin], mention)
    return found


def _may_be_one(one: Mention, two: Mention) -> bool:
    """`is visiting Oslo, where he could not go in 1994`: a day of its own, and no visit."""
    off, start = one.status == "cancelled", one.timespan.start
    if off != (two.status == "cancelled") and start != two.timespan.start:
        return not (start if off else two.timespan.start) and _share_traveller(one, two)
    return _share_traveller(one, two)


def _share_traveller(one: Mention, two: Mention) -> bool:
    return not {t.name for t in one.travellers}.isdisjoint({t.name for t in two.travellers})


def _merged(one: Mention, two: Mention) -> Mention:
    span = (
        one.timespan
        if one.timespan.start
        else replace(
            two.timespan, duration_days=two.timespan.duration_days or one.timespan.duration_days
        )
    )
    if one.timespan.start and one.timespan.duration_days is None:
        span = replace(span, duration_days=two.timespan.duration_days)
    fields = tuple(
        sorted({*one.evidence.fields, *two.evidence.fields}, key=lambda f: (f[1].start, f[0]))
    )
    return replace(
        one,
        timespan=span,
        evidence=replace(one.evidence, fields=fields),
        origin=one.origin or two.origin,
        purpose=one.purpose or two.purpose,
        hosts=one.hosts or two.hosts,
        certainty=max(one.certainty, two.certainty),
        travellers=one.travellers if len(one.travellers) >= len(two.travellers) else two.travellers,
    )
