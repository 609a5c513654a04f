"""Which sentences may tell of a visit: in most of the news none does, and its reading ends here.

Each look is dearer than the one before, and sees fewer sentences: for a word of visits in the text;
for a place that such a word may go with; and only then for the people, and for what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from visitmap.extract.arguments import place_before_where
from visitmap.extract.dates import may_have_date
from visitmap.extract.frames import agenda, caption, enumeration, is_headless, itinerary, proposals
from visitmap.extract.gatherings import REACH, gathering_in, opens_roll
from visitmap.extract.glance import glance
from visitmap.extract.pack import Pack, Trigger
from visitmap.extract.passages import Passages
from visitmap.extract.prospects import WHERE, may_name_unknown, may_take_place, may_take_unknown
from visitmap.extract.reading import Proposal, Reading
from visitmap.extract.status import told_status
from visitmap.extract.tokens import Sentence
from visitmap.extract.words import fits

# Sentences of a text so long that what is found in each is not kept for the reading.
_LONG = 500
# Letters of the longest line that may tell of a visit without a verb.
_SHORT = 320

# A day at a line's beginning, and a name behind a dash: `Oct. 25-29 – Spain`.
_ENTRY, _DATED = re.compile(r"[\d)\w]\.? ?(?:--|[-–—:]) ?[^\W\d_a-z]"), 40


@dataclass
class _Told:
    """What other sentences tell of places: the dateline, and the last that places a gathering.

    What an earlier visit tells is left out: once a document has one, it is read to its end.
    """

    here: bool
    gathering: int = -REACH - 1

    def has_gathering(self, number: int) -> bool:
        """Whether a summit or the like was placed not far before a sentence, or in it."""
        return number - self.gathering <= REACH


def telling_sentences(passages: Passages) -> Iterator[int]:
    """The numbers of sentences that may tell of a visit; no other tells a document's first.

    Looked for as they are asked for: once a document has a visit, it is read to its end.
    """
    told = _Told(passages.dateline.place is not None)
    is_long = len(passages.sentences) > _LONG
    for sentence in passages.sentences:
        if _may_tell(passages, sentence, told):
            yield sentence.number
        elif is_long:
            passages.forget(sentence)


def _may_tell(passages: Passages, sentence: Sentence, told: _Told) -> bool:
    has_word = _has_word(passages, sentence, told)
    guests = told.has_gathering(sentence.number) and _names_guests(passages, sentence)
    if not (has_word or guests or _may_be_verbless(passages, sentence)):
        return False
    elsewhere = has_word and _is_elsewhere(passages, sentence, told)
    if not (elsewhere or guests or _may_name_place(passages, sentence)):
        return False
    reading = passages.reading(sentence, passages.dates(sentence))
    telling = has_word and (elsewhere or _may_be_somewhere(reading))
    telling = telling and _tells(reading, sentence.number, told)
    if told.gathering == sentence.number and _names_guests(passages, sentence):
        return True  # "the summit in Luanda, where France is represented by …"
    return telling or guests or _is_verbless(reading)


def _has_word(passages: Passages, sentence: Sentence, told: _Told) -> bool:
    """Whether a word of visits stands where it may have a place, or `to be` before one."""
    text, lower = passages.document.text, passages.lower
    hits, look = passages.hits.get(sentence.number, ()), glance(passages.pack)
    if look.may_be_somewhere(text, lower, sentence, hits):
        return True
    met = bool(hits) and (told.here or told.has_gathering(sentence.number))
    if met and _ends_open(passages, sentence):
        return True
    return met and look.may_be_elsewhere(lower, sentence, hits, told.here)


def _ends_open(passages: Passages, sentence: Sentence) -> bool:
    """`Those who arrived this morning included:`: a list may follow."""
    return passages.document.text[sentence.start : sentence.end].rstrip().endswith((":", ";"))


def _names_guests(passages: Passages, sentence: Sentence) -> bool:
    """Words such as "among those present" behind a gathering's place."""
    pack, text = passages.pack, passages.document.text
    return bool(pack.attendance.search(text, sentence.start, sentence.end))


