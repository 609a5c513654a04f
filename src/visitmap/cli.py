"""`visitmap …`: a skin over the public functions.

Data goes to standard output, messages to standard error. Exit status: 0 done; 1 `check` found
errors; 2 wrong usage or an input that cannot be read, said in one line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from visitmap import __version__
from visitmap.errors import InputError, UsageError, VisitMapError
from visitmap.model import Issue, Visit

Command = TypeVar("Command", bound=Callable[..., Any])
EXAMPLE_FOLDER = Path(__file__).parents[2] / "seeds"


def main() -> None:
    """Run the command line; no traceback reaches a user."""
    try:
        _flush(commands.main(prog_name="visitmap", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        _fail("Stopped: nothing was written", status=130)
    except VisitMapError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader (`head`, say) has seen enough; Python must not complain while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        _fail("There is not enough memory for this input. Try with fewer files at a time")


def _flush(status: Any) -> None:
    sys.stdout.flush()
    sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str, status: int = 2) -> None:
    click.echo(f"visitmap: {sentence}", err=True)
    sys.exit(status)


def _reading_options(command: Command) -> Command:
    """The options that every command reading articles shares."""
    for option in (
        click.option("--quiet", is_flag=True, help="No messages but errors."),
        click.option("--user-agent", default="", help="Who asks an online geocoder."),
        click.option(
            "--geocoder",
            type=click.Choice(["offline", "nominatim", "photon"]),
            default="offline",
            show_default=True,
            help="Where places that the built-in gazetteer lacks are looked up.",
        ),
        click.option(
            "--places", default="", metavar="CSV", help="Places of your own, which win over ours."
        ),
        click.option("--language", type=click.Choice(["fr", "en"]), help="Of the articles."),
        click.option(
            "--document-date", default="", metavar="EDTF", help="When the articles appeared."
        ),
    ):
        command = option(command)
    return command


def _limit_option() -> Callable[[Command], Command]:
    return click.option(
        "--limit", "limits", multiple=True, metavar="NAME=SIZE",
        help="Read larger tables, or only smaller ones: file=200MB, cells=5000000 …; repeatable.",
    )  # fmt: skip


def _table_options(command: Command) -> Command:
    """What can be said of the columns of a table."""
    for option in (
        click.option(
            "--untrusted",
            is_flag=True,
            help="Read tables in a process of their own, within the limits of uploads.",
        ),
        _limit_option(),
        click.option(
            "--save-map", is_flag=True, help="Keep the columns' meaning beside each table."
        ),
        click.option(
            "--date-order",
            type=click.Choice(["dmy", "mdy"]),
            help="Of days and months, where a table does not show it.",
        ),
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            help="Which column of a table holds a field, such as traveller=Nom; repeatable.",
        ),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="visitmap")
def commands() -> None:
    """From articles and tables to a dated, sourced map of who visited whom."""


@commands.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", metavar="OUT", help="A file instead of standard output.")
@_table_options
@_reading_options
def extract(inputs: tuple[str, ...], output: str | None, **options: Any) -> None:
    """Articles to a visit table; JSON Lines on standard output by default.

    \b
    Example:
        visitmap extract seeds/ --document-date 2019-01
    """
    visits, issues = _load(inputs, **options)
    _warn(visits, issues, **options)
    if output:
        _write(visits, issues, output, **options)
        return
    from visitmap.tables import dump

    dump(visits, sys.stdout)


@commands.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", required=True, metavar="OUT", help="The file to write.")
@click.option("--title", default="", help="The map's title.")
@click.option("--rejects", metavar="FILE", help="Leave out table rows with errors: they go there.")
@_table_options
@_reading_options
def export(inputs: tuple[str, ...], output: str, title: str, **options: Any) -> None:
    """Anything readable to anything writable, by suffix.

    \b
    Examples:
        visitmap export seeds/ -o map.html
        visitmap export visits.csv -o visits.geojson
    """
    visits, issues = _load(inputs, **options)
    _warn(visits, issues, **options)
    _write(visits, issues, output, title=title, **options)


@commands.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--country", default="", metavar="CC", help="ISO 3166-1 code of the country.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--language", default="", help="Of the names; without it, any.")
@click.option("--places", default="", metavar="CSV", help="Places of your own, which win.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: one object a name.")
def geocode(
    names: tuple[str, ...], country: str, limit: int, language: str, places: str, as_json: bool
) -> None:
    """Candidates for place names, best first, each with its score and reason.

    \b
    Example:
        visitmap geocode Astara "Saint-Denis, La Réunion"
    """
    from visitmap.gazetteer import Gazetteer

    gazetteer = Gazetteer.load(places or None)
    codes = _country_codes(gazetteer, country)
    for name in names:
        found = gazetteer.candidates(name, language=language, countries=codes, limit=limit)
        record = {"query": name, "candidates": [_candidate(one) for one in found]}
        if as_json:
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            _print_candidates(record)


@commands.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: one object an issue.")
@click.option("--strict", is_flag=True, help="Stop at the first error.")
@click.option("--rejects", metavar="FILE", help="Write the table rows with errors to a CSV.")
@_table_options
@_reading_options
def check(inputs: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Every issue of the inputs, each with where it is and what to do.

    \b
    Example:
        visitmap check visits.csv
    """
    _, issues = _load(inputs, **options)
    for issue in issues:
        click.echo(_issue_json(issue) if as_json else _issue_line(issue))
    if any(issue.severity == "error" for issue in issues):
        sys.exit(1)


