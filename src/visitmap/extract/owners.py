"""Whose visit a noun tells of: `Macron's trip`, `la visite du président`, `began a visit`."""

from __future__ import annotations

from visitmap.extract.clauses import (
    before_predicate,
    content_words,
    is_of_clause,
    is_predicate,
    says_where_held,
)
from visitmap.extract.hosting import take_visitor
from visitmap.extract.people import Actor
from visitmap.extract.reading import Proposal, Reading
from visitmap.extract.subjects import (
    antecedent,
    begins_clause,
    following,
    subject,
    subject_ahead,
    together,
)
from visitmap.extract.words import QUOTES, is_adjective, triggers_at


def take_begun(reading: Reading, proposal: Proposal) -> None:
    """`a trip that began in Tripoli`, `sa visite, entamée à Erbil`: the journey's people."""
    nouns = [
        one.index
        for one in reading.words
        if not one.trigger.tense and 0 < proposal.word.index - one.index < 24
    ]
    behind = [
        one.index
        for one in reading.words
        if not one.trigger.tense and 0 < one.index - proposal.word.index < 14
    ]
    if behind and not nouns:
        return
    proposal.actors = reading.subjects.get(nouns[-1], ()) if nouns else ()
    proposal.possessive = (
        "" if proposal.actors or not nouns else reading.possessives.get(nouns[-1], "")
    )


def take_owner(reading: Reading, proposal: Proposal) -> None:
    """Whose visit it is: `la visite de X`, `X's visit`, `sa visite`, or the subject's."""
    scene, words, index = reading.scene, reading.pack.words, proposal.word.index
    proposal.undated = proposal.word.kind == "noun" and _is_over(reading, proposal)
    at = index - 1
    while at >= 0 and (is_adjective(reading, at) or scene.low(at) in QUOTES):
        if at in reading.dates:
            break
        at -= 1
    if at in reading.dates:
        at = reading.dates[at] - 1
    low = scene.low(at)
    if low in words["possessives"]:
        proposal.possessive = reading.possessives[index] = low
        return
    owner = reading.actor_at.get(at - 1) if low in ("'s", "'") else None
    if owner is not None:
        proposal.actors = together(reading, owner)
        return
    take_visitor(reading, proposal)
    proposal.actors = proposal.actors or _between(reading, proposal) or _made_by(reading, proposal)
    blocked = not proposal.actors and _owner_behind(reading, proposal)
    proposal.of_others = blocked and _is_arrival(reading, index)
    if blocked or proposal.actors:
        return
    if low in ("'s", "'"):
        return
    _governor(reading, proposal, at)


def _is_over(reading: Reading, proposal: Proposal) -> bool:
    """`returned on Sunday after visits to Rome`: the day is not that of the visits."""
    scene, words, at = reading.scene, reading.pack.words, proposal.word.index - 1
    small = words["articles"] | words["possessives"]
    while at > 0 and (is_adjective(reading, at) or scene.low(at) in small):
        at -= 1
    dated = any(proposal.word.index < n < proposal.right for n in reading.dates)
    over = scene.low(at) in words["after_words"] | words["over_from"]
    return over and proposal.word.kind == "noun" and not dated


def _owner_behind(reading: Reading, proposal: Proposal) -> bool:
    """`visite (officielle) de X`: sets the actors; True when somebody unknown is told."""
    scene, words, at = reading.scene, reading.pack.words, proposal.word.index + 1
    limit, far = min(at + 10, len(scene.tokens)), False
    while at < limit:
        low, actor = scene.low(at), reading.actor_at.get(at)
        if actor is not None and _owns(reading, proposal.word.index, actor, "par", "by", "des"):
            proposal.actors = following(reading, actor)
            return False
        if at in reading.dates:
            at = max(n for n, first in reading.dates.items() if first == reading.dates[at]) + 1
            continue
        apart = scene.low(at - 1) in words["prepositions"]  # "devant des délégués"
        if (low in words["linked_to"] or low == "des") and not apart:
            return _linked_owner(reading, proposal, at + 1, far)
        elif low in words["prepositions"]:
            far = True
        if low in ("que", "qu'", "that"):
            maker = _maker_behind(reading, at + 1)
            proposal.actors = (maker,) if maker is not None else proposal.actors
            if maker is not None:
                return False
        if low in (",", ".", ";") or low in words["relatives"]:
            return False
        at += 1
    return False


