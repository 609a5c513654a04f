"""Host and guest: `a reçu à Paris`, `welcomed`, `met X in Vienna`."""

from __future__ import annotations

from visitmap.extract.people import Actor
from visitmap.extract.reading import Proposal, Reading, Word
from visitmap.extract.subjects import following, subject
from visitmap.extract.toponyms import PlaceArgument
from visitmap.extract.words import is_light


def take_host_and_guest(reading: Reading, proposal: Proposal) -> None:
    """Who receives and who comes; in the passive the subject is the guest."""
    word = proposal.word
    people, shared = subject(reading, word.index)
    if word.passive and word.kind == "host":
        proposal.actors, proposal.shared = people, shared
        proposal.hosts = received_by(reading, proposal)
        return
    guest = _guest(reading, proposal) or _guest_before(reading, proposal)
    proposal.hosts = people
    if guest is None and word.kind == "host":
        guest = _guest_of_event(reading, proposal)
    clitic = _has_clitic(reading, word.index)
    if clitic and (word.kind == "takes" or (guest is None and _is_clitic_of(reading, word.index))):
        proposal.possessive = "l'"
        return
    if word.kind == "takes" and moves_somebody(reading, word):
        proposal.possessive = reading.scene.low(word.index + 1)
        return
    guests = following(reading, guest) if guest else ()
    if word.kind == "accompany" and word.passive:
        guests = _escorts(reading, proposal) or guests
    proposal.actors = guests if word.kind == "host" else people + guests
    if word.kind == "host" and guests and not people:
        proposal.destinations = _hosting_place(reading, proposal)


