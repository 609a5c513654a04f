"""What a reader does with the map page: time, itinerary, card, legend, filters, downloads."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from map_ui_samples import ASTARA, BAKU, FOUR, OVERFLOWS, QUOTE, settle, state, visit

from visitmap.model import Place, Source, Traveller, Visit
from visitmap.timespan import Timespan
from visitmap.webmap import write_html

pytestmark = pytest.mark.browser


def rows(page):
    """The itinerary's visits in order, each as the text of its row."""
    settle(page, 80)
    found = page.locator("#vm-list [role=option]:visible").all()
    return [text for _, text in sorted((int(one.get_attribute("aria-posinset")), one.inner_text())
                                       for one in found)]  # fmt: skip


def selected_row(page):
    """What a screen reader hears of the selected row."""
    return page.locator("#vm-list [aria-selected=true]").inner_text().replace("\n", " ")


# ---- time ---------------------------------------------------------------------------------------


def test_a_handle_moved_by_keys_narrows_map_list_and_sentence(open_map):
    """Arrow keys step by the chosen unit, Home and End go to the ends, all parts follow."""
    page = open_map(FOUR)
    assert state(page)["window"] == [None, None]
    assert len(rows(page)) == 4
    page.locator("#vm-handle-to").focus()
    page.keyboard.press("PageDown")
    assert state(page)["window"] == [None, "2018-12-24"]
    assert state(page)["visible"] == 2
    assert page.evaluate("visitmap.page.layer.record().legs") == 1
    assert len(rows(page)) == 3, "the undated one stays in the list"
    assert "2 of 4 visits" in page.inner_text("#vm-now")
    page.keyboard.press("ArrowLeft")
    assert state(page)["window"] == [None, "2018-11-24"]
    page.keyboard.press("Shift+ArrowRight")
    assert state(page)["window"] == [None, "2018-11-25"]
    page.keyboard.press("Home")
    assert state(page)["window"] == [None, "2018-01-10"]
    page.keyboard.press("End")
    assert state(page)["window"] == [None, None]


def test_a_handle_says_its_day_in_words(open_map):
    """The slider's value is a date a person would write."""
    page = open_map(FOUR)
    handle = page.locator("#vm-handle-from")
    assert handle.get_attribute("role") == "slider"
    assert handle.get_attribute("aria-valuetext") == "10 January 2018"
    low, now, high = (
        int(handle.get_attribute(f"aria-value{name}")) for name in ("min", "now", "max")
    )
    assert low == now < high


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2018-02-03", "2018-02-03"),
        ("2018-02", "2018-02-01"),
        ("3 February 2018", "2018-02-03"),
        ("03/02/2018", "2018-02-03"),
        ("feb 2018", "2018-02-01"),
        ("۲۰۱۸-۰۲-۰۳", "2018-02-03"),
        ("", None),
    ],
)
def test_days_can_be_typed_as_people_write_them(open_map, typed, expected):
    """ISO, words, day-first and Persian digits; an empty field opens the window."""
    page = open_map(FOUR)
    page.fill("#vm-from", typed)
    page.keyboard.press("Enter")
    assert state(page)["window"][0] == expected


def test_a_typed_text_that_is_no_day_is_said_and_changes_nothing(open_map):
    """The field is marked and the sentence tells what to write."""
    page = open_map(FOUR)
    page.fill("#vm-to", "30 February 2018")
    page.keyboard.press("Enter")
    assert state(page)["window"] == [None, None]
    assert page.get_attribute("#vm-to", "aria-invalid") == "true"
    assert "30 February 2018" in page.inner_text("#vm-typed-help")


def test_the_histogram_is_brushed_dragged_and_clicked(open_map):
    """A drag over the bars selects a period; a drag within it moves it, its width kept."""
    page = open_map(FOUR)
    box = page.locator("#vm-track").bounding_box()
    middle = box["y"] + 20

    def drag(start, end):
        page.mouse.move(box["x"] + start * box["width"], middle)
        page.mouse.down()
        page.mouse.move(box["x"] + end * box["width"], middle, steps=4)
        page.mouse.up()
        return days_between(state(page)["window"])

    first, width = drag(0.2, 0.4)
    later, moved_width = drag(0.3, 0.6)
    assert 130 < width < 160
    assert abs(moved_width - width) <= 1
    assert later > first + 150


