"""The gazetteer's reasons for a candidate in the reader's language, as the map says them.

They come as English parts, "; " between them. A part that is not known here is shown as it came;
one that only repeats the candidate's kind, people and country is left out (docs/decisions/0038).
"""

from __future__ import annotations

import re

from visitmap.model import Candidate
from visitmap.ui.words import country_name, number, phrase

_REPEATS = re.compile(
    r"region of .+|(?:place|site|airport)(?: of [\d,]+ people)?(?: in .+)?|a country's name"
)
_FORMS = tuple(
    (key, re.compile(form))
    for key, form in (
        ("own", "from your own list of places"),
        ("nearly", "spelled nearly like (?P<name>.+)"),
        ("romanised", "another romanisation of (?P<name>.+)"),
        ("past_until", r"a name of the past \(until (?P<until>.+)\), today (?P<name>.+)"),
        ("past", "a name of the past, today (?P<name>.+)"),
        ("near", r"(?P<km>\d+) km from (?P<name>.+), also in the text"),
        ("beside", "named beside (?P<name>.+)"),
        ("named", "(?P<country>.+) is named in the text"),
        ("traveller", "the traveller's own country"),
        ("capital", "capital of (?P<country>.+)"),
    )
)


def reasons(candidate: Candidate, code: str) -> str:
    """The reasons that say something new, in an interface language; foreign words in them."""
    parts = [one for one in candidate.reason.split("; ") if one and not _REPEATS.fullmatch(one)]
    return " · ".join(_said(one, candidate.place.country, code) for one in parts)


def _said(part: str, country: str, code: str) -> str:
    for key, form in _FORMS:
        found = form.fullmatch(part)
        if found:
            return phrase(code, f"because.{key}", **_values(found.groupdict(), country, code))
    return part


def _values(given: dict[str, str], country: str, code: str) -> dict[str, str]:
    """A country is the candidate's own; other names stay as the gazetteer says them."""
    values = dict(given)
    if "country" in given and country:
        values["country"] = country_name(country)
    if given.get("km"):
        values["km"] = number(int(given["km"]), code)
    return values
