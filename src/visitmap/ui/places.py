"""The offline places of this server, and what they are called in the reader's language."""

from __future__ import annotations

import os

import streamlit as st

from visitmap.gazetteer import Gazetteer
from visitmap.model import Place
from visitmap.ui.words import language


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """The offline places, loaded once a server."""
    return Gazetteer.load(os.environ.get("VISITMAP_PLACES") or None)


def local_name(place: Place, code: str = "") -> str:
    """A place as it is called in a language, the interface's unless another is named; where we know
    no such name, as its source calls it."""
    return (place.id and gazetteer().localised(place.id, code or language())) or place.name


def place_name(place: Place | None, code: str = "") -> str:
    """A place with its country's code; empty without a place. The name is as in `local_name`."""
    if place is None:
        return ""
    name = local_name(place, code)
    return f"{name}, {place.country}" if place.country else name