def days_between(window):
    """First day of a window as a number, and its length in days."""
    from datetime import date

    first, last = (date.fromisoformat(day) for day in window)
    return first.toordinal(), (last - first).days + 1


def test_modes_steps_and_play(open_map):
    """A single day steps by the unit, "all so far" is open to the left, play moves and pauses."""
    page = open_map(FOUR)
    page.select_option("#vm-mode", "day")
    assert state(page)["window"] == ["2019-12-24", "2019-12-24"]
    assert page.locator("#vm-handle-from").is_hidden()
    page.select_option("#vm-unit", "day")
    page.click("#vm-back")
    assert state(page)["window"] == ["2019-12-23", "2019-12-23"]
    page.select_option("#vm-mode", "cumulative")
    assert state(page)["window"] == [None, "2019-12-23"]
    page.evaluate("visitmap.setWindow(null, '2018-03-01')")
    page.click("#vm-play")
    assert page.get_attribute("#vm-play", "aria-label") == "Pause"
    settle(page, 150)
    page.click("#vm-play")
    assert page.get_attribute("#vm-play", "aria-label") == "Play"
    page.click("#vm-whole")
    assert state(page)["window"] == [None, None]
    assert state(page)["mode"] == "window"


def test_next_and_previous_visit(open_map):
    """The buttons go from visit to visit and select each."""
    page = open_map(FOUR)
    page.click("#vm-next")
    assert state(page)["selected"] == "jan"
    page.click("#vm-next")
    assert state(page)["selected"] == "feb"
    page.click("#vm-previous")
    assert state(page)["selected"] == "jan"


def test_a_window_without_visits_offers_the_nearest(open_map):
    """The empty map says so and leads out."""
    page = open_map(FOUR)
    page.evaluate("visitmap.setWindow('2018-06-01', '2018-07-01')")
    page.get_by_role("button", name="Go to the nearest visit").click()
    assert state(page)["selected"] == "feb"
    assert state(page)["visible"] == 1
    assert page.locator("#vm-empty").is_hidden()


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        ([], "This map holds no visits."),
        ([visit("x", "XXXX-02")], "No visit of this map has a date."),
    ],
)
def test_empty_maps_say_what_they_are(open_map, visits, sentence):
    """No visits at all, or none with a date: a sentence each, and no broken control."""
    page = open_map(visits)
    assert page.get_by_text(sentence).is_visible()
    assert state(page)["extent"] == [None, None]
    assert len(rows(page)) == len(visits)


@pytest.mark.parametrize("span", [("0001-01-01", "0001-12-31"), ("9999-01-01", "9999-12-31")])
def test_first_and_last_years_have_a_place_on_the_strip(open_map, span):
    """Years 1 and 9999 are drawn, said and typed."""
    page = open_map([visit("a", Timespan(*span)), visit("b", span[0])])
    assert state(page)["extent"] == list(span)
    assert page.locator("#vm-axis span").count() > 3
    year = str(int(span[0][:4]))
    assert page.get_attribute("#vm-handle-from", "aria-valuetext") == f"1 January {year}"
    page.fill("#vm-from", f"{span[0][:4]}-06-01")
    page.keyboard.press("Enter")
    assert state(page)["window"][0] == f"{span[0][:4]}-06-01"


def test_a_screen_reader_hears_the_window_and_the_count(open_map):
    """The polite live region is filled once the window rests."""
    page = open_map(FOUR)
    assert page.get_attribute("#vm-live", "aria-live") == "polite"
    page.evaluate("visitmap.setWindow('2018-01-01', '2018-01-31')")
    settle(page, 900)
    assert page.text_content("#vm-live") == "1 of 4 visits · 1–31 January 2018"


# ---- itinerary, card and selection --------------------------------------------------------------


