"""What the page's engine reads, shows and draws, in a real browser."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import folium
import pytest
from map_ui_samples import settle

from visitmap.model import Candidate, Evidence, Issue, Place, Source, Span, Traveller, Visit
from visitmap.timespan import Timespan
from visitmap.webmap import build_map

pytestmark = pytest.mark.browser

TEHRAN = Place("Tehran", "geonames:112931", 35.69439, 51.42151, "IR")
BAKU = Place("Baku", "geonames:587084", 40.37767, 49.89201, "AZ")
AZERBAIJAN = Place("Azerbaijan", "geonames:587116", 40.5, 47.5, "AZ", "country")
KURDISTAN = Place("Kurdistan", "geonames:1", 36.0, 44.0, "IQ", "region")
TOKYO = Place("Tokyo", "geonames:1850147", 35.6895, 139.69171, "JP")
SAN_FRANCISCO = Place("San Francisco", "geonames:5391959", 37.77493, -122.41942, "US")
PAYLOAD = "{{7*7}}{% x %}</script><script>window.ran=1</script>${window.ran=2}`<img src=x>"
MODEL, LAYER = "visitmap.page.model", "visitmap.page.layer"


def visit(key, span, destination=BAKU, origin=TEHRAN, status="happened", who="Ada", **more):
    span = span if isinstance(span, Timespan) else Timespan(span)
    return Visit(key, (Traveller(who),), destination, span, status, origin, **more)


def record(page):
    return page.evaluate(f"{LAYER}.record()")


def day_number(text):
    return dt.date.fromisoformat(text).toordinal() - dt.date(1970, 1, 1).toordinal()


# ---- reading ------------------------------------------------------------------------------------


def hostile():
    """Every text of a visit is the payload."""
    place = Place(PAYLOAD, PAYLOAD, 1.0, 2.0, "FR")
    evidence = Evidence(PAYLOAD, 3, 9, PAYLOAD, ((PAYLOAD, Span(3, 9, PAYLOAD)),))
    source = Source(PAYLOAD, PAYLOAD, PAYLOAD, "2018", url=PAYLOAD, language="fr")
    return Visit(
        PAYLOAD,
        (Traveller(PAYLOAD, PAYLOAD, PAYLOAD),),
        place,
        Timespan("2018-03-28"),
        origin=Place(f"{PAYLOAD}2", "o", 3.0, 4.0),
        trip_id=PAYLOAD,
        purpose=PAYLOAD,
        hosts=(PAYLOAD, "b"),
        evidence=(evidence,),
        source=source,
    )


def test_every_field_arrives_and_none_runs(open_map):
    """Templates, scripts and backticks come out of the page as they went in."""
    issue = Issue(PAYLOAD, PAYLOAD, visit_id=PAYLOAD)
    page = open_map([hostile()], [issue], title=PAYLOAD)
    read = page.evaluate(
        """() => { const d = visitmap.page.model.data; return [d.visitId(0), d.travellers(0),
        d.place(d.destination[0]).name, d.place(d.origin[0]).name, d.trip(0), d.purpose(0),
        d.hosts(0), d.quotes(0), d.source(0), d.fieldSpans(0), d.issues(0), d.meta.title]; }"""
    )
    assert read == [
        PAYLOAD,
        [{"name": PAYLOAD, "role": PAYLOAD, "country": PAYLOAD}],
        PAYLOAD,
        f"{PAYLOAD}2",
        PAYLOAD,
        PAYLOAD,
        [PAYLOAD, "b"],
        [{"text": PAYLOAD, "start": 3, "end": 9, "doc": PAYLOAD}],
        {
            "docId": PAYLOAD,
            "title": PAYLOAD,
            "publisher": PAYLOAD,
            "date": "2018",
            "url": PAYLOAD,
            "language": "fr",
        },
        [{"field": PAYLOAD, "text": PAYLOAD}],
        [{"code": PAYLOAD, "message": PAYLOAD}],
        PAYLOAD,
    ]
    assert page.evaluate("window.ran") is None


SPANS = [
    Timespan(""),
    Timespan("XXXX-02"),
    Timespan("2018"),
    Timespan("2018-03"),
    Timespan("2018-03-28"),
    Timespan("2018-03-28", "2018-04"),
    Timespan("2018-03-28/.."),
    Timespan("../2018-03-28"),
    Timespan("2017-10", "", 2),
    Timespan("2018-03-01/2018-04-01"),
    Timespan("201X"),
    Timespan("0001-01-01"),
    Timespan("9999-12-31"),
    Timespan("1969-12-31", "1970-01-02"),
    Timespan("1900", "2000"),
]


def test_dates_are_read_back(open_map):
    """The EDTF texts, the four bounds and the stay are those of the visits."""
    page = open_map([visit(f"v{k:02}", span) for k, span in enumerate(SPANS)])
    read = page.evaluate(
        """() => { const d = visitmap.page.model.data, out = {};
        for (let i = 0; i < d.n; i++) out[d.visitId(i)] = [d.start(i), d.end(i), d.durationDays(i),
          d.startEarliest[i], d.startLatest[i], d.endEarliest[i], d.endLatest[i]]; return out; }"""
    )

    def bound(day, unknown):
        return unknown if day is None else day_number(day.isoformat())

    low, high = -(2**31), 2**31 - 1
    for k, span in enumerate(SPANS):
        assert read[f"v{k:02}"] == [
            span.start,
            span.end,
            span.duration_days,
            bound(span.start_earliest, low),
            bound(span.start_latest, high),
            bound(span.end_earliest, low),
            bound(span.end_latest, high),
        ], span


@pytest.mark.parametrize("day", ["2018-03-28", "2017-10-09", "1969-12-31", "0001-01-01"])
def test_levels_follow_timespan(open_map, day):
    """On a day, possibly there is 1 and certainly there is 2, as `Timespan` says."""
    page = open_map([visit(f"v{k:02}", span) for k, span in enumerate(SPANS)])
    number = day_number(day)
    levels = page.evaluate(
        f"""() => {{ const m = {MODEL}; m.setWindow({number}, {number});
        return Object.fromEntries(Array.from(m.levels, (l, i) => [m.data.visitId(i), l])); }}"""
    )
    date = dt.date.fromisoformat(day)
    for k, span in enumerate(SPANS):
        expected = 2 if span.certainly_on(date) else 1 if span.possibly_on(date) else 0
        assert levels[f"v{k:02}"] == expected, span


def test_the_first_view_shows_all_visits(open_map):
    """Undated ones too, faint; they leave when the window narrows."""
    page = open_map([visit(f"v{k:02}", span) for k, span in enumerate(SPANS)])
    assert page.evaluate(f"{MODEL}.visible") == len(SPANS)
    narrowed = day_number("2018-03-28")
    page.evaluate(f"{MODEL}.setWindow({narrowed}, {narrowed})")
    assert page.evaluate(f"{MODEL}.levels[{MODEL}.data.n - 1]") == 0
    assert page.evaluate(f"{MODEL}.undated().length") == 2


def test_many_texts_are_read_back(open_map):
    """A stream of words gives the same texts as a list."""
    rng = random.Random(4)
    texts = [" ".join(f"mot{rng.randrange(900)}" for _ in range(12)) for _ in range(4000)]
    page = open_map([visit(f"{k}", "2018", purpose=text) for k, text in enumerate(texts)])
    page.evaluate(f"{MODEL}.data.loadTexts()")
    read = page.evaluate(
        f"() => {{ const d = {MODEL}.data; return Object.fromEntries(Array.from({{ length: d.n }},"
        " (_, i) => [d.visitId(i), d.purpose(i)])); }"
    )
    assert [read[str(k)] for k in range(len(texts))] == texts


def test_an_old_browser_gets_a_sentence(open_map, page):
    """Not a blank page, and no error in the console."""
    page.add_init_script("delete globalThis.DecompressionStream")
    opened = open_map([visit("a", "2018")])
    assert opened.get_attribute("html", "data-visitmap") == "failed"
    assert "too old" in opened.get_by_role("alert").first.inner_text()


# ---- what is shown ------------------------------------------------------------------------------


def two_travellers():
    source = Source("s1", "First source")
    return [
        visit("a", "2018-01-10", who="Élodie", purpose="un accord", source=source),
        visit("b", "2018-02-10", who="Élodie", destination=AZERBAIJAN, origin=None),
        visit("c", "2018-03-10", who="Ben", status="planned", certainty=0.4),
        visit("d", "2019-03-10", who="Ben"),
    ]


def test_filters_narrow_and_facets_count_under_the_others(open_map):
    page = open_map(two_travellers())
    page.evaluate(f"{MODEL}.setFilter('traveller', new Set(['Ben']))")
    assert page.evaluate(f"{MODEL}.visible") == 2
    statuses = page.evaluate(f"{MODEL}.facets('status')")
    assert {one["key"]: one["count"] for one in statuses} == {"planned": 1, "happened": 1}
    travellers = page.evaluate(f"{MODEL}.facets('traveller')")
    assert {one["key"]: one["count"] for one in travellers} == {"Ben": 2, "Élodie": 2}
    page.evaluate(f"{MODEL}.setCertainty(50)")
    assert page.evaluate(f"{MODEL}.visible") == 1
    page.evaluate(f"{MODEL}.clearFilters()")
    assert page.evaluate(f"{MODEL}.visible") == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [("elodie", 2), ("ACCORD", 1), ("ben baku", 2), ("azerb", 4), ("first source", 1), ("zz", 0)],
)
def test_search_ignores_accents_and_case(open_map, query, count):
    """Every word must occur somewhere in the visit; a country's name counts as its place's."""
    page = open_map(two_travellers())
    page.evaluate(f"{MODEL}.setQuery('{query}')")
    assert page.evaluate(f"{MODEL}.visible") == count


def test_the_histogram_follows_the_filters(open_map):
    page = open_map(two_travellers())
    bars = f"Array.from({MODEL}.histogram(15).counts)"
    assert sum(page.evaluate(bars)) == 4
    page.evaluate(f"{MODEL}.setFilter('status', new Set(['planned']))")
    assert sum(page.evaluate(bars)) == 1


def test_steps_go_by_calendar_and_by_visit(open_map):
    page = open_map(two_travellers())
    day = day_number("2018-01-31")
    page.evaluate(f"{MODEL}.setWindow({day}, {day}), {MODEL}.step('month', 1)")
    assert page.evaluate(f"{MODEL}.window[1]") == day_number("2018-02-28")
    page.evaluate(f"{MODEL}.select(0), {MODEL}.step('visit', 1)")
    assert page.evaluate(f"{MODEL}.data.visitId({MODEL}.selected)") == "b"
    assert page.evaluate(f"{MODEL}.levels[{MODEL}.selected]") == 2, "the window went there"


def test_modes_set_the_window(open_map):
    page = open_map(two_travellers())
    page.evaluate(f"{MODEL}.setMode('cumulative')")
    assert page.evaluate(f"{MODEL}.window") == [None, day_number("2019-03-10")]
    page.evaluate(f"{MODEL}.setMode('day')")
    assert page.evaluate(f"{MODEL}.window") == [day_number("2019-03-10")] * 2
    assert page.evaluate(f"{MODEL}.visible") == 1


def test_playing_ends_at_the_end(open_map):
    page = open_map(two_travellers())
    page.evaluate(f"{MODEL}.speed = 60, {MODEL}.setMode('cumulative'), {MODEL}.play()")
    settle(page, 1200)
    assert page.evaluate(f"{MODEL}.playing") is False
    assert page.evaluate(f"{MODEL}.window[1]") == day_number("2019-03-10")


def test_days_are_days_in_every_year(open_map):
    """The page's calendar is Python's, from year 1 to 9999."""
    rng = random.Random(2)
    numbers = [rng.randrange(1, dt.date.max.toordinal() + 1) for _ in range(400)]
    days = [dt.date.fromordinal(number).isoformat() for number in numbers]
    page = open_map([visit(f"{k}", day) for k, day in enumerate(days)])
    read = page.evaluate(
        f"() => {{ const d = {MODEL}.data; return Object.fromEntries(Array.from({{ length: d.n }},"
        " (_, i) => [d.visitId(i), d.start(i)])); }"
    )
    assert [read[str(k)] for k in range(len(days))] == days


# ---- what is drawn ------------------------------------------------------------------------------


def test_each_manner_of_visit_is_drawn_its_way(open_map):
    """Dashed planned, crossed cancelled, marked denied, faint possible, hollow countries."""
    page = open_map(
        [
            visit("a", "2018-03-28"),
            visit("b", "2018-03-28/..", status="planned"),
            visit("c", "2018-03-28", status="cancelled"),
            visit("d", "2018-03-28", status="denied"),
            visit("e", "2018", destination=AZERBAIJAN),
            visit("f", "2018-03", destination=KURDISTAN),
        ]
    )
    drawn = record(page)
    assert drawn["mode"] == "legs"
    assert (drawn["legs"], drawn["dashed"], drawn["crossed"], drawn["denied"]) == (6, 1, 1, 1)
    assert drawn["hollow"] == 2 and drawn["places"] == 3
    day = day_number("2018-03-28")
    page.evaluate(f"{MODEL}.setWindow({day}, {day})")
    drawn = record(page)
    assert (drawn["certain"], drawn["faint"]) == (3, 3)


def painted_at(page, place, radius=6):
    """The number of opaque pixels of the visits' canvas about a place."""
    return page.evaluate(
        f"""([lat, lon, r]) => {{ const l = {LAYER}, p = l._map.latLngToContainerPoint([lat, lon]);
        const k = l.canvas.width / l.canvas.clientWidth;
        const image = l.canvas.getContext("2d").getImageData(k * (p.x - r), k * (p.y - r),
          k * 2 * r, k * 2 * r).data;
        let count = 0; for (let i = 3; i < image.length; i += 4) if (image[i] > 60) count++;
        return count; }}""",
        [place[0], place[1], radius],
    )


