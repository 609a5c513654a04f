"""Whether a sentence's words of visits may have a place at all, seen in its bare text.

Most sentences of the news have such a word (`said`, `going`), and in most of them nothing stands
where its place would: no capital behind it, no `in` or `to` between. They end here, before they
are cut into words. What is asked for is worked out from the pack, form by form, and is never more
than what `prospects.may_take_place` and `may_take_unknown` ask for of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visitmap.extract.arguments import HEADING, LEFT_OK
from visitmap.extract.dates import may_have_date
from visitmap.extract.pack import Frame, Pack, Trigger, any_of, first_letters
from visitmap.extract.prospects import STARTS, WHERE
from visitmap.extract.tokens import Sentence

# A letter that may begin a name: all but the small ones of English and French, and marks.
_CAPITALS = "A-ZÀ-ÖØ-Þ\u0100-\u1fff\u2c00-\U0010ffff"
_CAPITAL = re.compile(f"[{_CAPITALS}]")
# From a preposition to the name in its phrase: no mark stands between.
_NAME = re.compile(f'[^,;:!?()«»"“”–—{_CAPITALS}]*[{_CAPITALS}]')
_APOSTROPHES = "'’ʼ`´"
_WORD = re.compile(rf"\w[\w{_APOSTROPHES}‐‑-]*")
# Words that may stand between a form of `to be` and the preposition behind it.
_BE_REACH = 3
_NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class _Use:
    """What a word can be, and what must stand around it in the text for a place to be its own."""

    is_event: bool
    is_saying: bool
    after: re.Pattern[str] | None
    reflexive: bool
    is_heading: bool
    bare_behind: bool
    behind: re.Pattern[str]
    bare_before: bool
    received: re.Pattern[str] | None
    before: tuple[re.Pattern[str], ...]


class Glance:
    """The looks at bare text that one pack asks for."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._reflexive = _one_of(pack, pack.reflexives)
        self._stay = _one_of(pack, _frame(pack, "stay").to)
        self._starts = _one_of(pack, STARTS)
        nouns = pack.capitals_and_soil | pack.nouns_of_places | WHERE
        self._beside = _one_of(pack, nouns)
        self._peoples = _one_of(pack, pack.capitals_and_soil)
        self._at = _one_of(pack, _frame(pack, "be").to)
        self._here = _one_of(pack, pack.words["here"])
        self._be = _to_be(pack)
        self._uses: dict[str, tuple[_Use, ...]] = {}

    def may_be_somewhere(
        self, text: str, lower: str, sentence: Sentence, hits: Sequence[re.Match[str]]
    ) -> bool:
        """Whether one of a sentence's words of visits, its `hits`, may have a place here.

        `lower` is the text in lower case, of the same length.
        """
        if self._may_be_present(text, lower, sentence):
            return True
        if not hits:
            return False
        if self._beside.search(lower, sentence.start, sentence.end):
            return True
        return any(
            self._may_have_place(use, hit, text, lower, sentence, hits)
            for hit in hits
            for use in self.uses(hit[0])
        )

    def _may_be_present(self, text: str, lower: str, sentence: Sentence) -> bool:
        """`was also in Rome`: only small words and days stand between `to be` and its place."""
        for found in self._be.finditer(lower, sentence.start, sentence.end):
            if _NAME.match(text, found.end(), sentence.end) and self._is_light(found):
                return True
        return False

    def _is_light(self, be: re.Match[str]) -> bool:
        """Whether what stands between may be light; elided words are not cut here."""
        words = _WORD.findall(be[1])
        if all(self._pack.is_light(one) or any(map(one.count, _APOSTROPHES)) for one in words):
            return True
        return may_have_date(be.string, self._pack.language, *be.span(1))

    def may_be_listed(self, text: str, lower: str, sentence: Sentence) -> bool:
        """Whether a place may be told where no verb is: `March 3: the minister in Oslo`."""
        for found in self._at.finditer(lower, sentence.start, sentence.end):
            if _NAME.match(text, found.end(), sentence.end):
                return True
        return self._peoples.search(lower, sentence.start, sentence.end) is not None

    def may_be_elsewhere(
        self, lower: str, sentence: Sentence, hits: Sequence[re.Match[str]], here: bool
    ) -> bool:
        """Whether the place may be told by another sentence; `here` whether the dateline does."""
        if here and self._here.search(lower, sentence.start, sentence.end):
            return True
        return self._has_event(hits)

    def _has_event(self, hits: Iterable[re.Match[str]]) -> bool:
        return any(use.is_event for hit in hits for use in self.uses(hit[0]))

    def uses(self, form: str) -> tuple[_Use, ...]:
        """What a form may be; of several words (`press conference`) what each of them may be."""
        known = self._uses.get(form)
        if known is None:
            known = self._uses[form] = tuple(dict.fromkeys(self._worked_out(form)))
        return known

    def _worked_out(self, form: str) -> Iterable[_Use]:
        triggers = self._pack.triggers
        for word in dict.fromkeys([form, *re.findall(r"\w+", form)]):
            yield from (self._use(word, one) for one in triggers.get(word, ()) if one.kind != "be")

    def _use(self, form: str, trigger: Trigger) -> _Use:
        pack, frame = self._pack, _frame(self._pack, trigger.kind)
        linked = pack.words["of"] | pack.words["linked_to"]
        left = (self._stay,) if trigger.kind in LEFT_OK else ()
        return _Use(
            is_event=trigger.kind == "event",
            is_saying=form in pack.words["reporting"],
            after=_next_word(trigger.after),
            reflexive=trigger.reflexive,
            is_heading=not trigger.tense,
            bare_behind=frame.object in ("place", "origin") or form in pack.words["stop_nouns"],
            behind=_one_of(pack, frame.to | frame.origin | linked | trigger.after),
            bare_before=trigger.kind == "host",
            received=_next_word(pack.words["visitors_from"] if trigger.kind == "noun" else ()),
            before=left + ((self._starts,) if frame.origin else ()),
        )

    def _may_have_place(
        self,
        use: _Use,
        hit: re.Match[str],
        text: str,
        lower: str,
        sentence: Sentence,
        hits: Sequence[re.Match[str]],
    ) -> bool:
        first, last = hit.span()
        if use.after is not None and not use.after.match(lower, last):
            return False
        if use.reflexive and not self._reflexive.search(lower, sentence.start, first):
            return False
        bare = use.bare_behind or (use.is_heading and _is_near(text, sentence.start, first))
        if bare and _CAPITAL.search(text, last, sentence.end):
            return True
        if _named_behind(use.behind, text, lower, last, sentence.end):
            return True
        received = use.received is not None and use.received.match(lower, last)
        if (use.bare_before or received) and _CAPITAL.search(text, sentence.start, first):
            return True
        # "…, officials said": what was said before is not where, but for "at a summit in X".
        dumb = use.is_saying and not self._has_event(hits)
        return any(
            _named_behind(words, text, lower, sentence.start, first)
            for words in use.before
            if not (dumb and words is self._stay)
        )


