"""What an article says of its own date and publisher."""

import pytest

from visitmap.documents import document_from_text
from visitmap.documents.datelines import date_in_address, find_date, find_publisher, normal_date

REST = "\nLe reste de l’article raconte autre chose, le 5 mai 2001."


@pytest.mark.parametrize(
    ("head", "date", "basis", "publisher"),
    [
        ("BAKU, March 3, 2018 — The president", "2018-03-03", "dateline", ""),
        ("WASHINGTON, D.C., June 14, 1921.—The king", "1921-06-14", "dateline", ""),
        ("New York, Monday, May 3, 2016 (AP) - A man", "2016-05-03", "dateline", "AP"),
        ("PARIS (AFP), 3 mars 2018 : le ministre", "2018-03-03", "dateline", "AFP"),
        ("Téhéran, 3 mars (IRNA) – Le président", "XXXX-03-03", "dateline", "IRNA"),
        ("KIGALI, 27 juin - Onze chefs d’État", "XXXX-06-27", "dateline", ""),
        ("LONDON, Jan. 5 /Xinhua/ -- The queen", "XXXX-01-05", "dateline", "Xinhua"),
        ("Titre\nPublié le mardi 3 avril 2018 à 10h", "2018-04-03", "text", ""),
        ("Published on April 3, 2018 by us", "2018-04-03", "text", ""),
        ("Date: 2018-03-04", "2018-03-04", "text", ""),
        ("Titre\nMardi 3 mai 2016\nTexte", "2016-05-03", "text", ""),
        ("Le président s’est rendu à Bakou le 28 mars 2018.", "", "", ""),
        ("PARIS — Le 3 mars 2018, le président est parti.", "", "", ""),
        ("Oslo, 3 février 2010, le roi a reçu", "", "", ""),
        ("Bakou\t28 mars 2018\nTexte", "", "", ""),
        ("Bakou, visite 28 mars 2018 - Texte", "", "", ""),
        ("BAKU, March 33, 2018 — The president", "", "", ""),
    ],
)
def test_datelines_and_announced_days(head: str, date: str, basis: str, publisher: str) -> None:
    """A place, a day, a dash; or "Publié le"; a day that the story tells is not taken."""
    found = find_date(head + REST)
    assert (found.date, found.basis, found.publisher) == (date, basis, publisher)


def test_a_day_announced_at_the_end_completes_a_dateline_without_year() -> None:
    """The year is worth looking for."""
    found = find_date(f"KIGALI, 27 juin - Onze chefs.{REST}\nPublié le 28 juin 2022")
    assert (found.date, found.basis) == ("2022-06-28", "text")


def test_given_wins_over_metadata_over_dateline() -> None:
    """Each date says where it came from."""
    text = "BAKU, March 3, 2018 — The president arrived here on Saturday with his ministers."
    url = "https://example.org/2018/03/04/baku"
    given = document_from_text(text, document_date="2018", url=url)
    metadata = document_from_text(text, url=url)
    dateline = document_from_text(text)
    assert (given.date, given.source.date_basis) == ("2018", "given")
    assert (metadata.date, metadata.source.date_basis) == ("2018-03-04", "metadata")
    assert (dateline.date, dateline.source.date_basis) == ("2018-03-03", "dateline")


@pytest.mark.parametrize("line", ["Source: PressTV", "Source : PressTV", "SOURCE: PressTV  "])
def test_the_last_line_names_the_publisher(line: str) -> None:
    """Also with the French space, and not when it stands in the middle of a sentence."""
    assert find_publisher(f"Un article.\n{line}") == "PressTV"
    assert find_publisher("Voici la source: PressTV le dit.") == ""


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2018-03-28T10:00:00+02:00", "2018-03-28"), ("20180328", "2018-03-28"),
        ("2018-03", "2018-03"), ("2018-03-28 10:00", "2018-03-28"), ("28.3.2018", ""),
        ("2018-13-01", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_of_metadata_become_edtf(said: str, date: str) -> None:
    """Timestamps lose their time; anything else is not guessed."""
    assert normal_date(said) == date


def test_an_address_may_carry_the_day() -> None:
    """Only a whole day counts."""
    assert date_in_address("https://example.org/2018/3/28/visit.html") == "2018-03-28"
    assert date_in_address("https://example.org/2018/visit.html") == ""
    assert date_in_address("https://example.org/2018/13/40/visit") == ""
