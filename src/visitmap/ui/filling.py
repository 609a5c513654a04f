"""Reading what a server was started with into its project, while the page tells how far it is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from visitmap.documents import SUFFIXES, read_documents
from visitmap.documents.reading import CORPUS_SUFFIXES
from visitmap.errors import VisitMapError
from visitmap.model import Document, Issue
from visitmap.pipeline import is_table

# A document with its bytes, or a table, into the project; either may raise VisitMapError.
_log = logging.getLogger("visitmap")
Store = Callable[[Document, bytes], object]
# Takes one source into the project; gives how many visits it found, or raises VisitMapError.
Take = Callable[[], int]
StoreTable = Callable[[str], Iterable[str]]


class Filling:
    """One round of reading, in a thread of its own; `done` of `total` sources (0 is unknown).

    It goes on whatever page its reader turns to. `read` sources gave `found` visits; the others
    are among the `problems`.
    """

    def __init__(self, total: int = 0) -> None:
        self.done, self.total = 0, total
        self.read, self.found = 0, 0
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

    def take(self, takes: Iterable[tuple[str, Take]]) -> None:
        """Take in one source after the other; one that fails leaves the rest alone."""
        for name, take in takes:
            try:
                self.found += take()
                self.read += 1
            except VisitMapError as error:
                sentence = str(error)
                self.problems.append(sentence if name in sentence else f"{name}: {sentence}")
            self.done += 1

    def _run(self, work: Callable[[Filling], None]) -> None:
        try:
            work(self)
        except VisitMapError as error:
            self.problems.append(str(error))
        except Exception:
            _log.exception("reading the inputs failed")
            self.problems.append("Reading stopped; the server's log says why.")
        finally:
            self._finished.set()


def fill(
    filling: Filling,
    inputs: Iterable[str],
    *,
    store: Store,
    store_table: StoreTable,
    known: set[str],
    left: Sequence[tuple[str, Callable[[], object]]] = (),
    **options: str,
) -> None:
    """Read articles, folders, corpora and tables; those that the project knows are left alone.

    First what is `left` from before: documents by name that were taken in and never extracted.
    """
    listed = [one for path in inputs for one in files_in(path)]
    filling.total = len(listed) + len(left)
    for name, extract in left:
        try:
            extract()
        except VisitMapError as error:
            filling.problems.append(f"{name}: {error}")
        filling.done += 1
    for path in listed:
        try:
            for problem in _read(path, store, store_table, known, options):
                filling.problems += filter(None, [problem])
                filling.done += 1
        except VisitMapError as error:
            filling.problems.append(str(error))


def files_in(path: str) -> list[str]:
    """The articles and corpora of a folder, in order of their paths; anything else is itself."""
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    found = [
        str(one)
        for one in sorted(folder.rglob("*"))
        if one.name.lower().endswith(SUFFIXES)
        and not any(part.startswith(".") for part in one.relative_to(folder).parts)
    ]
    return found or [path]  # whoever reads an empty folder says so


def _read(
    path: str, store: Store, store_table: StoreTable, known: set[str], options: dict[str, str]
) -> Iterator[str]:
    """What was wrong with each source, or the empty text."""
    if is_table(path):
        yield from ["", *(store_table(path) if Path(path).stem not in known else ())]
        return
    one_article = path.lower().endswith(SUFFIXES) and not path.lower().endswith(CORPUS_SUFFIXES)
    for found in read_documents([path], **options):
        if isinstance(found, Issue):
            yield f"{found.where}: {found.message}"
            continue
        if found.doc_id not in known:
            store(found, Path(path).read_bytes() if one_article else b"")
        yield ""
