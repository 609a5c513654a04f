"""The command line: what it prints, what it writes, how it fails."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from visitmap import cli


@pytest.fixture
def visitmap(capsys, monkeypatch):
    """Run `visitmap …` in this process; gives exit status, standard output, standard error."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["visitmap", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return run


@pytest.mark.parametrize("name", sorted(cli.commands.commands))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    """The help of each command ends in an example that starts with its own name."""
    help_text = cli.commands.commands[name].help
    assert re.search(rf"Examples?:\n\s+visitmap {name} ", help_text)


@pytest.mark.parametrize("name", sorted(cli.commands.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    """A command nobody is told of does not exist."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    assert f"visitmap {name}" in readme or name == "evaluate"


def test_extract_prints_json_lines(visitmap, seeds: Path, seed_text: str) -> None:
    """One JSON object a visit on standard output, in the visit table's columns."""
    status, out, err = visitmap("extract", seeds)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert len(rows) in (6, 7)
    for row in rows:
        assert seed_text[row["quote_start"] : row["quote_end"]] == row["quote"]
    assert "visit" in err


def test_quiet_says_nothing(visitmap, seeds: Path) -> None:
    """With --quiet standard error stays empty."""
    assert visitmap("extract", seeds, "--quiet")[2] == ""


def test_the_map_is_byte_identical_twice(visitmap, seeds: Path, tmp_path: Path) -> None:
    """Two exports of the same input are the same file."""
    for name in ("one.html", "two.html"):
        assert visitmap("export", seeds, "-o", tmp_path / name)[0] == 0
    one, two = (tmp_path / name for name in ("one.html", "two.html"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".html", ".jsonl"])
def test_export_writes_by_suffix(visitmap, seeds: Path, tmp_path: Path, suffix: str) -> None:
    """Each of these formats is written, and names the people of the article."""
    target = tmp_path / f"out{suffix}"
    assert visitmap("export", seeds, "-o", target)[0] == 0
    assert target.stat().st_size > 1000


def test_geocode_shows_both_astaras_with_reasons(visitmap) -> None:
    """Candidates are printed best first, with score, country and reason."""
    status, out, _ = visitmap("geocode", "Astara", "--json")
    found = json.loads(out)["candidates"]
    assert status == 0
    assert {one["country"] for one in found[:2]} == {"IR", "AZ"}
    assert all(one["reason"] for one in found)
    assert all(38 < one["latitude"] < 39 and 48 < one["longitude"] < 49 for one in found[:2])


def test_geocode_of_nonsense_is_an_empty_list(visitmap) -> None:
    """An unknown name is an answer, with exit status 0."""
    status, out, _ = visitmap("geocode", "Xqzzwv Blorp", "--json")
    assert (status, json.loads(out)["candidates"]) == (0, [])


BAD_INPUTS = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 8,
    "encoding.txt": b"\xff\xfe\xd8\x00\xdc",
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_file_that_cannot_be_read_is_one_sentence(visitmap, tmp_path: Path, name: str) -> None:
    """Status 2, one line that names the file, nothing on standard output, nothing written."""
    path = tmp_path / name
    path.write_bytes(BAD_INPUTS[name])
    status, out, err = visitmap("export", path, "-o", tmp_path / "out.html")
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert name in err
    assert "Traceback" not in err
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("extract", "no/such/file.txt"),
        ("export", "seeds", "-o", "out.docx"),
        ("export", "seeds", "-o", "no/such/folder/out.html"),
        ("extract", "seeds", "--document-date", "yesterday"),
        ("extract", "seeds", "--language", "tlh"),
        ("geocode", "Astara", "--country", "ZZ"),
        ("nonsense",),
        ("evaluate", "no/such/folder"),
        ("serve", "no/such/file.txt"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_wrong_usage_has_status_2_and_says_what_to_do(visitmap, words: tuple[str, ...]) -> None:
    """Wrong usage is told in words, without a traceback."""
    status, out, err = visitmap(*words)
    assert (status, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_an_article_without_visits_gives_an_empty_table(visitmap, tmp_path: Path) -> None:
    """Status 0, and a table that has its header and nothing else."""
    article = tmp_path / "loi.txt"
    article.write_text("Le Parlement a adopté la loi de finances jeudi. Elle prend effet.", "utf-8")
    assert visitmap("export", article, "-o", tmp_path / "out.csv")[0] == 0
    assert len((tmp_path / "out.csv").read_text("utf-8").strip().splitlines()) == 1


def test_a_text_of_five_megabytes_is_read_or_refused_in_a_sentence(
    visitmap, tmp_path: Path, seed_text: str
) -> None:
    """A very long text ends in visits or in one sentence, never in a traceback."""
    article = tmp_path / "long.txt"
    filler = "La commission examinera le budget des transports. " * 105_000
    article.write_text(seed_text + "\n" + filler, "utf-8")
    status, out, err = visitmap("extract", article)
    assert "Traceback" not in err
    assert (status == 0 and len(out.splitlines()) >= 6) or (status == 2 and "long.txt" in err)


def test_a_closed_pipe_is_no_error(seeds: Path) -> None:
    """`visitmap extract … | head -1` ends quietly."""
    command = f"{sys.executable} -m visitmap extract --quiet {seeds} | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_check_ends_with_1_on_errors(visitmap, tmp_path: Path) -> None:
    """A table with an impossible date is an error with file, row and remedy."""
    table = tmp_path / "visits.csv"
    table.write_text("traveller,destination,start\nAda Adams,Baku,2018-02-31\n", "utf-8")
    status, out, _ = visitmap("check", table, "--json")
    issues = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert any("visits.csv" in issue["where"] and issue["remedy"] for issue in issues)
