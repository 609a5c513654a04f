"""The words that tell of a visit, and their arguments within the sentence.

For each such word: who travels (`subject`), where to, where from. What is found is a `Proposal`;
dates, status and the people behind the phrases come later.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from visitmap.extract.pack import Pack, Trigger
from visitmap.extract.people import Actor, Scene, find_actors
from visitmap.extract.toponyms import PlaceArgument, before_name, find_places
from visitmap.model import Span, Toponym

_REACH = 32
# Words of the longest picture's text that is looked at.
_CAPTION = 40
_STRONG = {"go", "come", "reach", "leave", "take_off", "visit", "back", "stay", "spend", "host"}
# A name that we do not know is a place only with these.
_WITH_UNKNOWN = {
    "go",
    "visit",
    "come",
    "reach",
    "noun",
    "host",
    "presence",
    "stay",
    "take_off",
    "leave",
}
_WITH_SITES = {"presence", "host", "noun"}
_LINKS = frozenset({"de", "du", "d'", "of", "des", "l'"})
_LEFT_OK = {
    "visit",
    "presence",
    "event",
    "stay",
    "be",
    "spend",
    "noun",
    "go",
    "come",
    "host",
    "takes",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A trigger at its place in the sentence."""

    index: int
    trigger: Trigger
    passive: bool = False

    @property
    def kind(self) -> str:
        """The kind of its frame."""
        return self.trigger.kind


@dataclass
class Proposal:
    """A visit as one word of one sentence tells it, in phrases."""

    word: Word
    actors: tuple[Actor, ...] = ()
    destinations: list[PlaceArgument] = field(default_factory=list)
    origin: PlaceArgument | None = None
    hosts: tuple[Actor, ...] = ()
    possessive: str = ""
    there: str = ""
    shared: bool = False
    right: int = 0
    left: int = 0
    is_partner: bool = False


@dataclass
class Reading:
    """A sentence with everything found in it.

    People and places are looked for when first asked after: most sentences tell of no visit. Those
    that end before the offset `body` are a dateline's and none of the sentence's.
    """

    scene: Scene
    dates: dict[int, int]
    body: int = 0
    words: list[Word] = field(default_factory=list)
    subjects: dict[int, tuple[Actor, ...]] = field(default_factory=dict)
    possessives: dict[int, str] = field(default_factory=dict)

    @cached_property
    def actors(self) -> list[Actor]:
        """The phrases for people, in order."""
        tokens = self.scene.tokens
        return [one for one in find_actors(self.scene) if tokens[one.last - 1].end > self.body]

    @cached_property
    def actor_at(self) -> dict[int, Actor]:
        """The phrases for people by token."""
        return {n: a for a in self.actors for n in range(a.first, a.last)}

    @cached_property
    def lows(self) -> frozenset[str]:
        """The words it has, in lower case."""
        return frozenset([token.low for token in self.scene.tokens])

    @cached_property
    def phrases(self) -> list[tuple[tuple[int, str, str], int]]:
        """Of every known name: what stands before it (see `before_name`), and where it ends."""
        scene, pack = self.scene, self.pack
        return [(before_name(scene, first, pack), last) for first, last in scene.places.items()]

    @cached_property
    def places(self) -> list[PlaceArgument]:
        """The places, in order."""
        tokens = self.scene.tokens
        found = find_places(self.scene, self.actors, self.scene.pack)
        return [one for one in found if tokens[one.last - 1].end > self.body]

    @cached_property
    def place_at(self) -> dict[int, PlaceArgument]:
        """The places by token."""
        return {n: p for p in self.places for n in range(p.first, p.last)}

    @cached_property
    def proposals(self) -> list[Proposal]:
        """The visits that its words propose, in order."""
        return proposals(self)

    @property
    def pack(self) -> Pack:
        """The language's words."""
        return self.scene.pack


def proposals(reading: Reading) -> list[Proposal]:
    """All that the sentence's words propose, in order."""
    reading.words = _words(reading)
    found = []
    for number, word in enumerate(reading.words):
        proposal = _proposal(reading, number, word)
        if proposal is not None:
            callers = _callers(reading, proposal)
            found += callers or [proposal, *_partners(reading, proposal)]
    return found


def _callers(reading: Reading, proposal: Proposal) -> list[Proposal]:
    """`entretien du président à l'Élysée avec X`: at a residence it is the other one who calls."""
    word, scene = proposal.word, reading.scene
    names = {place.toponym.name.lower() for place in proposal.destinations}
    if word.kind != "event" or word.trigger.tense or not names & reading.pack.places["residences"]:
        return []
    for actor in reading.actors:
        with_ = actor.preposition in reading.pack.words["with"] and actor.kind in ("person", "role")
        if (
            actor.first > word.index
            and with_
            and scene.low(word.index).startswith(tuple(reading.pack.words["meeting_forms"]))
        ):
            return [replace(proposal, actors=following(reading, actor), hosts=proposal.actors)]
    return []


def _partners(reading: Reading, proposal: Proposal) -> list[Proposal]:
    """`met X in Vienna`: X came there as well, unless it is X's own country."""
    word, scene = proposal.word, reading.scene
    forms = tuple(reading.pack.words["meeting_forms"])
    if word.kind != "event" or not scene.low(word.index).startswith(forms):
        return []
    allowed = reading.pack.words["with"] | {""}
    for actor in reading.actors:
        if actor.first <= word.index or actor.first >= proposal.right or actor in proposal.actors:
            continue
        if actor.kind in ("person", "role") and actor.preposition in allowed and actor.country:
            return [replace(proposal, actors=following(reading, actor), hosts=(), is_partner=True)]
        return []
    return []


def _words(reading: Reading) -> list[Word]:
    scene, found = reading.scene, []
    for index, token in enumerate(scene.tokens):
        triggers = scene.pack.triggers.get(token.low)
        if not triggers or index in reading.dates or scene.pack.has("nobody_verbs", token.low):
            continue
        actor = reading.actor_at.get(index)
        if actor is not None and actor.kind != "bare" and not _is_verb_after_all(reading, index):
            continue
        fitting = [one for one in triggers if _fits(reading, index, one)]
        word = _choose(reading, index, fitting)
        if word is not None:
            found.append(word)
    return found


def _is_verb_after_all(reading: Reading, index: int) -> bool:
    return False


def _fits(reading: Reading, index: int, trigger: Trigger) -> bool:
    scene = reading.scene
    if trigger.reflexive:
        before = {scene.low(n) for n in range(max(0, index - 6), index)}
        if not before & reading.pack.reflexives:
            return False
    if trigger.tense == "infinitive" and scene.low(index - 1) in reading.pack.words["articles"]:
        return False
    if trigger.after and scene.low(index + 1) not in trigger.after:
        return False
    if _is_set_phrase(reading, index):
        return False
    if trigger.kind == "be":
        return _is_presence(reading, index)
    return True


def _is_set_phrase(reading: Reading, index: int) -> bool:
    """`à partir de samedi`: a trigger's form inside a phrase that moves nobody."""
    scene = reading.scene
    for phrase in reading.pack.set_phrases.get(scene.low(index), ()):
        words, at = phrase
        if all(scene.low(index - at + n) == word for n, word in enumerate(words)):
            return True
    return False


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
        if at not in reading.dates and not _is_light(reading, at) and not leads_to_date:
            return False
        if any(one.tense and one.kind != "be" for one in _triggers(reading, at)):
            return False  # "will be going to": another verb has the place
        at += 1
    return False


def _triggers(reading: Reading, at: int) -> tuple[Trigger, ...]:
    return reading.pack.triggers.get(reading.scene.low(at), ())


def _choose(reading: Reading, index: int, triggers: list[Trigger]) -> Word | None:
    """One trigger of those a form may be: noun or verb by what stands before it."""
    nouns = [one for one in triggers if not one.tense]
    verbs = [one for one in triggers if one.tense]
    noun_like = nouns and (not verbs or _is_noun_here(reading, index))
    chosen = nouns if noun_like else verbs
    if not chosen:
        return None
    helped = _has_be(reading, index) or _has_auxiliary(reading, index)
    best = max(
        chosen,
        key=lambda one: (
            one.reflexive,
            bool(one.after),
            one.kind in _STRONG,
            (one.tense == "participle") == helped,
        ),
    )
    passive = best.tense == "participle" and _has_be(reading, index)
    if best.kind == "spend" or {"come", "spend"} <= {one.kind for one in chosen}:
        best = _pass_or_spend(reading, index, chosen)
    if best.tense == "participle" and not passive and best.kind in ("host",):
        passive = _is_reduced(reading, index)
    if best.tense == "participle" and not passive and not helped:
        best = next(
            (t for t in chosen if t.tense in ("past", "present") and t.kind == best.kind), best
        )
    return Word(index, best, passive)