def test_pixels_lie_on_the_way(open_map):
    """There is paint at the arrival and half way, and none far from it."""
    page = open_map([visit("a", "2018-03-28")])
    halfway = (38.04, 50.69)
    assert painted_at(page, (BAKU.latitude, BAKU.longitude)) > 20
    assert painted_at(page, halfway) > 5
    assert painted_at(page, (38.04, 53.5)) == 0
    page.evaluate(f"{MODEL}.setFilter('status', new Set(['denied']))")
    settle(page, 60)
    assert painted_at(page, halfway) == 0


CURVE = """(name) => {
    const curves = visitmap.page.layer.painter.scene[name], at = curves.locate(0);
    return Array.from(curves.pool.subarray(at, at + curves.length[0]));
}"""


@pytest.mark.parametrize(("curves", "longest"), [("curves", 0.1), ("thinCurves", 0.2)])
def test_a_way_over_the_date_line_takes_the_short_side(open_map, curves, longest):
    """Tokyo to San Francisco crosses the Pacific, without a jump, in the middle of the view."""
    page = open_map([visit("a", "2018", SAN_FRANCISCO, TOKYO)])
    points = page.evaluate(CURVE, curves)
    xs = points[::2]
    assert max(abs(b - a) for a, b in pairwise(xs)) < longest
    assert abs(xs[-1] - xs[0]) < 0.5
    assert 140 < page.evaluate(f"{LAYER}._map.getCenter().lng") % 360 < 238


