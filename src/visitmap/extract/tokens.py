"""Text to sentences and tokens with character offsets.

A token is a word, a number or a mark. Elided French articles (`l’`, `d’`) and the English `’s` are
tokens of their own; `N’Djamena`, `O’Neill`, `état-major`, `U.S.` and `M.` are one token each.
Sentences end at `.!?…` before a new beginning, and at line ends, except where a line was only
wrapped (the next one goes on in lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from visitmap.extract.lazily import lazily

_APOSTROPHES = "'’ʼ`´"
# Old typewriters and bad readers of print write `s for 's.
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES[1:], "'"))
_WORD = rf"[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+|[-‐‑][^\W_]+)*\d*"
_PATTERN = (
    # Nearly all words are plain and small, and this finds those alone in half the time.
    rf"(?P<small>(?:[a-z]{{2,}}+|a)(?![\w{_APOSTROPHES}‐‑.-])|[,.;:!?()«»“”…–—$%&/-])"
    rf"|(?P<plain>[A-Za-z]{{2,}}+(?![\w{_APOSTROPHES}‐‑.-]))"
    rf"|(?P<possessive>[{_APOSTROPHES}]s\b)"
    rf"|(?P<initials>(?:[^\W\d_]\.){{2,}})"
    rf"|(?P<word>{_WORD})"
    r"|(?P<number>\d+(?:[.,:]\d+)*\w*)"
    r"|(?P<mark>[^\w\s]|_)"
)
_TOKEN = re.compile(_PATTERN)
_SMALL, _PLAIN = _TOKEN.groupindex["small"], _TOKEN.groupindex["plain"]
# A sentence ends here: marks, closing quotes, white space, and then a beginning.
_END = re.compile(
    # Asked first: `re` passes over all other letters much faster.
    r"(?=[.!?…\n])(?:"
    # A web page's lost space: "offices.While in Germany".
    r"(?<=[a-zà-ÿ]{3})\.(?=[A-ZÀ-Þ][a-zà-ÿ]{2})|"
    r"[.!?…]+[»”\"')\]]*(?=\s+[«“\"'(\[—–-]*\s*[^\W\d_a-zà-ÿ]|\s+\d|\s*$)|\n(?=\s*\S)|[.!?…]+(?=\n))"
)
_LONGEST_SENTENCE = 2500


class Token(NamedTuple):
    """A word, number or mark with its half-open offsets in the document.

    `low` is the text in lower case, `is_capitalised` whether it begins like a name. A named tuple
    and no dataclass: a document has thousands, and these are made faster.
    """

    text: str
    start: int
    end: int
    low: str
    is_capitalised: bool


@dataclass(eq=False)
class Sentence:
    """A sentence: half-open offsets, and its tokens (made when first asked for)."""

    text: str
    start: int
    end: int
    number: int
    elisions: frozenset[str]
    abbreviations: frozenset[str]

    @lazily
    def lows(self) -> frozenset[str]:
        """Its words and marks in lower case."""
        return frozenset([token.low for token in self.tokens])

    @lazily
    def tokens(self) -> list[Token]:
        """The tokens in order."""
        found: list[Token] = []
        text, done, new = self.text, self.start, tuple.__new__  # as `Token(…)`, in half the time
        for match in _TOKEN.finditer(text, self.start, self.end):
            start, end = match.span()
            if start < done:
                continue  # an abbreviation has taken the full stop that the pattern finds next
            if match.lastindex == _SMALL:
                word = match[0]
                found.append(new(Token, (word, start, end, word, False)))
            elif match.lastindex == _PLAIN:
                word = match[0]
                found.append(new(Token, (word, start, end, word.lower(), word[0].isupper())))
            else:
                found += _cut(match, self)
                done = found[-1].end
        return found


def sentences(
    text: str, elisions: frozenset[str], abbreviations: frozenset[str]
) -> Iterator[Sentence]:
    """All sentences of a text in order; offsets are those of the text."""
    start, number = 0, 0
    for end in _ends(text, abbreviations):
        first, last = _trim(text, start, end)
        if first < last:
            yield Sentence(text, first, last, number, elisions, abbreviations)
            number += 1
        start = end


def _ends(text: str, abbreviations: frozenset[str]) -> Iterator[int]:
    last, full = 0, _full_line(text)
    for match in _END.finditer(text):
        if match[0] == "\n":
            if _is_wrapped(text, match.start(), full):
                continue
        elif match[0] == "." and _is_abbreviated(text, match.start(), abbreviations):
            continue
        yield from _cut_long(text, last, match.end())
        last = match.end()
    yield from _cut_long(text, last, len(text))


def _cut_long(text: str, start: int, end: int) -> Iterator[int]:
    """A text without sentence ends is cut at spaces, so that work stays linear."""
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        start = space if space > start else start + _LONGEST_SENTENCE
        yield start
    yield end


# Letters of the widest and the narrowest column that a typewriter or a mailer breaks lines at.
_WIDEST, _NARROWEST = 100, 40
# Lines that it takes to tell, the share of a line that is full, and the share of lines that are.
_LINES, _FULL, _MOST = 3, 0.6, 0.8


def _full_line(text: str) -> int:
    """How long a line is at least that was broken to fit a column; 0 where none were.

    Nearly all lines above another are of about one length then, and seldom end with a sentence.
    """
    lines = text.split("\n") if "\n" in text else []
    above = [one.rstrip() for one, below in pairwise(lines) if below.strip() and one.strip()]
    longest = max(map(len, above), default=0)
    if len(above) < _LINES or not _NARROWEST <= longest <= _WIDEST:
        return 0
    full = int(longest * _FULL)
    broken = sum(len(line) >= full for line in above)
    ended = sum(line[-1] in ".!?:;" for line in above)
    return full if broken >= _MOST * len(above) and 2 * ended < len(above) else 0


def _is_wrapped(text: str, newline: int, full: int) -> bool:
    before = text[:newline].rstrip(" \t\r")[-1:] if newline < 1 else text[newline - 1]
    after = text[newline + 1 : newline + 2]
    if before in ".!?:;":
        return False
    line = newline - text.rfind("\n", 0, newline) - 1
    return after.islower() or (0 < full <= line and not after.isspace() and after != "")


def _is_abbreviated(text: str, dot: int, abbreviations: frozenset[str]) -> bool:
    start = dot
    while start > 0 and dot - start < 12 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start:dot]
    if not word:
        return False
    follows = text[dot + 1 : dot + 3].strip()[:1]
    if word.lower() in abbreviations:
        return True
    return len(word.split(".")[-1]) == 1 and word[-1:].isupper() and follows.isalpha()


def lower_case(text: str) -> str:
    """The text in lower case, of the same length: a few capitals would become two letters."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(match: re.Match[str], sentence: Sentence) -> Iterator[Token]:
    """One match as tokens: elided words cut off, abbreviations with their full stop."""
    start, end = match.span()
    text = sentence.text
    if match.lastgroup == "word" and not match[0].isalpha():
        start = yield from _elided(sentence, start, end)
        possessive = text[end - 2 : end]
        if end - start > 2 and possessive[0] in _APOSTROPHES and possessive[1] in "sS":
            yield _token(text, start, end - 2)
            yield _token(text, end - 2, end)
            return
    if match.lastgroup == "word" and text[end : end + 1] == ".":
        end += text[start:end].lower() in sentence.abbreviations
    yield _token(text, start, end)


def _elided(sentence: Sentence, start: int, end: int):
    text = sentence.text
    while True:
        mark = next((i for i in range(start, end) if text[i] in _APOSTROPHES), -1)
        if mark < 0 or mark + 1 >= end:
            return start
        head, rest = text[start:mark], text[mark + 1 : end]
        name_like = head[0].isupper() and rest[0].isupper() and len(head) == 1 and head in "NOKTM"
        if head.lower() not in sentence.elisions or name_like:
            return start
        yield _token(text, start, mark + 1)
        start = mark + 1


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    low = word.lower()
    if not low.isalpha():
        low = low.translate(_STRAIGHT)
    return Token(word, start, end, low, word[0].isupper())
