"""What a place is to a word of visits: destination, origin, or nothing."""

from __future__ import annotations

from visitmap.extract.clauses import after_aside, after_brackets, content_words
from visitmap.extract.reading import Proposal, Reading, Word
from visitmap.extract.toponyms import PlaceArgument
from visitmap.extract.words import is_light


def stay_prepositions(reading: Reading) -> frozenset[str]:
    frame = reading.pack.frames.get("stay")
    return frame.to if frame is not None else frozenset()


def role_of(
    reading: Reading,
    proposal: Proposal,
    place: PlaceArgument,
    last_role: str,
    previous: PlaceArgument | None,
) -> str:
    word = proposal.word
    frame = reading.pack.frames[word.kind]
    preposition = place.preposition
    if _belongs_elsewhere(reading, word, place):
        return ""
    if previous is not None and not last_role and _is_topic_too(reading, word, place):
        return ""
    if preposition == "":
        listed = previous is not None and are_listed(reading, previous, place)
        return last_role if listed else _bare_role(reading, word, place)
    if preposition in frame.origin and reading.scene.low(place.first - 1) in ("provenance",):
        return "from"
    if "destination" in (reading.scene.low(place.first - 1), reading.scene.low(place.first - 2)):
        return "to"
    if preposition in frame.origin and not (
        preposition in ("de", "d'", "du", "des") and _is_nominal(reading, word, place)
    ):
        return "from"
    if preposition in frame.to or preposition in word.trigger.after:
        return "to"
    if _is_bound_for_event(reading, word, place):
        return "to"
    linked = preposition in reading.pack.words["of"] and not _is_adjectival(reading, place)
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
    return content_words(reading, word.index + 1, place.first) > 1


