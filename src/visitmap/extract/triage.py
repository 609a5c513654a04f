"""Which sentences may tell of a visit: in most of the news none does, and its reading ends here.

Each look is dearer than the one before, and sees fewer sentences: for a word of visits in the text;
for a place that such a word may go with; and only then for the people, and for what is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from visitmap.extract.dates import may_have_date
from visitmap.extract.frames import (
    Proposal,
    Reading,
    agenda,
    caption,
    is_headless,
    may_take_place,
    may_take_unknown,
    place_before_where,
)
from visitmap.extract.gatherings import REACH, gathering_in
from visitmap.extract.passages import Passages
from visitmap.extract.status import told_status
from visitmap.extract.tokens import Sentence

_WHERE = {"où", "where"}
# Letters of the longest line that may tell of a visit without a verb.
_SHORT = 320


@dataclass
class _Told:
    """What the sentences before one have told, as far as it lets a later one tell of a visit.

    `here`: the report has a dateline. `found` are the numbers of sentences that may tell of a
    visit, `gathering` is that of the last one that places a summit or the like.
    """

    here: bool
    found: list[int] = field(default_factory=list)
    gathering: int = -REACH - 1

    def has_gathering(self, number: int) -> bool:
        """Whether a gathering was told not far before a sentence, or may have been."""
        last = max(self.gathering, *self.found[-1:], -REACH - 1)
        return number - last <= REACH


def telling_sentences(passages: Passages) -> list[int]:
    """The numbers of the sentences that may tell of a visit, in order; no other sentence does."""
    told = _Told(passages.dateline.place is not None)
    for sentence in passages.sentences:
        has_word = _has_word(passages, sentence)
        guests = told.has_gathering(sentence.number) and _names_guests(passages, sentence)
        if not (has_word or guests or _may_be_verbless(passages, sentence)):
            continue
        reading = passages.reading(sentence, passages.dates(sentence))
        if (has_word and _tells(reading, sentence.number, told)) or guests or _is_verbless(reading):
            told.found.append(sentence.number)
    return told.found


def _has_word(passages: Passages, sentence: Sentence) -> bool:
    """Whether a word of visits stands in the sentence, or a form of `to be` before a place."""
    pack, bounds = passages.pack, (sentence.start, sentence.end)
    return bool(
        pack.strong.search(passages.lower, *bounds)
        or pack.presence.search(passages.document.text, *bounds)
    )


def _names_guests(passages: Passages, sentence: Sentence) -> bool:
    """Words such as "among those present" behind a gathering's place."""
    pack, text = passages.pack, passages.document.text
    return bool(pack.attendance.search(text, sentence.start, sentence.end))


def _may_be_verbless(passages: Passages, sentence: Sentence) -> bool:
    """A dated line of an agenda or a picture: `March 3: the minister in Oslo`."""
    text, bounds = passages.document.text, (sentence.start, sentence.end)
    if sentence.end - sentence.start > _SHORT or not passages.pack.locative.search(text, *bounds):
        return False
    return may_have_date(text, passages.pack.language, *bounds)


def _is_verbless(reading: Reading) -> bool:
    return bool(reading.dates and reading.scene.places and (agenda(reading) or caption(reading)))


def _tells(reading: Reading, number: int, told: _Told) -> bool:
    """Whether one of its words tells of somebody somewhere, and that it happens."""
    met_there = told.here or told.has_gathering(number)
    if not _may_be_somewhere(reading, met_there, told):
        return False
    found = reading.proposals
    if gathering_in(reading, found):
        told.gathering = number
    return any(
        (one.actors or one.possessive or is_headless(reading, one))
        and _is_somewhere(reading, one, met_there, told)
        and told_status(reading, one, len(found)).status
        for one in found
    )


def _may_be_somewhere(reading: Reading, met_there: bool, told: _Told) -> bool:
    """Whether a word of visits stands where a place may belong to it; asked before the people.

    `met_there`: where people meet may be told by the dateline or by a sentence before.
    """
    for index, kind in _words(reading):
        if (kind == "event" and met_there) or (kind == "host" and told.found):
            return True
        if may_take_place(reading, index, kind) or may_take_unknown(reading, index, kind):
            return True
    words, lows = reading.pack.words, reading.lows
    if (told.here and lows & words["here"]) or (reading.scene.places and lows & _WHERE):
        return True
    return bool(told.found and (lows & words["there"] or words["there_phrases"]))


def _words(reading: Reading) -> Iterator[tuple[int, str]]:
    """The words of visits with the kinds that each may be."""
    triggers, nobody = reading.pack.triggers, reading.pack.words["nobody_verbs"]
    for index, token in enumerate(reading.scene.tokens):
        if token.low in triggers and token.low not in nobody:
            for kind in {one.kind for one in triggers[token.low]}:
                yield index, kind


def _is_somewhere(reading: Reading, proposal: Proposal, met_there: bool, told: _Told) -> bool:
    """Whether a proposal's place is told: by it, by the text before, or by the dateline."""
    word, earlier = proposal.word, bool(told.found)
    if proposal.destinations or (met_there and word.kind == "event" and word.trigger.tense):
        return True
    if proposal.there:
        where = place_before_where(reading, proposal) is not None
        return {"here": told.here, "there": earlier, "where": where}[proposal.there]
    if proposal.origin is None or word.kind not in ("come", "go"):
        return word.kind == "host" and earlier
    # Who came from somewhere came to where the text was last.
    before = any(one.last <= word.index and not one.inside for one in reading.places)
    return before or told.here or earlier
