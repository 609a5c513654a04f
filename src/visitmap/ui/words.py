"""What the interface says: our own texts by language, and foreign text made harmless.

Texts lie in texts/<language>.json; `{name}` is filled in, and a text that depends on a number is an
object with `one` and `other`. Streamlit reads labels and messages as Markdown, so values that come
from documents, tables or people go through `escaped` there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st
from babel import Locale

LANGUAGES = {"en": "English", "fr": "Français"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=\"'/@])")
_SINGULAR = {"en": lambda n: n == 1, "fr": lambda n: abs(n) < 2}


def language() -> str:
    """The interface's language: chosen here, else named in the address, else the browser's."""
    chosen = st.session_state.get("language") or st.query_params.get("lang")
    browser = (getattr(st.context, "locale", None) or "en")[:2].lower()
    return next((code for code in (chosen, browser) if code in LANGUAGES), "en")


def say(key: str, n: float | None = None, **values: Any) -> str:
    """The text `key` in the interface's language; `n` chooses between `one` and `other`."""
    return phrase(language(), key, n, **values)


def phrase(code: str, key: str, n: float | None = None, **values: Any) -> str:
    """The text `key` in one language; raises KeyError for a text that does not exist."""
    found = texts(code)[key]
    if isinstance(found, dict):
        found = found["one" if n is not None and _SINGULAR[code](n) else "other"]
    if n is not None:
        values["n"] = number(n, code)
    return found.format(**values) if values else found


def namer(prefix: str) -> Callable[[str], str]:
    """A function from a value to its name, `prefix.value`, in the language of now."""
    code = language()
    return lambda value: phrase(code, f"{prefix}.{value}")


def country_name(country: str) -> str:
    """A country's name in the interface's language; its code where there is none."""
    return _territories(language()).get(country, country)


@lru_cache(maxsize=8)
def _territories(code: str) -> dict[str, str]:
    return dict(Locale(code).territories)


def number(value: float, code: str = "") -> str:
    """A number as a person writes it: 12,345 or 12 345."""
    separator = "\u202f" if (code or language()) == "fr" else ","
    return f"{value:,.0f}".replace(",", separator)


def escaped(text: str) -> str:
    """Foreign text as Markdown that shows it as it is: no link, image, markup or colour."""
    flat = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", flat)


@lru_cache(maxsize=8)
def texts(code: str) -> dict[str, Any]:
    """All texts of one language."""
    return json.loads((files("visitmap.ui") / "texts" / f"{code}.json").read_text("utf-8"))
