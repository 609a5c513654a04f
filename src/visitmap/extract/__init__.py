"""Documents to mentions: who went where, as written. docs/extraction.md shows the way on a page.

pack        a language's words, read from packs/<language>/visits.toml
tokens      text to sentences and tokens with offsets
people      phrases that name travellers
discourse   who "he", "the minister" and "M. Khan" are
toponyms    place names of a sentence, with what the text says of them
frames      the words that tell of a visit, and their arguments
timing      which date belongs to which visit
status      planned, ongoing, happened, cancelled, denied
mentions    all together: `extract_mentions`
"""

from __future__ import annotations

from collections.abc import Callable

from visitmap.extract.mentions import extract_mentions, mentioned_places
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Mention

Extractor = Callable[[Document, Gazetteer], list[Mention]]

__all__ = ["Extractor", "extract_mentions", "mentioned_places"]
