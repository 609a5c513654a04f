"""The parts that pages are made of, each by itself."""

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rocrate.rocrate import ROCrate
from ui_known import BAKU, HOSTILE, ROOT, TEXT, known_issues, known_visits

from visitmap.timespan import Timespan
from visitmap.ui import dates, places, reasons, words
from visitmap.ui.columns import Columns
from visitmap.ui.components.article import pieces, spans
from visitmap.ui.components.timemap import MapState, state_of, window_of
from visitmap.ui.session import in_time_order

UI = ROOT / "src" / "visitmap" / "ui"


def test_both_languages_say_the_same_things():
    """Every text exists in French and English, with the same places to fill in."""
    english, french = words.texts("en"), words.texts("fr")
    assert english.keys() == french.keys()
    for key, text in english.items():
        said = [set(re.findall(r"{(\w+)}", json.dumps(one))) for one in (text, french[key])]
        assert said[0] == said[1], key


def test_every_text_that_is_asked_for_exists():
    """No page can ask for a sentence that nobody wrote."""
    known = words.texts("en").keys()
    for path in UI.rglob("*.py"):
        for key in re.findall(r'\b(?:say|phrase)\((?:\w+, )?"([\w.-]+)"', path.read_text("utf-8")):
            assert key in known, f"{path.name}: {key}"


def test_every_text_is_asked_for():
    """No sentence is left over."""
    code = "".join(path.read_text("utf-8") for path in UI.rglob("*.py"))
    stems = set(re.findall(r'f"([\w.]+\.)\{', code)) | {
        f"{one}." for one in re.findall(r'namer\("([\w.]+)"\)', code)
    }
    for key in words.texts("en"):
        asked = f'"{key}"' in code or f"'{key}'" in code
        assert asked or any(key.startswith(stem) for stem in stems), key


@given(st.text())
def test_escaped_words_hold_no_markup(text):
    """Every character that Markdown gives a meaning stands behind a backslash."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>#|~$:]", words.escaped(text))


def test_numbers_are_written_as_in_the_language():
    """A thin space in French, a comma in English; the French singular reaches up to two."""
    assert words.phrase("fr", "table.title", 1234) == "1\u202f234 visites"
    assert words.phrase("en", "table.title", 1234) == "1,234 visits"
    assert words.phrase("fr", "table.title", 0) == "0 visite"


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2018-03-28", "", "28 March 2018", "28 mars 2018"),
        ("2017-10", "", "October 2017", "octobre 2017"),
        ("2016", "", "2016", "2016"),
        ("XXXX-02", "", "a February", "un mois de février"),
        ("2018-03-28/..", "", "from 28 March 2018 on", "à partir du 28 mars 2018"),
        ("2019~", "", "about 2019", "vers 2019"),
        ("2018-03-28", "2018-03-30", "28–30 Mar 2018", "28–30 mars 2018"),
        ("", "", "no date", "sans date"),
        ("2018-21", "", "2018-21", "2018-21"),
        ("XXXX-03-08", "", "8 March of some year", "un 8 mars"),
        (
            "2023-08-25/2023-08-27",
            "",
            "some day from 25 August 2023 to 27 August 2023",
            "un jour du 25 août 2023 au 27 août 2023",
        ),
    ],
)
def test_dates_read_as_people_write_them(start, end, english, french):
    """In both languages; a form without words of its own stays EDTF."""
    span = Timespan(start, end)
    assert (dates.readable(span, "en"), dates.readable(span, "fr")) == (english, french)


def test_a_window_keeps_what_possibly_lies_in_it():
    """The same rule as the map's: possible days count, undated visits only without a window."""
    columns = Columns(in_time_order(known_visits()))
    assert list(columns.rows(None)) == [0, 1, 2]
    assert list(columns.rows(("2017-10-31", "2018-03-27"))) == [0]
    assert list(columns.rows(("", "2018-03-28"))) == [0, 1]
    assert list(columns.rows(("2018-03-29", ""))) == []


@pytest.mark.parametrize("value", [None, [], ["x", "y"], [1, 2], ["2018-02-30", ""], "2018", {}])
def test_a_window_from_a_browser_is_checked(value):
    """Only two ISO days in order are a window."""
    assert window_of(value) is None


def test_the_state_from_a_browser_is_checked():
    """Unset, cleared, and set."""
    assert state_of({}) is None
    assert state_of({"state": {"window": None, "selected": None}}) == MapState()
    said = {"state": {"window": [None, "2018-01-01"], "selected": "a"}}
    assert state_of(said) == MapState(("", "2018-01-01"), "a")


