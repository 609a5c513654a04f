"""Correct one visit: its people, places, dates and purpose, with the sentence in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from visitmap.model import Decision, Place, Visit
from visitmap.review import column_text
from visitmap.store import Project
from visitmap.timespan import Timespan, bounds
from visitmap.ui import session
from visitmap.ui.components.candidates import changes as place_changes
from visitmap.ui.components.candidates import described
from visitmap.ui.dates import day_text
from visitmap.ui.words import escaped, language, namer, say

Do = Callable[..., bool]
STATUSES = ("planned", "ongoing", "happened", "cancelled", "denied")
_TEXTS = ("traveller", "role", "purpose")


def show(project: Project, visit: Visit, *, key: str, do: Do) -> None:
    """The fields as they are now; "Save" makes one correction of all that changed.

    `do(work, sentence)` runs the work, says what came of it, and gives whether it was done.
    """
    fields = f"{key}_{visit.visit_id}"
    with st.container(border=True, key=f"{key}_box"):
        wanted = _people(visit, fields)
        wanted |= _dates(visit, fields)
        for field in ("destination", "origin"):
            wanted |= _place(visit, field, fields)
        changed = {name: text for name, text in wanted.items() if column_text(visit, name) != text}
        _save(project, visit, changed, fields, do)


def _save(project: Project, visit: Visit, changed: dict[str, str], fields: str, do: Do) -> None:
    def save() -> None:
        why = str(st.session_state.get("why") or "")
        decision = Decision(visit.visit_id, "correct", "", "", why, tuple(changed.items()))
        do(lambda: project.decide(decision, seen=[visit]), say("review.did.correct"))

    def save_all() -> None:
        old = column_text(visit, "traveller")
        new = changed["traveller"]
        do(lambda: project.decide_same("traveller", old, new), say("review.did.correct"))

    with st.container(horizontal=True):
        st.button(
            say("correct.save", n=len(changed)),
            key=f"{fields}_save",
            on_click=save,
            disabled=not changed,
            type="primary",
            shortcut="Ctrl+Enter",
        )
        if set(changed) == {"traveller"}:
            st.button(say("correct.all_named"), key=f"{fields}_all", on_click=save_all)


def _people(visit: Visit, fields: str) -> dict[str, str]:
    boxes = st.columns(3)
    wanted = {
        name: box.text_input(
            say(f"correct.{name}"), column_text(visit, name), key=f"{fields}_{name}"
        ).strip()
        for box, name in zip(boxes, _TEXTS, strict=True)
    }
    wanted["status"] = st.segmented_control(
        say("correct.status"),
        STATUSES,
        default=visit.status,
        required=True,
        format_func=namer("status"),
        key=f"{fields}_status",
    )
    return wanted


def _dates(visit: Visit, fields: str) -> dict[str, str]:
    """EDTF to write, a calendar to point at a day, and what it means in words."""
    left, middle, right = st.columns([2, 2, 2])
    start = left.text_input(
        say("correct.start"), visit.timespan.start, key=f"{fields}_start", help=say("correct.edtf")
    ).strip()
    end = middle.text_input(say("correct.end"), visit.timespan.end, key=f"{fields}_end").strip()
    right.date_input(
        say("correct.calendar"),
        value=_days(start, end),
        min_value=date(1, 1, 1),
        max_value=date(9999, 12, 31),
        key=f"{fields}_days",
        on_change=_take_days,
        args=(fields,),
    )
    try:
        span = Timespan(start, end, visit.timespan.duration_days)
    except ValueError:
        st.error(say("correct.bad_date"))
        return {}
    st.caption(meaning(span))
    return {"start": start, "end": end}


def _days(start: str, end: str) -> tuple[date, ...]:
    try:
        first, last = bounds(start).earliest, bounds(end or start).latest
    except ValueError:
        return ()
    return tuple(dict.fromkeys(day for day in (first, last) if day))


def _take_days(fields: str) -> None:
    """Write the days pointed at on the calendar as EDTF."""
    days = st.session_state[f"{fields}_days"] or ()
    days = days if isinstance(days, tuple) else (days,)
    if days:
        st.session_state[f"{fields}_start"] = days[0].isoformat()
        st.session_state[f"{fields}_end"] = days[-1].isoformat() if len(days) > 1 else ""


def meaning(span: Timespan) -> str:
    """What a timespan says, in words: from when to when, for sure or perhaps."""
    if not span.is_dated:
        return say("date.undated")
    first, last = span.start_earliest, span.end_latest
    sure = span.start_latest and span.end_earliest and span.start_latest <= span.end_earliest
    days = {"first": day_text(first, language()), "last": day_text(last, language())}
    if first == last:
        return say("date.day", **days)
    if not last:
        return say("date.from", **days)
    if not first:
        return say("date.until", **days)
    return say("date.sure" if sure else "date.some_day", **days)


def _place(visit: Visit, field: str, fields: str) -> dict[str, str]:
    """A name to look up, then the places of that name; nothing changes until one is chosen."""
    left, right = st.columns([2, 3])
    now = column_text(visit, field)
    name = left.text_input(say(f"correct.{field}"), now, key=f"{fields}_{field}").strip()
    if name == now:
        return {}
    if not name:
        return place_changes(Place(""), field) | {f"{field}_kind": ""} if field == "origin" else {}
    found = session.gazetteer().candidates(name, language=language(), limit=8)
    if not found:
        right.warning(say("correct.no_place", name=escaped(name)))
        return {field: name}
    options = {one.place.id or str(number): one for number, one in enumerate(found)}
    chosen = right.selectbox(
        say("correct.which"),
        list(options),
        format_func=lambda one: _plain(described(options[one])),
        key=f"{fields}_{field}_which",
    )
    return place_changes(options[chosen].place, field)


def _plain(text: str) -> str:
    return text.replace("\\", "")
