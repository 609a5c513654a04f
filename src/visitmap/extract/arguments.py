"""The places of a word of visits: behind it, before it, by name or unknown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from visitmap.extract.clauses import content_words
from visitmap.extract.hosting import before_verb
from visitmap.extract.people import Actor
from visitmap.extract.reading import Proposal, Reading, Word
from visitmap.extract.roles import are_listed, is_of_date, is_where, role_of
from visitmap.extract.toponyms import PlaceArgument, before_name
from visitmap.extract.words import QUOTES, is_light
from visitmap.model import Span, Toponym

# A name that we do not know is a place only with these.
WITH_UNKNOWN = {
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
    "expected",
}


LEFT_OK = {
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


# Words of the longest phrase beside a place's name.
BESIDE = 8


def take_places(reading: Reading, proposal: Proposal) -> None:
    """Destinations and origin: behind the word by preposition, else before it in the clause."""
    word = proposal.word
    hosting, proposal.destinations = proposal.destinations, []
    limit = before_verb(reading, proposal)
    behind = [
        place
        for place in reading.places
        if word.index < place.first < limit and not place.inside
        if not _is_quoted_apart(reading, word, place)
        if reading.scene.low(place.first - 1) not in reading.pack.words["excluding"]
        or place.first - 1 == word.index + 1  # "n'ira pas à Juba": the verb's own negation
    ]
    _places_behind(reading, proposal, behind)
    _places_before(reading, proposal)
    near_here = {reading.scene.low(n) for n in range(word.index + 1, word.index + 4)}
    if near_here & reading.pack.words["here"] and word.trigger.tense and word.kind != "leave":
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
        if previous is not None and _says_what_it_is(reading, previous, place):
            continue
        if previous is not None and proposal.destinations and _is_in_brackets(reading, place):
            continue
        if previous is not None and proposal.destinations and _is_broken(reading, previous, place):
            break
        on_the_spot = proposal.word.kind in ("presence", "event", "be") and proposal.destinations
        if on_the_spot and previous is not None and not are_listed(reading, previous, place):
            break  # "laid flowers in Yerevan for those killed in the Ottoman Empire"
        if proposal.destinations and _is_next_in_turn(reading, place) and not place.preposition:
            role = "to"
        else:
            role = role_of(reading, proposal, place, role, previous)
        if role == "to":
            proposal.destinations.append(place)
        elif role == "from" and proposal.origin is None:
            proposal.origin = place
        elif not role and proposal.destinations and not _goes_on_later(reading, place, behind):
            break
        previous = place


def _is_quoted_apart(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`will meet officials “to promote peace in Sudan”`: the place is of what somebody says."""
    if word.kind not in ("event", "presence"):
        return False
    marks = [n for n in range(word.index + 1, place.first) if reading.scene.low(n) in QUOTES]
    return len(marks) % 2 == 1 and any(
        reading.scene.low(n) in QUOTES for n in range(place.last, len(reading.scene.tokens))
    )


def _goes_on_later(reading: Reading, place: PlaceArgument, behind: list[PlaceArgument]) -> bool:
    """Whether a next stop is told behind a place that belongs to something else."""
    return any(one.first > place.first and _is_next_in_turn(reading, one) for one in behind)


def _says_what_it_is(reading: Reading, one: PlaceArgument, two: PlaceArgument) -> bool:
    """`El Fasher, the capital of North Darfur`: the second place only says where the first is."""
    if two.head in reading.pack.places["capital_of"] and two.first - one.last <= 1:
        return True
    scene, at = reading.scene, one.last
    at += scene.low(at) == ","
    beside = scene.low(at) in reading.pack.places["apposed"]
    return (
        beside
        and two.name_first - at < BESIDE
        and "," not in {scene.low(n) for n in range(at, two.name_first)}
    )


def _is_in_brackets(reading: Reading, place: PlaceArgument) -> bool:
    """`en Haute-Volta (actuel Burkina Faso) et au Ghana`: another name of the place before."""
    low = reading.scene.low
    opening = next((n for n in range(place.first - 1, place.first - 4, -1) if low(n) == "("), -1)
    return opening > 0 and opening in reading.scene.places.values() and low(place.last) == ")"