def _pass_or_spend(reading: Reading, index: int, chosen: list[Trigger]) -> Trigger:
    """`passer deux jours à` stays; `passer par` moves."""
    spend = next((one for one in chosen if one.kind == "spend"), chosen[0])
    come = next((one for one in chosen if one.kind == "come"), spend)
    behind = range(index + 1, min(index + 4, len(reading.scene.tokens)))
    return spend if any(n in reading.dates for n in behind) else come


def _is_noun_here(reading: Reading, index: int) -> bool:
    scene, at = reading.scene, index - 1
    pack = reading.pack
    while at >= 0 and _is_adjective(reading, at):
        at -= 1
    low = scene.low(at)
    if low in pack.words["articles"] | pack.words["possessives"] or low == "'s":
        return True
    passed = range(at + 1, index)
    if passed and scene.low(passed[0]) in pack.words["light_verbs"]:
        return True
    # "will also visit" is a verb, "plans state visits" is not.
    verbal = low in pack.words["auxiliaries"] and all(_is_light(reading, n) for n in passed)
    if passed and at not in reading.actor_at and not verbal:
        return True
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


def _is_adjective(reading: Reading, at: int) -> bool:
    """A word between determiner and noun: nothing that begins or ends a phrase."""
    scene, pack = reading.scene, reading.pack
    token = scene.tokens[at]
    if at in reading.actor_at or not (token.text[0].isalnum() or token.low == "-"):
        return False
    if token.low in pack.words["auxiliaries"] or token.low in pack.words["prepositions"]:
        return False
    if token.low in pack.reflexives or token.low in ("'s", "y", "n'", "ne", "not"):
        return False
    return token.low not in pack.any_word("articles", "possessives", "conjunctions")


def _has_be(reading: Reading, index: int) -> bool:
    at = index - 1
    while at >= 0 and index - at < 5:
        low = reading.scene.low(at)
        if low in reading.pack.words["be_forms"]:
            return True
        if at not in reading.dates and not _is_light(reading, at):
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


def _is_light(reading: Reading, at: int) -> bool:
    """Auxiliaries, adverbs and pronouns that stand inside a group of verbs."""
    token, words = reading.scene.tokens[at], reading.pack.words
    if token.low in words["auxiliaries"] or token.low in words["adverbs"]:
        return True
    if token.low in words["negation"] or token.low in words["modal_cues"]:
        return True
    if token.low in words["deny_cues"] or token.low in words["cancel_cues"]:
        return True
    return len(token.low) > 4 and token.low.endswith(tuple(words["adverb_endings"]))


def _proposal(reading: Reading, number: int, word: Word) -> Proposal | None:
    proposal = Proposal(
        word, left=_left_bound(reading, number), right=_right_bound(reading, number)
    )
    if word.kind == "noun" or (word.kind in ("take_off", "event") and not word.trigger.tense):
        _noun(reading, proposal)
    elif word.kind in ("host", "takes", "accompany"):
        _hosting(reading, proposal)
    elif word.kind in ("go", "back", "come") and _moves_somebody(reading, word):
        if word.kind == "come":
            return None  # "stopped her in": held up, no visit
        proposal.possessive = reading.scene.low(word.index + 1)
    else:
        inverted = _inverted(reading, word)
        proposal.actors, proposal.shared = inverted or subject(reading, word.index)
        if _behind_relative(reading, word.index):
            proposal.left = max(proposal.left, _main_clause(reading, word.index))
    if word.kind == "begin":
        _begun(reading, proposal)
    if proposal.actors:
        reading.subjects[word.index] = proposal.actors
        _companions(reading, proposal)
    _places(reading, proposal)
    if word.kind in ("presence", "be") and not proposal.destinations and not proposal.there:
        return None
    return proposal


def _inverted(reading: Reading, word: Word) -> tuple[tuple[Actor, ...], bool] | None:
    """`« … », a déclaré à Rome le ministre`: the subject stands behind a verb of saying."""
    scene, words = reading.scene, reading.pack.words
    if word.kind != "presence" or scene.low(word.index) not in words["reporting"]:
        return None
    at = word.index + 1
    while at < len(scene.tokens):
        actor, place = reading.actor_at.get(at), reading.place_at.get(at)
        if actor is not None:
            free = not actor.preposition and actor.kind in ("person", "role", "group")
            return (following(reading, actor), False) if free else None
        if place is not None:
            at = max(place.last, at + 1)
        elif (
            _is_of_date(reading, at) or scene.low(at) in words["articles"] or _is_light(reading, at)
        ):
            at += 1
        else:
            return None
    return None


def _companions(reading: Reading, proposal: Proposal) -> None:
    """`arrived in Rome with his foreign minister`: they travel together."""
    word = proposal.word
    if word.kind not in ("go", "come", "visit", "reach", "leave", "take_off"):
        return
    behind = (a for a in reading.actors if word.index < a.first < proposal.right)
    for actor in behind:
        weak = actor.weak and not actor.name
        together_ = actor.preposition in reading.pack.words["with"] and actor.possessive
        if together_ and not weak and actor.kind in ("person", "role"):
            proposal.actors += (actor,)


def caption(reading: Reading) -> Proposal | None:
    """A picture's words have no verb: `Anna Holm and Ivo Tadić in Geneva, March 2017`."""
    scene, words, to = reading.scene, reading.pack.words, reading.pack.frames["be"].to
    if not reading.dates or len(scene.tokens) > _CAPTION or not _has_preposition(reading, to):
        return None
    who = [a for a in reading.actors if not a.preposition and a.kind == "person"]
    if not who or who[0].first > 1:
        return None
    places = [p for p in reading.places if p.preposition in to and not p.inside]
    if not places:
        return None
    other = 0
    for at in range(len(scene.tokens)):
        known = at in reading.actor_at or at in reading.place_at or at in reading.dates
        low = scene.low(at)
        plain = not low.isalnum() or low in words["prepositions"] | words["articles"]
        other += not (known or plain or low in words["conjunctions"])
    if other > 2 or places[0].first < who[0].last:
        return None
    word = Word(places[0].first, Trigger("agenda", "present"))
    return Proposal(word, following(reading, who[0]), places[:1], right=len(scene.tokens))


def fronted(reading: Reading) -> list[Proposal]:
    """`At Rangoon he waved`, `A Cherbourg, l'amiral a vu`: a place, then who does something there.

    Whether the person travels at all must be told elsewhere in the document.
    """
    found = []
    locative = _stay(reading) | reading.pack.words["seen_from"]
    if reading.lows & reading.pack.words["nobody_verbs"]:
        return []  # "born in 1943 in X, she": where somebody is from
    for place in reading.places:
        before = reading.scene.low(place.first - 1)
        opens = (
            place.first == 0
            or before in (";", ":", ",", "—", "–")
            or place.first - 1 in reading.dates
        )
        if place.preposition not in locative or place.inside or not opens:
            continue
        actor = _behind_place(reading, place)
        if actor is None or actor.preposition or actor.kind in _NO_SUBJECT:
            continue
        ahead = any(
            reading.scene.low(n) in reading.pack.words["will"]
            for n in range(actor.last, actor.last + 3)
        )
        word = Word(place.name_first, Trigger("seen", "future" if ahead else "past"))
        found.append(Proposal(word, following(reading, actor), [place], right=actor.last + 12))
    return found


def _behind_place(reading: Reading, place: PlaceArgument) -> Actor | None:
    """Who follows a place at once, or behind what stands beside its name between commas."""
    scene, at = reading.scene, place.last
    at += scene.low(at) == ","
    actor = reading.actor_at.get(at)
    if actor is None:
        at = next((n + 1 for n in range(at, at + _BESIDE) if scene.low(n) == ","), -1)
        actor = reading.actor_at.get(at)
    return actor if actor is not None and actor.first == at else None


# Words of the longest phrase beside a place's name.
_BESIDE = 8
_NO_SUBJECT = ("bare", "relative", "group")


def _has_preposition(reading: Reading, prepositions: Set[str]) -> bool:
    """Whether one of these may stand before a place; asked before the people."""
    named = any(preposition in prepositions for (_, preposition, _), _ in reading.phrases)
    return named or not reading.pack.capitals_and_soil.isdisjoint(reading.lows)


