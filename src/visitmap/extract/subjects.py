"""Who does what a word of visits says: its subject, and those who go along."""

from __future__ import annotations

from visitmap.extract.clauses import (
    after_brackets,
    before_predicate,
    content_words,
    governing_verb,
    is_carried,
    is_french_gerund,
    is_predicate,
    is_subject,
    is_told_to,
    opens_clause,
    step_left,
)
from visitmap.extract.people import Actor
from visitmap.extract.reading import Reading, Word
from visitmap.extract.words import has_be, is_light


def subject(reading: Reading, index: int) -> tuple[tuple[Actor, ...], bool]:
    """Who does what the verb at `index` says, and whether that was shared with another verb.

    Walks left over the group of verbs, prepositional phrases, dates and asides. Another subject
    (`des convois`, a place standing for its government) stops the walk: nobody.
    """
    actors, shared = _subject(reading, index)
    if actors and is_predicate(reading, actors[-1]):
        return _subject(reading, before_predicate(reading, actors[-1]))[0], True
    return actors, shared


def _subject(reading: Reading, index: int) -> tuple[tuple[Actor, ...], bool]:
    governing = governing_verb(reading, index)
    if governing is not None:
        return reading.subjects.get(governing, ()), True
    if is_french_gerund(reading, index):
        return _main_subject(reading, index), True
    at: int | None = index - 1
    comma = False
    outside = _expected_to(reading, index) or behind_relative(reading, index)
    outside = outside or _described(reading, index)
    if outside:
        return outside, False
    while at is not None and at >= 0:
        actor, low = reading.actor_at.get(at), reading.scene.low(at)
        host = _host_of(reading, actor, comma) if actor is not None else ()
        if host:
            return host, True
        if actor is not None and (is_subject(actor) or is_carried(reading, actor)):
            relative = actor.kind == "relative"
            return (antecedent if relative else together)(reading, actor), False
        if actor is not None and is_told_to(reading, index, actor):
            return together(reading, actor), True
        if actor is None and opens_clause(reading, at):
            far = low in reading.pack.words["so_that"] and index - at > _SO_THAT
            return () if far else _shared(reading, index, at), True
        if _is_plan_of(reading, index, at):
            return reading.subjects[at], True
        comma = comma or low == ","
        aside = _before_dashes(reading, at) if low in _DASHES else -1
        at = aside if aside >= 0 else step_left(reading, at, comma, _is_finite(reading, index))
    return ((), False) if at is None else (subject_ahead(reading, index), False)