def test_the_itinerary_is_in_time_order_under_its_years(open_map):
    """Years head their visits; undated visits and mentioned places have groups of their own."""
    page = open_map(FOUR, [ASTARA])
    heads = page.locator("#vm-list .vm-row-head:visible").all_inner_texts()
    assert [head.strip() for head in heads] == ["2018", "2019", "1 without a date"]
    assert "10 Jan" in rows(page)[0] and "Tehran → Baku" in rows(page)[0]
    assert "planned" in rows(page)[1]
    assert "2 places are called Astara" in page.inner_text("#vm-mentioned")
    assert page.locator("#vm-mentioned li").count() == 2


def point_at_rest(page, position):
    """Where a position is in the window once the map has stopped moving."""
    question = (
        "(at) => { const p = visitmap.page.map.latLngToContainerPoint(at);"
        " const f = visitmap.page.map.getContainer().getBoundingClientRect();"
        " return [p.x + f.left, p.y + f.top]; }"
    )
    before, point = None, page.evaluate(question, position)
    while point != before:
        settle(page, 200)
        before, point = point, page.evaluate(question, position)
    return point


def test_selection_in_the_list_selects_on_the_map_and_back(open_map):
    """A row selects the leg; a click on the map selects the row; Escape lets go."""
    page = open_map(FOUR)
    page.locator("#vm-list [role=option]").first.click()
    assert state(page)["selected"] == "jan"
    assert page.evaluate("visitmap.page.layer.record().selected") == 1
    page.locator("#vm-card").press("Escape")
    assert state(page)["selected"] is None
    assert page.locator("#vm-card").is_hidden()
    point = point_at_rest(page, [40.5, 47.5])
    page.mouse.move(*point)
    settle(page, 150)
    assert "Ada Berg: Azerbaijan, some day in February 2018" in page.inner_text("#vm-tooltip")
    page.mouse.click(*point)
    assert state(page)["selected"] == "feb"
    assert "(some day in February 2018, planned, 100% certain)" in selected_row(page)


def test_the_list_is_walked_by_keys(open_map):
    """Arrows move from visit to visit over the headings, Enter goes to the card, Escape returns."""
    page = open_map(FOUR)
    page.locator("#vm-list").focus()
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "End", "ArrowUp", "Home"):
        page.keyboard.press(key)
        walked.append(state(page)["selected"])
    assert walked == ["jan", "feb", "dec", "never", "dec", "jan"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "vm-card"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "vm-list"


def test_the_card_tells_everything_of_a_visit(open_map):
    """Who with office, where, when, certainty, quote, source, a link that takes nothing along."""
    page = open_map(FOUR)
    page.evaluate("visitmap.select('jan')")
    text = page.inner_text("#vm-card")
    for part in ("Hassan Rohani", "president", "Iran", "Tehran (Iran)", "Baku (Azerbaijan)",
                 "10 January 2018", "likely (83%)", QUOTE, "characters 5–27", "A title", "A paper",
                 "implied by the traveller’s office"):  # fmt: skip
        assert part in text
    link = page.locator("#vm-card a")
    assert link.get_attribute("href") == "https://example.org/a"
    assert link.get_attribute("rel") == "noreferrer noopener"
    assert link.get_attribute("target") == "_blank"
    page.get_by_text("How each field was decided").click()
    assert "Bakou" in page.inner_text("#vm-card .vm-decided")


def test_visits_under_one_point_are_leafed_through(open_map):
    """A click where two visits end offers both."""
    page = open_map([visit("a", "2018-01-01", origin=None), visit("b", "2018-01-02", origin=None)])
    point = page.evaluate(
        "() => { const p = visitmap.page.map.latLngToContainerPoint([40.37767, 49.89201]);"
        " const f = visitmap.page.map.getContainer().getBoundingClientRect();"
        " return [p.x + f.left, p.y + f.top]; }"
    )
    page.mouse.click(*point)
    assert "1 of 2 here" in page.inner_text("#vm-card")
    page.get_by_role("button", name="Next visit here").click()
    assert state(page)["selected"] == "b"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x"]
)
def test_only_web_addresses_become_links(open_map, url):
    """Any other address leaves the title as text."""
    page = open_map([visit("a", "2018", source=Source("d", "A title", url=url))])
    page.evaluate("visitmap.select('a')")
    assert "A title" in page.inner_text("#vm-card")
    assert page.locator("#vm-card a").count() == 0