def agenda(reading: Reading) -> Proposal | None:
    """A line of an agenda has no verb: `Feb 17: the interior minister in Hyderabad`."""
    scene = reading.scene
    colon = next((n for n in range(min(12, len(scene.tokens))) if scene.low(n) == ":"), -1)
    if colon < 1 or 0 not in reading.dates:
        return None
    who = [a for a in reading.actors if a.first > colon and not a.preposition and a.kind != "bare"]
    to = reading.pack.frames["be"].to
    places = [p for p in reading.places if p.preposition in to and not p.inside]
    if not who or not places or places[0].first < who[0].last:
        return None
    word = Word(places[0].first, Trigger("agenda", "present"))
    return Proposal(word, following(reading, who[0]), places[:1], right=len(scene.tokens))


def _right_bound(reading: Reading, number: int) -> int:
    """Arguments end before the next verb that tells of a visit, or a new clause."""
    word = reading.words[number]
    end = min(len(reading.scene.tokens), word.index + _REACH)
    for other in reading.words[number + 1 :]:
        if other.trigger.tense and other.kind != "be":
            end = min(end, _clause_start(reading, other.index, word.index))
            break
    behind = range(word.index + 1, end)
    return next((at for at in behind if _ends_arguments(reading, word, at)), end)


def _ends_arguments(reading: Reading, word: Word, at: int) -> bool:
    """Whether a clause of its own, or another visit, begins at a token behind a word."""
    low = reading.scene.low(at)
    if low in ("»", "”") and _opens_quote(reading, word.index, at):
        return False
    if low == ";" and at + 1 in reading.scene.places:
        return False  # "Salisbury, March 11; Nairobi, March 12"
    stops = reading.pack.words["relatives"] | _CLAUSE_MARKS
    if not word.trigger.tense:
        stops -= {"que", "qu'", "that"}
    if low in stops or _opens_other_clause(reading, at) or _is_other_visit(reading, word, at):
        return True
    if _is_next_subject(reading, word.index, at) or _opens_gerund(reading, at):
        return True
    return bool(word.trigger.tense) and at > word.index + 1 and _is_finite(reading, at)


_CLAUSE_MARKS = frozenset({";", ":", "»", "”", "after", "après", "mais", "but", "tandis", "while"})


def _opens_other_clause(reading: Reading, at: int) -> bool:
    """`since he was forced to`, `lorsque le président`: a clause with a subject of its own."""
    follows = reading.actor_at.get(at + 1)
    opens = reading.scene.low(at) in reading.pack.words["clause_openers"]
    return opens and follows is not None and follows.first == at + 1 and follows.kind != "bare"


def _is_other_visit(reading: Reading, word: Word, at: int) -> bool:
    """`talks in Rome, on the eve of a visit by X to Oslo`: what follows is the other visit's."""
    if word.kind not in ("event", "presence", "be"):
        return False
    other = next((one for one in reading.words if one.index == at), None)
    if other is None:
        return False
    said = word.kind == "presence" and other.kind == "event" and not other.trigger.tense
    return other.kind == "noun" or (said and _is_talk(reading, word.index))


def _is_talk(reading: Reading, index: int) -> bool:
    """`discussed the leaders' meeting in`: what is talked about may be elsewhere."""
    forms = tuple(reading.pack.words["talk_forms"])
    return bool(forms) and reading.scene.low(index).startswith(forms)


def _is_finite(reading: Reading, at: int) -> bool:
    """`which X will visit have been sent to`: another verb's group begins."""
    free = at not in reading.dates and at not in reading.place_at and at not in reading.actor_at
    return free and reading.scene.low(at) in reading.pack.words["finite"]


def _opens_gerund(reading: Reading, at: int) -> bool:
    """`…, postponing visits to`: a clause of its own, even where its verb tells of no visit."""
    words, low = reading.pack.words, reading.scene.low(at)
    if not words["gerund_endings"] or reading.scene.low(at - 1) != ",":
        return False
    gerund = low.endswith(tuple(words["gerund_endings"])) and len(low) > 4
    return gerund and low not in words["gerund_exceptions"] and at not in reading.place_at


def _is_next_subject(reading: Reading, index: int, at: int) -> bool:
    """`…, il`, or the main clause's subject behind an opening or a relative clause."""
    actor, scene = reading.actor_at.get(at), reading.scene
    if actor is None or actor.first != at or scene.low(at - 1) != ",":
        return False
    if actor.kind == "pronoun":
        return True
    opening = index < 3 or any(
        scene.low(n) in reading.pack.words["relatives"] for n in range(max(0, index - 4), index)
    )
    return opening and actor.kind == "person"


def _opens_quote(reading: Reading, index: int, at: int) -> bool:
    """The name of a ship or a paper in quotation marks ends no clause."""
    return any(reading.scene.low(n) in ("«", "“") for n in range(index + 1, at))


def _clause_start(reading: Reading, index: int, floor: int) -> int:
    """The mark or conjunction before a verb's own clause."""
    words = reading.pack.words
    if reading.scene.low(index - 1) in words["purpose"]:
        return index - 1
    for at in range(index - 1, floor, -1):
        low = reading.scene.low(at)
        if low in words["clause_openers"] and reading.scene.low(at - 1) in words["auxiliaries"]:
            continue  # "doit ensuite se rendre", "will then fly": within the verb's own group
        if low in (",", ";") or low in words["conjunctions"] or low in words["clause_openers"]:
            return at
    return index


def _left_bound(reading: Reading, number: int) -> int:
    word = reading.words[number]
    start = 0
    for other in reading.words[:number]:
        if other.trigger.tense:
            cut = _clause_start(reading, word.index, other.index)
            if cut == word.index:
                # Nothing stands between: "began a visit" is one clause, "said he would fly" two.
                cut = start if not word.trigger.tense else other.index + 1
            start = max(start, cut)
    stops = reading.pack.words["relatives"] | {";", ":"}
    for at in range(word.index - 1, start, -1):
        if reading.scene.low(at) in stops:
            return at
    return start


def subject(reading: Reading, index: int) -> tuple[tuple[Actor, ...], bool]:
    """Who does what the verb at `index` says, and whether that was shared with another verb.

    Walks left over the group of verbs, prepositional phrases, dates and asides. Another subject
    (`des convois`, a place standing for its government) stops the walk: nobody.
    """
    actors, shared = _subject(reading, index)
    if actors and _is_predicate(reading, actors[-1]):
        return _subject(reading, actors[-1].first - 1)[0], True
    return actors, shared


def _subject(reading: Reading, index: int) -> tuple[tuple[Actor, ...], bool]:
    governing = _governing_verb(reading, index)
    if governing is not None:
        return reading.subjects.get(governing, ()), True
    if _is_french_gerund(reading, index):
        return _main_subject(reading, index), True
    at: int | None = index - 1
    comma = False
    outside = _behind_relative(reading, index)
    if outside:
        return outside, False
    while at is not None and at >= 0:
        actor, low = reading.actor_at.get(at), reading.scene.low(at)
        if actor is not None and _is_subject(actor):
            relative = actor.kind == "relative"
            return (_antecedent if relative else together)(reading, actor), False
        if actor is not None and _is_told_to(reading, index, actor):
            return together(reading, actor), True
        if actor is None and _opens_clause(reading, at):
            return _shared(reading, index, at), True
        if _is_plan_of(reading, index, at):
            return reading.subjects[at], True
        comma = comma or low == ","
        at = _before(reading, at, comma)
    return ((), False) if at is None else (_forward(reading, index), False)


