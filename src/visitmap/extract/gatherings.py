"""Who was at a gathering that another sentence places: `Among those present were …`.

A summit is told once, with its town and day; the sentences behind it name who came, who was
represented by whom and who stayed away, and leave the place out.
"""

from __future__ import annotations

from dataclasses import dataclass

from visitmap.extract.pack import Trigger
from visitmap.extract.people import Actor
from visitmap.extract.reading import Proposal, Reading, Word
from visitmap.extract.status import Told
from visitmap.extract.subjects import following
from visitmap.extract.timing import When
from visitmap.extract.toponyms import PlaceArgument

# Sentences behind the one that places a gathering in which its guests are looked for.
REACH = 6


@dataclass(frozen=True, slots=True)
class Gathering:
    """A summit, a conference, a funeral: where, when, and in which sentence it was told."""

    place: PlaceArgument
    when: When
    told: Told
    sentence: int


def gathering_in(reading: Reading, proposals: list[Proposal]) -> Proposal | None:
    """The first proposal of a sentence that places a gathering, whoever came to it."""
    attend = tuple(reading.pack.words["attend_forms"])
    for proposal in proposals:
        word = reading.scene.low(proposal.word.index)
        named = word in reading.pack.places["gatherings"] or word.startswith(attend)
        if proposal.word.kind == "event" and proposal.destinations and named:
            return proposal
    return None


def names_gathering(reading: Reading) -> bool:
    """Whether a sentence has the word of one: `met here for a coffee summit`."""
    return not reading.lows.isdisjoint(reading.pack.places["gatherings"])


def attendance(reading: Reading, gathering: Gathering) -> list[tuple[Proposal, Told]]:
    """The guests that a sentence names, each phrase with what it tells: there, or not there."""
    words = reading.pack.words
    cues = [n for n, token in enumerate(reading.scene.tokens) if token.low in words["present_cues"]]
    absent = _cue(reading, "absent_cues")
    if absent >= 0 and reading.scene.low(absent - 1) in words["possessives"]:
        return []  # "in his absence, the Vice President shall act"
    sent = _cue(reading, "represented_cues")
    found: list[tuple[Proposal, Told]] = []
    if sent >= 0:
        found += each(reading, sent, _behind(reading, sent, words["by"]), gathering.told)
    sender = _cue(reading, "sent_cues")
    if sender >= 0:
        found += each(reading, sender, _whom(reading, sender), gathering.told)
    if absent >= 0:
        told = Told("cancelled", tensed=False)
        found += each(reading, absent, _named(reading, absent), told)
    elif (away := _stayed_away(reading)) >= 0:
        before = [one for one in _named(reading, 0) if one.last <= away and not one.preposition]
        found += each(reading, away, before[-1:], Told("cancelled", tensed=False))
    elif (cues or tells_others(reading)) and sent < 0:
        cues = cues or [0]
        found += each(reading, cues[0], _present(reading, cues[0]), gathering.told)
    return found


def _stayed_away(reading: Reading) -> int:
    """Where `stayed away` stands; -1 when it does not."""
    low, forms = reading.scene.low, reading.pack.words["stay_away"]
    return next(
        (n for n in range(len(reading.scene.tokens)) if f"{low(n)} {low(n + 1)}" in forms), -1
    )


def tells_others(reading: Reading) -> bool:
    """`Other leaders included X and Y`, `Parmi les autres figuraient`: guests of the same."""
    scene, words = reading.scene, reading.pack.words
    opens = scene.low(0) in words["other"] or scene.low(1) in words["other"]
    return opens and any(scene.low(n) in words["included"] for n in range(1, 6))


# Tokens of a list's line before the name: a dash or a number, and its mark.
_BULLET = 3
_OF_ROLLS = frozenset({"come", "event", "expected", "host", "visit"})


def opens_roll(reading: Reading) -> bool:
    """`Those who arrived this morning included:`: the lines below name one guest each."""
    tokens = reading.scene.tokens
    ends = bool(tokens) and tokens[-1].text in (":", ";")
    return ends and any(one.kind in _OF_ROLLS for one in reading.words)


def on_roll(reading: Reading) -> list[Actor]:
    """Whom a line of such a list names: `- Hon. X, Prime Minister of Fiji`; none for a sentence."""
    named = [one for one in reading.actors if one.is_named and one.kind == "person"]
    finite = reading.pack.any_word("finite", "auxiliaries")
    if not named or named[0].first > _BULLET or not reading.lows.isdisjoint(finite):
        return []
    if not (named[0].role or named[0].country):
        return []
    return [] if any(one.trigger.tense for one in reading.words) else named[:1]


def _present(reading: Reading, cue: int) -> list[Actor]:
    """Those listed behind a cue, or else those who stand before it as its subject."""
    relative = next(
        (one.first for one in reading.actors if one.kind == "relative" and one.first > cue),
        len(reading.scene.tokens),
    )
    named = [one for one in _named(reading, cue) if one.first < relative]
    behind = [one for one in named if not _only_says(reading, one)]
    before = [one for one in _named(reading, 0) if one.last <= cue and not one.preposition]
    be = reading.pack.words["be_forms"]
    told = before and any(reading.scene.low(n) in be for n in range(before[-1].last, cue))
    return behind or (before if told else [])


def _only_says(reading: Reading, actor: Actor) -> bool:
    """`…, bin Farhan said`: who tells of the guests."""
    words, scene = reading.pack.words, reading.scene
    beside = {scene.low(actor.last), scene.low(actor.first - 1), scene.low(actor.last + 1)}
    return bool(beside & words["reporting"]) or scene.low(actor.first - 1) in ("”", '"', "»")


def _cue(reading: Reading, table: str) -> int:
    cues = reading.pack.words[table]
    lows = (n for n, token in enumerate(reading.scene.tokens) if token.low in cues)
    return next(lows, -1)


def _named(reading: Reading, first: int) -> list[Actor]:
    """People with a name from a token on: as subjects, listed, or behind `de`, `of`, `by`."""
    allowed = reading.pack.words["linked_to"] | reading.pack.words["by"] | {""}
    return [
        actor
        for actor in reading.actors
        if actor.first >= first and actor.is_named and actor.kind == "person"
        if actor.preposition in allowed
    ]


def _behind(reading: Reading, cue: int, prepositions: frozenset[str]) -> list[Actor]:
    """Those told behind the preposition that follows a cue: `represented by X and Y`."""
    for actor in reading.actors:
        if actor.first > cue and actor.preposition in prepositions and actor.kind != "bare":
            return list(following(reading, actor))
    return []


def _whom(reading: Reading, cue: int) -> list[Actor]:
    """`Guatemala sent its vice-president, X`: who is told right behind the verb."""
    near = [one for one in reading.actors if 0 < one.first - cue <= 2 and one.possessive]
    return [one for one in near if one.is_named and not one.preposition]


def each(
    reading: Reading, cue: int, actors: list[Actor], told: Told
) -> list[tuple[Proposal, Told]]:
    """One proposal for each of the guests, without a place of its own."""
    word = Word(cue, Trigger("event", "present"))
    right = len(reading.scene.tokens)
    return [(Proposal(word, (one,), right=right), told) for one in actors]
