"""Names and days as readers know them: in the itinerary, on the card, beside undecided places."""

from __future__ import annotations

import pytest
from map_ui_samples import BAKU, BERG, FOUR, settle, visit

from visitmap.model import Candidate, Issue, Place, Traveller
from visitmap.timespan import Timespan

pytestmark = pytest.mark.browser


def rows(page):
    """The texts of the itinerary's visits."""
    settle(page, 80)
    return page.locator("#vm-list [role=option]:visible").all_inner_texts()


def test_places_bear_the_readers_names_and_the_card_keeps_the_sources(open_map):
    """`Bakou` of a French article is Baku on an English page, Bakou on a French one."""
    bakou = Place("Bakou", BAKU.id, BAKU.latitude, BAKU.longitude, "AZ")
    names = {"en": "Baku", "fr": "Bakou"}
    page = open_map(
        [visit("one", "2018", destination=bakou, origin=None)],
        place_names=lambda _, language: names.get(language, ""),
    )
    (row,) = rows(page)
    assert "Baku" in row and "Bakou" not in row
    page.locator("#vm-list [role=option]").click()
    card = page.inner_text("#vm-card .vm-route")
    assert "Baku (Azerbaijan)" in card
    assert "In the source: Bakou" in card
    page.evaluate("location.hash = 'lang=fr&visit=one'")
    page.wait_for_function("document.documentElement.lang === 'fr'")
    assert "Bakou (Azerbaïdjan)" in page.inner_text("#vm-card .vm-route")
    assert page.locator(".vm-as-written").count() == 0


def test_candidates_of_one_name_say_what_they_are(open_map):
    """A town and the region of its name are told apart."""
    places = [Place("Astara", f"x:{kind}", 38.4, 48.8, "AZ", kind) for kind in ("city", "region")]
    candidates = tuple(Candidate(place, 0.5, "same name") for place in places)
    issue = Issue("place-ambiguous", "2 places", toponym="Astara", candidates=candidates)
    told = open_map(FOUR, [issue]).inner_text("#vm-mentioned")
    assert "Astara (town, Azerbaijan)" in told
    assert "Astara (region, Azerbaijan)" in told


def test_headings_do_not_count_as_visits(open_map):
    """A screen reader says "1 of 4", though the list has two years and the undated besides."""
    options = open_map(FOUR).locator("#vm-list [role=option]:visible").all()
    said = [(one.get_attribute("aria-posinset"), one.get_attribute("aria-setsize"))
            for one in options]  # fmt: skip
    assert said == [(str(k), "4") for k in (1, 2, 3, 4)]


def test_a_stay_within_a_journey_is_part_of_its_days(open_map):
    """One of several towns between 21 and 28 February: the days of the journey, said once."""
    page = open_map([visit("nixon", Timespan("1972-02-21", "1972-02-21/1972-02-28"), BERG)])
    (row,) = rows(page)
    assert "part of 21–28 Feb" in row
    page.locator("#vm-list [role=option]").click()
    assert page.inner_text("#vm-card .vm-when") == "Part of 21–28 February 1972"


def test_a_row_cuts_a_name_and_keeps_the_day_whole(open_map):
    """However long the name and the days, the days can be read; the card has the name in full."""
    name = "délégation de haut rang du ministère iranien de la Défense " * 3
    page = open_map([visit("long", "1972-02-28/1972-03-03", Traveller(name.strip()))])
    when = page.locator(".vm-visit .vm-row-when")
    assert when.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
    assert page.locator(".vm-visit .vm-row-who").evaluate("(e) => e.scrollWidth > e.clientWidth")
    page.locator("#vm-list [role=option]").click()
    assert name.strip() in page.inner_text("#vm-card")


def test_a_typed_day_has_room(open_map):
    """The longest day of the English calendar stands whole in its field."""
    page = open_map(FOUR)
    page.evaluate("visitmap.setWindow('2018-12-28', '2018-12-30')")
    for name in ("#vm-from", "#vm-to"):
        assert page.locator(name).evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_on_a_phone_the_chosen_place_is_above_the_sheet(open_map):
    """What is chosen in the drawn-up list moves into the part of the map that can be seen."""
    page = open_map(FOUR)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    page.locator("#vm-sheet").click()
    settle(page, 400)
    page.locator("#vm-list [role=option]").first.click()
    settle(page, 300)
    inside = page.evaluate(
        "([latitude, longitude]) => {"
        " const { y } = visitmap.page.map.latLngToContainerPoint([latitude, longitude]);"
        " const frame = document.querySelector('#vm-map').getBoundingClientRect();"
        " const sheet = document.querySelector('#vm-side').getBoundingClientRect();"
        " return y > 0 && y + frame.top < sheet.top; }",
        [BAKU.latitude, BAKU.longitude],
    )
    assert inside