def _is_bound_for_event(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`left Ghana for the session of … in Lomé`, `flew in for the Dakar summit`."""
    event = reading.scene.low(place.last) in reading.pack.places["events"]
    if event and place.preposition in reading.pack.words["bound_for"]:
        return word.kind in ("go", "come")
    if word.kind not in ("leave", "take_off") or place.preposition not in reading.pack.stays:
        return False
    lows = [reading.scene.low(n) for n in range(word.index + 1, place.first)]
    bound = next((n for n, low in enumerate(lows) if low in reading.pack.words["bound_for"]), -1)
    known = reading.pack.places["events"] | reading.pack.places["gatherings"]
    return bound >= 0 and not known.isdisjoint(lows[bound:])


def _belongs_elsewhere(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """Whether a place is talked about, somebody else's, or where something else was."""
    if place.is_country and place.head in reading.pack.places["embassies"]:
        return True  # "at the embassy of Denmark" is not in Denmark
    talked_of = _is_topic(reading, word, place) or _is_in_what_is_said(reading, word, place)
    return talked_of or _is_of_another(reading, word, place) or _is_since(reading, word, place)


def _is_topic_too(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`sur la situation au Mali, au Niger et en Guinée`: in a list of what is talked about."""
    last = place
    for one in reversed([p for p in reading.places if word.index < p.first < place.first]):
        if not are_listed(reading, one, last):
            return False
        if one.is_country and _is_topic(reading, word, one):
            return True
        last = one
    return False


def _is_since(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`son premier voyage depuis son investiture à Rome`: where something else was, before."""
    openers = reading.pack.words["since_openers"]
    return any(
        reading.scene.low(n) in openers and n not in reading.dates
        for n in range(word.index + 1, place.first - 1)
    )


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
    event = scene.low(place.last) in reading.pack.places["events"]
    talks = scene.low(word.index).startswith(tuple(reading.pack.words["talk_forms"]) or ("\0",))
    if event and word.kind in ("event", "presence") and not talks:
        return "to"  # "attended the Dakar summit", not "discussed the Dakar summit"
    sight = place.owner and word.kind == "visit" and _is_sight(reading, place)
    if (place.owner and not sight) or not frame.object or place.name_first - word.index > 8:
        return ""
    bare = _is_bare_object(reading, word.index, place)
    return {"place": "to", "origin": "from"}.get(frame.object, "") if bare else ""


def _is_adjectival(reading: Reading, place: PlaceArgument) -> bool:
    """`Conference of United States Consular Officers`: the country only says whose."""
    tokens = reading.scene.tokens
    follows = place.last < len(tokens) and tokens[place.last].is_capitalised
    return reading.pack.modifiers_first and follows


def _is_sight(reading: Reading, place: PlaceArgument) -> bool:
    """`toured Alexandria's streets`, not `visited Egypt's president`: what stands there."""
    at = place.last + (reading.scene.low(place.last) in ("'s", "'"))
    return not any(n in reading.actor_at for n in range(place.last, at + 4))


def is_where(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """Whether a place before a word may be where it happened: `at a summit in Rome, X met Y`."""
    if word.passive and reading.scene.low(place.last) in reading.pack.places["gatherings"]:
        return True  # "the Lusaka summit will be attended by X"
    if place.preposition not in stay_prepositions(reading) and not _is_event_place(reading, place):
        return False
    return word.kind not in ("event", "presence") or not _hangs_on_noun(reading, place)


def _hangs_on_noun(reading: Reading, place: PlaceArgument) -> bool:
    """`la guerre civile au Nigeria`: the place is where something else is."""
    at, scene, pack = place.first - 1, reading.scene, reading.pack
    low = scene.low(at)
    if at < 0 or not low.isalpha() or scene.tokens[at].is_capitalised:
        return False
    if at in reading.actor_at or at in reading.place_at or at in reading.dates:
        return False
    # "a eu lieu à" has no article, and is no phrase of its own.
    if not {scene.low(n) for n in range(at - 2, at)} & pack.any_word("articles", "of"):
        return False
    closed = pack.any_word("conjunctions", "prepositions", "adverbs", "beside")
    if low in closed or low in pack.places["events"] or low in pack.places["sites"]:
        return False
    return low not in reading.pack.triggers and not is_light(reading, at)


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
    if is_light(reading, at) or low in reading.pack.triggers:
        return False
    if low in reading.pack.any_word("conjunctions", "prepositions", "time_units"):
        return False  # so is "met for several hours in Oslo"
    if low in reading.pack.places["events"] or low in reading.pack.places["sites"]:
        return False
    if scene.low(word.index).startswith(tuple(reading.pack.words["talk_forms"]) or ("\0",)):
        return True
    # The noun has a preposition of its own: "about the war in", "du conflit en".
    of = reading.pack.words["of"] | reading.pack.words["topic"]
    of |= {"pour", "contre", "for", "against"}
    return any(scene.low(n) in of for n in range(max(word.index + 1, at - 3), at))


def _is_of_matter(reading: Reading, word: Word, place: PlaceArgument) -> bool:
    """`for talks on the crisis in Iraq`, `address the situation in Syria`: no visit there.

    A campaign tour, `déplacement de campagne à`, goes there.
    """
    if place.first - 1 <= word.index:
        return False
    matters, at = reading.pack.places["matters"], place.first - 1
    while at > word.index and _is_small_adjective(reading, at):
        at -= 1
    own = reading.scene.low(at - 1) in reading.pack.words["of"] and at - 2 == word.index
    common = not reading.scene.tokens[at].is_capitalised  # no matter are "Heads of Government"
    return reading.scene.low(at) in matters and at > word.index and not own and common


def _is_small_adjective(reading: Reading, at: int) -> bool:
    """`la situation politique en`: an adjective behind its noun."""
    token = reading.scene.tokens[at]
    if token.is_capitalised or reading.pack.modifiers_first:
        return False
    pattern = reading.pack.complement_adjective
    known = token.low in reading.pack.places["matters"]
    return not known and bool(pattern.search(token.low) or reading.scene.demonym(at))


def are_listed(reading: Reading, one: PlaceArgument, two: PlaceArgument) -> bool:
    """`Jerusalem, Ramallah and Cairo`."""
    links = reading.pack.words["conjunctions"] | {",", ";", "the", "la", "le", "l'", "finally"}
    if reading.scene.low(two.first - 2) == "ainsi":
        links |= reading.pack.words["that"]  # "ainsi qu'à Oslo"
    first = after_brackets(reading, one.last)
    gap = [n for n in range(first, two.first) if not is_of_date(reading, n)]
    if reading.scene.low(two.last) in reading.pack.words["auxiliaries"] and len(gap) == 1:
        return False  # "…, Ankara has said": the next clause's subject
    return bool(gap) and all(
        reading.scene.low(n) in links or _is_unknown_stop(reading, n) for n in gap
    )


def _is_unknown_stop(reading: Reading, at: int) -> bool:
    """A capitalised word in a list of places that is neither a person nor known as a place."""
    actor = reading.actor_at.get(at)
    free = (actor is None or actor.kind == "bare") and at not in reading.place_at
    return free and reading.scene.tokens[at].is_capitalised


def is_of_date(reading: Reading, at: int) -> bool:
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
        and not is_light(reading, at)
        and low not in reading.pack.words["conjunctions"]
    )


def _is_event_place(reading: Reading, place: PlaceArgument) -> bool:
    scene, events = reading.scene, reading.pack.places["events"]
    if place.preposition in reading.pack.words["during"] and scene.low(place.last) in events:
        return True  # "During the Dakar summit, X called for peace."
    beside = reading.pack.words["beside"]
    if scene.low(place.first - 1) in beside and scene.low(place.last) in events:
        return True  # "on the sidelines of the Dakar summit"
    behind = {scene.low(n) for n in range(place.first - 3, place.first)}
    return bool(behind & events)


def _counts_stops(reading: Reading, at: int) -> bool:
    """`visited four countries (…)`, `trois villes : …`: of the number, the noun and the mark."""
    low, words = reading.scene.low(at), reading.pack.words
    if low in (":", "("):
        return reading.scene.low(at - 1) in words["stop_nouns_listed"]
    number = low in words["numbers"] or low.isdigit()
    behind = {reading.scene.low(at + 1), reading.scene.low(at + 2)}
    return low in words["stop_nouns_listed"] or (
        number and bool(behind & words["stop_nouns_listed"])
    )


def _is_bare_object(reading: Reading, index: int, place: PlaceArgument) -> bool:
    """Nothing but determiners, adverbs, dates and modifiers between verb and place."""
    for at in range(after_aside(reading, index + 1), place.first):
        low = reading.scene.low(at)
        if at in reading.dates or is_light(reading, at) or low in (",", "both", "à", "pied"):
            continue
        if _counts_stops(reading, at):
            continue
        if low in reading.pack.words["articles"] or low in reading.pack.places["neutral_heads"]:
            continue
        if low in reading.pack.people["before_head"] or low in reading.pack.places["directions"]:
            continue
        return False
    return True