@pytest.mark.parametrize("curves", ["curves", "thinCurves"])
@pytest.mark.parametrize(
    "ends",
    [((0, 0), (0, 180)), ((90, 0), (-90, 0)), ((-80, 30), (-80, -150)), ((89.9, 10), (-12, 179))],
    ids=["antipodes", "pole-to-pole", "over-a-pole", "from-a-pole"],
)
def test_ways_over_poles_and_to_antipodes_stay_on_the_map(open_map, ends, curves):
    """Every point is a number within the Mercator square, and the way ends at its ends."""
    places = [Place(f"P{k}", f"x:{k}", *point) for k, point in enumerate(ends)]
    points = open_map([visit("a", "2018", places[1], places[0])]).evaluate(CURVE, curves)
    assert all(isinstance(value, int | float) for value in points)
    assert all(-1e-6 <= y <= 1 + 1e-6 for y in points[1::2])
    assert points[0] == pytest.approx(ends[0][1] / 360 + 0.5, abs=1e-5)
    assert points[-2] % 1 == pytest.approx((ends[1][1] / 360 + 0.5) % 1, abs=1e-4)


def test_hundreds_of_circles_are_filled(open_map):
    """With more places than have rims, the largest one's middle is wholly painted."""
    page = open_map(crowd(900))
    page.evaluate(f"{LAYER}.fit(null, {{ animate: false }})")
    assert record(page)["places"] > 300
    at = page.evaluate(
        f"""(() => {{ const l = {LAYER}, {{ x, y }} = l.painter.markers[0];
        const {{ lat, lng }} = l._map.containerPointToLatLng([x, y]); return [lat, lng]; }})()"""
    )
    assert painted_at(page, at, radius=2) == 16


