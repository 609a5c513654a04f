"""A team signs in with OpenID Connect: who is not in sees nothing, and decisions bear names."""

import pytest
from dashboards import actions, answered, free_port, prepared, press, rested, served, shown
from openid_provider import Provider
from playwright.sync_api import expect

from visitmap.store import Project

PEOPLE = {
    "Ada": {"sub": "1", "name": "Ada", "email": "ada@example.org", "email_verified": True},
    "Grace": {"sub": "2", "name": "Grace", "email": "grace@example.org", "email_verified": True},
    "Mallory": {"sub": "3", "name": "M", "email": "ada@example.org", "email_verified": False},
}


@pytest.fixture
def team(tmp_path):
    """A dashboard on a project of five visits that asks a provider who people are."""
    provider, where, port = Provider(PEOPLE), tmp_path / "team.visitmap", free_port()
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    (folder / "secrets.toml").write_text(provider.settings(f"http://127.0.0.1:{port}"))
    prepared(where, 5)
    with served(tmp_path, where, port=port) as dashboard:
        yield dashboard.address, where
    provider.stop()


@pytest.fixture
def browsers(browser):
    """Opens tabs of people who share nothing."""
    opened = []

    def one():
        opened.append(browser.new_context(locale="en-GB"))
        page = opened[-1].new_page()
        page.set_default_timeout(60_000)
        return page

    yield one
    for context in opened:
        context.close()


def sign_in(tab, address, name):
    """From the page that shows nothing but a button, by way of the provider, to the review."""
    tab.goto(f"{address}/review")
    tab.get_by_role("button", name="Log in").click()
    tab.get_by_role("link", name=name, exact=True).click()
    tab.get_by_role("link", name="Review").click()
    expect(tab.get_by_text("of 5 visits decided")).to_be_visible()
    answered(tab)


def assert_shut(tab, address, pages=("review",)):
    """On no page a word of the project, nor a way to decide."""
    for page in pages:
        tab.goto(f"{address}/{page}")
        expect(tab.get_by_role("button", name="Log in")).to_be_visible()
        rested(tab)
        words = tab.locator("body").inner_text()
        assert not [one for one in ("Ada Berg", "Lisbon", "visits", "team") if one in words]
        tab.keyboard.press("a")


def test_two_people_sign_in_decide_and_sign_out(team, browsers):
    """Each sees what the other decided, under their name, and nothing else of them."""
    (address, where), first, second = team, browsers(), browsers()
    assert_shut(first, address, ("", "review", "sources", "analysis", "export"))
    sign_in(first, address, "Ada")
    first.get_by_role("textbox", name="Why").fill("my own words")
    press(first, "a")
    expect(first.get_by_text("1 of 5 visits decided")).to_be_visible()
    press(first, "j", "c")
    answered(first)
    first.get_by_role("textbox", name="Why").fill("half a thought")
    first.get_by_role("textbox", name="Why").press("Tab")
    rested(first)
    assert_shut(second, address)
    sign_in(second, address, "Grace")
    assert shown(second) == 1
    assert second.get_by_role("textbox", name="Why").input_value() == ""
    assert not second.get_by_role("textbox", name="Arrival").count(), "Ada's panel is Ada's"
    expect(second.get_by_role("button", name="Undo")).to_be_disabled()
    press(second, "r")
    expect(second.get_by_text("2 of 5 visits decided")).to_be_visible()
    with Project.open(where, read_only=True) as project:
        assert [(one.who, one.action, one.why) for one in project.decisions()] == [
            ("ada@example.org", "accept", "my own words"),
            ("grace@example.org", "reject", ""),
        ]
    first.get_by_role("button", name="Expand sidebar").click()
    first.get_by_role("button", name="Log out").click()
    expect(first.get_by_role("button", name="Log in")).to_be_visible()
    assert_shut(first, address)
    assert len(actions(where)) == 2


def test_an_address_that_nobody_verified_signs_no_decision(team, browsers):
    """Who claims another's address is known by what the provider vouches for."""
    (address, where), tab = team, browsers()
    sign_in(tab, address, "Mallory")
    press(tab, "a")
    expect(tab.get_by_text("1 of 5 visits decided")).to_be_visible()
    with Project.open(where, read_only=True) as project:
        assert project.decisions()[0].who == "M (3)"