def _places_of_noun(
    reading: Reading, word: Word, behind: list[PlaceArgument]
) -> list[PlaceArgument]:
    """Where nouns have their places besides: `first stop was X`, a heading's end, `tour of X`."""
    found: list[PlaceArgument] = []
    if reading.scene.low(word.index) in reading.pack.words["stop_nouns"]:
        found = _named_stop(reading, word.index)
        found = found or _stop_before(reading, word.index)
    if not found and word.index < HEADING:
        found = _dated_place(reading, reading.places)
    linked = reading.pack.words["linked_to"] if word.kind == "noun" else frozenset()
    near = [p for p in behind if p.preposition in linked and p.first - word.index < 3]
    return found or near


# A heading's first words: "Conférence de presse de M. X, …, Brasilia, mardi 15 octobre 1985".
HEADING = 4


def _named_stop(reading: Reading, index: int) -> list[PlaceArgument]:
    """`His first stop was Davos`, `la première étape sera Rome`: the place behind `to be`."""
    scene, at, be = reading.scene, index + 1, False
    while at < min(index + BESIDE, len(scene.tokens)):
        place = reading.place_at.get(at)
        if place is not None:
            return [place] if be and not place.inside else []
        low = scene.low(at)
        be = be or low in reading.pack.words["be_forms"]
        if not (be or is_light(reading, at) or at in reading.dates):
            return []
        if low in (",", ".", ";"):
            return []
        at += 1
    return []


def _stop_before(reading: Reading, index: int) -> list[PlaceArgument]:
    """`Chile, another stop on his trip`: the place that the noun describes."""
    return [
        place
        for place in reading.places
        if 0 < index - place.last < 4 and reading.scene.low(place.last) == "," and not place.inside
    ]


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
    if _is_next_in_turn(reading, two):
        return False
    if any(_does_something(reading, one.last, two.first, actor) for actor in reading.actors):
        return True
    for at in range(one.last, two.first):
        if at in reading.dates or at in reading.actor_at:
            continue
        low = scene.low(at)
        infinitive = low in words["purpose"] and scene.low(at + 1).isalpha()
        if low in words["breakers"] and not is_of_date(reading, at):
            return True
        if infinitive and at + 1 not in reading.dates:
            return True
    return (
        not _is_joined(reading, two)
        and content_words(reading, one.last, two.first) > _BETWEEN_STOPS
    )


def _does_something(reading: Reading, first: int, last: int, actor: Actor) -> bool:
    """`X se rendra au Bénin et Y, en route pour l'Égypte`: somebody else stands between."""
    joined = reading.scene.low(actor.first - 1) in reading.pack.words["conjunctions"]
    between = first < actor.first and actor.last < last and joined
    return between and not actor.preposition and actor.is_named and bool(actor.role)


def _is_next_in_turn(reading: Reading, place: PlaceArgument) -> bool:
    """`…, puis la Guinée`, `and then Mali`: whatever stands before, the journey goes on."""
    at = place.first - 1
    at -= reading.scene.low(at) in reading.pack.words["articles"]
    first = reading.scene.low(at)
    return first in reading.pack.words["in_turn"] and reading.scene.low(at - 1) in (
        ",", "et", "and", ";",
    )  # fmt: skip


# Words that mean something between two places of one journey, where nothing joins them.
_BETWEEN_STOPS = 2


def _is_joined(reading: Reading, place: PlaceArgument) -> bool:
    """`…, then to Rome`, `et à Rome`: a conjunction or a comma right before."""
    words, at = reading.pack.words, place.first - 1
    while at > 0 and (at in reading.dates or is_of_date(reading, at)):
        at -= 1
    low = reading.scene.low(at)
    return low == "," or low in words["conjunctions"] | words["sequence"]


def _stops_before(reading: Reading, proposal: Proposal) -> None:
    """`After Rome, she will travel to Oslo`: the stop that opens the sentence comes first."""
    kinds = ("go", "visit", "come", "reach", "noun")
    if proposal.word.kind not in kinds or not proposal.destinations or not proposal.actors:
        return
    before, after = _opening_stops(reading, proposal.word.index)
    told = [p for p in proposal.destinations if p not in before and p not in after]
    proposal.destinations = [*before, *told, *after]


def _opening_stops(reading: Reading, index: int) -> tuple[list[PlaceArgument], list[PlaceArgument]]:
    """The stops that open a sentence, those `after` and those `before` which the verb tells one.

    None unless the sentence begins with them and a comma ends them.
    """
    words = reading.pack.words
    kinds = {**dict.fromkeys(words["stop_openers"], 0), **dict.fromkeys(words["stop_closers"], 1)}
    found: tuple[list[PlaceArgument], list[PlaceArgument]] = ([], [])
    end, kind = 0, -1
    for place in reading.places:
        if place.last > index or place.inside:
            break
        kind = kinds.get(_words_between(reading, end, place.name_first), kind if end else -1)
        if kind < 0 or (end and not _goes_on(reading, end, place.name_first, kinds)):
            break
        found[kind].append(place)
        end = place.last
    closed = end and end <= index and reading.scene.low(end) == ","
    return found if closed else ([], [])


