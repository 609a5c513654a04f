"""Reads the corpora of toponym resolution (LGL, TR-News and others of that XML) for measuring.

The texts belong to their publishers: nothing of them is kept here, the folder is an argument.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from visitmap.gazetteer import Gazetteer
from visitmap.gazetteer.ranking import distance_km
from visitmap.model import Place, Span, Toponym

WITHIN_KM = 161.0
# 92 of TR-News's offsets do not match their text; the name is then looked for this near.
_SEARCH = 400


@dataclass(frozen=True, slots=True)
class Gold:
    """A toponym as annotated; `country` is the code when it is a country, else empty."""

    toponym: Toponym
    latitude: float
    longitude: float
    country: str
    feature: str

    def is_met_by(self, place: Place) -> bool:
        """Whether an answer is right: a country by its code, the rest within 161 km."""
        if self.country:
            return place.kind == "country" and place.country == self.country
        gap = distance_km(place.latitude, place.longitude, self.latitude, self.longitude)
        return gap <= WITHIN_KM


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its annotated toponyms that have coordinates."""

    doc_id: str
    text: str
    gold: tuple[Gold, ...]

    @property
    def is_for_fitting(self) -> bool:
        """Which half of the documents this one is in, by its id; the other is for reporting."""
        return hashlib.sha256(self.doc_id.encode()).digest()[0] % 2 == 0


def read_corpus(path: Path, gazetteer: Gazetteer) -> list[Article]:
    """All articles of a corpus file."""
    root = ElementTree.parse(path).getroot()
    return [_article(one, gazetteer) for one in root.iter("article")]


def _article(element: ElementTree.Element, gazetteer: Gazetteer) -> Article:
    text = element.findtext("text") or ""
    gold = tuple(_gold(element, text, gazetteer))
    return Article(element.get("docid", ""), text, gold)


def _gold(element: ElementTree.Element, text: str, gazetteer: Gazetteer) -> Iterator[Gold]:
    for one in element.iter("toponym"):
        tag, phrase = one.find("gaztag"), one.findtext("phrase") or ""
        if tag is None or not tag.findtext("lat"):
            continue
        start = _offset(text, phrase, int(one.findtext("start") or 0))
        span = Span(start, start + len(phrase), phrase)
        feature = tag.findtext("fcode") or ""
        country = ""
        if feature.startswith("PCL"):
            names = (tag.findtext("country") or "", tag.findtext("name") or "")
            country = next((code for name in names for code in gazetteer.country_codes(name)), "")
        yield Gold(
            Toponym(span, phrase),
            float(tag.findtext("lat") or 0),
            float(tag.findtext("lon") or 0),
            country,
            feature,
        )


def _offset(text: str, phrase: str, start: int) -> int:
    if text[start : start + len(phrase)] == phrase:
        return start
    places = [text.find(phrase, max(0, start - _SEARCH)), text.rfind(phrase, 0, start + _SEARCH)]
    found = [place for place in places if place >= 0]
    return min(found, key=lambda place: abs(place - start), default=start)
