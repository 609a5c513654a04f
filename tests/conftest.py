"""Fixtures shared by all tests."""

from pathlib import Path

import pytest
from hypothesis import settings

# Tests do not time things: a busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the seed article."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_text(seeds: Path) -> str:
    """The seed article's text, with its line ends as they are."""
    return next(seeds.glob("*.txt")).read_bytes().decode()


@pytest.fixture(scope="session")
def seed_result(seeds: Path):
    """Visits and issues of the seed article, extracted once."""
    from visitmap.pipeline import run

    return run([seeds])


@pytest.fixture(scope="session")
def seed_visits(seed_result):
    """The visits of the seed article."""
    return seed_result[0]


@pytest.fixture(scope="session")
def seed_issues(seed_result):
    """The issues of the seed article."""
    return seed_result[1]
