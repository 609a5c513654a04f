"""What the page says and to whom: languages, dates in words, phones, assistive technology."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from map_ui_samples import ASTARA, BAKU, FOUR, OVERFLOWS, TEHRAN, settle, state, visit

from visitmap.gazetteer import Gazetteer
from visitmap.timespan import Timespan

pytestmark = pytest.mark.browser

AXE = "axe-core@4.14.1"
CATALOGUES = {
    path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
    for path in (files("visitmap.webmap") / "languages").iterdir()
}


def names_in(sentence):
    """The names a sentence fills in, over all its plural forms."""
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_language_says_everything(language):
    """Each file has English's keys with the same names to fill in, and nothing unknown."""
    own = {key: value for key, value in CATALOGUES[language].items() if key[0] != "_"}
    english = {key: value for key, value in CATALOGUES["en"].items() if key[0] != "_"}
    extra = {key for key in own if not key.endswith(":vowel") and key != "noun.day"} - set(english)
    assert extra == set()
    missing = {key for key in english if not key.endswith(":vowel")} - set(own)
    assert missing == set()
    for key in set(own) & set(english):
        assert names_in(own[key]) == names_in(english[key]), key


def test_every_sentence_the_page_asks_for_exists():
    """No key in the scripts is missing from the files, and none in the files is never said."""
    scripts = (files("visitmap.webmap") / "js").iterdir()
    source = "\n".join(path.read_text("utf-8") for path in scripts)
    asked = set(re.findall(r"\"([a-z]+\.[a-z-]+)\"", source))
    families = set(re.findall(r"`([a-z]+\.(?:[a-z]+-)?)\$\{", source))
    english = {key for key in CATALOGUES["en"] if key[0] != "_" and not key.endswith(":vowel")}
    prefixes = {key.split(".")[0] for key in english}
    assert {key for key in asked if key.split(".")[0] in prefixes} <= english
    unsaid = {key for key in english - asked if not any(key.startswith(one) for one in families)}
    assert unsaid == set()


SPANS = {
    Timespan("2018-03-28"): ("28 March 2018", "28 mars 2018", "۲۸ مارس ۲۰۱۸"),
    Timespan("2018-03-01"): ("1 March 2018", "1er mars 2018", "۱ مارس ۲۰۱۸"),
    Timespan("2017-10"): (
        "some day in October 2017",
        "un jour d’octobre 2017",
        "روزی در اکتبر ۲۰۱۷",
    ),
    Timespan("2017-03"): ("some day in March 2017", "un jour de mars 2017", "روزی در مارس ۲۰۱۷"),
    Timespan("2016"): ("some day in 2016", "un jour de 2016", "روزی در ۲۰۱۶"),
    Timespan("XXXX-02"): (
        "a February, the year not stated",
        "un mois de février, année non précisée",
        "یک ماه فوریه، سال نامعلوم",
    ),
    Timespan("XXXX-08"): (
        "an August, the year not stated",
        "un mois d’août, année non précisée",
        "یک ماه اوت، سال نامعلوم",
    ),
    Timespan("2018-21"): (
        "some day in spring 2018",
        "un jour du printemps 2018",
        "روزی در بهار ۲۰۱۸",
    ),
    Timespan("201X"): ("some day in the 2010s", "un jour de la décennie 2010", "روزی در دههٔ ۲۰۱۰"),
    Timespan("2019-01-05~"): (
        "about 5 January 2019",
        "vers le 5 janvier 2019",
        "حدود ۵ ژانویهٔ ۲۰۱۹",
    ),
    Timespan("2018-03-28/..", "", 2): (
        "28 March 2018 or later, for 2 days",
        "le 28 mars 2018 ou plus tard, pour 2 jours",
        "۲۸ مارس ۲۰۱۸ یا پس از آن، به مدت ۲ روز",
    ),
    Timespan("2018-03-28", "2018-03-30"): (
        "28–30 March 2018",
        "28–30 mars 2018",
        "۲۸ تا ۳۰ مارس ۲۰۱۸",
    ),
    Timespan("2018-03-28", "2018-04"): (
        "from 28 March 2018 to April 2018",
        "du 28 mars 2018 à avril 2018",
        "از ۲۸ مارس ۲۰۱۸ تا آوریل ۲۰۱۸",
    ),
    Timespan("2018-03-01/2018-03-05"): (
        "some day between 1 March 2018 and 5 March 2018",
        "un jour entre le 1er mars 2018 et le 5 mars 2018",
        "روزی بین ۱ مارس ۲۰۱۸ و ۵ مارس ۲۰۱۸",
    ),
    Timespan("", "2018-03-28"): ("until 28 March 2018", "jusqu’au 28 mars 2018", "تا ۲۸ مارس ۲۰۱۸"),
    Timespan("0850-06-01"): ("1 June 850", "1er juin 850", "۱ ژوئن ۸۵۰"),
    Timespan(""): ("date not stated", "date non précisée", "بدون تاریخ"),
}