def test_the_article_is_cut_where_mentions_begin_and_end():
    """Joined again it is the article, markup and all; each piece knows its visits."""
    found = pieces(TEXT, spans("article", known_visits()))
    assert "".join(one.text for one in found) == TEXT
    marked = [one for one in found if one.visits]
    assert marked[-1].text == HOSTILE
    assert len(marked) == 3


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abc"))),
)
def test_cutting_loses_no_character(text, found):
    """Whatever the spans, overlapping, empty or outside, the text stays whole."""
    assert "".join(one.text for one in pieces(text, found)) == text


def test_the_archive_describes_every_file_in_it(project):
    """RO-Crate 1.1: each part with its size and hash, and no text of an article."""
    import hashlib

    from visitmap.ui.archive import archive

    packed = archive(project, known_visits(), known_issues(), title="T", language="en")
    assert packed == archive(project, known_visits(), known_issues(), title="T", language="en")
    with zipfile.ZipFile(BytesIO(packed)) as files:
        graph = json.loads(files.read("ro-crate-metadata.json"))["@graph"]
        entities = {one["@id"]: one for one in graph if one["@type"] == "File"}
        assert set(files.namelist()) == {*entities, "ro-crate-metadata.json"}
        for name, entity in entities.items():
            assert hashlib.sha256(files.read(name)).hexdigest() == entity["sha256"]
        assert len(files.read("sources.jsonl").splitlines()) == 1


def test_ro_crate_py_opens_the_archive(project, tmp_path):
    """The library of the format's authors finds its files, licence and title."""
    from visitmap.ui.archive import archive

    packed = archive(project, known_visits(), known_issues(), title="Journeys", language="en")
    with zipfile.ZipFile(BytesIO(packed)) as files:
        files.extractall(tmp_path / "crate")
    crate = ROCrate(tmp_path / "crate")
    assert crate.name == "Journeys"
    assert crate.license["name"] == "CC BY 4.0"
    files = {one.id: one for one in crate.get_by_type("File")}
    assert {"map.html", "visits.csv", "decisions.jsonl", "sources.jsonl"} <= files.keys()
    for name, entity in files.items():
        assert int(entity["contentSize"]) == (tmp_path / "crate" / name).stat().st_size


def test_the_settings_of_the_checkout_and_of_the_package_are_one():
    """Loopback, no telemetry and the theme hold for the installed package as well."""
    ours = (UI / ".streamlit" / "config.toml").read_text("utf-8")
    assert (ROOT / ".streamlit" / "config.toml").read_text("utf-8") == ours
    assert 'address = "127.0.0.1"' in ours and "gatherUsageStats = false" in ours


def test_foreign_text_has_no_way_into_markup():
    """No page asks Streamlit to trust HTML; the one style sheet is ours."""
    for path in UI.rglob("*.py"):
        code = path.read_text("utf-8")
        assert "unsafe_allow" not in code, path.name
        assert code.count("st.html(") == (1 if path.name == "main.py" else 0), path.name
    for path in UI.rglob("*.js"):
        assert "innerHTML" not in Path(path).read_text("utf-8"), path.name


def test_years_of_undated_visits_are_unknown():
    """They are in no bar of the chart."""
    years = Columns(in_time_order(known_visits())).years
    assert list(years) == [2017, 2018, 0]
    assert years.dtype == np.int64


@pytest.mark.parametrize(
    ("code", "shown"), [("en", "Baku, AZ"), ("fr", "Bakou, AZ"), ("xx", "Source’s own, AZ")]
)
def test_places_are_called_what_the_reader_calls_them(code, shown):
    """Whatever the source called them; where we know no name, as the source did."""
    assert places.place_name(replace(BAKU, name="Source’s own"), code) == shown


def test_the_gazetteers_own_reasons_are_said_in_french():
    """No English is left of any reason it gives for many names."""
    names = ("Astara", "Springfield", "Persia", "Peking", "Geneva", "Tripoli", "Guinea", "Paris")
    found = [one for name in names for one in places.gazetteer().candidates(name, limit=9)]
    said = {reasons.reasons(one, "fr") for one in found}
    assert len(said) > 2
    assert not [one for one in said if re.search(r"\b(of|the|in|from|named|today|is)\b", one)]