def _behind_relative(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`X, who became king before Y was born, arrived`: behind the clause's comma X goes on."""
    at = index - 1
    while at > 0 and (_is_light(reading, at) or at in reading.dates):
        at -= 1
    if reading.scene.low(at) != ",":
        return ()
    for opener in range(at - 1, max(0, at - _ASIDE), -1):
        low, words = reading.scene.low(opener), reading.pack.words
        escorted = low in words["with"] and reading.scene.low(opener + 1) in words["escorted_by"]
        relative = low in words["relatives"] and low not in words["including"]
        if not relative and not escorted:
            continue
        found = _antecedent(reading, Actor(opener, opener + 1, "relative"))
        if found and reading.scene.low(opener - 1) == "," and not found[-1].preposition:
            return found
    return ()


def _main_clause(reading: Reading, index: int) -> int:
    """Where a verb's clause goes on behind a relative one: right after the comma."""
    return max((n for n in range(index) if reading.scene.low(n) == ","), default=-1) + 1


# Words of the longest relative clause that is stepped over.
_ASIDE = 30
_MARKS = frozenset(',)(»«—–-"“”[]')


def _governing_verb(reading: Reading, index: int) -> int | None:
    """The verb before a gerund behind a comma (`…, visiting Baku`), whose subject it shares."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "gerund" or reading.scene.low(index - 1) != ",":
        return None
    earlier = [one.index for one in reading.words if one.index < index and one.trigger.tense]
    return earlier[-1] if earlier else None


def _is_plan_of(reading: Reading, index: int, at: int) -> bool:
    """`unveiled plans to visit`: the earlier verb's subject is who will go."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "infinitive" or not reading.subjects.get(at):
        return False
    cues = reading.pack.words["future_cues"]
    return any(reading.scene.low(n) in cues for n in range(at + 1, index - 1))


def _is_told_to(reading: Reading, index: int, actor: Actor) -> bool:
    """`au tour de X de se rendre`, `for X to visit`: the infinitive's own subject."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "infinitive" or index - actor.last > 2:
        return False
    return actor.preposition in ("de", "d'", "du", "à", "au", "for")


def _is_french_gerund(reading: Reading, index: int) -> bool:
    """`en se rendant à`, `en visitant`: done by the subject of the whole sentence."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "gerund":
        return False
    at = index - 1 - (reading.scene.low(index - 1) in reading.pack.reflexives)
    return reading.scene.low(at) in reading.pack.words["gerund_openers"]


def _main_subject(reading: Reading, index: int) -> tuple[Actor, ...]:
    """The last phrase before a verb that stands where subjects stand."""
    for actor in reversed(reading.actors):
        free = not actor.preposition and actor.kind not in ("relative", "bare")
        if actor.last <= index and free and _begins_clause(reading, actor):
            return together(reading, actor)
    return ()


def _is_predicate(reading: Reading, actor: Actor) -> bool:
    """`X est le premier dirigeant à venir`: the office says what X is."""
    is_office = actor.kind == "role" and not actor.name
    return is_office and reading.scene.low(actor.first - 1) in reading.pack.words["be_forms"]


def _is_subject(actor: Actor) -> bool:
    if actor.kind == "relative" or not actor.preposition:
        return True
    return actor.preposition in ("que", "comme", "as", "since")


def _is_of_clause(reading: Reading, actor: Actor) -> bool:
    """`after Premier X concluded a visit`: what looks like a preposition opens a clause."""
    words, behind = reading.pack.words, reading.scene.low(actor.last)
    verb = behind in words["auxiliaries"] or any(
        one.tense for one in _triggers(reading, actor.last)
    )
    return actor.preposition in words["clause_openers"] and (verb or behind in words["light_verbs"])


def _opens_clause(reading: Reading, at: int) -> bool:
    """Whether the word links to an earlier verb: `et`, `que`, `before`; not in a place or date."""
    low, words = reading.scene.low(at), reading.pack.words
    if at in reading.place_at or at in reading.dates:
        return False
    if low in ("avant", "après", "before", "after"):
        return True
    if _is_light(reading, at) or low in _MARKS:
        return False
    return low in words["conjunctions"] | words["clause_openers"] | words["prepositions"]


def _before(reading: Reading, at: int, comma: bool) -> int | None:
    """One step to the left over an actor, place, date, mark or phrase; None at another subject."""
    actor, place = reading.actor_at.get(at), reading.place_at.get(at)
    if actor is not None:
        led = reading.scene.low(actor.first - 2) in reading.pack.words["with"]
        return actor.first - 2 - led  # "a delegation led by X"
    if place is None and _is_vehicle_of(reading, at):
        return at - 2
    if place is not None:
        if not place.preposition and not comma and not place.head:
            return None
        return min(place.first, place.name_first) - 1
    if at in reading.dates:
        return reading.dates[at] - 1
    if _is_light(reading, at) or reading.scene.low(at) in _MARKS:
        return at - 1
    return _skip_phrase(reading, at, comma)


def _is_vehicle_of(reading: Reading, at: int) -> bool:
    """`Nehru's plane touched down`: the owner arrives with what carries him."""
    owner = reading.actor_at.get(at - 2)
    carried = reading.scene.low(at) in reading.pack.words["vehicles"]
    return carried and reading.scene.low(at - 1) == "'s" and owner is not None


def _skip_phrase(reading: Reading, at: int, comma: bool) -> int | None:
    """Over a noun phrase to before its preposition; None when it is a subject of its own."""
    scene, words = reading.scene, reading.pack.words
    for step in range(at, max(-1, at - 8), -1):
        low = scene.low(step)
        if step in reading.actor_at:
            return step if comma else None
        if low in ("du", "des", "au", "aux") or low in words["prepositions"]:
            return step - 1
        if low in words["articles"] | words["possessives"]:
            before = scene.low(step - 1)
            if before in words["prepositions"]:
                return step - 2
            return step - 1 if comma else None
        if low == ",":
            return step if comma else None
    return None


def _antecedent(reading: Reading, relative: Actor) -> tuple[Actor, ...]:
    before = [
        actor
        for actor in reading.actors
        if actor.last <= relative.first and actor.kind not in ("relative", "pronoun")
    ]
    if not before or relative.first - before[-1].last > 4:
        return ()
    if any(
        n not in reading.place_at and reading.scene.low(n) not in (",", "(", ")", "-")
        for n in range(before[-1].last, relative.first)
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
        if all(_is_light(reading, n) or n in reading.dates for n in range(at + 1, index)):
            return reading.subjects[last]
        if not any(actor.first > last and _begins_clause(reading, actor) for actor in candidates):
            return reading.subjects[last]
    for actor in reversed(candidates):
        if _begins_clause(reading, actor):
            return together(reading, actor)
    if candidates:
        return together(reading, candidates[0])
    # "permet au ministre X de se rendre à": whoever is told right before the infinitive.
    told = [a for a in reading.actors if a.last == at and a.kind in ("person", "role", "group")]
    return together(reading, told[0]) if told else _forward(reading, index)


def _begins_clause(reading: Reading, actor: Actor) -> bool:
    """Stands where a subject stands: at the start or behind a mark or a conjunction."""
    before = reading.scene.low(actor.first - 1)
    words = reading.pack.words
    if actor.first == 0 or before in (",", ";", ":", "«", "“", '"', "—", "-", "–", ")"):
        return True
    if actor.first - 1 in reading.dates:
        return True
    openers = words["conjunctions"] | words["clause_openers"] | words["relatives"]
    return before in openers | words["reporting"] or before in ("que", "qu'", "that")


def _forward(reading: Reading, index: int) -> tuple[Actor, ...]:
    """`Arrivée à Amman, Claire Desmarais …`: the subject comes after the opening phrase."""
    scene = reading.scene
    if not _opens_sentence(reading, index):
        return ()
    for actor in reading.actors:
        if actor.first <= index or actor.preposition or actor.kind == "relative":
            continue
        between = [scene.low(n) for n in range(index, actor.first)]
        if scene.low(actor.first - 1) == "," and ";" not in between and "." not in between:
            return together(reading, actor)
    return ()


def _opens_sentence(reading: Reading, index: int) -> bool:
    """Whether a word belongs to an opening phrase: no finite verb has come before it."""
    word = next((one for one in reading.words if one.index == index), None)
    passive = word is not None and word.passive and _has_be(reading, index)
    if word is not None and (passive or word.trigger.tense in ("past", "present", "future")):
        return False
    finite = reading.pack.words["finite"]
    return not any(reading.scene.low(n) in finite for n in range(index))


def together(reading: Reading, actor: Actor) -> tuple[Actor, ...]:
    """A phrase with those coordinated before it: `le prince X et la princesse Y`."""
    found, scene = [actor], reading.scene
    for other in reversed([one for one in reading.actors if one.last <= actor.first]):
        gap = [scene.low(n) for n in range(other.last, found[0].first)]
        plain = [low for low in gap if low != ","]
        joined = len(plain) == 1 and plain[0] in reading.pack.words["conjunctions"] - {"ou", "or"}
        joined = joined or " ".join(plain) in reading.pack.words["along_with"]
        listed = not plain and gap == [","] and len(found) > 1
        if not (joined or listed) or {other.kind, actor.kind} & {"pronoun", "relative", "first"}:
            break
        found.insert(0, other)
    leader = _leader(reading, actor)
    return leader if leader and not actor.country else leader + tuple(found)


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
        first = _after_brackets(reading, found[-1].last)
        gap = [reading.scene.low(n) for n in range(first, other.first)]
        plain = [low for low in gap if low not in (",", "'s")]
        if len(plain) > 1 or (not plain and gap != [","]):
            break
        if plain and plain[0] not in reading.pack.words["conjunctions"]:
            break
        found.append(other)
    return tuple(found)


def _after_brackets(reading: Reading, at: int) -> int:
    """`Orsi (Uruguay), Petro (Colombia)`: the index behind a short bracket."""
    if reading.scene.low(at) != "(":
        return at
    return next((n + 1 for n in range(at + 1, at + 5) if reading.scene.low(n) == ")"), at)


def _begun(reading: Reading, proposal: Proposal) -> None:
    """`a trip that began in Tripoli`, `sa visite, entamée à Erbil`: the journey's people."""
    nouns = [
        one.index
        for one in reading.words
        if not one.trigger.tense and 0 < proposal.word.index - one.index < 24
    ]
    behind = [
        one.index
        for one in reading.words
        if not one.trigger.tense and 0 < one.index - proposal.word.index < 8
    ]
    if behind and not nouns:
        return
    proposal.actors = reading.subjects.get(nouns[-1], ()) if nouns else ()
    proposal.possessive = (
        "" if proposal.actors or not nouns else reading.possessives.get(nouns[-1], "")
    )


def _noun(reading: Reading, proposal: Proposal) -> None:
    """Whose visit it is: `la visite de X`, `X's visit`, `sa visite`, or the subject's."""
    scene, words, index = reading.scene, reading.pack.words, proposal.word.index
    at = index - 1
    while at >= 0 and _is_adjective(reading, at) and at not in reading.dates:
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
    blocked = _owner_behind(reading, proposal)
    if blocked or proposal.actors:
        return
    if low in ("'s", "'"):
        return
    _governor(reading, proposal, at)


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
    if owner is not None and owner.first == at and owner.kind != "relative":
        proposal.actors = following(reading, owner)
        return False
    return not far and _is_foreign_owner(reading, at)


def _owns(reading: Reading, index: int, actor: Actor, *also: str) -> bool:
    """`visit to Paris of X`, but not `visit at the invitation of X`."""
    if actor.preposition not in reading.pack.words["linked_to"] | set(also):
        return False
    fused = reading.scene.low(actor.first) in ("du", "des")
    before = actor.first - 1 if fused else actor.first - 2
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
    before = [a for a in reading.actors if a.first < proposal.word.index and a.kind != "bare"]
    if proposal.word.kind == "event":
        # Whoever meets is who the sentence is about, not the last one named before.
        subjects = [a for a in before if not a.preposition and _begins_clause(reading, a)]
        before = subjects or before
    acting = [a for a in before if _acts(reading, a) and a.first >= proposal.left]
    for actor in reversed(acting or before):
        if actor.first < proposal.left and not _begins_clause(reading, actor):
            continue
        if actor.kind == "relative":
            proposal.actors = _antecedent(reading, actor)
            return
        if not actor.preposition or _is_of_clause(reading, actor):
            proposal.actors, proposal.shared = together(reading, actor), True
            if _is_predicate(reading, actor):
                proposal.actors = subject(reading, actor.first - 1)[0]
            return
    proposal.actors = _forward(reading, proposal.word.index)
    proposal.shared = True


def _acts(reading: Reading, actor: Actor) -> bool:
    """Whether a verb's group follows a phrase: `they will`, not `…, industrial leaders and`."""
    low, words = reading.scene.low(actor.last), reading.pack.words
    verb = any(one.tense for one in _triggers(reading, actor.last))
    known = verb or low in words["auxiliaries"] | words["light_verbs"] | words["reporting"]
    return actor.kind == "relative" or known


def _hosting(reading: Reading, proposal: Proposal) -> None:
    """Who receives and who comes; in the passive the subject is the guest."""
    word = proposal.word
    people, shared = subject(reading, word.index)
    if word.passive and word.kind == "host":
        proposal.actors, proposal.shared = people, shared
        proposal.hosts = _received_by(reading, proposal)
        return
    guest = _guest(reading, proposal)
    proposal.hosts = people
    if guest is None and word.kind == "host":
        guest = _guest_of_event(reading, proposal)
    if word.kind == "takes" and _has_clitic(reading, word.index):
        proposal.possessive = "l'"
        return
    if word.kind == "takes" and _moves_somebody(reading, word):
        proposal.possessive = reading.scene.low(word.index + 1)
        return
    guests = following(reading, guest) if guest else ()
    proposal.actors = guests if word.kind == "host" else people + guests
    if word.kind == "host" and guests and not people:
        proposal.destinations = _hosting_place(reading, proposal)


def _received_by(reading: Reading, proposal: Proposal) -> tuple[Actor, ...]:
    """`was received by X`: who stands behind the passive's preposition."""
    by, word = reading.pack.words["by"], proposal.word
    for actor in reading.actors:
        behind = word.index < actor.first <= proposal.right
        if behind and actor.preposition in by and actor.kind in ("person", "role"):
            return following(reading, actor)
    return ()


def _guest(reading: Reading, proposal: Proposal) -> Actor | None:
    """Whom a verb of receiving or taking has as its object."""
    word, others = proposal.word, ("relative", "pronoun", "bare", "first")
    for actor in reading.actors:
        behind = word.index < actor.first <= proposal.right and actor.kind not in others
        if behind and (not actor.preposition or actor.preposition in ("des", "du")):
            return actor if _is_object(reading, word.index, actor) else None
    return None


def _hosting_place(reading: Reading, proposal: Proposal) -> list[PlaceArgument]:
    """`Jakarta is preparing to welcome X`: the place that stands as the verb's subject."""
    before = [p for p in reading.places if proposal.left <= p.first < proposal.word.index]
    for place in reversed(before):
        group = range(place.last, proposal.word.index)
        if place.preposition or place.inside or place.owner or place.first in reading.actor_at:
            continue
        known = all(_is_light(reading, n) or n in reading.dates for n in group)
        return [place] if known or _is_verb_group(reading, group) else []
    return []


def _is_verb_group(reading: Reading, group: range) -> bool:
    """Nothing but verbs and small words: `is preparing to`, `s'apprête à`."""
    closed = reading.pack.any_word("auxiliaries", "future_cues", "reflexive_words")
    other = [n for n in group if not _is_light(reading, n) and reading.scene.low(n) not in closed]
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
            and actor.preposition in words["with"]
            and actor.kind in ("person", "role", "group")
        ),
        None,
    )


