"""Documents to mentions: who went where, as written. docs/extraction.md shows the way on a page.

pack        a language's words, read from packs/<language>/visits.toml
tokens      text to sentences and tokens with offsets
people      phrases that name travellers
discourse   who "he", "the minister" and "M. Khan" are
toponyms    place names of a sentence, with what the text says of them
passages    a document's sentences with headings, dates and places, shared by all that read it
triage      which sentences may tell of a visit at all
glance      … seen in the bare text, before it is cut into words
reading     one sentence with what is found in it; words, clauses, subjects, owners, hosting, roles,
            arguments, prospects: the steps of `frames`
frames      what the words of a sentence propose: who, whence, whither
gatherings  summits and conferences, whose guests are told elsewhere
timing      which date belongs to which visit
status      planned, ongoing, happened, cancelled, denied
certainty   how sure a mention is, by the signs about it
mentions    all together: `extract_mentions`
"""

from __future__ import annotations

from collections.abc import Callable

from visitmap.extract.mentions import extract_mentions, mentioned_places
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Mention

Extractor = Callable[[Document, Gazetteer], list[Mention]]

__all__ = ["Extractor", "extract_mentions", "mentioned_places"]
