"""Where clauses begin and end, and steps to the left from a verb towards its subject."""

from __future__ import annotations

from visitmap.extract.people import Actor
from visitmap.extract.reading import Reading, Word
from visitmap.extract.words import is_light, triggers_at

REACH = 64


def right_bound(reading: Reading, number: int) -> int:
    """Arguments end before the next verb that tells of a visit, or a new clause."""
    word = reading.words[number]
    end = min(len(reading.scene.tokens), word.index + REACH)
    for other in reading.words[number + 1 :]:
        if other.trigger.tense and other.kind != "be":
            end = min(end, _clause_start(reading, other.index, word.index))
            break
    behind = range(word.index + 1, end)
    ends = (at for at in behind if _may_end(reading, at) and _ends_arguments(reading, word, at))
    return next(ends, end)


def _may_end(reading: Reading, at: int) -> bool:
    """Whether arguments may end at a token at all; most are plain words in the middle of them."""
    scene, pack = reading.scene, reading.pack
    low, before = scene.low(at), scene.low(at - 1)
    if low in _CLAUSE_MARKS or before == "," or before in _QUOTES or low in pack.triggers:
        return True
    return low in pack.any_word("relatives", "argument_stops", "clause_openers", "finite")


def _ends_arguments(reading: Reading, word: Word, at: int) -> bool:
    """Whether a clause of its own, or another visit, begins at a token behind a word."""
    low = reading.scene.low(at)
    if low in ("»", "”") and _opens_quote(reading, word.index, at):
        return False
    if _is_only(reading, word, at) or (low == "qu'" and reading.scene.low(at - 1) == "ainsi"):
        return False
    if low == ";" and _next_stop(reading, at + 1) in reading.scene.places:
        return False  # "Salisbury, March 11; Nairobi, March 12; and Ethiopia"
    words = reading.pack.words
    if low == ":" and (at + 1 in reading.place_at or _counts(reading, at - 1)):
        return False  # "à travers le pays : à Goma", "trois villes : Rome …"
    if low in words["including"] and reading.scene.low(at + 1) in words["indefinite"]:
        return False  # "plusieurs visites, dont une en Libye"
    stops = low in _CLAUSE_MARKS or low in reading.pack.any_word("relatives", "argument_stops")
    stops = stops and (bool(word.trigger.tense) or low not in words["that"])
    if word.kind == "event" and not word.trigger.tense and says_where_held(reading, at):
        return False
    if stops or _opens_other_clause(reading, at) or _is_other_visit(reading, word, at):
        return True
    if _is_next_subject(reading, word.index, at) or _opens_gerund(reading, at):
        return True
    return bool(word.trigger.tense) and at > word.index + 1 and _is_finite(reading, at)


def _is_only(reading: Reading, word: Word, at: int) -> bool:
    """`n'a passé que quatre heures à`: no clause, but how little it was."""
    words = reading.pack.words
    only = reading.scene.low(at) in words["negation_exceptions"] and at - word.index < 3
    near = {reading.scene.low(n) for n in range(max(0, word.index - 3), word.index)}
    return only and bool(near & words["negation"])


def says_where_held(reading: Reading, at: int) -> bool:
    """`la conférence qui s'est tenue à`, `the summit, which opens in`."""
    relative = reading.scene.low(at) in reading.pack.words["relatives"]
    behind = {reading.scene.low(n) for n in range(at + 1, at + 5)}
    return relative and bool(behind & reading.pack.words["held"])


def _counts(reading: Reading, at: int) -> bool:
    return reading.scene.low(at) in reading.pack.words["stop_nouns_listed"]


def _next_stop(reading: Reading, at: int) -> int:
    """The index behind a conjunction and an article."""
    at += reading.scene.low(at) in reading.pack.words["conjunctions"]
    return at + (reading.scene.low(at) in reading.pack.words["articles"])


_CLAUSE_MARKS, _QUOTES = frozenset({";", ":", "»", "”"}), frozenset({'"', "”", "»"})


def _opens_other_clause(reading: Reading, at: int) -> bool:
    """`since he was forced to`, `lorsque le président`: a clause with a subject of its own."""
    follows = reading.actor_at.get(at + 1)
    opens = reading.scene.low(at) in reading.pack.words["clause_openers"]
    return opens and follows is not None and follows.first == at + 1 and follows.kind != "bare"