def _is_object(reading: Reading, index: int, guest: Actor) -> bool:
    """Whether a phrase is what a verb does something to: no other noun stands between them."""
    words, scene = reading.pack.words, reading.scene
    for at in range(index + 1, guest.first):
        low = scene.low(at)
        free = at in reading.dates or at in reading.place_at or at in reading.actor_at
        small = not low.isalpha() or _is_light(reading, at) or low in words["prepositions"]
        if not free and not small and low not in words["articles"] | words["conjunctions"]:
            # "received at the palace President X": a noun behind a preposition is where.
            near = {scene.low(n) for n in range(max(index + 1, at - 3), at)}
            if not near & words["prepositions"]:
                return False
    return True


def _moves_somebody(reading: Reading, word: Word) -> bool:
    """`took him to`, `flew her to`: a pronoun right behind the verb is who is moved."""
    return reading.scene.low(word.index + 1) in reading.pack.words["object_pronouns"]


def _has_clitic(reading: Reading, index: int) -> bool:
    """`l'avait conduit à`: the traveller is a pronoun before the verb."""
    return bool({reading.scene.low(n) for n in range(index - 3, index)} & {"l'", "les", "le", "la"})


def _before_verb(reading: Reading, proposal: Proposal) -> int:
    """A noun's places end before the sentence's verb: `his trip may tell much of Cambodia`."""
    word, words = proposal.word, reading.pack.words
    if word.trigger.tense or word.kind != "noun":
        return proposal.right
    for at in range(word.index + 1, proposal.right):
        if at in reading.dates or at in reading.actor_at or at in reading.place_at:
            continue
        if reading.scene.low(at) in words["finite"] | words["modal_verbs"]:
            behind = {reading.scene.low(n) for n in range(at + 1, at + 4)}
            goes_on = behind & (words["take_place"] | words["be_forms"])
            return proposal.right if goes_on else at
    return proposal.right