def test_only_rows_in_view_are_elements(open_map):
    """Two thousand visits scroll with some dozens of rows, and the last is reached by a key."""
    many = [visit(f"v{k}", f"{1000 + k}-05-06", evidence=()) for k in range(2000)]
    page = open_map(many, basemap="none")
    page.locator("#vm-list").focus()
    page.keyboard.press("End")
    assert state(page)["selected"] == "v1999"
    assert page.locator("#vm-list .vm-row").count() < 60
    assert "6 May 2999" in selected_row(page)


ODD = (
    "پ" * 500,
    "W" * 500,
    "👩‍🚀" * 120,
    "a\u0301" * 250,
    "</script><img src=x onerror=window.ran=1>",
    "{{7*7}} ${7*7} `x`",
)


def test_odd_texts_stay_text_and_break_nothing(open_map):
    """Long, right-to-left, emoji and markup: shown as written, no wider than their boxes."""
    page = open_map([
        visit(f"v{k}", "2018", Traveller(text, text), Place(text, f"p{k}", 10.0 + k, 20.0, "FR"),
              purpose=text, hosts=(text,), source=Source(f"d{k}", text, text))
        for k, text in enumerate(ODD)
    ], title=ODD[1])  # fmt: skip
    for k in range(len(ODD)):
        page.evaluate(f"visitmap.select('v{k}')")
        assert ODD[k] in page.inner_text("#vm-card h2")
        assert page.evaluate(OVERFLOWS, ["#vm-card", "#vm-list", "#vm-head", "#vm-legend"]) == []
    page.click("#vm-filters-button")
    assert page.evaluate(OVERFLOWS, ["#vm-filters"]) == []
    assert page.evaluate("window.ran") is None


def test_a_crowd_of_travellers_is_shown_by_and_by(open_map):
    """The card of a visit of a thousand begins with a few names."""
    crowd = tuple(Traveller(f"Person {k}") for k in range(1000))
    page = open_map([Visit("a", crowd, BAKU, Timespan("2018"))])
    page.evaluate("visitmap.select('a')")
    assert page.locator(".vm-travellers > div").count() == 12
    page.get_by_role("button", name="Show 988 more").click()
    assert page.locator(".vm-travellers > div").count() == 120
    assert "Person 0 and 999 others" in rows(page)[0]


# ---- filters, search, legend --------------------------------------------------------------------


def test_a_facet_narrows_everything_and_a_chip_takes_it_back(open_map):
    """Counts stand beside values; the chip above the list undoes."""
    page = open_map(FOUR)
    page.click("#vm-filters-button")
    choice = page.locator("#vm-filters label", has_text="Ada Berg")
    assert choice.inner_text().split()[-1] == "3"
    choice.click()
    assert state(page)["visible"] == 3
    page.locator("#vm-filters label", has_text="planned").click()
    assert state(page)["visible"] == 1
    assert len(rows(page)) == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "vm-filters-button"
    page.get_by_role("button", name="Take away the filter planned").click()
    assert state(page)["visible"] == 3
    page.get_by_role("button", name="Take away the filter Ada Berg").click()
    assert state(page)["visible"] == 4


def test_certainty_and_search_filter(open_map):
    """The certainty slider hides the doubtful; the search reads every text, accents aside."""
    page = open_map(FOUR)
    page.click("#vm-filters-button")
    page.locator("#vm-filters input[type=range]").fill("50")
    assert state(page)["visible"] == 3
    page.locator("#vm-filters").get_by_role("button", name="Clear all").click()
    page.fill("#vm-search", "TREATY berg")
    settle(page, 400)
    assert state(page)["visible"] == 1
    page.fill("#vm-search", "nobody of that name")
    settle(page, 400)
    assert page.get_by_text("No visit passes these filters.").is_visible()
    page.locator("#vm-empty").get_by_role("button", name="Clear all").click()
    assert state(page)["visible"] == 4
    assert page.input_value("#vm-search") == ""


