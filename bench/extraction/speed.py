"""Documents per second and memory of extraction, one core, beside spaCy where it is installed.

    python bench/extraction/speed.py VISITS_FOLDER [--news FILE.xml …] [--spacy MODEL]

VISITS_FOLDER holds articles about visits (`*.txt`, such as tests/gold); `--news` are XML files with
`<text>` elements, a general stream in which visits are rare. Both are read into memory first. Told
are the first pass, in which no text has been seen before, and the best of three: words looked up
are remembered, and in a stream they come again, but whole texts do not. `yield` is the number of
documents in which a visit was found: reading these, and resolving their places, is most of the
work. `--spacy` times that model on the same texts, in the same run: what another extractor would
at least cost.
"""

from __future__ import annotations

import argparse
import html
import re
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Source
from visitmap.pipeline import run_document

PASSES = 3


def articles(folder: Path) -> list[Document]:
    """The labelled articles, in the language that their names begin with."""
    return [
        Document(path.read_text("utf-8"), Source(path.stem, language=path.stem[:2]))
        for path in sorted(folder.glob("*.txt"))
    ]


def stream(files: Sequence[str]) -> list[Document]:
    """The texts of XML corpora of English news."""
    texts = [
        html.unescape(match[1])
        for file in files
        for match in re.finditer(r"<text>(.*?)</text>", Path(file).read_text("utf-8"), re.S)
    ]
    return [Document(text, Source(str(n), language="en")) for n, text in enumerate(texts)]


def rates(documents: Sequence[Document], work: Callable[[Document], object]) -> tuple[float, float]:
    """Documents per second of processor time: in the first pass, and in the best."""
    found = []
    for _ in range(PASSES):
        start = time.process_time()
        for document in documents:
            work(document)
        found.append(len(documents) / (time.process_time() - start))
    return found[0], max(found)


def main() -> None:
    """Print one line a set and tool."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--news", nargs="*", default=[])
    parser.add_argument("--spacy")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    sets = {"visits": articles(options.folder), "news": stream(options.news)}
    for name, documents in sets.items():
        if not documents:
            continue
        size = sum(len(one.text) for one in documents) // len(documents)
        first, best = rates(documents, lambda one: run_document(one, gazetteer=gazetteer))
        telling = sum(bool(run_document(one, gazetteer=gazetteer)[0]) for one in documents)
        print(
            f"visitmap  {name:7} {first:8.1f} documents/s at first, {best:.1f} at best"
            f"  ({len(documents)} of {size} letters, {telling} yield)"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"visitmap  memory  {peak:8.0f} MB at most")
    if options.spacy:
        import spacy

        model = spacy.load(options.spacy)
        for name, documents in sets.items():
            some = documents[:60]
            if some:
                best = rates(some, lambda one: model(one.text))[1]
                print(f"spaCy     {name:7} {best:8.1f} documents/s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"spaCy     memory  {peak:8.0f} MB at most, both together")


if __name__ == "__main__":
    main()
