"""Whether a visit is planned, ongoing, happened, cancelled, denied, or not told at all.

Words decide first (negation, "annulé", "denied", tense), the date against the document's second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from visitmap.extract.reading import Proposal, Reading
from visitmap.extract.roles import is_of_date
from visitmap.extract.words import is_adjective
from visitmap.model import Status
from visitmap.timespan import Timespan, bounds

_GROUP = 7
# Words between a visit and the word that says that it was called off.
_CANCEL_REACH = 18


@dataclass(frozen=True, slots=True)
class Told:
    """What the words say: a status, empty when the visit is none, and whether it is only likely.

    `instead`: another visit took its place, and the sentence's dates are that one's. `was_to`: it
    was planned at a time that is past (`was to meet`, `devait se rendre`).
    """

    status: Status | str
    modal: bool = False
    inherits: bool = False
    tensed: bool = True
    instead: bool = False
    was_to: bool = False
    arrived: bool = False


def told_status(reading: Reading, proposal: Proposal, number_of_proposals: int) -> Told:
    """The status that the words around the trigger tell."""
    if _is_remote(reading, proposal) or _is_invitation(reading, proposal):
        return Told("")
    if _is_supposed(reading, proposal):
        return Told("")
    group = _group(reading, proposal)
    negated = _is_negated(reading, proposal, group)
    if _is_denied(reading, proposal):
        return Told("denied")
    tense = _tense(reading, proposal, group)
    modal = bool(group & reading.pack.words["modal_cues"])
    index = proposal.word.index
    if _has(reading, "instead_cues", index - 7, index):
        return Told("cancelled", instead=True)
    if _is_cancelled(reading, proposal, number_of_proposals):
        return Told("planned" if _is_postponed(reading, proposal) else "cancelled")
    if negated:
        kept = tense.status == "planned" or group & reading.pack.words["able"]
        return Told("cancelled" if kept else _claim(reading))
    return replace(tense, modal=modal or tense.modal)


def _window(reading: Reading, first: int, last: int) -> set[str]:
    """The words between two tokens; a month that is also a verb, `May`, is none."""
    scene, modal = reading.scene, reading.pack.words["modal_cues"]
    lows = {scene.low(n) for n in range(max(0, first), last)}
    return {low for low in lows if low not in modal} | {
        scene.low(n)
        for n in range(max(0, first), min(last, len(scene.tokens)))
        if scene.low(n) in modal and not (scene.tokens[n].is_capitalised and n)
    }


def _group(reading: Reading, proposal: Proposal) -> set[str]:
    """The words of the verb's group: those just before it, in its clause."""
    index, found = proposal.word.index, set()
    for at in range(index - 1, max(proposal.left, index - _GROUP) - 1, -1):
        low = reading.scene.low(at)
        if low in (",", ";") or (at in reading.actor_at and low not in ("il", "elle")):
            break
        found.add(low)
    return found | _planned_to(reading, proposal)


def _planned_to(reading: Reading, proposal: Proposal) -> set[str]:
    """`said he planned to visit`: the clause is cut before `to`, and a plan stands before it."""
    words, at = reading.pack.words, proposal.word.index - 1
    if proposal.left != at or reading.scene.low(at) not in words["before_infinitive"]:
        return set()
    cue = reading.scene.low(at - 1)
    if cue not in words["future_cues"] | words["past_future_cues"]:
        return set()
    return _window(reading, at - 3, at)


def _has(reading: Reading, table: str, first: int, last: int) -> bool:
    """Whether a cue of a pack's table stands between two tokens; cues may be phrases."""
    scene = reading.scene
    first, last = max(0, first), min(last, len(scene.tokens))
    if first >= last:
        return False
    cues = reading.pack.words[table]
    if _window(reading, first, last) & cues:
        return True
    phrases = reading.pack.phrases(table)
    if not phrases:
        return False
    text = scene.written(first, last).lower().replace("’", "'")
    return any(phrase in text for phrase in phrases)


def _is_remote(reading: Reading, proposal: Proposal) -> bool:
    return _has(
        reading, "remote_cues", proposal.left, max(proposal.right, proposal.word.index + 12)
    )


def _is_invitation(reading: Reading, proposal: Proposal) -> bool:
    """`invited him to visit`, `a refusé de se rendre`: nobody says that he went."""
    trigger, index = proposal.word.trigger, proposal.word.index
    if trigger.tense not in ("infinitive", ""):
        return False
    if not trigger.tense and trigger.after and _has(reading, "sending_cues", index - 5, index):
        return True  # "sent a mission to Rome"
    made = _window(reading, index - 3, index) & reading.pack.words["to_make"]
    near = 3 + 4 * bool(made)  # "invited her to pay a visit"
    first = max(proposal.left, index - 6) if trigger.tense else index - near
    if _has(reading, "invitation_accepted", index - 8, index):
        return False
    return _has(reading, "invite_cues", first, index) or _is_asked(reading, index)


