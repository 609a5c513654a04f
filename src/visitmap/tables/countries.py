"""Country names in tables, French or English, official, former or inverted, to ISO 3166-1 codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from visitmap.tables.words import fold, words

CountryCodes = Callable[[str], tuple[str, ...]]


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language in ("en", "fr"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "QO"):
                for joined in ("&", "and", "et"):
                    found.setdefault(fold(name.replace("&", joined)), (code,))
    for codes, names in words()["countries"].items():
        for name in names:
            found[name] = _of_codes(codes.split())
    return found


def _of_codes(codes: list[str]) -> tuple[str, ...]:
    belongs = words()["belongs"]
    return tuple(belongs[codes[0]].split()) if codes[0] in ("SU", "YU") else tuple(codes)


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, ...]]:
    """Two- and three-letter codes, upper case, to today's two-letter ones."""
    found = {code: (code,) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)}
    for old, new in get_global("territory_aliases").items():
        if old.isalpha() and all(len(code) == 2 for code in new):
            found[old] = tuple(new)
    return found


@lru_cache(maxsize=16384)
def country_codes(text: str) -> tuple[str, ...]:
    """Today's countries that a cell names, several for a former state; empty when unknown.

    >>> country_codes("Korea, Republic of"), country_codes("FRA"), country_codes("Tchécoslovaquie")
    (('KR',), ('FR',), ('CZ', 'SK'))
    """
    text = text.strip()
    if re.fullmatch("[A-Z]{2,3}|[a-z]{2}", text) and text.upper() in _codes():
        return _codes()[text.upper()]
    for variant in _variants(text):
        if variant in _by_name():
            return _by_name()[variant]
    return ()


def _variants(text: str) -> Iterator[str]:
    """The name as it stands, turned round at its comma, without article or parenthesis."""
    yield fold(text)
    head, _, tail = text.partition("(")
    inside = tail.rstrip(" )")
    for part in (head, inside):
        if part.strip() and part != text:
            yield from _variants(part.strip())
    if "," in text:
        name, turned = (half.strip() for half in text.split(",", 1))
        yield fold(f"{turned} {name}")
        yield fold(f"{turned.removesuffix(' of')} {name}")
        yield fold(name)
    short = re.sub(r"^(the|la|le|les|l|republic of|republique de?|kingdom of) ", "", fold(text))
    yield short


@lru_cache(maxsize=1024)
def may_lie_in(codes: tuple[str, ...]) -> frozenset[str]:
    """The countries' codes and those of what belongs, or belonged, to them."""
    belongs = words()["belongs"]
    return frozenset(codes).union(*(belongs.get(code, "").split() for code in codes))


@lru_cache(maxsize=1024)
def country_name(code: str, language: str = "en") -> str:
    """A country's name, for showing; the code itself when it is unknown."""
    return Locale(language).territories.get(code, code)


@lru_cache(maxsize=1)
def _alpha_3() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    found = {new[0]: old for old, new in aliases.items() if len(old) == 3 and old.isalpha()}
    # Codes that are another's former ones in CLDR's list as well.
    return {**found, "DE": "DEU", "RU": "RUS", "FR": "FRA", "RO": "ROU", "CD": "COD", "TL": "TLS"}


def alpha_3(code: str) -> str:
    """The three-letter code of a country; the code as it is when there is none."""
    return _alpha_3().get(code, code)