def test_the_legend_filters_and_changes_the_colours(open_map):
    """An entry is a toggle; colour by status or year gives other entries."""
    page = open_map(FOUR)
    entry = page.locator("#vm-legend button", has_text="Hassan Rohani")
    entry.click()
    assert state(page)["visible"] == 1
    settle(page, 60)
    assert entry.get_attribute("aria-pressed") == "true"
    entry.click()
    assert state(page)["visible"] == 4
    page.select_option("#vm-colour", "status")
    settle(page, 60)
    assert "planned" in page.inner_text("#vm-legend .vm-groups")
    page.select_option("#vm-colour", "year")
    settle(page, 60)
    page.locator("#vm-legend button", has_text="2019").click()
    assert state(page)["window"] == ["2019-01-01", "2019-12-31"]


def coloured(page):
    """The legend's entries: name, colour of its swatch and count."""
    return page.eval_on_selector_all(
        "#vm-legend .vm-group",
        """(all) => all.map((one) => [one.querySelector(".vm-group-name").textContent,
          one.querySelector(".vm-swatch").style.background,
          one.querySelector(".vm-count").textContent])""",
    )


def crowd(people=12):
    """Visits of many travellers, the first the most; each has years of their own but the last."""
    return [
        visit(f"{k}-{n}", f"{2000 + k}-0{n + 1}-01", Traveller(f"Person {k:02}"))
        for k in range(people)
        for n in range(3 if k < 8 else 1)
    ]


def test_colours_and_counts_are_of_the_window(open_map):
    """A ninth traveller gets a colour where the first eight are not; the whole file has its own."""
    page = open_map(crowd())
    whole = coloured(page)
    assert whole[-1] == ["others", "rgb(127, 127, 127)", "4"] and len(whole) == 9
    page.evaluate("visitmap.setWindow('2007-01-01', '2010-12-31')")
    settle(page, 400)
    shown = coloured(page)
    assert [one[0] for one in shown] == [f"Person {k:02}" for k in (7, 8, 9, 10)]
    assert [one[2] for one in shown] == ["3", "1", "1", "1"]
    assert shown[0][1] == whole[7][1]  # who had a colour keeps it
    assert len({one[1] for one in shown}) == 4 and "rgb(127, 127, 127)" not in str(shown)
    page.evaluate("visitmap.setWindow(null, null)")
    settle(page, 400)
    assert coloured(page) == whole


def test_several_groups_can_be_chosen_in_the_legend(open_map):
    """The entry of another group stays, with its count, and adds its visits."""
    page = open_map(crowd(4))
    for name, visible in (("Person 01", 3), ("Person 03", 6)):
        page.locator("#vm-legend button", has_text=name).click()
        settle(page, 300)
        assert state(page)["visible"] == visible
    assert [one[2] for one in coloured(page)] == ["3"] * 4


def test_a_playing_map_takes_no_colour_away(open_map):
    """Whoever has a colour and is shown keeps it while time moves, though others become more."""
    many = [visit(f"x{k}-{n}", f"2001-0{n + 1}-0{k + 1}", Traveller(f"New {k}"))
            for k in range(8) for n in range(3)]  # fmt: skip
    page = open_map([*(visit(f"o{n}", f"1999-0{n + 1}-01", Traveller("Old")) for n in range(4)),
                     visit("last", "2001-02-01", Traveller("Old")), *many])  # fmt: skip
    colours = """() => { const m = visitmap.page.model;
      return Object.fromEntries(m.groups().map((one) => [one.label, one.color])); }"""
    before = page.evaluate(colours)
    first, last = 11323, 11687  # the days of 2001
    page.evaluate("visitmap.page.model.playing = true")
    page.evaluate(f"visitmap.page.model.setWindow({first}, {last})")
    settle(page, 400)
    assert page.evaluate(colours)["Old"] == before["Old"]
    page.evaluate("visitmap.page.model.playing = false")
    page.evaluate(f"visitmap.page.model.setWindow({first}, {last - 1})")
    settle(page, 400)
    assert "Old" not in page.evaluate(colours)


