"""Whether a document may tell of a visit at all: most of the news does not, and ends here.

Two looks, each cheaper than reading the document: for a sentence with both a word of visits and a
name of a place; then, in those sentences alone, for such a word with somebody and somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from visitmap.extract.frames import Proposal, Reading, proposals
from visitmap.extract.gatherings import gathering_in
from visitmap.extract.pack import Pack
from visitmap.extract.people import Scene, find_actors
from visitmap.extract.status import told_status
from visitmap.extract.timing import sentence_dates
from visitmap.extract.tokens import Sentence
from visitmap.extract.toponyms import place_spans
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document


def may_tell(
    document: Document,
    sentences: Sequence[Sentence],
    pack: Pack,
    gazetteer: Gazetteer,
    surnames: frozenset[str],
    here: bool,
) -> bool:
    """False when no sentence can yield a visit; what is left may still yield none.

    `here`: whether the document has a dateline, so that who meets there has come there.
    """
    text = document.text
    near = pack.words["here"] | pack.words["there"] | pack.words["from_there"]
    for sentence in sentences:
        bounds = sentence.start, sentence.end
        strong = pack.strong.search(text, *bounds)
        verbless = not strong and _may_be_verbless(sentence)
        if not strong and not verbless and not pack.presence.search(text, *bounds):
            continue
        spans = place_spans(sentence.tokens, gazetteer, pack)
        if not spans and not _may_name_place(sentence, pack, near):
            continue
        scene = Scene(sentence.tokens, text, pack, gazetteer, spans, surnames)
        actors = find_actors(scene)
        if verbless and spans and any(one.first <= 1 or _has_head(sentence) for one in actors):
            return True
        dates = sentence_dates(document, sentence.tokens, *bounds, "")
        reading = Reading(scene, actors, dates.tokens)
        found = proposals(reading)
        if any(_tells(one, here) and told_status(reading, one, len(found)).status for one in found):
            return True
        if gathering_in(reading, found) and pack.attendance.search(text, sentence.start):
            return True
    return False


# Words of the longest line that may tell of a visit without a verb, and letters of its head.
_SHORT, _LONG_WORD, _HEAD = 25, 8, 60
_DIGIT = re.compile(r"\d")


def _may_be_verbless(sentence: Sentence) -> bool:
    """A dated line of an agenda or a picture: `March 3: the minister in Oslo`."""
    short = sentence.end - sentence.start < _SHORT * _LONG_WORD
    dated = bool(_DIGIT.search(sentence.text, sentence.start, sentence.end))
    return short and (dated or _has_head(sentence))


def _has_head(sentence: Sentence) -> bool:
    """A colon near the beginning, as an agenda's lines have behind the day."""
    return ":" in sentence.text[sentence.start : min(sentence.end, sentence.start + _HEAD)]


def _tells(proposal: Proposal, here: bool) -> bool:
    """Somebody, and somewhere; a meeting may be where the report was written."""
    meets = here and proposal.word.kind == "event" and bool(proposal.word.trigger.tense)
    somewhere = proposal.destinations or proposal.there or proposal.origin or meets
    return bool(somewhere and (proposal.actors or proposal.possessive))


def _may_name_place(sentence: Sentence, pack: Pack, near: frozenset[str]) -> bool:
    """A deictic word, a noun of a place, or an unknown name behind a preposition."""
    before, nouns = "", pack.places["capital_of"] | pack.places["sites"]
    for token in sentence.tokens:
        if token.low in near or token.low in nouns:
            return True
        if token.is_capitalised and before in pack.frames["go"].to:
            return True
        before = token.low
    return False