# `through Larnaca, and not through Damascus`.
_EXCLUDED = ("not", "non", "pas")


def _places(reading: Reading, proposal: Proposal) -> None:
    """Destinations and origin: behind the word by preposition, else before it in the clause."""
    word = proposal.word
    hosting, proposal.destinations = proposal.destinations, []
    limit = _before_verb(reading, proposal)
    behind = [
        place
        for place in reading.places
        if word.index < place.first < limit and not place.inside
        if reading.scene.low(place.first - 1) not in _EXCLUDED
    ]
    _places_behind(reading, proposal, behind)
    _places_before(reading, proposal)
    near_here = {reading.scene.low(n) for n in range(word.index + 1, word.index + 4)}
    if near_here & reading.pack.words["here"] and word.trigger.tense:
        proposal.destinations = []
    _add_unknown(reading, proposal)
    _stops_before(reading, proposal)
    if not proposal.destinations and not word.trigger.tense:
        proposal.destinations = _places_of_noun(reading, word, behind)
    _leave_out_regions(reading, proposal)
    proposal.destinations = proposal.destinations or hosting
    if not proposal.destinations:
        _deictic(reading, proposal)


def _places_behind(reading: Reading, proposal: Proposal, behind: list[PlaceArgument]) -> None:
    """What the places behind a word are to it, in order, until one belongs to something else."""
    role = ""
    previous: PlaceArgument | None = None
    for place in behind:
        if previous is not None and proposal.destinations and _is_broken(reading, previous, place):
            break
        role = _role_of(reading, proposal, place, role, previous)
        if role == "to":
            proposal.destinations.append(place)
        elif role == "from" and proposal.origin is None:
            proposal.origin = place
        elif not role and proposal.destinations:
            break
        previous = place


def _places_of_noun(
    reading: Reading, word: Word, behind: list[PlaceArgument]
) -> list[PlaceArgument]:
    """Where nouns have their places besides: `first stop was X`, a heading's end, `tour of X`."""
    found: list[PlaceArgument] = []
    if reading.scene.low(word.index) in reading.pack.words["stop_nouns"]:
        found = _named_stop(reading, word.index)
    if not found and word.index < _HEADING:
        found = _dated_place(reading, reading.places)
    linked = reading.pack.words["linked_to"] if word.kind == "noun" else frozenset()
    near = [p for p in behind if p.preposition in linked and p.first - word.index < 3]
    return found or near


# A heading's first words: "Conférence de presse de M. X, …, Brasilia, mardi 15 octobre 1985".
_HEADING = 4


def _named_stop(reading: Reading, index: int) -> list[PlaceArgument]:
    """`His first stop was Davos`, `la première étape sera Rome`: the place behind `to be`."""
    scene, at, be = reading.scene, index + 1, False
    while at < min(index + _BESIDE, len(scene.tokens)):
        place = reading.place_at.get(at)
        if place is not None:
            return [place] if be and not place.inside else []
        low = scene.low(at)
        be = be or low in reading.pack.words["be_forms"]
        if not (be or _is_light(reading, at) or at in reading.dates):
            return []
        if low in (",", ".", ";"):
            return []
        at += 1
    return []


def _dated_place(reading: Reading, places: list[PlaceArgument]) -> list[PlaceArgument]:
    """The bare place before the day at a heading's end."""
    scene = reading.scene
    for place in places:
        bare = not place.preposition and scene.low(place.first - 1) == ","
        dated = place.last + 1 in reading.dates and scene.low(place.last) == ","
        if bare and dated and not place.is_country:
            return [place]
    return []


def _is_broken(reading: Reading, one: PlaceArgument, two: PlaceArgument) -> bool:
    """`in Brussels, to warn against … into Ukraine`: the second place belongs to something else."""
    words, scene = reading.pack.words, reading.scene
    for at in range(one.last, two.first):
        if at in reading.dates or at in reading.actor_at:
            continue
        low = scene.low(at)
        infinitive = low in words["purpose"] and scene.low(at + 1).isalpha()
        if low in words["breakers"] and not _is_of_date(reading, at):
            return True
        if infinitive and at + 1 not in reading.dates:
            return True
    return not _is_joined(reading, two) and _content(reading, one.last, two.first) > _BETWEEN_STOPS


# Words that mean something between two places of one journey, where nothing joins them.
_BETWEEN_STOPS = 2


def _is_joined(reading: Reading, place: PlaceArgument) -> bool:
    """`…, then to Rome`, `et à Rome`: a conjunction or a comma right before."""
    words, at = reading.pack.words, place.first - 1
    while at > 0 and (at in reading.dates or _is_of_date(reading, at)):
        at -= 1
    low = reading.scene.low(at)
    return low == "," or low in words["conjunctions"] | words["sequence"]


def _content(reading: Reading, first: int, last: int) -> int:
    """How many words between two tokens are neither dates, people nor small words."""
    scene = reading.scene
    closed = reading.pack.any_word("prepositions", "articles", "conjunctions", "sequence")
    return sum(
        scene.low(n).isalpha()
        and n not in reading.dates
        and n not in reading.actor_at
        and n not in reading.place_at
        and scene.low(n) not in closed
        and not _is_light(reading, n)
        for n in range(first, last)
    )


def _stops_before(reading: Reading, proposal: Proposal) -> None:
    """`After Rome, she will travel to Oslo`: the stop that opens the sentence comes first."""
    kinds = ("go", "visit", "come", "reach", "noun")
    if proposal.word.kind not in kinds or not proposal.destinations or not proposal.actors:
        return
    first = reading.places[0] if reading.places else proposal.destinations[0]
    opening = reading.scene.written(0, first.name_first).lower() if first.name_first else ""
    words = opening.replace("’", "'").split()
    articles = reading.pack.words["articles"]
    while words and words[-1] in articles:
        words.pop()
    if " ".join(words) not in reading.pack.words["stop_openers"] or first.inside:
        return
    chain = [first]
    for place in reading.places[1:]:
        if not _are_listed(reading, chain[-1], place) or place in proposal.destinations:
            break
        chain.append(place)
    if chain[-1].last <= proposal.word.index and reading.scene.low(chain[-1].last) == ",":
        proposal.destinations = chain + [p for p in proposal.destinations if p not in chain]


def _places_before(reading: Reading, proposal: Proposal) -> None:
    """What the clause's words behind the verb leave out, from those before it."""
    word, frame = proposal.word, reading.pack.frames[proposal.word.kind]
    before = [
        p
        for p in reading.places
        if proposal.left <= p.first and p.last <= word.index and not p.inside
        if not _is_of_noun(reading, word, p)
    ]
    # "…, officials said": what was said before is not where; "at a conference in X, Y said" is.
    said = reading.scene.low(word.index) in reading.pack.words["reporting"]
    opened = any(one.kind == "event" and one.index < word.index for one in reading.words)
    if not proposal.destinations and frame.kind in _LEFT_OK and (opened or not said):
        chains: list[list[PlaceArgument]] = []
        for place in before:
            if chains and not place.preposition and _are_listed(reading, chains[-1][-1], place):
                chains[-1].append(place)
            elif _is_where(reading, word, place):
                chains.append([place])
        proposal.destinations = chains[-1] if chains else []
    if proposal.origin is None and frame.origin:
        starts = [p for p in before if p.preposition in ("from", "depuis")]
        proposal.origin = starts[-1] if starts else None