def test_opposite_and_repeated_ways_lie_apart(open_map):
    """Half way between two towns, each of three legs has its own pixels."""
    page = open_map(
        [
            visit("a", "2018"),
            visit("b", "2018"),
            visit("c", "2018", destination=TEHRAN, origin=BAKU),
        ]
    )
    bows = page.evaluate(
        f"""() => {{ const s = {LAYER}.painter.scene, out = [];
        for (let i = 0; i < 3; i++) out.push([s.pairs.of[i], s.pairs.rank[i],
          s.bowLength(s.pairs.of[i]) > 0]); return out; }}"""
    )
    assert sorted(bow[:2] for bow in bows) == [[0, 0], [0, 1], [1, 0]]
    assert all(bow[2] for bow in bows)


def test_mentioned_places_show_all_candidates(open_map):
    towns = [Place("Astara", f"x{k}", 38.0 + k, 48.87, "IR") for k in range(2)]
    issue = Issue(
        "place-ambiguous",
        "2 places are called Astara",
        candidates=tuple(Candidate(town, 0.5, "same name") for town in towns),
        toponym="Astara",
    )
    page = open_map([visit("a", "2018")], [issue])
    drawn = record(page)
    assert drawn["mentioned"] == 2 and "Astara" in drawn["labelTexts"]
    assert painted_at(page, (38.0, 48.87), 10) > 10


