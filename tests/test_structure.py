"""The house rules that a reader cannot check by eye: imports, length of functions, no leaks."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "visitmap"

# Each part and the parts it may import: the house of architecture.md, floor by floor.
WORDS = {"model", "timespan", "errors"}
FLOORS = {
    "errors": set(),
    "timespan": {"errors"},
    "model": {"timespan", "errors"},
    "review": WORDS,
    "documents": WORDS,
    "gazetteer": WORDS,
    "merge": WORDS,
    "analysis": WORDS,
    "totals": WORDS | {"analysis"},
    "tables": WORDS,
    "webmap": WORDS,
    "store": WORDS | {"review"},
    "extract": WORDS | {"gazetteer"},
    "geocode": WORDS | {"gazetteer"},
    "evaluate": WORDS | {"documents"},
}
FLOORS["pipeline"] = WORDS | {
    "documents", "gazetteer", "merge", "tables", "extract", "geocode", "analysis",
}  # fmt: skip
EVERYTHING = set(FLOORS) | {"ui", "cli", "api", "__init__"}
FLOORS |= {"api": EVERYTHING - {"ui", "cli", "api", "store"}, "__init__": {"api"}}
FLOORS |= {"ui": EVERYTHING - {"cli"}, "cli": EVERYTHING - {"ui"}, "__main__": {"cli"}}

# Libraries that decide the shape of what uses them stay in one part (or two) of the house.
ONLY_IN = {
    "folium": {"webmap"},
    "branca": {"webmap"},
    "geopandas": {"tables"},
    "geopy": {"geocode"},
    "sqlalchemy": {"store"},
    "streamlit": {"ui"},
}
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FUNCTION = 40


def part_of(path: Path) -> str:
    """The floor a module stands on: its top folder under visitmap, or its own name."""
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported(path: Path) -> set[str]:
    """Dotted names of all modules a file imports, inside functions as well."""
    names: set[str] = set()
    package = ["visitmap", *path.relative_to(SOURCE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{stem}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_the_house_only(path: Path) -> None:
    """A module imports its own part and the floors below it, never up or across."""
    part = part_of(path)
    assert part in FLOORS, f"{part} has no floor: give it one in this test and in architecture"
    for name in imported(path):
        if name.startswith("visitmap."):
            other = name.split(".")[1]
            known = other in FLOORS and other != "__version__"
            assert not known or other == part or other in FLOORS[part], f"{path.name} uses {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_shaping_library_stays_in_its_part(library: str) -> None:
    """folium only draws, geopandas only holds tables, and so on."""
    users = {
        part_of(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users <= ONLY_IN[library], f"{library} is imported in {users}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    """No function, docstring included, is longer than forty lines."""
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, f"{path.relative_to(ROOT)}: {', '.join(long)}"


def test_the_lock_names_packages_and_hashes_but_no_address() -> None:
    """A lock that records where a package came from would tie users to our machine."""
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert len(locks) == 3
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text), lock.name