@commands.command()
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False))
@click.option("--language", type=click.Choice(["fr", "en"]), help="Only these documents.")
@click.option("--json", "as_json", is_flag=True, help="One object with every figure and its n.")
def evaluate(gold_dir: str, language: str | None, as_json: bool) -> None:
    """Precision, recall and field accuracy against labelled articles.

    \b
    Example:
        visitmap evaluate tests/gold
    """
    from visitmap.evaluate import evaluate as score
    from visitmap.pipeline import run_document

    report = score(Path(gold_dir), run_document, language=language or "")
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else str(report))


@commands.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option("--project", default="", metavar="PROJECT", help="A project file or database.")
@click.option("--port", type=int, default=8501, show_default=True)
@click.option("--browser/--no-browser", default=True, help="Open a browser window.")
@_limit_option()
@_reading_options
def serve(inputs: tuple[str, ...], project: str, port: int, browser: bool, **options: Any) -> None:
    """The dashboard, opened in the browser; with no INPUT the example from seeds/.

    \b
    Example:
        visitmap serve article.txt
    """
    missing = [name for name in inputs if not Path(name).exists()]
    if missing:
        raise InputError("there is no such file", where=missing[0], remedy="Check the path")
    sys.exit(_run_dashboard(inputs, project, port, browser, options))


def _run_dashboard(
    inputs: tuple[str, ...], project: str, port: int, browser: bool, options: dict[str, Any]
) -> int:
    """Run Streamlit on this machine's loopback address alone; returns its exit status."""
    kind, agent = options.get("geocoder") or "offline", options.get("user_agent") or ""
    if kind != "offline":
        from visitmap.geocode import make_fallback

        make_fallback(kind, user_agent=agent)  # says here, not in the browser, what is missing
    # A project of one's own shows what is in it, and nothing else.
    example = (str(EXAMPLE_FOLDER),) if EXAMPLE_FOLDER.is_dir() and not project else ()
    chosen = inputs or example
    environment = {
        **os.environ,
        "VISITMAP_INPUTS": json.dumps([str(Path(name).resolve()) for name in chosen]),
        "VISITMAP_PROJECT": project,
        "VISITMAP_DOCUMENT_DATE": options.get("document_date") or "",
        "VISITMAP_PLACES": _own_places(options),
        "VISITMAP_GEOCODER": kind,
        "VISITMAP_USER_AGENT": agent,
        "VISITMAP_LANGUAGE": options.get("language") or "",
        "VISITMAP_LIMITS": _limits(options),
    }
    command = [sys.executable, "-m", "visitmap.ui.server", str(_entry())]
    command += ["--server.address=127.0.0.1"]
    command += [f"--server.port={port}", f"--server.headless={'false' if browser else 'true'}"]
    command += ["--browser.gatherUsageStats=false", "--browser.serverAddress=127.0.0.1"]
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0


def _limits(options: dict[str, Any]) -> str:
    """The limits of uploads as the dashboard is told them, read once so that mistakes are said."""
    from visitmap.tables import Limits, limits_of

    pairs = options.get("limits") or ()
    limits_of(pairs, Limits())
    return " ".join(pairs) or os.environ.get("VISITMAP_LIMITS", "")


def _own_places(options: dict[str, Any]) -> str:
    """The path of the user's places, read once so that what is wrong is said here."""
    from visitmap.gazetteer import Gazetteer

    path = options.get("places") or ""
    if path:
        Gazetteer.load(path)
    return str(Path(path).resolve()) if path else ""


def _entry() -> Path:
    """The checkout's app.py, or the same few lines inside the installed package."""
    checkout = EXAMPLE_FOLDER.parent / "app.py"
    return checkout if checkout.is_file() else Path(__file__).parent / "ui" / "entry.py"


def _load(inputs: Iterable[str], **options: Any) -> tuple[list[Visit], list[Issue]]:
    from visitmap.gazetteer import Gazetteer
    from visitmap.geocode import make_fallback
    from visitmap.pipeline import run

    kind, agent = options.get("geocoder") or "offline", options.get("user_agent") or ""
    fallback = make_fallback(kind, user_agent=agent)
    tables = _Tables(options)
    with _progress(options) as step:
        found = run(
            inputs,
            gazetteer=Gazetteer.load(options.get("places") or None),
            fallback=fallback,
            document_date=_document_date(options),
            language=options.get("language") or "",
            table_reader=tables.read,
            progress=step,
        )
    tables.close()
    return found