@lru_cache(maxsize=16)
def glance(pack: Pack) -> Glance:
    """The looks of a pack, made once."""
    return Glance(pack)


def _frame(pack: Pack, kind: str) -> Frame:
    return pack.frames.get(kind) or Frame(kind, frozenset(), frozenset())


def _is_near(text: str, start: int, end: int) -> bool:
    """Whether few enough words stand between for a heading's beginning."""
    return len(text[start:end].split()) < HEADING


def _named_behind(words: re.Pattern[str], text: str, lower: str, start: int, end: int) -> bool:
    """Whether one of some words stands in a stretch of the text, and a capital behind it."""
    found = words.search(lower, start, end)
    return found is not None and _CAPITAL.search(text, found.end(), end) is not None


@lru_cache(maxsize=256)
def _one_of(pack: Pack, words: frozenset[str]) -> re.Pattern[str]:
    """A search in lower case for one of some words, also as they are written without accents."""
    known = set(words)
    known |= {plain for plain, word in pack.unaccented.items() if word in known}
    if "near" in known:
        known |= {"to"}  # "close to" is near
    plain = any_of(word for word in known if word[-1:] not in _APOSTROPHES)
    elided = [word[:-1] for word in known if word[-1:] in _APOSTROPHES and word[:-1]]
    either = rf"{plain}(?!\w)" + (f"|{any_of(elided)}[{_APOSTROPHES}]" if elided else "")
    return re.compile(rf"{first_letters(known)}(?<!\w)(?:{either})") if known else _NEVER


def _next_word(words: Iterable[str]) -> re.Pattern[str] | None:
    """What must follow a word at once; marks between are let pass."""
    known = list(words)
    return re.compile(rf"\W*{any_of(known)}") if known else None


def _to_be(pack: Pack) -> re.Pattern[str]:
    """A form of `to be`, soon a preposition of its place; what stands between is a group."""
    forms = [form for form, uses in pack.triggers.items() if any(one.kind == "be" for one in uses)]
    to = _frame(pack, "be").to
    if not forms or not to:
        return _NEVER
    whole = any_of(form for form in forms if form[0] not in _APOSTROPHES)
    short = any_of(form[1:] for form in forms if form[0] in _APOSTROPHES)
    opens = first_letters([*forms, *_APOSTROPHES])
    be = rf"{opens}(?:(?<!\w){whole}|[{_APOSTROPHES}]{short})(?!\w)"
    return re.compile(rf"{be}((?:\s+\S+){{0,{_BE_REACH}}}?)\W+{_one_of(pack, to).pattern}")