def _goes_on(reading: Reading, end: int, first: int, kinds: Collection[str]) -> bool:
    return _words_between(reading, end, first) in {"", *kinds}


def _words_between(reading: Reading, first: int, last: int) -> str:
    """What stands between two tokens but for marks, conjunctions and articles."""
    small = reading.pack.any_word("conjunctions", "articles")
    lows = (reading.scene.low(n) for n in range(first, last))
    return " ".join(low for low in lows if low[0].isalnum() and low not in small)


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
    if not proposal.destinations and frame.kind in LEFT_OK and (opened or not said):
        chains: list[list[PlaceArgument]] = []
        for place in before:
            last = chains[-1][-1] if chains else None
            joined = last is not None and (not place.preposition or _goes_on_to(reading, place))
            if last is not None and joined and are_listed(reading, last, place):
                chains[-1].append(place)
            elif is_where(reading, word, place):
                chains.append([place])
        proposal.destinations = chains[-1] if chains else []
    if proposal.origin is None and frame.origin:
        starts = [p for p in before if p.preposition in ("from", "depuis")]
        proposal.origin = starts[-1] if starts else None


def _goes_on_to(reading: Reading, place: PlaceArgument) -> bool:
    """`À Rome puis à Oslo, elle`: the next stop has its preposition again."""
    return reading.scene.low(place.first - 1) in reading.pack.words["sequence"]


