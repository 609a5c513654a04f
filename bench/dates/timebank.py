"""Dates against a TimeML corpus (French TimeBank): value F1 over TIMEX3 of type DATE.

    python bench/dates/timebank.py FOLDER [--half dev|held-out|all] [--errors] [--peer]

Spans count as found when they overlap; values must be equal after bringing both to EDTF. Files are
split by turns in the order of their names: the first, third, … are `dev` (looked at while writing
the rules), the others `held-out`. `--peer` measures dateparser's `search_dates` beside us. The
corpus is not part of the project: docs/dates.md says where it comes from.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from visitmap.extract.dates import find_dates

SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


class Named(NamedTuple):
    """A date in a text: half-open offsets, value, words."""

    start: int
    end: int
    value: str
    words: str


class Article(NamedTuple):
    """One file of the corpus."""

    name: str
    text: str
    created: str
    dates: list[Named]


Finder = Callable[[Article], list[Named]]


def read_article(path: Path) -> Article:
    """The text without its tags, and the TIMEX3 of type DATE that have words."""
    source = path.read_text("utf-8")
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", source, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    text, dates = _untagged(body[1] if body else "")
    return Article(path.name, text, created[1][:10] if created else "", dates)


def _untagged(body: str) -> tuple[str, list[Named]]:
    text, dates, opened = "", [], []
    for piece in re.split(r"(<[^>]*>)", body):
        if piece.startswith("<TIMEX3") and not piece.endswith("/>"):
            opened.append((dict(re.findall(r'(\w+)="([^"]*)"', piece)), len(text)))
        elif piece == "</TIMEX3>":
            attributes, start = opened.pop()
            if attributes.get("type") == "DATE":
                value = comparable(attributes.get("value", ""))
                dates.append(Named(start, len(text), value, text[start:]))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return text, dates


def comparable(value: str) -> str:
    """A TIMEX3 value as EDTF: weeks and quarters as intervals, seasons and decades by their codes.

    PRESENT_REF and its like have no days and stay as they are: nothing we give equals them.
    """
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first, last = (6, 7) if match[3] else (1, 7)
        days = [date.fromisocalendar(int(match[1]), int(match[2]), one) for one in (first, last)]
        return "/".join(day.isoformat() for day in days)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        month = int(match[2]) * 3 - 2
        return f"{match[1]}-{month:02d}/{match[1]}-{month + 2:02d}"
    if match := re.fullmatch(r"(\d{4}|XXXX)-(SP|SU|FA|WI)", value):
        return f"{match[1]}-{SEASONS[match[2]]}"
    return f"{value}X" if re.fullmatch(r"\d{3}", value) else value


def ours(article: Article) -> list[Named]:
    """What find_dates gives: ranges as two ends, times of day and unresolved ones left out."""
    found = []
    for mention in find_dates(article.text, "fr", document_date=article.created):
        if mention.part_of_day or mention.kind in ("duration", "frequency"):
            continue
        values = [mention.start, mention.end]
        if mention.kind == "range" and "/" in mention.start:
            values = mention.start.split("/")
        span = mention.span
        found += [
            Named(span.start, span.end, value.rstrip("~"), span.text) for value in values if value
        ]
    return found


def dateparser_finder() -> Finder:
    """dateparser's search, at the precision its own parser states for the words found."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def find(article: Article) -> list[Named]:
        base = date.fromisoformat(article.created)
        settings = {"RELATIVE_BASE": _midnight(base), "PREFER_DATES_FROM": "past"}
        parser = DateDataParser(languages=["fr"], settings=settings)
        at, found = 0, []
        for words, moment in search_dates(article.text, ["fr"], settings) or ():
            start = article.text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            period = parser.get_date_data(words).period or "day"
            length = {"year": 4, "month": 7}.get(period, 10)
            found.append(Named(start, at, moment.date().isoformat()[:length], words))
        return found

    return find


def _midnight(day: date):
    from datetime import datetime

    return datetime(day.year, day.month, day.day)


class Score(NamedTuple):
    """Counts of right values, of values given, and of values in the corpus."""

    right: int
    given: int
    gold: int
    seconds: float

    def line(self, name: str) -> str:
        """One row of the table."""
        precision = self.right / self.given if self.given else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * self.right / (self.given + self.gold) if self.given + self.gold else 0.0
        return (
            f"{name:28} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
            f"({self.right} right, {self.given} given, {self.gold} gold; {self.seconds:.3f} s)"
        )


def compare(articles: list[Article], find: Finder, *, errors: bool = False) -> Score:
    """Match each gold date with one overlapping value that is equal to it."""
    right = given = gold = 0
    seconds = 0.0
    for article in articles:
        begin = time.perf_counter()
        found = find(article)
        seconds += time.perf_counter() - begin
        missed, extra = _differences(article.dates, found)
        right += len(article.dates) - len(missed)
        given, gold = given + len(found), gold + len(article.dates)
        if errors:
            _tell(article, missed, extra)
    return Score(right, given, gold, seconds)


def _differences(gold: list[Named], found: list[Named]) -> tuple[list[Named], list[Named]]:
    rest, missed = list(found), []
    for one in gold:
        match = next(
            (f for f in rest if f.start < one.end and one.start < f.end and f.value == one.value),
            None,
        )
        if match is None:
            missed.append(one)
        else:
            rest.remove(match)
    return missed, rest


def _tell(article: Article, missed: list[Named], extra: list[Named]) -> None:
    for kind, some in (("missed", missed), ("extra", extra)):
        for one in some:
            around = article.text[max(one.start - 50, 0) : one.end + 40].replace("\n", " ")
            print(f"{article.name} {article.created} {kind} {one.value} | {one.words} | {around}")


def halves(folder: Path) -> Iterator[tuple[str, list[Article]]]:
    """The two halves and the whole, by name."""
    articles = [read_article(path) for path in sorted(folder.glob("*.tml"))]
    yield "dev", articles[::2]
    yield "held-out", articles[1::2]
    yield "all", articles


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=["dev", "held-out", "all"])
    parser.add_argument("--errors", action="store_true", help="print what differs")
    parser.add_argument("--peer", action="store_true", help="measure dateparser as well")
    options = parser.parse_args()
    find_dates("", "fr")
    for name, articles in halves(options.folder):
        if options.half and name != options.half:
            continue
        print(compare(articles, ours, errors=options.errors).line(f"visitmap, {name}"))
        if options.peer:
            print(compare(articles, dateparser_finder()).line(f"dateparser, {name}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