def _is_other_visit(reading: Reading, word: Word, at: int) -> bool:
    """`talks in Rome, on the eve of a visit by X to Oslo`: what follows is the other visit's."""
    if word.kind not in ("event", "presence", "be", "back"):
        return False
    other = next((one for one in reading.words if one.index == at), None)
    if other is None:
        return False
    if other.kind == "event" and not other.trigger.tense and _is_talked_of(reading, at):
        return True
    said = word.kind == "presence" and other.kind == "event" and not other.trigger.tense
    return other.kind == "noun" or (said and _is_talk(reading, word.index))


def _is_talked_of(reading: Reading, at: int) -> bool:
    """`to brief him on the talks in Arusha`: a gathering that is only a topic here."""
    words = reading.pack.words
    before = at - 1 - (reading.scene.low(at - 1) in words["articles"])
    return before >= 0 and reading.scene.low(before) in words["told_of"]


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
    quoted = scene.low(at - 1) in _QUOTES
    if actor is None or actor.first != at or scene.low(at - 1 - quoted) != ",":
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


def left_bound(reading: Reading, number: int) -> int:
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


def main_clause(reading: Reading, index: int) -> int:
    """Where a verb's clause goes on behind a relative one: right after the comma."""
    return max((n for n in range(index) if reading.scene.low(n) == ","), default=-1) + 1


_MARKS = frozenset(',)(»«—–-"“”[]')


def governing_verb(reading: Reading, index: int) -> int | None:
    """The verb before a gerund behind a comma (`…, visiting Baku`), whose subject it shares."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "gerund" or reading.scene.low(index - 1) != ",":
        return None
    earlier = [one.index for one in reading.words if one.index < index and one.trigger.tense]
    return earlier[-1] if earlier else None


def is_told_to(reading: Reading, index: int, actor: Actor) -> bool:
    """`au tour de X de se rendre`, `for X to visit`: the infinitive's own subject."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "infinitive" or index - actor.last > 2:
        return False
    return actor.preposition in ("de", "d'", "du", "à", "au", "for")


def is_french_gerund(reading: Reading, index: int) -> bool:
    """`en se rendant à`, `en visitant`: done by the subject of the whole sentence."""
    word = next((one for one in reading.words if one.index == index), None)
    if word is None or word.trigger.tense != "gerund":
        return False
    at = index - 1 - (reading.scene.low(index - 1) in reading.pack.reflexives)
    return reading.scene.low(at) in reading.pack.words["gerund_openers"]


def is_predicate(reading: Reading, actor: Actor) -> bool:
    """`X est le premier dirigeant à venir`, `X, the third leader to`: it says what X is."""
    is_office = actor.kind in ("role", "group") and not actor.name
    before, words = reading.scene.low(before_predicate(reading, actor)), reading.pack.words
    first = any(reading.scene.low(n) in words["nth"] for n in range(*actor[:2]))
    is_ = before in words["be_forms"] or before in words["become"]
    return is_office and (is_ or (before == "," and first))


def before_predicate(reading: Reading, actor: Actor) -> int:
    """Where `became` stands in `became on Tuesday the first minister to`: before a day."""
    at = actor.first - 1
    while at in reading.dates:
        at = reading.dates[at] - 1
        at -= reading.scene.low(at) == "on"
    return at


def is_subject(actor: Actor) -> bool:
    if actor.kind == "relative" or not actor.preposition:
        return True
    return actor.preposition in ("que", "comme", "as", "since")


def is_carried(reading: Reading, actor: Actor) -> bool:
    """`l'avion du président a atterri`, `the plane of X`: whoever owns it arrives with it."""
    scene, words = reading.scene, reading.pack.words
    at = actor.first - 2  # An actor begins at its own article: "de" stands before "l'émir".
    if scene.low(actor.first - 1) not in words["bare_of"] | {"du", "des"}:
        return False
    vehicle = scene.low(at) if scene.low(at) in words["vehicles"] else scene.low(at - 1)
    return vehicle in words["vehicles"]


def is_of_clause(reading: Reading, actor: Actor) -> bool:
    """`after Premier X concluded a visit`: what looks like a preposition opens a clause."""
    words, behind = reading.pack.words, reading.scene.low(actor.last)
    verb = behind in words["auxiliaries"] or any(
        one.tense for one in triggers_at(reading, actor.last)
    )
    return actor.preposition in words["clause_openers"] and (verb or behind in words["light_verbs"])


def opens_clause(reading: Reading, at: int) -> bool:
    """Whether the word links to an earlier verb: `et`, `que`, `before`; not in a place or date."""
    low = reading.scene.low(at)
    if at in reading.place_at or at in reading.dates:
        return False
    if low in ("avant", "après", "before", "after"):
        return True
    if is_light(reading, at) or low in _MARKS:
        return False
    return low in reading.pack.any_word("conjunctions", "clause_openers", "prepositions")


