"""Toponym resolution on the half of the labelled documents that nothing was fitted on.

    python bench/gazetteer/resolution.py FOLDER [--json]

FOLDER holds lgl.xml and TR-News.xml. Prints, as Markdown: the accuracy (share of gold toponyms
whose best answer lies within 161 km, countries by code, unresolved counted wrong), beside it two
simple rivals that run on the same index, the documents per second, and how true the certainty is.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Article, Gold, read_corpus

from visitmap.gazetteer import Gazetteer, is_doubtful
from visitmap.model import Candidate

CORPORA = {"LGL": "lgl.xml", "TR-News": "TR-News.xml"}
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass
class Tally:
    """What was counted: answers right of all, by method, and the certainty of each best answer."""

    documents: int = 0
    toponyms: int = 0
    seconds: float = 0.0
    right: dict[str, int] = field(default_factory=dict)
    certainties: list[tuple[float, bool]] = field(default_factory=list)
    doubted: list[bool] = field(default_factory=list)
    undoubted: list[bool] = field(default_factory=list)

    def count(self, method: str, is_right: bool) -> None:
        """Count one answer of a method."""
        self.right[method] = self.right.get(method, 0) + is_right


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="one object with every figure")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.load()
    tallies = {}
    for name, file in CORPORA.items():
        articles = read_corpus(arguments.folder / file, gazetteer)
        tallies[name] = measure(gazetteer, [one for one in articles if not one.is_for_fitting])
        tallies[f"{name}, the half fitted on"] = measure(
            gazetteer, [one for one in articles if one.is_for_fitting]
        )
    print(json.dumps(figures(tallies)) if arguments.json else as_markdown(tallies))


def measure(gazetteer: Gazetteer, articles: list[Article]) -> Tally:
    """Resolve every article and compare with the gold."""
    tally = Tally(len(articles))
    for article in articles:
        toponyms = [gold.toponym for gold in article.gold]
        started = time.perf_counter()
        answers = gazetteer.resolve(toponyms, language="en", text=article.text)
        tally.seconds += time.perf_counter() - started
        for gold, answer in zip(article.gold, answers, strict=True):
            _count(tally, gazetteer, gold, answer)
    return tally


def _count(tally: Tally, gazetteer: Gazetteer, gold: Gold, answer: list[Candidate]) -> None:
    tally.toponyms += 1
    is_right = bool(answer) and gold.is_met_by(answer[0].place)
    tally.count("visitmap", is_right)
    tally.count("right place among the candidates", any(gold.is_met_by(o.place) for o in answer))
    namesakes = gazetteer.lookup(gold.toponym.name, limit=1000)
    largest = max(namesakes, key=lambda place: place.population, default=None)
    tally.count("most populous namesake", largest is not None and gold.is_met_by(largest))
    foremost = namesakes[0] if namesakes else None
    tally.count("foremost namesake, no context", foremost is not None and gold.is_met_by(foremost))
    if answer:
        tally.certainties.append((answer[0].score, is_right))
        (tally.doubted if is_doubtful(answer) else tally.undoubted).append(is_right)


def figures(tallies: dict[str, Tally]) -> dict[str, dict[str, float]]:
    """Every figure by corpus."""
    return {
        name: {
            "documents": tally.documents,
            "toponyms": tally.toponyms,
            "documents per second": round(tally.documents / tally.seconds, 1),
            **{method: round(n / tally.toponyms, 4) for method, n in tally.right.items()},
        }
        for name, tally in tallies.items()
    }


def as_markdown(tallies: dict[str, Tally]) -> str:
    """The tables of docs/places.md."""
    found = figures(tallies)
    lines = ["| | " + " | ".join(found) + " |", "|---" * (len(found) + 1) + "|"]
    for figure in next(iter(found.values())):
        lines.append(
            f"| {figure} | " + " | ".join(str(one[figure]) for one in found.values()) + " |"
        )
    return "\n".join([*lines, "", *_calibration(tallies), "", *_doubt(tallies)])


def _reported(tallies: dict[str, Tally]) -> list[Tally]:
    return [tallies[name] for name in CORPORA]


def _calibration(tallies: dict[str, Tally]) -> list[str]:
    pairs = [pair for tally in _reported(tallies) for pair in tally.certainties]
    lines = ["| certainty stated | answers | mean certainty | right |", "|---|---|---|---|"]
    for low, high in itertools.pairwise(BINS):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            right = sum(is_right for _, is_right in inside) / len(inside)
            lines.append(
                f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |"
            )
    gap = sum(score for score, _ in pairs) - sum(is_right for _, is_right in pairs)
    return [*lines, "", f"Mean certainty less share right: {gap / len(pairs):+.3f}"]


def _doubt(tallies: dict[str, Tally]) -> list[str]:
    doubted = [one for tally in _reported(tallies) for one in tally.doubted]
    undoubted = [one for tally in _reported(tallies) for one in tally.undoubted]
    return [
        "| | answers | right |",
        "|---|---|---|",
        f"| handed to a person | {len(doubted)} | {sum(doubted) / max(1, len(doubted)):.3f} |",
        f"| not | {len(undoubted)} | {sum(undoubted) / max(1, len(undoubted)):.3f} |",
    ]


if __name__ == "__main__":
    main()