class _Tables:
    """Reads tables as the options say, tells how they were understood, keeps what is rejected."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.mapping = _mapping(options.get("columns") or ())
        self.results: list[Any] = []
        self.shows = not options.get("quiet") and sys.stderr.isatty()

    def read(self, path: Any, **how: Any) -> Any:
        """One table; raises InputError at its first error when told to be strict."""
        from visitmap.tables import OWN_FILES, Limits, limits_of, read_table, save_mapping

        options = self.options
        untrusted = bool(options.get("untrusted"))
        result = read_table(
            path,
            apart=untrusted,
            limits=limits_of(options.get("limits") or (), Limits() if untrusted else OWN_FILES),
            mapping=self.mapping,
            date_order=options.get("date_order"),
            strict=bool(options.get("strict")),
            progress=self._step,
            **how,
        )
        self.results.append(result)
        if options.get("save_map"):
            save_mapping(path, result.mapping)
        if not options.get("quiet"):
            click.echo(f"{Path(path).name}: {' '.join(result.notes)}", err=True)
        return replace(result, visits=result.good_visits) if options.get("rejects") else result

    def _step(self, done: int, total: int) -> None:
        """Count the places looked up: by themselves hardly seen, but online each takes a second."""
        if self.shows and (done == total or done % 100 == 0 or total < 1000):
            end = "\r\x1b[K" if done == total else ""
            click.echo(f"\r\x1b[K{done} of {total} places{end}", err=True, nl=False)

    def close(self) -> None:
        """Write the rejected rows where they were asked for."""
        from visitmap.tables import write_rejects

        path = self.options.get("rejects")
        if path:
            count = write_rejects(path, self.results)
            if not self.options.get("quiet"):
                click.echo(f"{_count(count, 'row')} with errors in {path}", err=True)


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise UsageError(
                f"--map {pair} does not say which column holds which field",
                remedy="Write it as FIELD=COLUMN, such as traveller=Nom",
            )
        mapping[field.strip()] = column.strip()
    return mapping


def _document_date(options: dict[str, Any]) -> str:
    from visitmap.timespan import is_edtf

    text = options.get("document_date") or ""
    if text and not is_edtf(text):
        raise UsageError(
            f"--document-date {text} is not a date",
            remedy="Write it as EDTF: 2019, 2019-01 or 2019-01-31",
        )
    return text


@contextmanager
def _progress(options: dict[str, Any]) -> Iterator[Callable[[str], None]]:
    """Counts sources on standard error; silent when that is no terminal, or with --quiet."""
    if options.get("quiet") or not sys.stderr.isatty():
        yield lambda name: None
        return
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        click.echo(f"\r\x1b[K{done} read, now {name[:60]}", err=True, nl=False)

    yield step
    click.echo("\r\x1b[K", err=True, nl=False)


def _warn(visits: list[Visit], issues: list[Issue], **options: Any) -> None:
    if options.get("quiet"):
        return
    for issue in issues:
        if issue.severity == "error":
            click.echo(_issue_line(issue), err=True)
    doubts = sum(issue.severity != "error" for issue in issues)
    click.echo(f"{_count(len(visits), 'visit')}, {_count(doubts, 'thing')} to look at", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _write(visits: list[Visit], issues: list[Issue], output: str, **options: Any) -> None:
    from visitmap.api import export as write

    language = options.get("language") or (visits[0].source.language if visits else "") or "en"
    notes = write(visits, output, issues=issues, title=options.get("title", ""), language=language)
    if options.get("quiet"):
        return
    for note in notes:
        click.echo(note, err=True)
    click.echo(f"wrote {output}", err=True)


def _country_codes(gazetteer: Any, country: str) -> tuple[str, ...]:
    if not country:
        return ()
    codes = (country.upper(),) if len(country) == 2 else gazetteer.country_codes(country)
    if not codes or gazetteer.country(codes[0]) is None:
        raise UsageError(
            f"no country has the code {country}", remedy="Use ISO 3166-1 codes such as IR or AZ"
        )
    return codes


def _candidate(candidate: Any) -> dict[str, Any]:
    place = candidate.place
    names = ("id", "name", "country", "admin1", "latitude", "longitude", "kind", "population")
    record = {name: getattr(place, name) for name in names}
    return {**record, "score": round(candidate.score, 3), "reason": candidate.reason}


def _print_candidates(record: dict[str, Any]) -> None:
    if not record["candidates"]:
        click.echo(f"{record['query']}: no place of that name is known")
        return
    click.echo(f"{record['query']}:")
    for one in record["candidates"]:
        where = ", ".join(filter(None, (one["name"], one["admin1"], one["country"])))
        point = f"{one['latitude']:.4f}, {one['longitude']:.4f}"
        click.echo(f"  {one['score']:.2f}  {where}  ({one['kind']}, {point})  {one['reason']}")


def _issue_json(issue: Issue) -> str:
    names = ("code", "severity", "message", "where", "column", "remedy")
    return json.dumps({name: getattr(issue, name) for name in names}, ensure_ascii=False)


def _issue_line(issue: Issue) -> str:
    remedy = f". {issue.remedy}" if issue.remedy else ""
    where = f"{issue.where}, column {issue.column}" if issue.column else issue.where
    return f"{where}: {issue.severity}: {issue.message}{remedy} [{issue.code}]"
