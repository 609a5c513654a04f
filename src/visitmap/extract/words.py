"""The words of a sentence that tell of a visit: which of them do so here."""

from __future__ import annotations

from dataclasses import replace

from visitmap.extract.pack import Trigger
from visitmap.extract.reading import Reading, Word

# A journey's quality in inverted commas: "X's “private” visit".
QUOTES = frozenset({'"', "“", "”", "«", "»"})
# Words between a journey and what it includes.
_JOURNEY = 12
_STRONG = {"go", "come", "reach", "leave", "take_off", "visit", "back", "stay", "spend", "host"}


def find_words(reading: Reading) -> list[Word]:
    pack, found = reading.pack, []
    for index, token in enumerate(reading.scene.tokens):
        if token.low not in pack.triggers:
            continue  # nearly all
        if index in reading.dates or pack.has("nobody_verbs", token.low):
            continue
        triggers = pack.triggers[token.low]
        actor = reading.actor_at.get(index)
        if actor is not None and actor.kind != "bare":
            continue
        fitting = [one for one in triggers if fits(reading, index, one)]
        word = _choose(reading, index, fitting)
        if word is not None:
            found.append(word)
    return found


def fits(reading: Reading, index: int, trigger: Trigger) -> bool:
    """Whether what a form may be is one here, by the words beside it."""
    scene = reading.scene
    if trigger.reflexive:
        before = {scene.low(n) for n in range(max(0, index - 6), index)}
        if not before & reading.pack.reflexives:
            return False
    if trigger.tense == "infinitive" and scene.low(index - 1) in reading.pack.words["articles"]:
        return False
    if trigger.after and scene.low(index + 1) not in trigger.after:
        return False
    if trigger.after and _opens_infinitive(reading, index + 1):
        return False
    if _is_set_phrase(reading, index) or _belongs_to_verb(reading, index):
        return False
    if not trigger.tense and scene.low(index) in reading.pack.words["carriers"]:
        before = {scene.low(n) for n in range(max(0, index - 4), index)}
        return bool(before & reading.pack.words["boarding"])
    if trigger.kind == "covers":
        return _is_of_journey(reading, index)
    if trigger.kind == "be":
        return _is_presence(reading, index)
    return True


def _is_of_journey(reading: Reading, index: int) -> bool:
    """`her tour will include Rome`: what includes a place is a journey told right before."""
    before = range(max(0, index - _JOURNEY), index)
    return any(
        one.kind == "noun" for n in before for one in triggers_at(reading, n) if not one.tense
    )


def _is_set_phrase(reading: Reading, index: int) -> bool:
    """`à partir de samedi`: a trigger's form inside a phrase that moves nobody."""
    scene = reading.scene
    for phrase in reading.pack.set_phrases.get(scene.low(index), ()):
        words, at = phrase
        if all(scene.low(index - at + n) == word for n, word in enumerate(words)):
            return True
    return False


def _opens_infinitive(reading: Reading, at: int) -> bool:
    """`continued to work`, `got to know`: behind "to" stands no place."""
    scene, words = reading.scene, reading.pack.words
    if scene.low(at) not in words["headline_to"] or at + 1 >= len(scene.tokens):
        return False
    return not (scene.tokens[at + 1].is_capitalised or scene.low(at + 1) in words["articles"])


def _belongs_to_verb(reading: Reading, index: int) -> bool:
    """`prendra part`: the verb before needs this word, which is no verb of its own."""
    low = reading.scene.low(index)
    return any(low in one.after for one in triggers_at(reading, index - 1))


def _is_presence(reading: Reading, index: int) -> bool:
    """`was in Pointe-Noire`, `est à Paris`: the place follows at once."""
    to, at = reading.pack.frames["be"].to, index + 1
    if not any(reading.scene.low(n) in to for n in range(at, index + 5)):
        return False
    while at < len(reading.scene.tokens) and at - index < 5:
        place = reading.place_at.get(at)
        if place is not None:
            return place.first == at and place.preposition in to
        leads_to_date = at + 1 in reading.dates and reading.pack.has(
            "prepositions", reading.scene.low(at)
        )
        if at not in reading.dates and not is_light(reading, at) and not leads_to_date:
            return False
        if any(one.tense and one.kind != "be" for one in triggers_at(reading, at)):
            return False  # "will be going to": another verb has the place
        at += 1
    return False


def triggers_at(reading: Reading, at: int) -> tuple[Trigger, ...]:
    return reading.pack.triggers.get(reading.scene.low(at), ())


def _choose(reading: Reading, index: int, triggers: list[Trigger]) -> Word | None:
    """One trigger of those a form may be: noun or verb by what stands before it."""
    nouns = [one for one in triggers if not one.tense]
    verbs = [one for one in triggers if one.tense]
    noun_like = nouns and (not verbs or _is_noun_here(reading, index))
    chosen = nouns if noun_like else verbs
    if not chosen:
        return None
    helped = has_be(reading, index) or _has_auxiliary(reading, index)
    best = max(
        chosen,
        key=lambda one: (
            one.reflexive,
            bool(one.after),
            one.kind in _STRONG,
            (one.tense == "participle") == helped,
        ),
    )
    passive = best.tense == "participle" and has_be(reading, index)
    if best.kind == "spend" or {"come", "spend"} <= {one.kind for one in chosen}:
        best = _pass_or_spend(reading, index, chosen)
    if best.tense == "participle" and not passive and best.kind in ("host",):
        passive = _is_reduced(reading, index)
    if best.tense == "participle" and not passive and not helped:
        best = next(
            (t for t in chosen if t.tense in ("past", "present") and t.kind == best.kind), best
        )
    if best.tense == "participle" and best.kind == "presence" and not helped:
        return None  # "les chefs d'État annoncés pour le sommet"
    if best.kind == "takes" and not passive and _is_sending(reading, index):
        return None  # "sent a note to Rome"; who "was sent to Rome" went
    if best.tense == "infinitive" and _is_behind_subject(reading, index):
        best = replace(best, tense="present")
    return Word(index, best, passive)