def test_the_legend_explains_what_this_map_draws(open_map):
    """Dashes are explained where something is planned, lozenges not where there is no region."""
    page = open_map(FOUR, [ASTARA])
    page.get_by_text("How to read the map").click()
    text = page.inner_text("#vm-legend")
    assert "Dashed: planned" in text and "a whole country" in text and "undecided" in text
    assert "Lozenge" not in text and "cancelled" not in text


# ---- address, interface, embedding --------------------------------------------------------------


def test_the_address_reopens_the_view(open_map):
    """What the address of one view says, another page shows."""
    page = open_map(
        FOUR,
        fragment="#from=2018-01-01&to=2018-12-31&visit=jan&colour=status&traveller=Hassan+Rohani&lang=fr",
    )
    expected = {"window": ["2018-01-01", "2018-12-31"], "visible": 1, "selected": "jan"}
    assert expected.items() <= state(page).items()
    assert page.input_value("#vm-colour") == "status"
    assert page.get_attribute("html", "lang") == "fr"
    page.evaluate("visitmap.setWindow('2018-01-05', null)")
    settle(page, 450)
    assert "from=2018-01-05&visit=jan" in page.url


def test_a_senseless_address_opens_the_first_view(open_map):
    """Wrong days, modes and ids are passed over."""
    page = open_map(
        FOUR,
        fragment="#from=yesterday&to=2018-13-45&visit=nobody&mode=x&colour=y&certainty=zz&lang=tlh",
    )
    assert state(page)["window"] == [None, None]
    assert state(page)["visible"] == 4


def test_the_interface_sets_tells_and_announces(open_map):
    """setWindow, select and the event; what is no day or no visit is refused."""
    page = open_map(FOUR)
    page.evaluate(
        "document.addEventListener('visitmap:change', (e) => { window.heard = e.detail; })"
    )
    page.evaluate("visitmap.setWindow('2018-01-01', '2018-01-31')")
    settle(page, 100)
    assert page.evaluate("window.heard") == {
        "window": ["2018-01-01", "2018-01-31"],
        "extent": ["2018-01-10", "2019-12-24"],
        "visible": 1,
        "total": 4,
        "selected": None,
        "mode": "window",
    }
    page.evaluate("visitmap.select('dec')")
    assert state(page)["selected"] == "dec"
    assert state(page)["visible"] >= 1
    page.evaluate("visitmap.select(null)")
    assert state(page)["selected"] is None
    for call in ("visitmap.setWindow('soon', null)", "visitmap.select('nobody')"):
        assert (
            page.evaluate(f"(() => {{ try {{ {call} }} catch (e) {{ return e.name }} }})()")
            == "RangeError"
        )