def _may_be_verbless(passages: Passages, sentence: Sentence) -> bool:
    """A dated line of an agenda or a picture: `March 3: the minister in Oslo`."""
    text, start, end = passages.document.text, sentence.start, sentence.end
    if passages.may_list and passages.pack.listing.search(text, start, end):
        return True
    if end - start > _SHORT:
        return False
    placed = glance(passages.pack).may_be_listed(text, passages.lower, sentence)
    placed = placed or _ENTRY.search(text, start, min(start + _DATED, end)) is not None
    return placed and may_have_date(text, passages.pack.language, start, end)


def _is_elsewhere(passages: Passages, sentence: Sentence, told: _Told) -> bool:
    """Whether the place of a word of visits may be told by another sentence, or the dateline."""
    pack, lows = passages.pack, sentence.lows
    if told.here and not lows.isdisjoint(pack.words["here"]):
        return True
    met = told.here or told.has_gathering(sentence.number)
    return met and (_ends_open(passages, sentence) or "event" in _kinds(pack, lows))


def _may_name_place(passages: Passages, sentence: Sentence) -> bool:
    """Whether a place stands in a sentence, by its name or by a noun such as `capital`."""
    pack, lows = passages.pack, sentence.lows
    if not lows.isdisjoint(pack.capitals_and_soil) or passages.names_of_places(sentence):
        return True
    return may_name_unknown(pack, lows, _kinds(pack, lows))


def _kinds(pack: Pack, lows: frozenset[str]) -> set[str]:
    """The kinds of visits that a sentence's words may tell of."""
    return {one.kind for low in lows & pack.triggers.keys() for one in pack.triggers[low]}


def _may_be_somewhere(reading: Reading) -> bool:
    """Whether a word of visits stands where a place may belong to it; asked before the people."""
    if reading.scene.places and not reading.lows.isdisjoint(WHERE):
        return True
    return any(
        may_take_place(reading, index, trigger) or may_take_unknown(reading, index, trigger)
        for index, trigger in _words(reading)
    )


def _is_verbless(reading: Reading) -> bool:
    dated = reading.dates and (agenda(reading) or caption(reading) or itinerary(reading))
    return bool(dated or enumeration(reading))


def _tells(reading: Reading, number: int, told: _Told) -> bool:
    """Whether one of its words tells of somebody somewhere, and that it happens."""
    met_there = told.here or told.has_gathering(number)
    found = proposals(reading)
    if gathering_in(reading, found):
        told.gathering = number
    if opens_roll(reading) and (met_there or any(one.destinations for one in found)):
        return True
    return any(
        (one.actors or one.possessive or is_headless(reading, one))
        and _is_somewhere(reading, one, met_there, told.here)
        and told_status(reading, one, len(found)).status
        for one in found
    )


def _words(reading: Reading) -> Iterator[tuple[int, Trigger]]:
    """The words of visits, with all that each may be here; `to be` needs its place for that."""
    triggers, nobody = reading.pack.triggers, reading.pack.words["nobody_verbs"]
    for index, token in enumerate(reading.scene.tokens):
        if token.low in triggers and token.low not in nobody:
            for trigger in triggers[token.low]:
                if trigger.kind == "be" or fits(reading, index, trigger):
                    yield index, trigger


def _is_somewhere(reading: Reading, proposal: Proposal, met_there: bool, here: bool) -> bool:
    """Whether a proposal's place is told: by it, by the text before, or by the dateline."""
    word = proposal.word
    if proposal.destinations or (met_there and word.kind == "event" and word.trigger.tense):
        return True
    if proposal.there:
        where = proposal.there == "where" and place_before_where(reading, proposal) is not None
        return where or (proposal.there == "here" and here)
    if proposal.origin is None or word.kind not in ("come", "go"):
        return False
    # Who came from somewhere came to the place before that, or to the dateline's.
    return here or any(one.last <= word.index and not one.inside for one in reading.places)