def _is_sending(reading: Reading, index: int) -> bool:
    return reading.pack.has("sending_cues", reading.scene.low(index))


def _is_behind_subject(reading: Reading, index: int) -> bool:
    """`Two delegations today begin visits`: a base form that is no infinitive."""
    at = index - 1
    while at in reading.dates:
        at -= 1
    actor = reading.actor_at.get(at)
    return actor is not None and actor.kind in ("group", "pronoun") and not actor.preposition


def _pass_or_spend(reading: Reading, index: int, chosen: list[Trigger]) -> Trigger:
    """`passer deux jours à` stays; `passer par` moves."""
    spend = next((one for one in chosen if one.kind == "spend"), chosen[0])
    come = next((one for one in chosen if one.kind == "come"), spend)
    behind = range(index + 1, min(index + 4, len(reading.scene.tokens)))
    return spend if any(n in reading.dates for n in behind) else come


def _is_noun_here(reading: Reading, index: int) -> bool:
    scene, at = reading.scene, index - 1
    pack = reading.pack
    if _opens_line(reading, index):
        return index + 1 not in scene.places
    if _is_behind_modal(reading, index):
        return False
    while at >= 0 and (is_adjective(reading, at) or scene.low(at) in QUOTES):
        at -= 1
    low = scene.low(at)
    if low in pack.any_word("articles", "possessives") or low == "'s":
        return True
    if index + 1 in scene.places and pack.modifiers_first:
        return False  # "and also visit Beijing"
    passed = range(at + 1, index)
    if passed and scene.low(passed[0]) in pack.words["light_verbs"]:
        return True
    # "will also visit" is a verb, "plans state visits" is not.
    verbal = low in pack.words["auxiliaries"] and all(is_light(reading, n) for n in passed)
    if passed and at not in reading.actor_at and not verbal:
        return True
    if not passed and any(one.kind == "begin" for one in triggers_at(reading, at)):
        return True  # "began visits to"
    if low == "to" or at in reading.actor_at or low in pack.words["auxiliaries"]:
        return False
    return low in pack.words["prepositions"] or low in (
        "en",
        "on",
        "l'",
        "d'",
        "cette",
        "pay",
        "paid",
    )


def _is_behind_modal(reading: Reading, index: int) -> bool:
    """`will on Monday visit`, `will at last visit`: nothing but when stands between."""
    scene, words, at = reading.scene, reading.pack.words, index - 1
    while at >= 0 and (at in reading.dates or scene.low(at) in words["time_words"]):
        at -= 1
    return at < index - 1 and scene.low(at) in words["will"]


def _opens_line(reading: Reading, index: int) -> bool:
    """`Voyage officiel en France`, `12 mars : visite à`: nobody stands before the word.

    `Arrivée à Alger, elle …` opens with a participle.
    """
    if any(one.tense == "participle" for one in triggers_at(reading, index)):
        return False
    at = index - 1
    while at >= 0 and (at in reading.dates or not reading.scene.low(at).isalnum()):
        at -= 1
    return at < 0


def is_adjective(reading: Reading, at: int) -> bool:
    """A word between determiner and noun: nothing that begins or ends a phrase."""
    scene, pack = reading.scene, reading.pack
    token = scene.tokens[at]
    if at in reading.actor_at or not (token.text[0].isalnum() or token.low == "-"):
        return False
    if scene.low(at - 1) in pack.any_word("articles", "possessives") and _describes(reading, at):
        return True  # "a scheduled visit"
    if token.low in pack.words["auxiliaries"] or token.low in pack.words["prepositions"]:
        return False
    if any(one.kind == "begin" for one in triggers_at(reading, at)):
        return False
    if token.low in pack.reflexives or token.low in ("'s", "y", "n'", "ne", "not"):
        return False
    return token.low not in pack.any_word("articles", "possessives", "conjunctions")


def _describes(reading: Reading, at: int) -> bool:
    """Whether a word behind an article may be a participle that describes a noun."""
    low, words = reading.scene.low(at), reading.pack.words
    return low in words["auxiliaries"] and low.endswith(tuple(words["describing"]) or ("\0",))


def has_be(reading: Reading, index: int) -> bool:
    at = index - 1
    while at >= 0 and index - at < 5:
        low = reading.scene.low(at)
        if low in reading.pack.words["be_forms"]:
            return True
        if at not in reading.dates and not is_light(reading, at):
            return False
        at -= 1
    return False


def _has_auxiliary(reading: Reading, index: int) -> bool:
    low = [reading.scene.low(n) for n in range(max(0, index - 3), index)]
    return any(one in reading.pack.words["auxiliaries"] for one in low)


def _is_reduced(reading: Reading, index: int) -> bool:
    """`reçu par`, `received by`: a participle without its auxiliary."""
    behind = {reading.scene.low(n) for n in range(index + 1, index + 6)}
    before = reading.scene.low(index - 1)
    place = reading.place_at.get(index + 1)
    if index == 0 and place is not None and place.preposition:
        return True
    return bool(behind & reading.pack.words["by"]) and before in (",", "", "and", "et")


def is_light(reading: Reading, at: int) -> bool:
    """Auxiliaries, adverbs and pronouns that stand inside a group of verbs."""
    return reading.pack.is_light(reading.scene.tokens[at].low)
