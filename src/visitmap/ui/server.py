"""Starts the dashboard: Streamlit, and meanwhile the project, so that the first page waits less.

usage: python -m visitmap.ui.server APP.py [options of `streamlit run`]
"""

from __future__ import annotations

import locale
import sys
import threading
from contextlib import suppress

from visitmap.errors import VisitMapError


def main() -> None:
    """Serve until stopped."""
    from streamlit.web.cli import main as streamlit

    threading.Thread(target=warm_up, daemon=True, name="warm-up").start()
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    streamlit()


def warm_up() -> None:
    """Open the project, read what was named, draw the first map. The caches keep all of it."""
    with suppress(VisitMapError):  # the page says it to whoever comes
        _open()


def _open() -> None:
    from visitmap.ui import session
    from visitmap.ui.filters import Filter
    from visitmap.ui.pages import map_page
    from visitmap.ui.words import LANGUAGES

    session.filling().wait()
    now = session.snapshot()
    language = (locale.getlocale()[0] or "en")[:2].lower()
    code = language if language in LANGUAGES else "en"
    columns, _ = map_page.rendered(session.address(), now.revision, Filter(), code, now)
    assert columns.totals is not None
    session.let_rest(now.visits)


if __name__ == "__main__":
    main()
