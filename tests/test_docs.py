"""The documents: links lead somewhere, examples run, decisions are whole."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def name(path: Path) -> str:
    """A page's path as a test id."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page exists."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    missing = [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert not missing


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_a_decision_has_context_decision_and_consequences(page: Path) -> None:
    """Each record can be read without the others."""
    text = page.read_text("utf-8")
    for heading in ("Context", "Decision", "Consequences"):
        assert re.search(rf"(\*\*{heading}|#+ {heading})", text), heading


def test_decisions_have_numbers_of_their_own() -> None:
    """Two records never share a number."""
    numbers = [page.name[:4] for page in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_the_readme_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's Python is run as it stands, in a folder with the seeds."""
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert code is not None
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(code[1], "README.md", "exec"), {})
    assert (tmp_path / "map.html").stat().st_size > 100_000


def test_every_document_is_listed_in_the_readme() -> None:
    """A page that the README does not lead to is not found."""
    readme = (ROOT / "README.md").read_text("utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"docs/{page}" not in readme] == []


def test_no_tracked_file_names_a_place_on_somebodys_machine() -> None:
    """Home folders and build machines have no place in a project for others."""
    pattern = r"/work/(main|shared|\.library)|/root/|/opt/pypi|/opt/wheels|/tmp/brief"
    command = ["git", "grep", "-lIE", pattern, "--", ":!tests/test_docs.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
