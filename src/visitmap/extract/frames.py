"""What the words of a sentence propose: who, whence, whither.

For each word of visits: who travels, where to, where from, in phrases. What is found is a
`Proposal`; dates, status and the people behind the phrases come later.

    reading ─ words ─ clauses ─ subjects ─ owners, hosting ─ roles ─ arguments ─ frames
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from visitmap.extract.arguments import BESIDE, take_places
from visitmap.extract.clauses import left_bound, main_clause, right_bound
from visitmap.extract.hosting import moves_somebody, received_by, take_host_and_guest
from visitmap.extract.owners import take_begun, take_owner
from visitmap.extract.pack import Trigger
from visitmap.extract.people import Actor
from visitmap.extract.prospects import WHERE
from visitmap.extract.reading import Proposal, Reading, Word
from visitmap.extract.roles import is_of_date, stay_prepositions
from visitmap.extract.subjects import behind_relative, following, subject
from visitmap.extract.toponyms import PlaceArgument
from visitmap.extract.words import find_words, is_light

# Words of the longest picture's text that is looked at.
_CAPTION = 40


def proposals(reading: Reading) -> list[Proposal]:
    """All that the sentence's words propose, in order; found once and kept."""
    if reading.proposed is None:
        reading.proposed = _propose(reading)
    return reading.proposed


def _propose(reading: Reading) -> list[Proposal]:
    reading.words = find_words(reading)
    found = []
    for number, word in enumerate(reading.words):
        proposal = _proposal(reading, number, word)
        if proposal is not None:
            several = _callers(reading, proposal) or _named_behind(reading, proposal)
            others = [*_partners(reading, proposal), *_followers(reading, proposal)]
            found += several or [proposal, *others]
    return found + _left_behind(reading)


def _named_behind(reading: Reading, proposal: Proposal) -> list[Proposal]:
    """`Two ministers went to Oslo: X in 2019 and Y in May`: each of those named, and the day."""
    scene, actors, places = reading.scene, proposal.actors, proposal.destinations
    if len(actors) != 1 or actors[0].gender != "p" or actors[0].name or not places:
        return []
    end = places[-1].last
    colon = next((n for n in range(end, end + 6) if scene.low(n) == ":"), -1)
    named = [a for a in reading.actors if a.first > colon and a.is_named and not a.preposition]
    if colon < 0 or len(named) < 2 or named[0].first > colon + 3:
        return []
    ends = [*(a.first for a in named[1:]), len(scene.tokens)]
    return [
        # The day is that beside the name, whether it happens the verb's to tell.
        replace(
            proposal,
            word=replace(proposal.word, index=a.last - 1),
            actors=(a,),
            left=a.first,
            right=end,
            told_as=proposal,
        )
        for a, end in zip(named, ends, strict=True)
    ]


def _left_behind(reading: Reading) -> list[Proposal]:
    """`arrived here after two days in Oslo`: where the sentence's traveller was before."""
    found, stay, words = [], stay_prepositions(reading), reading.pack.words
    for place in reading.places:
        at = place.first - 1
        if place.preposition not in stay or place.inside or at not in reading.dates:
            continue
        opener = reading.scene.low(reading.dates[at] - 1)
        if reading.scene.low(at) not in words["time_units"] or opener not in words["after_words"]:
            continue
        earlier = [one for one in reading.words if one.index < at and one.trigger.tense]
        people = reading.subjects.get(earlier[-1].index, ()) if earlier else ()
        if people:
            word = Word(place.name_first, Trigger("spend", "past"))
            right = len(reading.scene.tokens)
            found.append(Proposal(word, people, [place], left=at, right=right, undated=True))
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


