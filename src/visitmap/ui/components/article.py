"""An article with its mentions marked, each leading to its visits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from visitmap.model import Document, Visit
from visitmap.ui.columns import travellers
from visitmap.ui.components.browser_parts import part
from visitmap.ui.places import place_name
from visitmap.ui.words import say

# More than anybody reads on a page; the rest of a longer text is left out, and said so.
SHOWN_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the visits whose evidence it is; none for the text in between."""

    text: str
    visits: tuple[str, ...] = ()


def show(
    document: Document, visits: Sequence[Visit], *, key: str, current: str = ""
) -> tuple[str, ...]:
    """The text; returns the ids of the visits whose mention was pressed in this run."""
    labels = {
        visit.visit_id: f"{travellers(visit)} → {place_name(visit.destination)}" for visit in visits
    }
    cut = pieces(document.text[:SHOWN_CHARACTERS], spans(document.doc_id, visits))
    data = [
        {
            "text": one.text,
            "visits": list(one.visits),
            "label": "; ".join(labels[visit_id] for visit_id in one.visits),
        }
        for one in cut
    ]
    mount = part("article", '<div class="visitmap-article" role="document"></div>')
    result = mount(
        data={"pieces": data, "current": current}, key=key, on_chosen_change=lambda: None
    )
    if len(document.text) > SHOWN_CHARACTERS:
        st.caption(say("article.cut", n=len(document.text)))
    return tuple(map(str, result.get("chosen") or ()))


def spans(doc_id: str, visits: Iterable[Visit]) -> list[tuple[int, int, str]]:
    """Start, end and visit of each piece of evidence in a document; half-open offsets."""
    return [
        (piece.start, piece.end, visit.visit_id)
        for visit in visits
        for piece in visit.evidence
        if piece.doc_id == doc_id and piece.start < piece.end
    ]


def pieces(text: str, found: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """The text cut wherever a span begins or ends; joined again, the pieces are the text."""
    edges = {0, len(text)}
    edges |= {min(max(edge, 0), len(text)) for start, end, _ in found for edge in (start, end)}
    cuts = sorted(edges)
    opened: dict[int, list[str]] = {}
    for start, end, visit_id in found:
        for cut in cuts[bisect_left(cuts, start) : bisect_left(cuts, end)]:
            opened.setdefault(cut, []).append(visit_id)
    return [
        Piece(text[first:last], tuple(dict.fromkeys(opened.get(first, ()))))
        for first, last in pairwise(cuts)
    ]