# Words within which a relative clause says where a gathering is.
_HELD_WITHIN = 10
_WHO = ("person", "role", "bare")
# Words within which those who take part are told behind a gathering.
_PARTAKERS = 30
# Words of those that mean something: "held in Bermuda at the initiative of".
_BEFORE_PARTAKERS = 3


def _between(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`the talks in Geneva between X and Y`: those who take part in an event."""
    index, words = proposal.word.index, reading.pack.words
    if proposal.word.kind != "event":
        return ()
    for actor in reading.actors:
        near = index < actor.first < min(index + _PARTAKERS, proposal.right)
        named = actor.preposition in words["between"] and actor.kind in _WHO
        if near and named and content_words(reading, index + 1, actor.first) <= _BEFORE_PARTAKERS:
            return following(reading, actor)
    return ()


def _made_by(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`Visite de l'agence et du siège par M. X`: who makes it, far behind what is visited."""
    index = proposal.word.index
    if proposal.word.kind != "noun":
        return ()
    for actor in reading.actors:
        near = index < actor.first < min(index + _PARTAKERS, proposal.right)
        made = actor.preposition in reading.pack.words["by"] and actor.kind in ("person", "role")
        before = reading.scene.low(actor.first - 2)  # "soutenu par X": that is of something else
        other = before.endswith(tuple(reading.pack.words["participles"]) or ("\0",))
        if near and made and actor.is_named and not other:
            return following(reading, actor)
    return ()


def _maker_behind(reading: Reading, at: int) -> Actor | None:
    """`le déplacement que X fera`, `que doit effectuer X`: the relative clause's subject."""
    for n in range(at, at + 4):
        actor = reading.actor_at.get(n)
        if actor is not None:
            return actor if actor.first == n and not actor.preposition else None
        if n in reading.place_at or n in reading.dates or reading.scene.low(n) in (",", ".", ";"):
            return None
    return None


def _linked_owner(reading: Reading, proposal: Proposal, at: int, far: bool) -> bool:
    """What stands behind `de` or `of`: the owner, a place, or somebody unknown (True)."""
    owner = reading.actor_at.get(at)
    if owner is not None and owner.kind == "bare" and far:
        return False
    if reading.scene.low(proposal.word.index) in reading.pack.words["about_somebody"]:
        return False  # "the funeral of X": X is not who came
    if owner is not None and not _owns(reading, proposal.word.index, owner, owner.preposition):
        return False
    gathering = reading.scene.low(proposal.word.index) in reading.pack.places["gatherings"]
    if owner is not None and gathering and owner.kind == "group" and not owner.country:
        return False  # "the summit of heads of state": its name, and nobody in particular
    if owner is not None and owner.first == at and owner.kind != "relative":
        proposal.actors = following(reading, owner)
        return False
    quality = _is_quality(reading, proposal.word.index, at)
    return not far and not quality and _is_foreign_owner(reading, at)


def _is_arrival(reading: Reading, index: int) -> bool:
    """Who arrives may be goods, or troops."""
    return reading.scene.low(index).startswith(tuple(reading.pack.words["arrivals"]) or ("\0",))


def _is_quality(reading: Reading, index: int, at: int) -> bool:
    """`déplacement de campagne`, `tour of inspection`: a bare noun in the singular is no owner."""
    words, scene = reading.pack.words, reading.scene
    if _is_arrival(reading, index) or at >= len(scene.tokens):
        return False
    bare = scene.low(at - 1) in words["bare_of"] and not scene.tokens[at].is_capitalised
    return bare and scene.low(at).isalpha() and scene.low(at)[-1] not in "sx"


def _owns(reading: Reading, index: int, actor: Actor, *also: str) -> bool:
    """`visit to Paris of X`, but not `visit at the invitation of X`."""
    if actor.preposition not in reading.pack.words["linked_to"] | set(also):
        return False
    fused = reading.scene.low(actor.first) in ("du", "des")
    before = actor.first - 1 if fused else actor.first - 2
    if reading.scene.low(before) in reading.pack.words["invite_cues"]:
        return False  # "on invitation of X"
    if before <= index or before in reading.place_at or before in reading.dates:
        return True
    return not any(
        reading.scene.low(n) in reading.pack.words["articles"] for n in range(before - 1, before)
    )


def _is_foreign_owner(reading: Reading, at: int) -> bool:
    if at in reading.dates or at in reading.place_at or at in reading.scene.places:
        return False
    token = reading.scene.tokens[at] if at < len(reading.scene.tokens) else None
    if token is None or token.text[0].isdigit():
        return False
    if at in reading.actor_at or reading.scene.low(at + 1) in reading.pack.words["linked_to"]:
        return False
    return token.low not in reading.pack.words.get("visit_qualities", frozenset())


def _governor(reading: Reading, proposal: Proposal, at: int) -> None:
    """The subject of the sentence makes the visit: `effectuera une visite`, `en visite à`."""
    index = proposal.word.index
    held = range(index + 1, min(index + _HELD_WITHIN, proposal.right))
    if proposal.word.kind == "event" and any(says_where_held(reading, n) for n in held):
        return  # "spoke of the summit, which opens in Oslo": the subject may be elsewhere
    if proposal.word.kind == "event" and reading.scene.low(at - 1) in reading.pack.words["told_of"]:
        return  # "briefed them on the talks in Oslo": they are told of it
    before = [a for a in reading.actors if a.first < index and _may_make(reading, a)]
    before = [a for a in before if a.kind != "first" or not _is_quoted_before(reading, a, index)]
    if proposal.word.kind == "event":
        # Whoever meets is who the sentence is about, not the last one named before.
        subjects = [a for a in before if not a.preposition and begins_clause(reading, a)]
        before = subjects or before
    earlier = _subject_before(reading, proposal)
    if earlier:
        proposal.actors, proposal.shared = earlier, True
        return
    acting = [a for a in before if _acts(reading, a) and a.first >= proposal.left]
    for actor in reversed(acting or before):
        if actor.first < proposal.left and not begins_clause(reading, actor):
            continue
        if actor.kind == "relative":
            proposal.actors = antecedent(reading, actor)
            return
        if not actor.preposition or is_of_clause(reading, actor):
            proposal.actors, proposal.shared = together(reading, actor), True
            if is_predicate(reading, actor):
                proposal.actors = subject(reading, before_predicate(reading, actor))[0]
            return
    proposal.actors = subject_ahead(reading, proposal.word.index)
    proposal.shared = True


def _is_quoted_before(reading: Reading, actor: Actor, index: int) -> bool:
    """`"We agreed," X said after talks in`: the quotation's own "we" is left behind in it."""
    return any(reading.scene.low(n) in ("»", "”", '"') for n in range(actor.last, index))


def _may_make(reading: Reading, actor: Actor) -> bool:
    """One capitalised word is somebody where it opens the sentence: `Rutte made a visit to`."""
    holds = reading.scene.low(actor.last) in reading.pack.words["holds"]
    makes = (holds or _acts(reading, actor)) and actor.first == 0
    return actor.kind != "bare" or (makes and not reading.scene.is_heading)


def _subject_before(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`They will be received by X and will make a tour`: behind `and will`, those of before."""
    scene, words, left = reading.scene, reading.pack.words, proposal.left
    opens = scene.low(left) in words["conjunctions"] and scene.low(left + 1) in words["auxiliaries"]
    earlier = [n for n in reading.subjects if n < left]
    return reading.subjects[max(earlier)] if opens and earlier else ()


def _acts(reading: Reading, actor: Actor) -> bool:
    """Whether a verb's group follows a phrase: `they will`, not `…, industrial leaders and`."""
    low, words = reading.scene.low(actor.last), reading.pack.words
    verb = any(one.tense for one in triggers_at(reading, actor.last))
    known = verb or low in words["auxiliaries"] | words["light_verbs"] | words["reporting"]
    return actor.kind == "relative" or known
