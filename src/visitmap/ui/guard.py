"""No error reaches a reader as a trace: a sentence stands in its place, the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

import streamlit as st

from visitmap.errors import VisitMapError
from visitmap.ui.words import escaped, say

_log = logging.getLogger("visitmap")


def guarded(shown: Callable[..., None]) -> Callable[..., None]:
    """The function, with a sentence in place of whatever goes wrong in it."""

    @wraps(shown)
    def safely(*given: object) -> None:
        try:
            shown(*given)
        except VisitMapError as error:
            st.error(escaped(str(error)), icon=":material/error:")
        except Exception as error:
            if type(error).__module__.startswith("streamlit.runtime"):
                raise  # how Streamlit stops and reruns a script
            _log.exception("%s.%s failed", shown.__module__, shown.__name__)
            st.error(say("error.unexpected"), icon=":material/error:")

    return safely


def fragment(shown: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that is drawn again by itself, and guarded then as well."""
    return st.fragment(guarded(shown))