@pytest.mark.parametrize(("column", "language"), list(enumerate(("en", "fr", "fa"))))
def test_dates_are_said_as_people_say_them(open_map, column, language):
    """Each form of EDTF in words, in each language."""
    page = open_map([visit(f"v{k}", span) for k, span in enumerate(SPANS)], language=language)
    said = {}
    for k, span in enumerate(SPANS):
        page.evaluate(f"visitmap.select('v{k}')")
        said[span.edtf] = page.text_content("#vm-card .vm-when")
    assert said == {span.edtf: texts[column] for span, texts in SPANS.items()}


def test_the_reader_chooses_language_calendar_and_theme(open_map):
    """The whole page turns to Persian, its digits, its direction and, if wanted, its calendar."""
    names = {"geonames:587084": "باکو"}
    page = open_map(
        FOUR, place_names=lambda key, language: names.get(key, "") if language == "fa" else ""
    )
    page.click("#vm-menu-button")
    page.get_by_label("فارسی").check()
    assert page.get_attribute("html", "dir") == "rtl"
    settle(page, 80)
    assert "باکو" in page.inner_text("#vm-list")
    assert "۴ دیدار از ۴" in page.inner_text("#vm-now")
    assert page.input_value("#vm-from") == "۱۰ ژانویهٔ ۲۰۱۸"
    page.get_by_label("هجری خورشیدی").check()
    settle(page, 80)
    assert page.input_value("#vm-from") == "۲۰ دی ۱۳۹۶"
    page.fill("#vm-to", "۱۲ بهمن ۱۳۹۶")
    page.locator("#vm-to").press("Enter")
    assert state(page)["window"][1] == "2018-02-01"
    page.get_by_label("تیره").check()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_a_month_in_the_persian_calendar_is_told_by_its_days(open_map):
    """A Gregorian month lies across two months there: its first and last day are said."""
    page = open_map([visit("a", "2017-10")], language="fa")
    page.evaluate("visitmap.select('a')")
    page.click("#vm-menu-button")
    page.get_by_label("هجری خورشیدی").check()
    assert page.text_content("#vm-card .vm-when") == "روزی بین ۹ مهر ۱۳۹۶ و ۹ آبان ۱۳۹۶"


def test_an_old_browser_is_told_in_the_readers_language(open_map, page):
    """The sentence about DecompressionStream is French on a French page."""
    page.add_init_script("delete globalThis.DecompressionStream")
    opened = open_map(FOUR, language="fr")
    assert "trop ancien" in opened.locator(".visitmap-error").inner_text()


def test_without_javascript_there_is_a_sentence(browser, tmp_path: Path):
    """In each language, because no script can choose."""
    from visitmap.webmap import write_html

    write_html(tmp_path / "map.html", FOUR)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    said = page.locator(".vm-noscript")
    for k, words in enumerate(("needs JavaScript", "besoin de JavaScript", "جاوااسکریپت")):
        assert said.nth(k).is_visible() and words in said.nth(k).text_content()
    assert page.locator(".vm-head").is_hidden()
    context.close()


@pytest.mark.parametrize("language", ["fr", "fa"])
def test_a_phone_has_map_time_and_a_sheet(open_map, page, language):
    """Nothing is wider than the screen; the sheet with the itinerary is drawn up by a tap."""
    page.set_viewport_size({"width": 390, "height": 844})
    opened = open_map(FOUR, [ASTARA], language=language)
    assert opened.evaluate(OVERFLOWS, ["#visitmap", "#vm-time", ".vm-head"]) == []
    chart, track = (opened.locator(name).bounding_box() for name in ("#vm-map", "#vm-track"))
    assert chart["y"] + chart["height"] <= track["y"]
    opened.click("#vm-sheet")
    settle(opened, 400)
    assert opened.get_attribute("#vm-sheet", "aria-expanded") == "true"
    opened.locator("#vm-list [role=option]").first.click()
    assert state(opened)["selected"] == "jan"
    card = opened.locator("#vm-card").bounding_box()
    assert card["width"] == 390 and card["y"] > 250


