"""Reading what a server was started with into its project, while the page tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from visitmap.documents import SUFFIXES, read_documents
from visitmap.errors import VisitMapError
from visitmap.model import Document, Issue
from visitmap.pipeline import is_table

# A document into the project, a table into the project; either may raise VisitMapError.
Store = Callable[[Document], object]
StoreTable = Callable[[str], Iterable[str]]


class Filling:
    """One round of reading, in a thread of its own; `done` of `total` sources (0 is unknown)."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0
        self.problems: list[str] = []
        self._began = time.monotonic()
        self._finished = threading.Event()

    def start(self, work: Callable[[Filling], None]) -> None:
        """Do the work in a thread; whatever goes wrong in it is one more problem."""
        threading.Thread(target=self._run, args=(work,), daemon=True, name="filling").start()

    def skip(self) -> None:
        """There is nothing to read."""
        self._finished.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, at most so long; gives whether it came."""
        return self._finished.wait(seconds)

    @property
    def seconds_left(self) -> int | None:
        """About how long it will take; None before anybody can tell."""
        if not self.done or not self.total:
            return None
        left = max(0, self.total - self.done)
        return round((time.monotonic() - self._began) / self.done * left)

    def _run(self, work: Callable[[Filling], None]) -> None:
        try:
            work(self)
        except VisitMapError as error:
            self.problems.append(str(error))
        finally:
            self._finished.set()


def fill(
    filling: Filling,
    inputs: Iterable[str],
    *,
    store: Store,
    store_table: StoreTable,
    known: set[str],
    **options: str,
) -> None:
    """Read articles, folders, corpora and tables; those that the project knows are left alone."""
    listed = list(inputs)
    filling.total = sum(map(_count, listed))
    for path in listed:
        try:
            for problem in _read(path, store, store_table, known, options):
                filling.problems += filter(None, [problem])
                filling.done += 1
        except VisitMapError as error:
            filling.problems.append(str(error))


def _read(
    path: str, store: Store, store_table: StoreTable, known: set[str], options: dict[str, str]
) -> Iterator[str]:
    """What was wrong with each source, or the empty text."""
    if is_table(path):
        problems = store_table(path) if Path(path).stem not in known else ()
        return chain([""], problems)
    return (_stored(found, store, known) for found in read_documents([path], **options))


def _stored(found: Document | Issue, store: Store, known: set[str]) -> str:
    if isinstance(found, Issue):
        return f"{found.where}: {found.message}"
    if found.doc_id not in known:
        store(found)
    return ""


def _count(path: str) -> int:
    """How many sources a path holds, as far as a look at names tells."""
    if not Path(path).is_dir():
        return 1
    return sum(one.suffix.lower() in SUFFIXES for one in Path(path).rglob("*"))
