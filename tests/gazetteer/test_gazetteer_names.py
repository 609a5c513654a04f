"""Folding names and reading query strings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.gazetteer.names import LONGEST_NAME, fold, parse_query


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Téhéran", "TEHERAN"),
        ("Saint-Denis", "saint denis"),
        ("N’Djaména", "N'Djamena"),
        ("İstanbul", "istanbul"),
        ("Bakı", "Baki"),
        ("Ağrı", "agri"),
        ("Kraków", "krakow"),
        ("Łódź", "Lodz"),
        ("St. Louis", "St Louis"),
        ("تهران", "تهـران"),
        ("كابول", "کابول"),
        ("e\u0301", "é"),
        ("יְרוּשָׁלַיִם", "ירושלים"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    """Case, accents, apostrophes, hyphens, vowel points and keyboards make no other name."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("กา", "กำ"), ("Baku", "Bako")])
def test_marks_that_are_letters_stay(one: str, other: str) -> None:
    """Where a mark makes another letter, the names stay apart."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["", "   ", "a\0b", "x" * (LONGEST_NAME + 1), "...", "\u200f"])
def test_what_cannot_be_a_name_folds_to_nothing(name: str) -> None:
    """Empty, NUL-bearing and endless texts are no names."""
    assert fold(name) == ""


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    """A folded name is its own key, whatever characters it came from."""
    assert fold(fold(name)) == fold(name)


def test_query_reads_qualifiers_after_commas_and_in_brackets() -> None:
    """Both ways of writing where a place lies are understood."""
    assert parse_query("Paris, Texas, USA") == ("Paris", ("Texas", "USA"))
    assert parse_query("Astara (Iran)") == ("Astara", ("Iran",))
    assert parse_query(" , ") == ("", ())
