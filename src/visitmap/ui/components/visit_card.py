"""One visit in words: who, where, when, and every sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from visitmap.model import Evidence, Source, Visit
from visitmap.ui import routes
from visitmap.ui.columns import travellers
from visitmap.ui.dates import readable
from visitmap.ui.places import place_name
from visitmap.ui.words import escaped, language, say


def show(visit: Visit, *, key: str, to: Sequence[str] = ("sources",)) -> None:
    """The card, with links to pages that show the visit; foreign words are text, never markup."""
    with st.container(border=True, key=key):
        st.markdown(f"**{escaped(travellers(visit)) or say('card.nobody')}**{_role(visit)}")
        st.markdown(_journey(visit))
        for piece in visit.evidence:
            quote(piece)
        st.caption(source_line(visit.source))
        _links(visit, to)


def _links(visit: Visit, to: Sequence[str]) -> None:
    """Ways to the article that says so, and to the decision."""
    piece = next(iter(visit.evidence), None)
    with st.container(horizontal=True):
        if "sources" in to and piece is not None and piece.end > piece.start:
            routes.link("sources", "card.read", doc=piece.doc_id, visit=visit.visit_id)
        if "review" in to:
            routes.link("review", "card.review", visit=visit.visit_id)


def quote(piece: Evidence) -> None:
    """The exact sentence, set apart from ours; it may hold anything, so it is plain text."""
    with st.container(border=True):
        st.text(say("quote", words=piece.quote))


def source_line(source: Source | None) -> str:
    """Where a sentence stands, as Markdown with everything foreign escaped."""
    if source is None:
        return say("card.no_source")
    said = (source.title or source.doc_id, source.publisher, source.date, source.url)
    return " · ".join(escaped(one) for one in said if one)


def when(visit: Visit) -> str:
    """The dates in words, or that nobody says."""
    text = readable(visit.timespan, language())
    days = visit.timespan.duration_days
    return f"{text} ({say('card.days', n=days)})" if days else text


def _role(visit: Visit) -> str:
    roles = "; ".join(filter(None, (one.role for one in visit.travellers)))
    return f", {escaped(roles)}" if roles else ""


def _journey(visit: Visit) -> str:
    parts = [escaped(place_name(visit.destination))]
    if visit.origin is not None:
        implied = f" ({say('card.implied')})" if visit.origin_basis == "implied" else ""
        parts.insert(0, escaped(place_name(visit.origin)) + implied)
    status = say(f"status.{visit.status}")
    line = f"{' → '.join(parts)} · {escaped(when(visit))} · {status}"
    return f"{line} · {escaped(visit.purpose)}" if visit.purpose else line