def test_an_embedding_page_hears_changes_and_gives_two_orders(page, tmp_path: Path):
    """The frame posts its state; the parent's window and selection arrive."""
    write_html(tmp_path / "map.html", FOUR, embedded=True, title="Not shown")
    (tmp_path / "outer.html").write_text(
        "<iframe src='map.html' style='width:1200px;height:700px'></iframe><script>window.heard=[];"
        "addEventListener('message', (e) => heard.push(e.data))</script>"
    )
    page.goto((tmp_path / "outer.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-visitmap]").wait_for(state="attached")
    assert frame.locator("h1").is_hidden()
    post = "document.querySelector('iframe').contentWindow.postMessage({message}, '*')"
    message = {"type": "visitmap:setWindow", "start": "2018-01-01", "end": "2018-01-31"}
    page.evaluate(post.format(message=json.dumps(message)))
    page.evaluate(post.format(message='{"type":"visitmap:select","visit_id":"jan"}'))
    settle(page, 300)
    last = page.evaluate("heard.at(-1)")
    assert last["type"] == "visitmap:change"
    assert last["detail"]["window"] == ["2018-01-01", "2018-01-31"]
    assert last["detail"]["selected"] == "jan"
    frame.locator("#vm-menu-button").click()
    assert "CSV" not in frame.locator("#vm-menu").inner_text()


# ---- taking along -------------------------------------------------------------------------------


def taken(page, label):
    """The bytes of a file that an entry of the menu hands over, and its name."""
    page.click("#vm-menu-button")
    with page.expect_download() as caught:
        page.get_by_role("button", name=label).click()
    return Path(caught.value.path()).read_bytes(), caught.value.suggested_filename


def test_the_table_has_the_shown_visits_and_no_formulas(open_map):
    """The visit table's columns; what begins like a formula gets an apostrophe, a number not."""
    south = Place("=1+1", "p", -33.5, -70.6, "CL")
    page = open_map(
        [*FOUR, visit("form", "2018-05-01", Traveller('@x,"y"'), south)], title="A map: 2018"
    )
    page.evaluate("visitmap.setWindow('2018-01-01', '2018-12-31')")
    raw, name = taken(page, "CSV")
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert name == "A-map-2018.csv"
    assert [row["visit_id"] for row in table] == ["jan", "feb", "form"]
    assert table[0]["quote"] == QUOTE and table[0]["certainty"] == "0.83"
    assert table[0]["destination_id"] == "geonames:587084"
    assert table[2]["traveller"] == '\'@x,"y"' and table[2]["destination"] == "'=1+1"
    assert table[2]["destination_latitude"] == "-33.5"


def test_geojson_has_legs_and_points(open_map):
    """A leg is a line from origin to destination, a visit from nowhere a point."""
    page = open_map(FOUR)
    features = json.loads(taken(page, "GeoJSON")[0])["features"]
    kinds = {one["id"]: one["geometry"]["type"] for one in features}
    assert kinds == {
        "jan": "LineString",
        "feb": "Point",
        "dec": "LineString",
        "never": "LineString",
    }
    assert features[0]["geometry"]["coordinates"][1] == pytest.approx([49.89201, 40.37767])


def test_pictures_of_the_view(open_map):
    """PNG with the caption around the map; SVG whose legs and labels are shapes and texts."""
    page = open_map(FOUR, title="A map")
    png, name = taken(page, "PNG")
    assert name == "A-map.png"
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    svg = ET.fromstring(taken(page, "SVG")[0])
    texts = [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A map", "Baku", "Tehran", "Ada Berg"} <= set(texts)
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}path"))) >= 3


def test_paper_gets_the_itinerary_as_a_table_and_the_sources(open_map):
    """On print the controls give way to a table of all shown visits."""
    page = open_map(FOUR)
    page.emulate_media(media="print", color_scheme="dark")
    settle(page, 100)
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.locator("#vm-print tbody tr").count() == 4
    assert "A title, A paper, 29 March 2018, https://example.org/a" in page.inner_text("#vm-print")
    assert page.locator("#vm-time").is_hidden()
    assert page.locator("#vm-map").bounding_box()["width"] == 680
    assert page.evaluate("visitmap.page.layer.record().legs") == 3
    page.emulate_media(media="screen")
    settle(page, 100)
    assert page.locator("#vm-map").bounding_box()["width"] > 800
    assert page.get_attribute("html", "data-theme") is None


def test_paper_says_what_it_shows(open_map):
    """The window in words, the signs, undated visits whatever the window, and undecided places."""
    page = open_map(FOUR, [ASTARA])
    page.evaluate("visitmap.setWindow('2018-01-01', '2018-01-31')")
    page.emulate_media(media="print")
    settle(page, 100)
    text = page.inner_text("#vm-print")
    assert "1 of 4 visits · 1–31 January 2018" in text
    assert "Dashed: planned" in text and "Lozenge" not in text
    assert page.locator("#vm-print tbody tr").count() == 2
    assert "the year not stated" in page.locator("#vm-print tbody tr").last.inner_text()
    assert "Astara: Astara (town, Iran) · Astara (town, Azerbaijan)" in text


def test_the_map_says_whose_it_is(open_map):
    """GeoNames, Natural Earth and Leaflet are named with links."""
    page = open_map(FOUR)
    text = page.inner_text("#vm-attribution")
    assert all(name in text for name in ("GeoNames", "Natural Earth", "Leaflet"))