def _is_asked(reading: Reading, index: int) -> bool:
    """`wanted the president to go`: between the cue and the infinitive stands only whom it asks."""
    actor = next((one for one in reading.actors if 0 <= index - one.last <= 1), None)
    before = reading.scene.low(actor.first - 1) if actor is not None else ""
    return before in reading.pack.words["invite_cues"]


def _is_supposed(reading: Reading, proposal: Proposal) -> bool:
    """`asked if he will visit`, `s'il se rend à`: nobody says that he does."""
    scene, cues = reading.scene, reading.pack.words["if_cues"]
    for at in range(proposal.word.index - 1, max(-1, proposal.word.index - 14), -1):
        if scene.low(at) in cues:
            return True
        if scene.low(at) in (",", ";", ":"):
            return False
    return False


def _is_negated(reading: Reading, proposal: Proposal, group: set[str]) -> bool:
    words = reading.pack.words
    if not group & words["negation"]:
        return False
    index = proposal.word.index
    if proposal.possessive and not proposal.word.trigger.tense:
        return bool(_window(reading, index - 4, index) & words["to_make"])
    passing = _window(reading, index - 4, index) & words["in_passing"]
    if passing and not proposal.word.trigger.tense:
        return False
    near = _window(reading, index - _GROUP, index + 4)
    until = _window(reading, index, index + _CANCEL_REACH) & words["until"]
    return not near & words["negation_exceptions"] and not until


def _claim(reading: Reading) -> str:
    return "denied" if _has(reading, "claim_cues", 0, len(reading.scene.tokens)) else ""


def _is_denied(reading: Reading, proposal: Proposal) -> bool:
    index = proposal.word.index
    return _has(reading, "deny_cues", index - 24, index)


def _is_cancelled(reading: Reading, proposal: Proposal, number_of_proposals: int) -> bool:
    if reading.pack.has("cancel_cues", reading.scene.low(proposal.word.index)):
        return False  # "dropped in to Delhi"
    if number_of_proposals == 1:
        # "regarding their stop in Oslo: the declaration was cancelled" is of two things.
        marks = [n for n, one in enumerate(reading.scene.tokens) if one.low in (":", ";")]
        first = max((n for n in marks if n < proposal.word.index), default=0)
        last = min((n for n in marks if n > proposal.word.index), default=len(reading.scene.tokens))
        index = proposal.word.index
        first, last = max(first, index - _CANCEL_REACH), min(last, index + _CANCEL_REACH)
        return _has(reading, "cancel_cues", first, last)
    return _has(reading, "cancel_cues", max(proposal.left, proposal.word.index - 8), proposal.right)


def _is_postponed(reading: Reading, proposal: Proposal) -> bool:
    """Postponed, and a date follows the word: to then."""
    scene, cues = reading.scene, reading.pack.words["postpone_cues"]
    for index, token in enumerate(scene.tokens):
        if token.low in cues:
            return any(at > index for at in reading.dates)
    return False


def _tense(reading: Reading, proposal: Proposal, group: set[str]) -> Told:
    tense, words = proposal.word.trigger.tense, reading.pack.words
    if not tense:
        return _of_sentence(reading, proposal)
    if tense == "future":
        return Told("planned")
    if tense == "conditional":
        return Told("planned", modal=True)
    planned = group & words["future_cues"]
    if tense == "participle" and proposal.word.passive and {"will", "be"} <= group:
        return Told("planned")
    if tense in ("infinitive", "gerund") or (tense == "participle" and _is_expected(proposal)):
        return _of_infinitive(reading, proposal, group)
    if tense == "participle" and group & words["conditional_report"]:
        return Told("happened", modal=True)
    if tense == "participle" and proposal.word.passive and (planned or _future_be(reading, group)):
        return Told("planned")
    if tense == "participle" and proposal.word.passive and group & {"être", "be"}:
        return Told("happened", inherits=True)
    if tense == "present":
        return Told("present")
    form = reading.scene.low(proposal.word.index)
    arrived = form.startswith(tuple(words["arrived"]) or ("\0",)) and bool(group & words["perfect"])
    return Told("happened", arrived=arrived)


def _is_expected(proposal: Proposal) -> bool:
    return proposal.word.kind == "expected"


def _future_be(reading: Reading, group: set[str]) -> bool:
    return bool(group & reading.pack.future_forms)


def _of_infinitive(reading: Reading, proposal: Proposal, group: set[str]) -> Told:
    words = reading.pack.words
    if group & words["modal_cues"]:
        return Told("planned", modal=True)
    if proposal.word.kind == "begin" and _is_of_plan(reading):
        return Told("planned")
    index = proposal.word.index
    before = reading.scene.low(index - 1)
    if group & (words["future_cues"] - {"to"}) or proposal.word.kind == "expected":
        return Told("planned", was_to=bool(group & (words["be_past"] | words["past_future_cues"])))
    if group & words["past_future_cues"]:
        return Told("planned", was_to=True)
    if before == "to" and group & words["be_forms"]:
        return Told("planned", was_to=bool(group & words["be_past"]))
    nth = any(reading.scene.low(n) in words["nth"] for n in range(index - _GROUP, index))
    ends = any(one.last == index - 1 for one in proposal.actors)
    if before in words["headline_to"] and ends and not nth:
        return Told("planned")  # a headline: "Foreign minister to visit Rome"
    if group & words["auxiliaries"] & words["be_forms"] and proposal.word.trigger.tense == "gerund":
        return Told("present")
    return Told("happened", inherits=True)