def received_by(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`was received by X`: who stands behind the passive's preposition."""
    by, word = reading.pack.words["by"], proposal.word
    for actor in reading.actors:
        behind = word.index < actor.first <= proposal.right
        if behind and actor.preposition in by and actor.kind in ("person", "role"):
            return following(reading, actor)
    return ()


def _escorts(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`She is accompanied by X and Y`, `accompagné de X et du ministre Y`: who goes along."""
    found: list[Actor] = []
    for actor in reading.actors:
        behind = proposal.word.index < actor.first <= proposal.right
        by = actor.preposition in reading.pack.words["escorted_by"]
        if behind and by and actor.kind in ("person", "role"):
            found += [one for one in following(reading, actor) if one not in found]
    return tuple(found)


def _guest(reading: Reading, proposal: Proposal) -> Actor | None:
    """Whom a verb of receiving or taking has as its object."""
    word, others = proposal.word, ("relative", "pronoun", "bare", "first")
    for actor in reading.actors:
        behind = word.index < actor.first <= proposal.right and actor.kind not in others
        bare = actor.kind == "bare" and actor.first == word.index + 1 and not actor.owner
        if bare and word.kind == "host" and actor.first < proposal.right:
            return actor  # "host Obama in"
        if behind and (not actor.preposition or actor.preposition in ("des", "du")):
            return actor if _is_object(reading, word.index, actor) else None
    return None


def _guest_before(reading: Reading, proposal: Proposal) -> Actor | None:
    """`X, qu'il avait reçu`, `X, whom he received`: the guest stands before the relative."""
    if proposal.word.kind != "host":
        return None
    opener = proposal.left
    guest = next((one for one in reading.actors if opener - 1 <= one.last <= opener), None)
    relative = reading.scene.low(opener) in reading.pack.words["object_relatives"]
    return (
        guest
        if relative and guest is not None and guest.kind in ("person", "role", "bare")
        else None
    )


def take_visitor(reading: Reading, proposal: Proposal) -> None:
    """`Kenya received a visit from X`: who came, and the place that stands as the subject."""
    words, index = reading.pack.words, proposal.word.index
    for actor in reading.actors:
        if actor.first - index in (2, 3) and actor.preposition in words["visitors_from"]:
            proposal.actors = following(reading, actor)
            proposal.destinations = _hosting_place(reading, proposal)
            return


def _hosting_place(reading: Reading, proposal: Proposal) -> list[PlaceArgument]:
    """`Jakarta is preparing to welcome X`: the place that stands as the verb's subject."""
    before = [p for p in reading.places if proposal.left <= p.first < proposal.word.index]
    for place in reversed(before):
        group = range(place.last, proposal.word.index)
        if place.preposition or place.inside or place.owner or place.first in reading.actor_at:
            continue
        known = all(is_light(reading, n) or n in reading.dates for n in group)
        return [place] if known or _is_verb_group(reading, group) else []
    return []


def _is_verb_group(reading: Reading, group: range) -> bool:
    """Nothing but verbs and small words: `is preparing to`, `s'apprête à`."""
    closed = reading.pack.any_word("auxiliaries", "future_cues", "reflexive_words", "articles")
    other = [n for n in group if not is_light(reading, n) and reading.scene.low(n) not in closed]
    return len(other) <= 1 and not any(
        n in reading.actor_at or n in reading.place_at for n in other
    )


def _guest_of_event(reading: Reading, proposal: Proposal) -> Actor | None:
    """`will host a summit in Lima with Presidents X and Y`: those told behind "with" come."""
    index, words = proposal.word.index, reading.pack.words
    events = [
        n
        for n in range(index + 1, min(index + 9, proposal.right))
        if any(one.kind == "event" for one in reading.pack.triggers.get(reading.scene.low(n), ()))
    ]
    if not events:
        return None
    return next(
        (
            actor
            for actor in reading.actors
            if actor.first > events[0]
            and actor.kind in ("person", "role", "group")
            and (actor.preposition in words["with"] or (actor.each and actor.preposition))
        ),
        None,
    )


def _is_object(reading: Reading, index: int, guest: Actor) -> bool:
    """Whether a phrase is what a verb does something to: no other noun stands between them."""
    words, scene = reading.pack.words, reading.scene
    if scene.low(guest.first - 1) in words["namely"]:
        return True  # "recevra cinq de ses homologues, à savoir les ministres de …"
    for at in range(index + 1, guest.first):
        low = scene.low(at)
        free = at in reading.dates or at in reading.place_at or at in reading.actor_at
        small = not low.isalpha() or is_light(reading, at) or low in words["prepositions"]
        if not free and not small and low not in words["articles"] | words["conjunctions"]:
            # "received at the palace President X": a noun behind a preposition is where.
            near = {scene.low(n) for n in range(max(index + 1, at - 3), at)}
            if not near & words["prepositions"]:
                return False
    return True


def moves_somebody(reading: Reading, word: Word) -> bool:
    """`took him to`, `flew her to`: a pronoun right behind the verb is who is moved."""
    return reading.scene.low(word.index + 1) in reading.pack.words["object_pronouns"]


def _has_clitic(reading: Reading, index: int) -> bool:
    """`l'avait conduit à`: the traveller is a pronoun before the verb."""
    return bool({reading.scene.low(n) for n in range(index - 3, index)} & {"l'", "les", "le", "la"})


def _is_clitic_of(reading: Reading, index: int) -> bool:
    """`l'accueille à`, `l'avait reçu`: the pronoun stands right before the verb's group."""
    at, words = index - 1, reading.pack.words
    at -= reading.scene.low(at) in words["auxiliaries"]
    return reading.scene.low(at) in ("l'", "le", "la", "les")


def before_verb(reading: Reading, proposal: Proposal) -> int:
    """A noun's places end before the sentence's verb: `his trip may tell much of Cambodia`."""
    word, words = proposal.word, reading.pack.words
    if word.trigger.tense or word.kind != "noun":
        return proposal.right
    for at in range(word.index + 1, proposal.right):
        if at in reading.dates or at in reading.actor_at or at in reading.place_at:
            continue
        if reading.scene.low(at) in words["finite"] | words["modal_verbs"]:
            if {reading.scene.low(at - 1), reading.scene.low(at - 2)} & words["that"]:
                continue
            if reading.scene.low(word.index + 1) in words["that"] and at - 1 in reading.actor_at:
                continue  # "les déplacements que doit effectuer X au Caire"
            behind = {reading.scene.low(n) for n in range(at + 1, at + 4)}
            goes_on = behind & (words["take_place"] | words["be_forms"])
            return proposal.right if goes_on else at
    return proposal.right