def _is_of_noun(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`avant sa visite en Arménie, il avait rencontré X`: the place is the other visit's."""
    return word.kind == "event" and any(
        one.kind == "noun" and one.index != word.index and 0 < place.first - one.index <= 3
        for one in reading.words
    )


# Kinds of words that tell of a way to a whole part of the world.
_MOVING = {"go", "noun", "visit", "come", "leave", "take_off", "board", "takes"}


def _leave_out_regions(reading: Reading, proposal: Proposal) -> None:
    """`tournée au Proche-Orient` goes there; beside a town or a country it only says where."""

    def is_wide(place: PlaceArgument) -> bool:
        return place.toponym.name.lower().replace("’", "'") in reading.pack.wide_regions

    narrow = [place for place in proposal.destinations if not is_wide(place)]
    moving = proposal.word.kind in _MOVING
    if narrow or not moving:
        proposal.destinations = narrow
    if proposal.origin is not None and is_wide(proposal.origin):
        proposal.origin = None


def first_name(reading: Reading, first: int, last: int) -> int | None:
    """The first capitalised word that is no date's, unless it is a people's or organisation's."""
    scene = reading.scene
    for at in range(first, min(last, len(scene.tokens))):
        if at in reading.dates or not scene.tokens[at].is_capitalised:
            continue
        known = scene.low(at) in reading.pack.people["organisations"] or scene.demonym(at)
        return None if known else at
    return None


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
    first = min([proposal.left, *(actor.first for actor in proposal.actors)])
    opener = {reading.scene.low(n) for n in range(max(0, first - 1), proposal.word.index)}
    told = proposal.word.trigger.tense or proposal.word.kind == "event"
    if not proposal.there and opener & {"où", "where"} and told:
        proposal.there = "where"


def place_before_where(reading: Reading, proposal: Proposal) -> PlaceArgument | None:
    """The place that `où` or `where` goes on about: the last one before it."""
    start = reading.pack.frames["go"].origin if proposal.word.trigger.tense else frozenset()
    before = [p for p in reading.places if p.last <= proposal.word.index and not p.inside]
    before = [
        p
        for p in before
        if p.preposition not in start or reading.scene.low(p.first - 1) == "destination"
    ] or before
    if before and not proposal.word.trigger.tense:
        # A noun's is the one that stands right before: "in Oslo, where she had talks".
        near = range(before[-1].last, before[-1].last + 2)
        return before[-1] if any(reading.scene.low(n) in ("où", "where") for n in near) else None
    return before[-1] if before else None


def _add_unknown(reading: Reading, proposal: Proposal) -> None:
    """A site we do not know stands before the country or region it lies in."""
    known, word_goes = proposal.destinations, proposal.word.kind in ("go", "come", "reach")
    for place in _unknown(reading, proposal):
        if not known:
            proposal.destinations = [place]
        elif (
            place.last <= known[0].first and known[0].first - place.last < 3 and place.toponym.kind
        ):
            codes = reading.scene.gazetteer.country_codes(known[0].toponym.name)
            code = codes[0] if codes else known[0].toponym.country
            proposal.destinations = [replace(place, toponym=replace(place.toponym, country=code))]
        elif word_goes and place.last <= known[0].first and _is_joined(reading, known[0]):
            proposal.destinations = [place, *known]  # "se rendra à Baga Sola, puis à Maroua"


def _unknown(reading: Reading, proposal: Proposal) -> list[PlaceArgument]:
    """A capitalised name we do not know, right where a destination stands."""
    word = proposal.word
    if word.kind not in WITH_UNKNOWN or reading.scene.is_heading:
        return []
    first = word.index + 1
    if word.kind == "host" and word.passive and proposal.hosts:
        first = max(first, proposal.hosts[-1].last)  # "received by the President at Bessastadir"
    at = first_name(reading, first, min(first + 9, proposal.right))
    actor = reading.actor_at.get(at)
    if at is None or at in reading.place_at:
        return []
    if actor is not None and actor.kind != "bare" and not _is_rather_place(reading, word, actor):
        return []
    return named_site(reading, at, reading.pack.frames[word.kind], word)


def _is_rather_place(reading: Reading, word: Word, actor: Actor) -> bool:
    """`se rendra à Baga Sola`: nobody goes "to" a person of whom nothing else is said."""
    plain = not (actor.role or actor.country or actor.gender) and actor.kind == "person"
    if word.kind not in ("go", "come", "reach") or not plain or actor.first > word.index + 4:
        return False
    last = actor.name.split()[-1]
    alone = reading.scene.text.count(last) == reading.scene.text.count(actor.name)
    return alone and " " in actor.name and actor.preposition in reading.pack.stays


def _is_adjective_here(reading: Reading, at: int, last: int) -> bool:
    """`in a Communist revolution`: an article before, a common noun behind."""
    scene, words = reading.scene, reading.pack.words
    follows = scene.low(last)
    closed = reading.pack.any_word("prepositions", "conjunctions", "auxiliaries")
    common = bool(follows) and follows[0].isalpha() and follows not in closed
    return scene.low(at - 1) in words["articles"] and common and last not in reading.dates


def _town_behind(reading: Reading, last: int) -> PlaceArgument | None:
    """`at Murtala airport, Lagos`: where a site is that we do not know."""
    town = reading.place_at.get(last + (reading.scene.low(last) == ","))
    stays = reading.pack.stays | {""}
    free = town is not None and not town.is_country and not town.inside
    return town if free and town.preposition in stays and town.first - last < 2 else None


def named_site(reading: Reading, at: int, frame, word: Word) -> list[PlaceArgument]:
    scene, pack = reading.scene, reading.pack
    last = at + 1
    while last < len(scene.tokens) and scene.tokens[last].is_capitalised:
        last += 1
    begin, preposition, head = before_name(scene, at, pack)
    for back in range(at - 1, max(word.index, at - 7), -1):
        if not head and scene.low(back) in pack.places["sites"] and scene.low(back - 1) in frame.to:
            begin, preposition, head = back - 1, scene.low(back - 1), scene.low(back)
    noun = scene.low(last) if scene.low(last) in pack.places["sites"] else ""
    own = scene.low(last - 1) in pack.places["site_nouns"] and last - at > 1
    allowed = preposition in frame.to or (
        preposition == "" and frame.object == "place" and (begin == word.index + 1)
    )
    if (
        not allowed
        or (preposition in ("for", "pour", "on", "sur") and word.kind not in ("take_off", "leave"))
        or not (head or noun or len(scene.tokens[at].text) > 3)
    ):
        return []
    received_at = word.kind == "host" and preposition in ("at", "à", "au")
    received_at = received_at and (word.passive or begin == word.index + 1)
    if word.kind in ("presence", "host", "noun") and not (head or noun or own or received_at):
        return []
    if not (head or noun) and _is_adjective_here(reading, at, last):
        return []
    town = _town_behind(reading, last + bool(noun)) if head or noun or own else None
    if town is not None:
        return [replace(town, first=begin, preposition=preposition)]
    span = Span(scene.tokens[at].start, scene.tokens[last - 1].end, scene.written(at, last))
    kind = "site" if head or noun else ""
    return [
        PlaceArgument(
            begin, last, preposition, Toponym(span, span.text, kind=kind), head, name_first=at
        )
    ]