def _of_sentence(reading: Reading, proposal: Proposal) -> Told:
    """A noun has no tense: the verbs and cues near it tell."""
    first = max(0, proposal.word.index - 14)
    near = _window(reading, first, proposal.word.index + 3) | _verb_behind(reading, proposal)
    words = reading.pack.words
    if _future_verb(reading, near) or near & (words["future_cues"] - {"to", "about", "set"}):
        return Told("planned", bool(near & words["modal_cues"]), tensed=False)
    if near & words["ongoing_cues"] or _is_under_way(reading, proposal.word.index):
        return Told("ongoing", tensed=False)
    if near & words["modal_cues"]:
        return Told("planned", True, tensed=False)
    if _is_made(reading, proposal.word.index, "making"):
        return Told("present", tensed=False)
    return Told("happened", tensed=_is_made(reading, proposal.word.index))


def _is_made(reading: Reading, index: int, table: str = "made") -> bool:
    """`made a brief visit`, `a effectué une visite`: the verb before the noun has a tense."""
    at = index - 1
    while at >= 0 and (
        is_adjective(reading, at)
        or reading.pack.has("articles", reading.scene.low(at))
        or is_of_date(reading, at)
    ):
        at -= 1
    made = reading.pack.words[table]
    return reading.scene.low(at) in made or any(
        reading.scene.low(n) in made for n in range(at + 1, index)
    )


def _verb_behind(reading: Reading, proposal: Proposal) -> set[str]:
    """`his visit to Berlin will be`: the verb right behind the noun's place or date."""
    at = proposal.word.index + 1
    while at < len(reading.scene.tokens):
        place = reading.place_at.get(at)
        if place is not None:
            at = place.last
        elif at in reading.dates or reading.pack.has("prepositions", reading.scene.low(at)):
            at += 1
        else:
            break
    behind = reading.scene.low(at)
    finite = behind in reading.pack.words["auxiliaries"] or _future_verb(reading, {behind})
    return {behind} if finite and at not in reading.actor_at else set()


def _is_under_way(reading: Reading, index: int) -> bool:
    """`X, en visite à Y, a déclaré`; `X, on a visit to Y, said`."""
    scene, words = reading.scene, reading.pack.words
    at = index - 1
    while at > max(0, index - 4) and scene.low(at) not in words["under_way"]:
        at -= 1
    if scene.low(at) not in words["under_way"]:
        return False
    headline = any(one.last == at and not one.preposition for one in reading.actors)
    beside = at == 0 or scene.low(at - 1) in (",", "(") or headline
    return beside or scene.low(at - 1) in words["be_present"]


def _is_of_plan(reading: Reading) -> bool:
    """`the trip, starting Monday, will take him to`: the sentence's own verb lies ahead."""
    lows = {token.low for token in reading.scene.tokens}
    return bool(lows & reading.pack.words["will"]) or _future_verb(reading, lows)


def _future_verb(reading: Reading, near: set[str]) -> bool:
    endings = tuple(reading.pack.words.get("future_endings", ()))
    return bool(endings) and any(len(low) > 3 and low.endswith(endings) for low in near)


def dated_status(status: str, span: Timespan, document_date: str, kind: str) -> Status:
    """The told status seen from the document's date."""
    document = bounds(document_date)
    first, last = span.start_earliest, span.end_latest
    if status in ("cancelled", "denied"):
        return status
    if document.earliest is None or document.latest is None:
        # Undated texts tell history in the present rather than the news of today.
        return {"present": "ongoing" if kind in ("be", "stay") else "happened"}.get(status, status)
    if first is not None and first > document.latest:
        return "planned"
    if status == "planned":
        over = last is not None and last < document.earliest
        return "happened" if over and span.end_latest else "planned"
    end = span.end and bounds(span.end).latest
    if status in ("present", "ongoing"):
        if kind == "listed" and (last is None or last >= document.earliest):
            return "planned"
        noted = kind == "agenda" and span.start_latest  # a list gives each stop one day
        if noted and noted < document.earliest and not span.end:
            return "happened"
        return (
            "happened"
            if last is not None and last < document.earliest and not _open(span)
            else (
                "ongoing"
                if status == "ongoing" or kind in _UNDER_WAY
                else "planned"
                if first is None or (first < document.earliest and last and last > document.latest)
                else "ongoing"
            )
        )
    if end and end > document.latest:
        return "ongoing"
    recent = first is not None and (document.earliest - first).days <= 1 and not span.end
    if recent and kind in ("come", "reach") and first == span.start_latest:
        return "ongoing"
    return "happened"


# Kinds of words that tell, in the present, of what goes on.
_UNDER_WAY = frozenset({"be", "stay", "noun", "visit", "come", "reach", "accompany"})


def _open(span: Timespan) -> bool:
    return not span.end and span.duration_days is None