def test_a_click_selects_what_lies_there(open_map):
    """A second click at the same place goes on to the next visit there."""
    page = open_map([visit("a", "2018-01-01"), visit("b", "2018-02-01")])
    spot = page.evaluate(
        f"""() => {{ const m = {LAYER}._map, r = m.getContainer().getBoundingClientRect();
        const p = m.latLngToContainerPoint([{BAKU.latitude}, {BAKU.longitude}]);
        return [r.x + p.x, r.y + p.y]; }}"""
    )
    chosen = []
    for _ in range(2):
        page.mouse.click(*spot)
        settle(page, 350)  # apart, so that the second is no double click
        chosen.append(page.evaluate(f"{MODEL}.data.visitId({MODEL}.selected)"))
    assert chosen == ["a", "b"]
    assert record(page)["selected"] == 1


def crowd(count):
    """Visits between scattered towns, seeded."""
    rng = random.Random(7)
    towns = [
        Place(f"T{k}", f"t:{k}", rng.uniform(-50, 65), rng.uniform(-170, 170), "FR")
        for k in range(400)
    ]
    start = dt.date(2000, 1, 1)
    return [
        visit(
            f"{k}",
            (start + dt.timedelta(rng.randrange(7000))).isoformat(),
            *rng.sample(towns, 2),
            who=f"P{k % 12}",
        )
        for k in range(count)
    ]


def test_thousands_are_bundled_and_open_out(open_map):
    """Bundles hold every leg in view; zoomed in, there are more places; narrowed, single legs."""
    page = open_map(crowd(5000))
    drawn = record(page)
    assert drawn["mode"] == "bundles"
    assert 100 < drawn["bundles"] <= 2000
    assert drawn["legs"] > 4000 and drawn["certain"] == drawn["legs"]
    count = f"new Set({LAYER}.painter.scene.nodeOf).size"
    before = page.evaluate(count)
    page.evaluate(f"{LAYER}._map.setView([46, 2], 6)")
    record(page)
    in_view = f"{LAYER}.painter.markers.length"
    assert page.evaluate(in_view) > 0 and before < 400
    first = day_number("2000-01-01")
    page.evaluate(f"{MODEL}.setWindow({first}, {first + 60})")
    assert record(page)["mode"] == "legs"


def test_nodes_stand_for_all_their_visits(open_map):
    """No visit is lost by drawing neighbours as one."""
    page = open_map(crowd(4000))
    record(page)
    total = page.evaluate(f"{LAYER}.painter.scene.nodeCount.reduce((a, b) => a + b, 0)")
    assert total == 4000


def test_labels_do_not_overlap(open_map):
    page = open_map(crowd(300))
    record(page)
    boxes = page.evaluate(
        f"Array.from({LAYER}.painter.occupied.buckets.values()).flat().length > 0"
    )
    drawn = record(page)
    assert boxes and 5 < drawn["labels"] <= 60
    assert len(set(drawn["labelTexts"])) == drawn["labels"]


def test_a_country_on_its_capitals_point_leaves_the_capital_its_name(open_map):
    """A visit to Azerbaijan and one to Baku: one ring around one dot, both named beside it."""
    country = Place("Azerbaijan", "country:AZ", BAKU.latitude, BAKU.longitude, "AZ", "country")
    iran = Place("Iran", "country:IR", TEHRAN.latitude, TEHRAN.longitude, "IR", "country")
    page = open_map(
        [
            visit("a", "2018-01-01", BAKU),
            visit("b", "2018-01-02", country),
            visit("c", "2018-01-03", iran, origin=BAKU),
        ]
    )
    assert {"Baku", "Azerbaijan", "Tehran", "Iran"} <= set(record(page)["labelTexts"])


