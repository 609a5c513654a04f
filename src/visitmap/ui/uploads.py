"""Files from strangers, read in a process of their own that may do nothing but read them.

The parsers of PDF, Word and HTML are large and old; a file made to break one breaks only that
process, which has bounds of memory and time and no network. Plain text needs no parser. Tables have
such a process already (`tables.read_upload`).

As a program it is that process: a file on standard input, its document as JSON on standard output.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from importlib import import_module
from typing import Any

from visitmap.documents import SUFFIXES, read_document
from visitmap.errors import InputError, VisitMapError
from visitmap.model import Document, Source
from visitmap.tables import READABLE
from visitmap.tables.child import shut_in

MEMORY_BYTES = 1_500_000_000
SECONDS = 60
PARSED = (".html", ".htm", ".pdf", ".docx")
# What an upload may be: articles, corpora, tables.
KINDS = tuple(sorted({one.rpartition(".")[2] for one in (*SUFFIXES, *READABLE)}))
_LIBRARIES = ("docx", "pypdf", "py3langid", "trafilatura")
_COMMAND = (sys.executable, "-I", "-m", "visitmap.ui.uploads")
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")


def read_article(data: bytes, name: str, **options: str) -> Document:
    """One article of an upload, options as of `read_document`; raises InputError."""
    if not name.lower().endswith(PARSED):
        return read_document(data, name=name, **options)
    answer = _asked(data, name, options)
    if "source" in answer:
        return Document(answer["text"], Source(**answer["source"]))
    raise InputError(answer["error"], where=answer.get("where") or name, remedy=answer["remedy"])


def _asked(data: bytes, name: str, options: dict[str, str]) -> dict[str, Any]:
    command = [*_COMMAND, name, json.dumps(options)]
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command, input=data, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        error = f"reading the file takes longer than {SECONDS} seconds"
    except ValueError:  # stopped by a bound, it says nothing, or not all of it
        error = "the file cannot be read within the bounds for uploads, or it is damaged"
    return {"error": error, "remedy": "Save it as plain text and add that"}


def main() -> None:
    """Tell the document of the file on standard input, or what is wrong with it."""
    name, options = sys.argv[1], json.loads(sys.argv[2])
    data = sys.stdin.buffer.read()
    for one in _LIBRARIES:  # before the doors close
        import_module(one)
    shut_in(MEMORY_BYTES, SECONDS, MEMORY_BYTES)
    try:
        found = dataclasses.asdict(read_document(data, name=name, **options))
    except VisitMapError as error:
        found = {"error": error.what, "where": error.where, "remedy": error.remedy}
    sys.stdout.buffer.write(json.dumps(found).encode())
    sys.stdout.buffer.flush()
    # Not through the interpreter's end, which tidies up what the bounds may no longer allow.
    os._exit(0)


if __name__ == "__main__":
    main()
