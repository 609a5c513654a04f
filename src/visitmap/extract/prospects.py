"""Whether a word may take a place at all: cheap tests, before people are looked for."""

from __future__ import annotations

from collections.abc import Set

from visitmap.extract.arguments import (
    BESIDE,
    HEADING,
    LEFT_OK,
    WITH_UNKNOWN,
    first_name,
    named_site,
)
from visitmap.extract.clauses import REACH
from visitmap.extract.pack import Pack, Trigger
from visitmap.extract.reading import Reading, Word
from visitmap.extract.roles import is_of_date, stay_prepositions
from visitmap.extract.words import is_light, triggers_at

_WITH_SITES = {"presence", "host", "noun"}
# Before these a place goes on in a clause of its own.
WHERE = frozenset({"où", "where"})
# Prepositions of an origin that stands before its word.
STARTS = frozenset({"from", "depuis"})


def may_take_place(reading: Reading, index: int, trigger: Trigger) -> bool:
    """Whether a word may have one of the sentence's places, whoever its people are.

    Only small words are asked for, and never is it False where `take_places` would find a place.
    """
    if not reading.lows.isdisjoint(reading.pack.capitals_and_soil):
        return True
    return any(_may_take(reading, index, trigger, *phrase) for phrase in reading.phrases)


def _may_take(
    reading: Reading, index: int, trigger: Trigger, phrase: tuple[int, str, str], last: int
) -> bool:
    begin, preposition, noun = phrase
    frame = reading.pack.frames[trigger.kind]
    if trigger.kind == "be":
        return _may_be_at(reading, range(index + 1, begin), preposition)
    stop = reading.scene.low(index) in reading.pack.words["stop_nouns"]
    if _is_beside_noun(reading, begin, last) or (stop and index < begin < index + BESIDE):
        return True
    if index < HEADING and not trigger.tense and not preposition:
        return bool(reading.dates)
    if begin < index:
        return _may_take_before(reading, index, trigger, preposition, last)
    if begin == index or begin > index + REACH:
        return False
    if not preposition:
        return frame.object in ("place", "origin")
    linked = preposition in reading.pack.any_word("of", "linked_to")
    of_noun = linked and bool(noun or trigger.kind == "noun")
    return of_noun or preposition in frame.to | frame.origin or preposition in trigger.after


def _may_be_at(reading: Reading, between: range, preposition: str) -> bool:
    """Whether a place is near enough behind a form of `to be`."""
    near = between.stop >= between.start and len(between) < 4
    if not near or preposition not in reading.pack.frames["be"].to:
        return False
    return all(is_of_date(reading, n) or is_light(reading, n) for n in between)


def _may_take_before(
    reading: Reading, index: int, trigger: Trigger, preposition: str, last: int
) -> bool:
    """Whether a word may have a place that stands before it."""
    scene, pack = reading.scene, reading.pack
    received = trigger.kind == "noun" and not reading.lows.isdisjoint(pack.words["visitors_from"])
    if (trigger.kind == "host" or received) and not preposition:
        closed = pack.any_word("auxiliaries", "future_cues", "reflexive_words", "articles")
        others = (n for n in range(last, index) if not is_light(reading, n))
        return sum(scene.low(n) not in closed for n in others) <= _GROUP_OF_HOST
    if preposition in STARTS and pack.frames[trigger.kind].origin:
        return True
    if trigger.kind not in LEFT_OK or preposition not in stay_prepositions(reading):
        return False
    if scene.low(index) not in pack.words["reporting"]:
        return True
    return any(one.kind == "event" for n in range(index) for one in triggers_at(reading, n))


# Words that may stand between a host's place and its verb: one, a date, what the place is called.
_GROUP_OF_HOST = 10


def _is_beside_noun(reading: Reading, begin: int, last: int) -> bool:
    """A summit before or behind a place, `including` before it: these take it in their own ways."""
    low, nouns = reading.scene.low, reading.pack.nouns_of_places
    return any(low(n) in nouns for n in (*range(begin - 3, begin), *range(last, last + 4)))


def may_take_unknown(reading: Reading, index: int, trigger: Trigger) -> bool:
    """Whether a name we do not know may be a word's place, whoever its people are."""
    kind = trigger.kind
    if kind not in WITH_UNKNOWN or not may_name_unknown(reading.pack, reading.lows, {kind}):
        return False
    at = first_name(reading, index + 1, index + 10)
    word = Word(index, Trigger(kind), passive=True)
    # Who is received by somebody may be so at a place told behind the host's name.
    reach = range(index + 1, index + 10 + _HOST_NAME) if kind == "host" else range(0)
    others = (n for n in reach if first_name(reading, n, n + 1) is not None)
    names = [one for one in (at, *others) if one is not None]
    return any(named_site(reading, one, reading.pack.frames[kind], word) for one in names)


# Words of the longest host's name and office.
_HOST_NAME = 16


def may_name_unknown(pack: Pack, lows: frozenset[str], kinds: Set[str]) -> bool:
    """Whether words of these kinds may have an unknown name; some only behind a site's noun."""
    if kinds & (WITH_UNKNOWN - _WITH_SITES):
        return True
    # Who is received may be so at a place without a noun.
    return "host" in kinds or (bool(kinds & _WITH_SITES) and not lows.isdisjoint(pack.site_words))