def _followers(reading: Reading, proposal: Proposal) -> list[Proposal]:
    """`X landed in Oslo, followed by Y`: who came behind somebody came to the same place."""
    scene, words = reading.scene, reading.pack.words
    if not proposal.actors or proposal.word.kind not in ("come", "be", "reach", "visit", "go"):
        return []
    for at in range(proposal.word.index + 1, len(scene.tokens)):
        actor = reading.actor_at.get(at)
        if actor is None or actor.first != at or actor in proposal.actors:
            continue
        opener = [scene.low(n) for n in range(max(proposal.word.index, at - 6), at)]
        by = actor.preposition in words["followed_by"] and actor.kind in ("person", "role")
        if by and words["followed"] & set(opener):
            return [replace(proposal, actors=following(reading, actor), undated=True)]
    return []


def _proposal(reading: Reading, number: int, word: Word) -> Proposal | None:
    proposal = Proposal(word, left=left_bound(reading, number), right=right_bound(reading, number))
    if word.kind == "noun" or (word.kind in ("take_off", "event") and not word.trigger.tense):
        take_owner(reading, proposal)
    elif word.kind in ("host", "takes", "accompany"):
        take_host_and_guest(reading, proposal)
    elif word.kind in ("go", "back", "come") and moves_somebody(reading, word):
        if word.kind == "come":
            return None  # "stopped her in": held up, no visit
        proposal.possessive = reading.scene.low(word.index + 1)
    else:
        inverted = _inverted(reading, word)
        proposal.actors, proposal.shared = inverted or subject(reading, word.index)
        attended = reading.scene.low(word.index).startswith(
            tuple(reading.pack.words["attend_forms"])
        )
        if word.passive and (word.kind == "presence" or (word.kind == "event" and attended)):
            proposal.actors = received_by(reading, proposal)  # "was signed in Oslo by X and Y"
        if behind_relative(reading, word.index):
            proposal.left = max(proposal.left, main_clause(reading, word.index))
    if word.kind in ("begin", "covers"):
        take_begun(reading, proposal)
    if proposal.actors:
        # "X received Y in Rome, then flew home": it is the host who goes on.
        active = word.kind in ("host", "takes", "accompany") and not word.passive
        goes_on = proposal.hosts if active and proposal.hosts else proposal.actors
        reading.subjects[word.index] = goes_on
        _companions(reading, proposal)
    take_places(reading, proposal)
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
        elif is_of_date(reading, at) or scene.low(at) in words["articles"] or is_light(reading, at):
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
    if not who or who[0].first > 1 or reading.lows & words["invite_cues"]:
        return None
    places = [p for p in reading.places if p.preposition in to and not p.inside]
    if not places:
        return None
    other = 0
    for at in range(len(scene.tokens)):
        known = at in reading.actor_at or at in reading.place_at or at in reading.dates
        low = scene.low(at)
        plain = not low.isalnum() or low in reading.pack.any_word("prepositions", "articles")
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
    locative = stay_prepositions(reading) | reading.pack.words["seen_from"]
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
        right = min(actor.last + _CLAUSE, len(reading.scene.tokens))
        found.append(Proposal(word, following(reading, actor), [place], right=right))
    return found