def test_a_users_folium_layer_is_drawn_under_the_policy(page, tmp_path):
    """Its script runs by hash; nothing is fetched for it."""
    made = build_map([visit("a", "2018")])
    folium.Polygon([(36, 48), (36, 52), (40, 52)], color="#123456").add_to(made)
    folium.Marker((38, 50)).add_to(made)
    made.save(tmp_path / "own.html")
    page.goto((tmp_path / "own.html").as_uri())
    page.wait_for_selector("html[data-visitmap=ready]", state="attached")
    assert page.locator("path[stroke='#123456']").count() == 1
    width = page.evaluate("document.querySelector('.leaflet-marker-icon').naturalWidth")
    assert width > 0, "the default marker's picture travels with the page"


def test_foreign_script_does_not_run(page, tmp_path):
    """The policy stops a script that was not in the page when it was made."""
    build_map([visit("a", "2018")]).save(tmp_path / "map.html")
    text = (tmp_path / "map.html").read_text("utf-8")
    changed = text.replace("</body>", "<script>window.ran = 1</script></body>", 1)
    (tmp_path / "map.html").write_text(changed, "utf-8")
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-visitmap=ready]", state="attached")
    assert page.evaluate("window.ran") is None


# ---- bad input ----------------------------------------------------------------------------------

ODD = {
    "no visits": [],
    "only undated": [visit("a", ""), visit("b", "XXXX-02")],
    "ten at one point": [visit(f"{k}", "2018-03-28", BAKU, BAKU) for k in range(10)],
    "a century": [visit("a", Timespan("1900-01-01", "2000-01-01"))],
    "corners": [
        visit("a", "2018", Place("N", "n", 90.0, 180.0), Place("S", "s", -90.0, -180.0)),
        visit("b", "2018", Place("W", "w", 0.0, -180.0), Place("E", "e", 0.0, 180.0)),
    ],
    "nowhere": [visit("a", "2018", Place("Unknown"), None)],
    "long names": [visit("a", "2018", Place("é" * 500, "x", 1.0, 2.0), who="x" * 500)],
    "scripts and signs": [
        visit("a", "2018", Place("تهران 🕊️ e\u0301\u202e", "x", 1.0, 2.0), who="\u202eabc 🇮🇷")
    ],
    "ends of time": [visit("a", "0001-01-01"), visit("b", "9999-12-31")],
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_data_are_drawn(open_map, odd):
    """No error, no request, and everything counted."""
    page = open_map(ODD[odd])
    assert page.get_attribute("html", "data-visitmap") == "ready"
    assert page.evaluate(f"{MODEL}.visible") == len(ODD[odd])
    record(page)
    for unit in ("day", "visit", "year"):
        page.evaluate(f"{MODEL}.step('{unit}', 1), {MODEL}.step('{unit}', -1)")
    record(page)


def test_ten_thousand_travellers(open_map):
    """Groups stay eight and another; facets hold all."""
    page = open_map([visit(f"{k}", "2018", who=f"Person {k}") for k in range(10_000)])
    assert page.evaluate(f"{MODEL}.groups().length") == 9
    assert page.evaluate(f"{MODEL}.facets('traveller').length") == 10_000


CONTRAST = """([a, b]) => {
    const light = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16) / 255)
      .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4))
      .reduce((sum, x, k) => sum + x * [0.2126, 0.7152, 0.0722][k], 0);
    const [high, low] = [light(a), light(b)].sort((one, other) => other - one);
    return (high + 0.05) / (low + 0.05);
}"""
LAND = {"light": "#e6e3dd", "dark": "#23282d"}


@pytest.mark.parametrize(
    ("theme", "by"),
    [("light", "year"), ("dark", "year"), ("dark", "traveller"), ("dark", "status")],
)
def test_colours_stand_out_from_the_ground(open_map, theme, by):
    """In every group a leg has three times the contrast of its ground, whichever the theme."""
    page = open_map([visit(f"v{k}", f"{1900 + 15 * k}", who=f"Traveller {k}") for k in range(9)])
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    page.evaluate(f"{MODEL}.setColorBy('{by}')")
    colours = page.evaluate(f"{MODEL}.groups().map((one) => one.color)")
    assert len(colours) > 4
    assert min(page.evaluate(CONTRAST, [colour, LAND[theme]]) for colour in colours) >= 3
