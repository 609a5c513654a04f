"""The page is one offline file, the same each time, and no text of a visit ever becomes code."""

import ast
import html
import json
import re
from pathlib import Path

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.errors import OutputError, UsageError
from visitmap.model import Evidence, Issue, Place, Source, Span, Traveller, Visit
from visitmap.timespan import Timespan
from visitmap.webmap import build_map, render_html, write_html
from visitmap.webmap.page import json_for_script

SOURCE = Path(__file__).parents[2] / "src" / "visitmap"
PAYLOAD = "{{7*7}}{% for x in y %}</script><script>alert(1)</script>${8*8}`<img src=x onerror=y>"


def hostile(number: int = 0) -> Visit:
    """A visit with the payload in every field that can hold a text."""
    place = Place(PAYLOAD, f"id{PAYLOAD}", 1.0, 2.0, "FR", admin1=PAYLOAD)
    evidence = Evidence(PAYLOAD, 0, 5, PAYLOAD, ((PAYLOAD, Span(0, 5, PAYLOAD)),))
    source = Source(PAYLOAD, PAYLOAD, PAYLOAD, "2018", url=f"https://x/{PAYLOAD}", language="fr")
    return Visit(
        f"{PAYLOAD}{number}",
        (Traveller(PAYLOAD, PAYLOAD, PAYLOAD),),
        place,
        Timespan("2018-03-28"),
        origin=Place(f"{PAYLOAD}2", "o", 3.0, 4.0),
        trip_id=PAYLOAD,
        purpose=PAYLOAD,
        hosts=(PAYLOAD,),
        evidence=(evidence,),
        source=source,
    )


def test_the_page_is_the_same_each_time(three_visits, astara):
    """Folium's random ids do not reach it."""
    assert render_html(three_visits, [astara]) == render_html(three_visits, [astara])


def test_rendering_twice_gives_the_same(three_visits):
    """Rendering leaves nothing behind in the tree."""
    made = build_map(three_visits)
    assert made.to_html() == made.to_html()


def test_it_is_a_folium_map(three_visits):
    assert isinstance(build_map(three_visits), folium.Map)


def test_it_names_no_address_to_load_from(three_visits):
    page = render_html(three_visits)
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", page)


def test_the_policy_stands_before_any_script(three_visits):
    page = render_html(three_visits)
    policy = page.index("Content-Security-Policy")
    assert policy < page.index("<script") and policy < page.index("<style")
    assert "default-src &#x27;none&#x27;" in page and "unsafe-eval" not in page
    assert "unsafe-inline" not in re.search(r"script-src[^;]*", page)[0]


def test_hostile_text_is_neither_template_nor_markup():
    """What folium would have compiled arrives as it was written, escaped."""
    issue = Issue(PAYLOAD, PAYLOAD, visit_id=f"{PAYLOAD}0", toponym=PAYLOAD)
    page = render_html([hostile()], [issue], title=PAYLOAD)
    assert "49" not in re.search(r"<title>.*?</title>", page)[0]
    assert html.escape(PAYLOAD) in page, "the title is shown as written"
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    plain = render_html([])
    assert page.count("<script") == plain.count("<script")


@given(st.text())
def test_json_in_a_script_is_inert_and_true(text):
    """It holds no character that HTML could read, and says what it was given."""
    written = json_for_script({"t": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["t"] == text.encode("utf-8", "replace").decode()


def test_only_webmap_knows_folium_and_it_makes_no_element_of_text():
    """A gate for the one way text could become code: no module gives folium a string to compile."""
    forbidden = {"Popup", "Tooltip", "Element", "Html", "IFrame", "Marker", "DivIcon", "GeoJson"}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {name for node in ast.walk(tree) for name in imported(node)}
        uses_folium = any(name.split(".")[0] in ("folium", "branca") for name in names)
        if "webmap" not in path.parts:
            assert not uses_folium, f"{path} imports folium"
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert called not in forbidden, f"{path}:{node.lineno} makes a {called}"


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_templates_are_constants():
    """The one template of ours is a literal, so no text of a run can be compiled."""
    tree = ast.parse((SOURCE / "webmap" / "timemap.py").read_text("utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    templates = [n for n in calls if getattr(n.func, "id", "") == "Template"]
    assert len(templates) == 1
    assert all(isinstance(argument, ast.Constant) for argument in templates[0].args)


def test_users_own_layers_are_in_the_page(three_visits):
    """A folium layer added to the map is rendered, and its script is allowed by its hash."""
    made = build_map(three_visits)
    folium.CircleMarker((40, 50), radius=5).add_to(made)
    page = made.to_html()
    assert "L.circleMarker" in page
    assert page == made.to_html()


def test_tiles_open_the_policy_for_their_host_only(three_visits):
    address = "https://{s}.tile.example.org/{z}/{x}/{y}.png"
    page = build_map(three_visits, tiles=address, attr="Example").to_html()
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert "img-src data: blob: https://*.tile.example.org;" in policy
    assert policy.count("https://") == 1


def test_without_tiles_the_policy_names_no_host(three_visits):
    page = render_html(three_visits)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "http" not in policy


def test_the_notebook_gets_a_frame(three_visits):
    shown = build_map(three_visits)._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and "<script" not in shown


def test_an_unknown_language_is_said(three_visits):
    with pytest.raises(UsageError, match="fr, en, fa"):
        render_html(three_visits, language="xx")


def test_an_unknown_basemap_is_said(three_visits):
    with pytest.raises(UsageError, match="50m, 110m"):
        render_html(three_visits, basemap="10m")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, three_visits, monkeypatch):
    """What was there stays when the write fails, and nothing is left beside it."""
    target = tmp_path / "map.html"
    target.write_text("before")

    def refuse(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="No space left"):
        write_html(target, three_visits)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_a_folder_that_is_not_there_is_said(tmp_path, three_visits):
    with pytest.raises(OutputError, match="another folder"):
        write_html(tmp_path / "none" / "map.html", three_visits)


def test_one_visit_makes_a_small_file(tmp_path, three_visits):
    """What an e-mail carries: 650 kB with the good basemap, 450 kB with the small one."""
    for basemap, most in (("50m", 650_000), ("110m", 450_000)):
        write_html(tmp_path / "map.html", three_visits[:1], basemap=basemap)
        assert (tmp_path / "map.html").stat().st_size <= most


def test_save_writes_the_same_page(tmp_path, three_visits):
    """folium's own way to save gives the offline page too."""
    made = build_map(three_visits)
    made.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text("utf-8") == made.to_html()