def whereabouts(reading: Reading, found: list[Proposal]) -> list[Proposal]:
    """`flew in from Vienna, where she had met traders`: a place told only of what is done there.

    As with a fronted place, that the person travels must be told elsewhere.
    """
    scene, words = reading.scene, reading.pack.words
    told = {place.first for one in found for place in one.destinations}
    drafts = []
    for place in reading.places:
        at = place.last + (scene.low(place.last) == ",")
        actor = reading.actor_at.get(at + 1)
        if scene.low(at) not in WHERE or place.inside or place.first in told:
            continue
        if actor is None or actor.first != at + 1 or actor.preposition or actor.kind in _NO_SUBJECT:
            continue
        clause = {scene.low(n) for n in range(actor.last, actor.last + _CLAUSE // 2)}
        if clause & (words["nobody_verbs"] | words["past_future_cues"]):
            continue  # "where she lived", "where he was to be received"
        ahead = clause & (words["will"] | words["future_cues"])
        word = Word(actor.first, Trigger("seen", "future" if ahead else "past"))
        right = min(actor.last + _CLAUSE, len(scene.tokens))
        drafts.append(Proposal(word, following(reading, actor), [place], left=at, right=right))
    return drafts


# Words behind a subject that are looked at for what it does.
_CLAUSE = 12


def _behind_place(reading: Reading, place: PlaceArgument) -> Actor | None:
    """Who follows a place at once, or behind what stands beside its name between commas."""
    scene, at = reading.scene, place.last
    at += scene.low(at) == ","
    actor = reading.actor_at.get(at)
    if actor is None:
        at = next((n + 1 for n in range(at, at + BESIDE) if scene.low(n) == ","), -1)
        actor = reading.actor_at.get(at)
    return actor if actor is not None and actor.first == at else None


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


# Between a day and the places of an itinerary.
_DASHES = frozenset({"-", "–", "—", "--", ":"})
# What may stand behind them; a colon, or a word that is no purpose, tells of an event there.
_ENDS = frozenset({"", ".", "(", ")", ";"})


def itinerary(reading: Reading) -> Proposal | None:
    """A line of an itinerary: `Oct. 25-29 – Spain and France`, `12 mars : Rome, pour un sommet`.

    Whose it is must be told above it; the proposal has no actors.
    """
    scene, words = reading.scene, reading.pack.words
    at = next((n for n in range(min(4, len(scene.tokens))) if n in reading.dates), -1)
    if at < 0 or any(scene.tokens[n].text[0].isalpha() for n in range(at)):
        return None
    while at in reading.dates:
        at += 1
    if scene.low(at) not in _DASHES:
        return None
    while scene.low(at) in _DASHES:
        at += 1
    places: list[PlaceArgument] = []
    while (place := reading.place_at.get(at)) is not None and place.first == at:
        places.append(place)
        at = place.last
        while scene.low(at) == "," or scene.low(at) in words["conjunctions"]:
            at += 1
    low = scene.low(at)
    if not places or places[0].preposition or not (low in _ENDS or low in _for(reading)):
        return None
    word = Word(places[0].first, Trigger("agenda", "present"))
    return Proposal(word, (), places, right=len(scene.tokens))


def enumeration(reading: Reading) -> Proposal | None:
    """`The eight African countries are Cameroon, Liberia and …`: the stops of a tour told before.

    Whose tour it was must be told there; the proposal has no actors.
    """
    scene, words = reading.scene, reading.pack.words
    heads = words["stop_nouns_listed"]
    head = next((n for n in range(1, min(5, len(scene.tokens))) if scene.low(n) in heads), -1)
    if head < 0:
        return None
    forms = (n for n in range(head + 6, head, -1) if scene.low(n) in words["be_forms"])
    verb = next(forms, -1)
    if verb < 0 or scene.low(0) not in words["articles"] | words["definite"]:
        return None
    if not all(_is_of_tour(reading, n) for n in (*range(1, head), *range(head + 1, verb))):
        return None
    behind = [p for p in reading.places if p.first > verb and not p.inside]
    if len(behind) < 2 or any(p.preposition not in {"", *words["articles"]} for p in behind):
        return None
    word = Word(behind[0].first, Trigger("listed", "present"))
    return Proposal(word, (), behind, right=len(scene.tokens))


def _is_of_tour(reading: Reading, at: int) -> bool:
    """Beside the noun: a number, a nationality, a form of `visit`; `member` is of no tour."""
    scene, low = reading.scene, reading.scene.low(at)
    plain = low in reading.pack.any_word("of", "articles", "other", "continental")
    plain = plain or low in reading.pack.words["before_infinitive"]
    number = low in reading.pack.words["numbers"] or low.isdigit()
    return (
        plain
        or number
        or bool(scene.demonym(at))
        or is_light(reading, at)
        or low in (reading.pack.triggers)
    )


def _for(reading: Reading) -> Set[str]:
    return reading.pack.words["purpose"] | reading.pack.any_word("purpose_openers", "prepositions")


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