def step_left(reading: Reading, at: int, comma: bool, finite: bool = True) -> int | None:
    """One step to the left over an actor, place, date, mark or phrase; None at another subject.

    `finite` is whether the verb walked from is: `called on X to stop` has two verbs, `a team
    involved in the talks arrived` one.
    """
    actor, place = reading.actor_at.get(at), reading.place_at.get(at)
    if actor is not None:
        led = reading.scene.low(actor.first - 2) in reading.pack.words["with"]
        return actor.first - 2 - led  # "a delegation led by X"
    if place is None and _is_vehicle_of(reading, at):
        return at - 2
    if _is_party_of(reading, at):
        return at - 2 - (reading.scene.low(at - 1) in reading.pack.words["other"])
    if place is not None:
        if not place.preposition and not comma and not place.head:
            return None
        return min(place.first, place.name_first) - 1
    if at in reading.dates:
        return reading.dates[at] - 1
    if is_light(reading, at) or reading.scene.low(at) in _MARKS or _is_among_first(reading, at):
        return at - 1
    return _skip_phrase(reading, at, comma, finite)


def _is_vehicle_of(reading: Reading, at: int) -> bool:
    """`Nehru's plane touched down`: the owner arrives with what carries him."""
    owner = reading.actor_at.get(at - 2)
    carried = reading.scene.low(at) in reading.pack.words["vehicles"]
    return carried and reading.scene.low(at - 1) == "'s" and owner is not None


def _is_among_first(reading: Reading, at: int) -> bool:
    """`ont été les premiers à`: the word and its article say nothing of who."""
    words, low = reading.pack.words, reading.scene.low
    return low(at) in words["nth"] or (low(at) in words["articles"] and low(at + 1) in words["nth"])


def _is_party_of(reading: Reading, at: int) -> bool:
    """`Nixon and party flew`: those who go along, in one word."""
    low, words = reading.scene.low, reading.pack.words
    if low(at - 1) in words["other"] and low(at - 2) in words["conjunctions"]:
        return True  # "X and other delegates"
    along = low(at) in reading.pack.words["vehicles"]
    return (
        along and low(at - 1) in reading.pack.words["conjunctions"] and at - 2 in reading.actor_at
    )


def _skip_phrase(reading: Reading, at: int, comma: bool, finite: bool) -> int | None:
    """Over a noun phrase to before its preposition; None when it is a subject of its own."""
    scene, words = reading.scene, reading.pack.words
    for step in range(at, max(-1, at - 8), -1):
        low = scene.low(step)
        if step in reading.actor_at:
            return step if comma or _is_reduced(reading, step + 1, at, finite) else None
        if low in ("du", "des", "au", "aux") or low in words["prepositions"]:
            return step - 1
        if low in reading.pack.any_word("articles", "possessives"):
            before = scene.low(step - 1)
            if before in words["prepositions"]:
                return step - 2
            return step - 1 if comma else None
        if low == ",":
            return step if comma else None
    return None


def _is_reduced(reading: Reading, first: int, last: int, finite: bool) -> bool:
    """`a team involved in the talks arrived`, `was forced to`: participles behind the subject."""
    endings = tuple(reading.pack.words["participle_endings"])
    passive = any(
        reading.scene.low(n) in reading.pack.words["be_forms"] for n in range(first, last)
    )
    return (
        bool(endings)
        and passive != finite
        and all(
            is_light(reading, n)
            or (len(reading.scene.low(n)) > 4 and reading.scene.low(n).endswith(endings))
            for n in range(first, last + 1)
        )
    )


def after_brackets(reading: Reading, at: int) -> int:
    """`Orsi (Uruguay), Petro (Colombia)`: the index behind a short bracket."""
    if reading.scene.low(at) != "(":
        return at
    return next((n + 1 for n in range(at + 1, at + 5) if reading.scene.low(n) == ")"), at)


def content_words(reading: Reading, first: int, last: int) -> int:
    """How many words between two tokens are neither dates, people nor small words."""
    scene = reading.scene
    closed = reading.pack.any_word("prepositions", "articles", "conjunctions", "sequence")
    return sum(
        scene.low(n).isalpha()
        and n not in reading.dates
        and n not in reading.actor_at
        and n not in reading.place_at
        and scene.low(n) not in closed
        and not is_light(reading, n)
        for n in range(first, last)
    )


def after_aside(reading: Reading, at: int) -> int:
    """`visitera, entre autres villes, Rome`: the index behind a short aside between commas."""
    if reading.scene.low(at) != ",":
        return at
    return next((n + 1 for n in range(at + 1, at + 7) if reading.scene.low(n) == ","), at)
