"""The searches for any of many words, and what is worked out once."""

import re

import pytest

from visitmap.extract.lazily import lazily
from visitmap.extract.pack import any_of

WORDS = ["after", "afternoon", "april", "a", "l'", "st."]


@pytest.mark.parametrize("word", WORDS)
def test_any_of_finds_each_word_whole(word: str) -> None:
    """The longest that stands there, and nothing that only begins like one."""
    found = re.compile(rf"(?:{any_of(WORDS)})(?!\w)").match(f"{word} x")
    assert found is not None and found[0] == word
    assert re.fullmatch(any_of(WORDS), "aft") is None


@pytest.mark.parametrize(("words", "found"), [([], []), (["x"], ["x"]), (["xy", "xz"], ["xz"])])
def test_any_of_few_words(words: list[str], found: list[str]) -> None:
    """None is found of none, and one word needs no others."""
    assert re.findall(any_of(words), "w xz")[:1] == found


def test_what_is_lazy_is_worked_out_once() -> None:
    """The first question finds it, the next ones only read it; another object has its own."""
    asked = []

    class Text:
        @lazily
        def words(self) -> int:
            """How many."""
            asked.append(self)
            return len(asked)

    one, two = Text(), Text()
    assert (one.words, one.words, two.words, len(asked)) == (1, 1, 2, 2)
    assert Text.words.__doc__ == "How many."