@pytest.fixture(scope="session")
def axe(request, tmp_path_factory) -> str:
    """The checker's source, from npm, kept in pytest's cache; without npm only CI insists."""
    home = Path(request.config.cache.mkdir("axe-core"))
    source = home / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        npm = shutil.which("npm")
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save"]
        command = [npm or "npm", "install", "--silent", *options, "--prefix", str(home), AXE]
        done = subprocess.run(command, check=False, capture_output=True) if npm else None
        if done is None or done.returncode:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("npm gives no axe-core")
    return source.read_text("utf-8")


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page, axe):
    """What the checker finds, as rule and element."""
    if not page.evaluate("typeof globalThis.axe === 'object'"):
        page.evaluate(f"() => {{ {axe} }}")
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1400), ("fa", "dark", 1400), ("fr", "light", 390), ("en", "dark", 390)],
)
def test_axe_finds_nothing(open_map, page, axe, language, scheme, width):
    """With card, filters and menu open, in both themes, on a desk and on a phone."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    opened = open_map(FOUR, [ASTARA], language=language, title="A map")
    assert violations(opened, axe) == []
    opened.evaluate("visitmap.select('feb')")
    assert violations(opened, axe) == []
    opened.click("#vm-menu-button")
    settle(opened, 60)
    assert violations(opened, axe) == []
    opened.keyboard.press("Escape")
    opened.evaluate("visitmap.setWindow('2018-06-01', '2018-07-01')")
    opened.click("#vm-filters-button")
    settle(opened, 60)
    assert violations(opened, axe) == []


REASONS = {
    "own": "from your own list of places",
    "nearly": "spelled nearly like Baku",
    "romanised": "another romanisation of Baku",
    "past-until": "a name of the past (until 1991), today Baku",
    "past": "a name of the past, today Baku",
    "near": "12 km from Baku, also in the text",
    "beside": "named beside Azerbaijan",
    "named": "Azerbaijan is named in the text",
    "traveller": "the traveller's own country",
    "capital": "capital of Azerbaijan",
    "people": "place of 15,190 people in Azerbaijan",
}


def test_every_reason_is_said_in_the_language_of_the_page(open_map):
    """Each sentence of the gazetteer is known; what only repeats kind and country is left out."""
    parts = [*REASONS.values(), "region of Azerbaijan", "place in Azerbaijan", "a country's name"]
    page = open_map(FOUR, [replace(ASTARA, candidates=(
        replace(ASTARA.candidates[1], reason="; ".join(parts[at:at + 2])) if at < len(parts) - 1
        else replace(ASTARA.candidates[1], reason="something new") for at in range(len(parts))))],
        language="fr")  # fmt: skip
    said = page.eval_on_selector_all(".vm-mentioned li", "(all) => all.map((one) => one.innerText)")
    french = [re.split(r"\{\w+\}", str(sentence))[0] for key, sentence in CATALOGUES["fr"].items()
              if key.startswith("reason.") and key != "reason.people"]  # fmt: skip
    assert all(any(begin in one for one in said) for begin in french)
    assert any("15\u202f190 habitants" in one for one in said)
    assert "something new" in said[-1] and "capitale (Azerbaïdjan)" in " ".join(said)
    english = {word for sentence in REASONS.values() for word in sentence.split() if word.islower()}
    shown = {word for one in said[:-1] for word in re.findall(r"\w+", one)}
    assert shown & (english - {"place", "km"}) == set()


def test_the_gazetteers_own_reasons_are_known(open_map):
    """What the offline places say of real names needs no English on a French page."""
    gazetteer = Gazetteer.load()
    found = [one for name in ("Astara", "Leningrad", "Santiago", "Paris", "Bacou")
             for one in gazetteer.candidates(name)]  # fmt: skip
    page = open_map(FOUR, [replace(ASTARA, candidates=tuple(found[:60]))], language="fr")
    said = " ".join(page.eval_on_selector_all(
        ".vm-mentioned .vm-note", "(all) => all.map((one) => one.innerText)"))  # fmt: skip
    assert "habitants" in said
    assert not re.search(r"\b(people|capital of|region of|named|spelled|until|text)\b", said)


def test_every_control_is_reached_by_tab_and_has_a_name(open_map):
    """Tabbing goes through the page and back to its beginning; nothing is nameless."""
    page = open_map(FOUR, [ASTARA])
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        if found in seen and found.startswith("vm-"):
            break
        seen.append(found)
    wanted = ("search", "filters-button", "menu-button", "list", "play", "previous", "next", "back",
              "unit", "forward", "from", "to", "mode", "speed", "whole", "handle-from", "handle-to",
              "zoom-in", "colour")  # fmt: skip
    assert [name for name in wanted if f"vm-{name}" not in seen] == []


def test_legs_of_a_journey_are_stops_on_the_card(open_map):
    """Each stop leads to its visit."""
    page = open_map([
        visit("one", "2018-01-01", trip_id="t"),
        visit("two", "2018-01-03", trip_id="t", origin=BAKU, destination=TEHRAN),
    ])  # fmt: skip
    page.evaluate("visitmap.select('one')")
    assert "Journey of 2 stops" in page.inner_text("#vm-card")
    page.locator(".vm-journey button", has_text="Tehran").click()
    assert state(page)["selected"] == "two"