def _is_of_noun(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`avant sa visite en Arménie, il avait rencontré X`: the place is the other visit's."""
    return word.kind == "event" and any(
        one.kind == "noun" and one.index != word.index and 0 < place.first - one.index <= 3
        for one in reading.words
    )


def _leave_out_regions(reading: Reading, proposal: Proposal) -> None:
    """`tournée au Proche-Orient` goes there; beside a town or a country it only says where."""

    def is_wide(place: PlaceArgument) -> bool:
        return place.toponym.name.lower().replace("’", "'") in reading.pack.wide_regions

    narrow = [place for place in proposal.destinations if not is_wide(place)]
    moving = proposal.word.kind in ("go", "noun", "visit", "come", "leave", "take_off", "board")
    if narrow or not moving:
        proposal.destinations = narrow
    if proposal.origin is not None and is_wide(proposal.origin):
        proposal.origin = None


# What notes tell without a subject.
_NOTED = frozenset({"visit", "come", "go", "reach", "event", "leave", "take_off", "stay"})


def is_headless(reading: Reading, proposal: Proposal) -> bool:
    """`Visited Jamestown and Williamsburg.`: notes leave out whom they are about."""
    word, pack = proposal.word, reading.pack
    if word.trigger.tense != "past" or word.passive or word.kind not in _NOTED:
        return False
    return all(
        n in reading.dates
        or n in reading.place_at
        or reading.scene.low(n) in pack.small
        or reading.scene.low(n) in (",", ".")
        or reading.scene.low(n) in pack.words["adverbs"]
        for n in range(word.index)
    )


def may_take_place(reading: Reading, index: int, trigger: Trigger) -> bool:
    """Whether a word may have one of the sentence's places, whoever its people are.

    Only small words are asked for, and never is it False where `_places` would find a place.
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
    if _is_beside_noun(reading, begin, last) or (stop and index < begin < index + _BESIDE):
        return True
    if index < _HEADING and not trigger.tense and not preposition:
        return bool(reading.dates)
    if begin < index:
        return _may_take_before(reading, index, trigger, preposition, last)
    if begin == index or begin > index + _REACH:
        return False
    if not preposition:
        return frame.object in ("place", "origin")
    linked = preposition in _LINKS or preposition in reading.pack.words["linked_to"]
    of_noun = linked and bool(noun or trigger.kind == "noun")
    return of_noun or preposition in frame.to or preposition in frame.origin


def _may_be_at(reading: Reading, between: range, preposition: str) -> bool:
    """Whether a place is near enough behind a form of `to be`."""
    near = between.stop >= between.start and len(between) < 4
    if not near or preposition not in reading.pack.frames["be"].to:
        return False
    return all(_is_of_date(reading, n) or _is_light(reading, n) for n in between)


def _may_take_before(
    reading: Reading, index: int, trigger: Trigger, preposition: str, last: int
) -> bool:
    """Whether a word may have a place that stands before it."""
    scene, pack = reading.scene, reading.pack
    if trigger.kind == "host" and not preposition:
        closed = pack.any_word("auxiliaries", "future_cues", "reflexive_words")
        others = (n for n in range(last, index) if not _is_light(reading, n))
        return sum(scene.low(n) not in closed for n in others) <= _GROUP_OF_HOST
    if preposition in ("from", "depuis") and pack.frames[trigger.kind].origin:
        return True
    if trigger.kind not in _LEFT_OK or preposition not in _stay(reading):
        return False
    if scene.low(index) not in pack.words["reporting"]:
        return True
    return any(one.kind == "event" for n in range(index) for one in _triggers(reading, n))


# Words that may stand between a host's place and its verb: one, a date, what the place is called.
_GROUP_OF_HOST = 10


def _is_beside_noun(reading: Reading, begin: int, last: int) -> bool:
    """A summit before or behind a place, `including` before it: these take it in their own ways."""
    low, nouns = reading.scene.low, reading.pack.nouns_of_places
    return any(low(n) in nouns for n in (*range(begin - 3, begin), *range(last, last + 4)))


def may_take_unknown(reading: Reading, index: int, trigger: Trigger) -> bool:
    """Whether a name we do not know may be a word's place, whoever its people are."""
    kind = trigger.kind
    if kind not in _WITH_UNKNOWN or not may_name_unknown(reading.pack, reading.lows, {kind}):
        return False
    at = _first_name(reading, index + 1, index + 10)
    word = Word(index, Trigger(kind), passive=True)
    return at is not None and bool(_named_site(reading, at, reading.pack.frames[kind], word))


def may_name_unknown(pack: Pack, lows: frozenset[str], kinds: Set[str]) -> bool:
    """Whether words of these kinds may have an unknown name; some only behind a site's noun."""
    if kinds & (_WITH_UNKNOWN - _WITH_SITES):
        return True
    # Who is received may be so at a place without a noun.
    return "host" in kinds or (bool(kinds & _WITH_SITES) and not lows.isdisjoint(pack.site_words))


def _first_name(reading: Reading, first: int, last: int) -> int | None:
    """The first capitalised word that is no date's, unless it is a people's or organisation's."""
    scene = reading.scene
    for at in range(first, min(last, len(scene.tokens))):
        if at in reading.dates or not scene.tokens[at].is_capitalised:
            continue
        known = scene.low(at) in reading.pack.people["organisations"] or scene.demonym(at)
        return None if known else at
    return None


def _stay(reading: Reading) -> frozenset[str]:
    frame = reading.pack.frames.get("stay")
    return frame.to if frame is not None else frozenset()


def _role_of(
    reading: Reading,
    proposal: Proposal,
    place: PlaceArgument,
    last_role: str,
    previous: PlaceArgument | None,
) -> str:
    word = proposal.word
    frame = reading.pack.frames[word.kind]
    preposition = place.preposition
    if _is_topic(reading, word, place) or _is_of_another(reading, word, place):
        return ""
    if _is_in_what_is_said(reading, word, place):
        return ""
    if preposition == "":
        listed = previous is not None and _are_listed(reading, previous, place)
        return last_role if listed else _bare_role(reading, word, place)
    if preposition in frame.origin and reading.scene.low(place.first - 1) in ("provenance",):
        return "from"
    if "destination" in (reading.scene.low(place.first - 1), reading.scene.low(place.first - 2)):
        return "to"
    if preposition in frame.origin and not (
        preposition in ("de", "d'", "du", "des") and _is_nominal(reading, word, place)
    ):
        return "from"
    if preposition in frame.to:
        return "to"
    linked = preposition in _LINKS
    moves = word.kind in ("go", "event", "visit", "come")
    if (place.head or _is_event_place(reading, place)) and linked and moves:
        return "to"
    return ""


def _is_in_what_is_said(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`said a government should be formed in Afghanistan`: the place belongs to what is said."""
    if (
        word.kind != "presence"
        or reading.scene.low(word.index) not in reading.pack.words["reporting"]
    ):
        return False
    return _content(reading, word.index + 1, place.first) > 1


def _is_of_another(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`regarded the visit as recognition of India's claim`: "of" goes with the noun before it."""
    if not reading.pack.modifiers_first or place.preposition not in reading.pack.words["of"]:
        return False
    return place.owner or (word.kind == "noun" and place.first - word.index > 2)


def _bare_role(reading: Reading, word: Word, place: PlaceArgument) -> str:
    """What a place without a preposition is to a word: its object, one of several, or nothing."""
    frame, scene = reading.pack.frames[word.kind], reading.scene
    if scene.low(place.first - 1) in reading.pack.words["including"]:
        return "to" if word.kind in ("visit", "go", "noun", "come", "reach", "takes") else ""
    if word.kind == "event" and scene.low(place.last) in reading.pack.places["events"]:
        return "to"
    if place.owner or not frame.object or place.name_first - word.index > 8:
        return ""
    bare = _is_bare_object(reading, word.index, place)
    return {"place": "to", "origin": "from"}.get(frame.object, "") if bare else ""


def _is_where(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """Whether a place before a word may be where it happened: `at a summit in Rome, X met Y`."""
    if place.preposition not in _stay(reading) and not _is_event_place(reading, place):
        return False
    return word.kind not in ("event", "presence") or not _hangs_on_noun(reading, place)


def _hangs_on_noun(reading: Reading, place: PlaceArgument) -> bool:
    """`la guerre civile au Nigeria`: the place is where something else is."""
    at, scene, words = place.first - 1, reading.scene, reading.pack.words
    low = scene.low(at)
    if at < 0 or not low.isalpha() or scene.tokens[at].is_capitalised:
        return False
    if at in reading.actor_at or at in reading.place_at or at in reading.dates:
        return False
    # "a eu lieu à" has no article, and is no phrase of its own.
    if not {scene.low(n) for n in range(at - 2, at)} & (words["articles"] | words["of"]):
        return False
    closed = words["conjunctions"] | words["prepositions"] | words["adverbs"]
    closed |= reading.pack.places["events"] | reading.pack.places["sites"]
    return low not in closed and low not in reading.pack.triggers and not _is_light(reading, at)


def _is_topic(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`s'entretenir du conflit en Syrie`, `une réunion sur la Syrie`: what is talked about."""
    if place.preposition in reading.pack.words["topic"]:
        return place.is_country
    if _is_of_matter(reading, word, place):
        return True
    if word.kind not in ("event", "presence") or place.preposition not in ("in", "en", "au"):
        return False
    at, scene = place.first - 1, reading.scene
    low = scene.low(at)
    if at <= word.index or not low.isalpha() or scene.tokens[at].is_capitalised:
        return False
    if at in reading.actor_at or at in reading.place_at or at in reading.dates:
        return False
    if _is_light(reading, at) or low in reading.pack.triggers:
        return False
    closed = reading.pack.words["conjunctions"] | reading.pack.words["prepositions"]
    if low in closed | reading.pack.places["events"] | reading.pack.places["sites"]:
        return False
    if scene.low(word.index).startswith(tuple(reading.pack.words["talk_forms"]) or ("\0",)):
        return True
    # The noun has a preposition of its own: "about the war in", "du conflit en".
    of = reading.pack.words["of"] | reading.pack.words["topic"]
    of |= {"pour", "contre", "for", "against"}
    return any(scene.low(n) in of for n in range(max(word.index + 1, at - 3), at))


def _is_of_matter(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`for talks on the crisis in Iraq`, `address the situation in Syria`: no visit there."""
    if place.first - 1 <= word.index:
        return False
    matters, at = reading.pack.places["matters"], place.first - 1
    while at > word.index and _is_small_adjective(reading, at):
        at -= 1
    return reading.scene.low(at) in matters and at > word.index


def _is_small_adjective(reading: Reading, at: int) -> bool:
    """`la situation politique en`: an adjective behind its noun."""
    token = reading.scene.tokens[at]
    if token.is_capitalised or reading.pack.modifiers_first:
        return False
    pattern = reading.pack.complement_adjective
    known = token.low in reading.pack.places["matters"]
    return not known and bool(pattern.search(token.low) or reading.scene.demonym(at))


def _are_listed(reading: Reading, one: PlaceArgument, two: PlaceArgument) -> bool:
    """`Jerusalem, Ramallah and Cairo`."""
    links = reading.pack.words["conjunctions"] | {",", ";", "the", "la", "le", "l'", "finally"}
    gap = [n for n in range(one.last, two.first) if not _is_of_date(reading, n)]
    if reading.scene.low(two.last) in reading.pack.words["auxiliaries"] and len(gap) == 1:
        return False  # "…, Ankara has said": the next clause's subject
    return bool(gap) and all(
        reading.scene.low(n) in links or _is_unknown_stop(reading, n) for n in gap
    )


def _is_unknown_stop(reading: Reading, at: int) -> bool:
    """A capitalised word in a list of places that is neither a person nor known as a place."""
    free = at not in reading.actor_at and at not in reading.place_at
    return free and reading.scene.tokens[at].is_capitalised


def _is_of_date(reading: Reading, at: int) -> bool:
    """A date's word, or the preposition before one: `Paris on Monday and Rome on Tuesday`."""
    return at in reading.dates or (
        at + 1 in reading.dates and reading.pack.has("prepositions", reading.scene.low(at))
    )


def _is_nominal(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`le camp de X`, `le sommet de Y`: the place belongs to a noun, it is no origin."""
    at = place.first - 1
    low = reading.scene.low(at)
    if at <= word.index or at in reading.dates or at in reading.place_at:
        return False
    return (
        low not in (",",)
        and not _is_light(reading, at)
        and low not in reading.pack.words["conjunctions"]
    )


def _is_event_place(reading: Reading, place: PlaceArgument) -> bool:
    behind = {reading.scene.low(n) for n in range(place.first - 3, place.first)}
    return bool(behind & reading.pack.places["events"])


def _is_bare_object(reading: Reading, index: int, place: PlaceArgument) -> bool:
    """Nothing but determiners, adverbs, dates and modifiers between verb and place."""
    for at in range(_after_aside(reading, index + 1), place.first):
        low = reading.scene.low(at)
        if at in reading.dates or _is_light(reading, at) or low in (",", "both", "à", "pied"):
            continue
        if low in reading.pack.words["articles"] or low in reading.pack.places["neutral_heads"]:
            continue
        if low in reading.pack.people["before_head"] or low in reading.pack.places["directions"]:
            continue
        return False
    return True


def _after_aside(reading: Reading, at: int) -> int:
    """`visitera, entre autres villes, Rome`: the index behind a short aside between commas."""
    if reading.scene.low(at) != ",":
        return at
    return next((n + 1 for n in range(at + 1, at + 7) if reading.scene.low(n) == ","), at)


def _deictic(reading: Reading, proposal: Proposal) -> None:
    """`y`, `here`, `there`: a place told before."""
    words = reading.pack.words
    span = range(
        max(proposal.left, proposal.word.index - 5), min(proposal.word.index + 5, proposal.right)
    )
    for at in span:
        low = reading.scene.low(at)
        if low in words["here"]:
            proposal.there = "here"
        elif low in words["there"]:
            proposal.there = "there"
    clause = reading.scene.written(proposal.left, proposal.right).lower().replace("’", "'")
    if any(phrase in clause for phrase in words["there_phrases"]):
        proposal.there = "there"
    opener = {reading.scene.low(n) for n in range(max(0, proposal.left - 1), proposal.word.index)}
    if not proposal.there and opener & {"où", "where"} and proposal.word.trigger.tense:
        proposal.there = "where"


def place_before_where(reading: Reading, proposal: Proposal) -> PlaceArgument | None:
    """The place that `où` or `where` goes on about: the last one before it."""
    start = reading.pack.frames["go"].origin
    before = [p for p in reading.places if p.last <= proposal.word.index and not p.inside]
    before = [p for p in before if p.preposition not in start] or before
    return before[-1] if before else None


def _add_unknown(reading: Reading, proposal: Proposal) -> None:
    """A site we do not know stands before the country or region it lies in."""
    known = proposal.destinations
    for place in _unknown(reading, proposal):
        if not known:
            proposal.destinations = [place]
        elif (
            place.last <= known[0].first and known[0].first - place.last < 3 and place.toponym.kind
        ):
            codes = reading.scene.gazetteer.country_codes(known[0].toponym.name)
            code = codes[0] if codes else known[0].toponym.country
            proposal.destinations = [replace(place, toponym=replace(place.toponym, country=code))]


def _unknown(reading: Reading, proposal: Proposal) -> list[PlaceArgument]:
    """A capitalised name we do not know, right where a destination stands."""
    word = proposal.word
    if word.kind not in _WITH_UNKNOWN:
        return []
    at = _first_name(reading, word.index + 1, min(word.index + 10, proposal.right))
    actor = reading.actor_at.get(at)
    if at is None or (actor is not None and actor.kind != "bare") or at in reading.place_at:
        return []
    return _named_site(reading, at, reading.pack.frames[word.kind], word)


def _is_adjective_here(reading: Reading, at: int, last: int) -> bool:
    """`in a Communist revolution`: an article before, a common noun behind."""
    scene, words = reading.scene, reading.pack.words
    follows = scene.low(last)
    closed = reading.pack.any_word("prepositions", "conjunctions", "auxiliaries")
    common = bool(follows) and follows[0].isalpha() and follows not in closed
    return scene.low(at - 1) in words["articles"] and common and last not in reading.dates


def _named_site(reading: Reading, at: int, frame, word: Word) -> list[PlaceArgument]:
    scene, pack = reading.scene, reading.pack
    last = at + 1
    while last < len(scene.tokens) and scene.tokens[last].is_capitalised:
        last += 1
    begin, preposition, head = before_name(scene, at, pack)
    for back in range(at - 1, max(word.index, at - 7), -1):
        if not head and scene.low(back) in pack.places["sites"] and scene.low(back - 1) in frame.to:
            begin, preposition, head = back - 1, scene.low(back - 1), scene.low(back)
    noun = scene.low(last) if scene.low(last) in pack.places["sites"] else ""
    allowed = preposition in frame.to or (
        preposition == "" and frame.object == "place" and (begin == word.index + 1)
    )
    if (
        not allowed
        or (preposition in ("for", "pour", "on", "sur") and word.kind not in ("take_off", "leave"))
        or not (head or noun or len(scene.tokens[at].text) > 3)
    ):
        return []
    received_at = word.kind == "host" and word.passive and preposition in ("at", "à", "au")
    if word.kind in ("presence", "host", "noun") and not (head or noun or received_at):
        return []
    if not (head or noun) and _is_adjective_here(reading, at, last):
        return []
    span = Span(scene.tokens[at].start, scene.tokens[last - 1].end, scene.written(at, last))
    kind = "site" if head or noun else ""
    return [
        PlaceArgument(
            begin, last, preposition, Toponym(span, span.text, kind=kind), head, name_first=at
        )
    ]