def _expected_to(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`They expect the minister to attend`: whoever stands between the two verbs."""
    actor = reading.actor_at.get(index - 2)
    if actor is None or actor.last != index - 1 or actor.preposition or actor.first == 0:
        return ()
    to = reading.scene.low(index - 1) in reading.pack.words["headline_to"]
    expects = reading.scene.low(actor.first - 1) in reading.pack.words["expects"]
    return together(reading, actor) if to and expects and actor.kind != "pronoun" else ()


def behind_relative(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`X, who became king before Y was born, arrived`: behind the clause's comma X goes on."""
    at = index - 1
    while at > 0 and (is_light(reading, at) or at in reading.dates):
        at -= 1
    if reading.scene.low(at) != ",":
        return ()
    for opener in range(at - 1, max(0, at - _ASIDE), -1):
        low, words = reading.scene.low(opener), reading.pack.words
        escorted = low in words["with"] and reading.scene.low(opener + 1) in words["escorted_by"]
        relative = low in words["relatives"] and low not in words["including"]
        if not relative and not escorted:
            continue
        found = antecedent(reading, Actor(opener, opener + 1, "relative"))
        if found and reading.scene.low(opener - 1) == "," and not found[-1].preposition:
            return found
    return ()


def _described(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`an interview with X, received in Oslo`: a participle behind a name tells of that person."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or reading.scene.low(index - 1) != "," or not _may_be_participle(reading, word):
        return ()
    actor = reading.actor_at.get(index - 2)
    if actor is None or actor.last != index - 1 or not actor.preposition or not actor.is_named:
        return ()
    return together(reading, actor)


def _may_be_participle(reading: Reading, word: Word) -> bool:
    forms = reading.pack.triggers.get(reading.scene.low(word.index), ())
    return any(one.tense == "participle" and one.kind == word.kind for one in forms)


# Words from `afin` to its own infinitive: behind another it is others who are let go.
_SO_THAT = 4
# Words between a verb and its object: a place, a day, an article.
_OBJECT = 6


def _host_of(reading: Reading, actor: Actor, comma: bool) -> tuple[Actor, ...]:
    """`X received Y in Oslo, then flew home`: an object right behind its verb goes nowhere."""
    for word in reading.words:
        near = 0 < actor.first - word.index <= _OBJECT and not word.passive and word.trigger.tense
        near = near and (comma or word.trigger.tense == "gerund")
        near = near and content_words(reading, word.index + 1, actor.first) == 0
        if near and word.kind in ("host", "takes", "accompany", "event"):
            return reading.subjects.get(word.index, ())
    return ()


def _is_finite(reading: Reading, index: int) -> bool:
    word = next((one for one in reading.words if one.index == index), None)
    return word is not None and word.trigger.tense not in ("infinitive", "gerund", "")


_DASHES = frozenset({"-", "–", "—"})
# Words of the longest aside between dashes.
_BETWEEN_DASHES = 45


def _before_dashes(reading: Reading, at: int) -> int:
    """`X and party -- among them Y and Z -- flew`: the index before an aside between dashes.

    The same index when no dash opens one; -1 for a dash within a word.
    """
    low = reading.scene.low
    while low(at - 1) in _DASHES:
        at -= 1
    for opening in range(at - 1, max(-1, at - _BETWEEN_DASHES), -1):
        if low(opening) in _DASHES:
            while low(opening - 1) in _DASHES:
                opening -= 1
            return opening - 1
    return at - 1


# Words of the longest relative clause that is stepped over.
_ASIDE = 30


def _is_plan_of(reading: Reading, index: int, at: int) -> bool:
    """`unveiled plans to visit`: the earlier verb's subject is who will go."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "infinitive" or not reading.subjects.get(at):
        return False
    cues = reading.pack.words["future_cues"]
    return any(reading.scene.low(n) in cues for n in range(at + 1, index - 1))


def _main_subject(reading: Reading, index: int) -> tuple[Actor, ...]:
    """The last phrase before a verb that stands where subjects stand."""
    for actor in reversed(reading.actors):
        free = not actor.preposition and actor.kind not in ("relative", "bare")
        if actor.last <= index and free and begins_clause(reading, actor):
            return together(reading, actor)
    return ()


def antecedent(reading: Reading, relative: Actor) -> tuple[Actor, ...]:
    before = [
        actor
        for actor in reading.actors
        if actor.last <= relative.first and actor.kind not in ("relative", "pronoun")
    ]
    if not before or relative.first - before[-1].last > 4:
        return ()
    between = range(before[-1].last, relative.first)
    one_of = reading.pack.any_word("be_forms", "among_those")
    if all(reading.scene.low(n) in one_of for n in between):
        return together(reading, before[-1])  # "X and Y were among those who"
    if any(
        n not in reading.place_at and reading.scene.low(n) not in (",", "(", ")", "-")
        for n in between
    ):
        return ()
    return together(reading, before[-1])


def _shared(reading: Reading, index: int, at: int) -> tuple[Actor, ...]:
    """The subject of the verb before, for `et`, `puis`, `avant de`, `to`."""
    earlier = [n for n in reading.subjects if n < index]
    candidates = [
        actor
        for actor in reading.actors
        if actor.last <= at + 1 and actor.kind != "relative" and not actor.preposition
    ]
    if earlier:
        last = max(earlier)
        if all(is_light(reading, n) or n in reading.dates for n in range(at + 1, index)):
            return reading.subjects[last]
        if not any(actor.first > last and begins_clause(reading, actor) for actor in candidates):
            return reading.subjects[last]
    for actor in reversed(candidates):
        if begins_clause(reading, actor):
            return together(reading, actor)
    if candidates:
        return together(reading, candidates[0])
    # "permet au ministre X de se rendre à": whoever is told right before the infinitive.
    told = [a for a in reading.actors if a.last == at and a.kind in ("person", "role", "group")]
    return together(reading, told[0]) if told else subject_ahead(reading, index)


def begins_clause(reading: Reading, actor: Actor) -> bool:
    """Stands where a subject stands: at the start or behind a mark or a conjunction."""
    before = reading.scene.low(actor.first - 1)
    if actor.first == 0 or before in (",", ";", ":", "«", "“", '"', "—", "-", "–", ")"):
        return True
    if actor.first - 1 in reading.dates:
        return True
    openers = reading.pack.any_word("conjunctions", "clause_openers", "relatives", "reporting")
    return before in openers or before in ("que", "qu'", "that")


def subject_ahead(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`Arrivée à Amman, Claire Desmarais …`: the subject comes after the opening phrase."""
    scene = reading.scene
    if not _opens_sentence(reading, index):
        return ()
    for actor in reading.actors:
        if actor.first <= index or actor.preposition or actor.kind == "relative":
            continue
        between = [scene.low(n) for n in range(index, actor.first)]
        if scene.low(actor.first - 1) == "," and ";" not in between and "." not in between:
            return following(reading, actor)
    return ()


def _opens_sentence(reading: Reading, index: int) -> bool:
    """Whether a word belongs to an opening phrase: no finite verb has come before it."""
    word = next((one for one in reading.words if one.index == index), None)
    passive = word is not None and word.passive and has_be(reading, index)
    # "Après s'être entretenu à Rome, X": done before by whoever is told behind.
    passive = passive and reading.scene.low(index - 1) not in reading.pack.words["having"]
    if word is not None and (passive or word.trigger.tense in ("past", "present", "future")):
        return False
    finite = reading.pack.words["finite"]
    return not any(reading.scene.low(n) in finite for n in range(index))


def together(reading: Reading, actor: Actor) -> tuple[Actor, ...]:
    """A phrase with those coordinated before it: `le prince X et la princesse Y`."""
    found, scene = [actor], reading.scene
    for other in reversed([one for one in reading.actors if one.last <= actor.first]):
        gap = [scene.low(n) for n in range(_after_country(reading, other), found[0].first)]
        plain = [low for low in gap if low != ","]
        joined = len(plain) == 1 and plain[0] in reading.pack.words["conjunctions"] - {"ou", "or"}
        joined = joined or " ".join(plain) in reading.pack.words["along_with"]
        listed = not plain and gap == [","] and len(found) > 1
        if not (joined or listed) or {other.kind, actor.kind} & {"pronoun", "relative", "first"}:
            break
        found.insert(0, other)
    leader = _leader(reading, actor)
    return leader if leader and not actor.country else leader + tuple(found)


def _after_country(reading: Reading, actor: Actor) -> int:
    """`President Guelleh of Djibouti and`: the index behind the country of a person."""
    place = reading.place_at.get(actor.last)
    of = place is not None and place.first == actor.last
    return place.last if of and place.preposition in reading.pack.words["of"] else actor.last


def _leader(reading: Reading, group: Actor) -> tuple[Actor, ...]:
    """`a delegation led by X`: who leads a group travels with it, and is named first."""
    scene, at = reading.scene, group.last
    at += scene.low(at) == ","
    if group.kind != "group" or scene.low(at) not in reading.pack.words["with"]:
        return ()
    for actor in reading.actors:
        behind = actor.first - at in (1, 2) and actor.preposition in reading.pack.words["by"]
        if behind and actor.kind in ("person", "role"):
            return (actor,)
    return ()


def following(reading: Reading, actor: Actor) -> tuple[Actor, ...]:
    """A phrase with those coordinated behind it."""
    found = [actor]
    for other in reading.actors:
        if other.first < found[-1].last or other.kind in ("pronoun", "relative", "first"):
            continue
        first = after_brackets(reading, _after_country(reading, found[-1]))
        gap = [reading.scene.low(n) for n in range(first, other.first)]
        plain = [low for low in gap if low not in (",", "'s")]
        if len(plain) > 1 or (not plain and gap != [","]):
            break
        if plain and plain[0] not in reading.pack.words["conjunctions"]:
            break
        found.append(other)
    return tuple(found)
