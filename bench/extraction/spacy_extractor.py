"""spaCy in the place of our extractor: what its names and its parse give without our rules.

    python bench/extraction/spacy_extractor.py GOLD_FOLDER fr=fr_core_news_md en=en_core_web_sm

The yardstick of docs/decisions/0025. The model reads only sentences with a strong word of visits
from our packs. The persons it finds that are subjects (or else the first) are the travellers, each
place it finds is a destination. No dates: they do not count towards F1. Placing, merging and
scoring are ours. Needs spaCy and the models, which the project does not install.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import spacy

from visitmap.evaluate import evaluate
from visitmap.extract import extract_mentions
from visitmap.extract.pack import load_pack
from visitmap.extract.tokens import sentences
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Evidence, Mention, Span, Timespan, Toponym, Traveller
from visitmap.pipeline import Extractor, run_document

PERSONS, PLACES = {"PER", "PERSON"}, {"LOC", "GPE", "FAC"}
SUBJECTS = {"nsubj", "nsubj:pass", "nsubjpass"}


def travellers(found: spacy.tokens.Doc) -> list[str]:
    """The persons under a subject; without one, the first person."""
    persons = [one for one in found.ents if one.label_ in PERSONS]
    subjects = [
        one
        for one in persons
        if any(step.dep_ in SUBJECTS for step in (one.root, *one.root.ancestors))
    ]
    return [one.text for one in subjects or persons[:1]]


def mentions(document: Document, model: spacy.Language) -> Iterator[Mention]:
    """One mention for each place in a sentence with a word of visits and a person."""
    text, pack = document.text, load_pack(document.source.language)
    for sentence in sentences(text, pack.elisions, pack.abbreviations):
        start, end = sentence.start, sentence.end
        if not pack.strong.search(text, start, end):
            continue
        found = model(text[start:end])
        who = tuple(Traveller(name) for name in travellers(found))
        for place in found.ents:
            if who and place.label_ in PLACES:
                span = Span(start + place.start_char, start + place.end_char, place.text)
                evidence = Evidence(document.doc_id, start, end, text[start:end])
                yield Mention(who, Toponym(span, place.text), Timespan(), evidence)


def main() -> None:
    """One line a language and extractor: F1, precision, recall, documents per second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("models", nargs="+", metavar="LANGUAGE=MODEL")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()

    def score(name: str, language: str, extractor: Extractor) -> None:
        run = partial(run_document, gazetteer=gazetteer, extractor=extractor)
        start = time.process_time()
        report = evaluate(options.folder, run, language=language)
        spent = time.process_time() - start
        visits = report.visits["all"]
        print(
            f"{name:9} {language}  F1 {visits.f1:.3f}  P {visits.precision:.3f}"
            f"  R {visits.recall:.3f}  {report.documents / spent:.0f} documents/s"
            f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB so far"
        )

    pairs = [one.split("=", 1) for one in options.models]
    for language, _ in pairs:
        score("visitmap", language, extract_mentions)
    for language, name in pairs:
        model = spacy.load(name)
        score("spaCy", language, lambda one, _, model=model: list(mentions(one, model)))


if __name__ == "__main__":
    main()
