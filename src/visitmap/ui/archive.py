"""The citable archive: an RO-Crate 1.1 as a zip file, the same bytes for the same project.

    ro-crate-metadata.json   what is in here, in JSON-LD: files, sizes, hashes, licences
    map.html                 the map, to be opened in any browser
    visits.csv, visits.geojson
    decisions.jsonl          who decided what, when and why
    sources.jsonl            the list of sources with the hash of what was received, not their texts

Texts of articles belong to their publishers, so they are named and hashed, not packed.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from visitmap import __version__
from visitmap.model import Issue, Visit, to_record
from visitmap.store import Project
from visitmap.tables import WRITABLE, write_table
from visitmap.ui.rendering import map_page

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TABLES = ("visits.csv", "visits.geojson")
_KINDS = {
    "map.html": ("text/html", "The map; open it in a browser, no network needed"),
    "visits.csv": ("text/csv", "The visits, one row each, with their sentences"),
    "visits.geojson": ("application/geo+json", "The visits as lines and points, WGS 84"),
    "decisions.jsonl": ("application/x-ndjson", "The log of decisions, oldest first"),
    "sources.jsonl": ("application/x-ndjson", "The sources, with the SHA-256 of what was received"),
}


def archive(
    project: Project, visits: Sequence[Visit], issues: Sequence[Issue], *, title: str, language: str
) -> bytes:
    """The zip file's bytes."""
    files = {
        "map.html": map_page(visits, issues, language=language, title=title, embedded=False),
        **{name: _table(visits, issues, name) for name in _TABLES if Path(name).suffix in WRITABLE},
        "decisions.jsonl": _lines(to_record(one) for one in project.decisions()),
        "sources.jsonl": _lines(to_record(one) for one in project.documents()),
    }
    date = max((one.when for one in project.decisions()), default="")[:10] or "1970-01-01"
    files["ro-crate-metadata.json"] = _metadata(files, title or "Visits", date)
    return _zipped(files)


def _table(visits: Sequence[Visit], issues: Sequence[Issue], name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="visitmap-") as folder:
        path = Path(folder) / name
        write_table(list(visits), path, issues=list(issues))
        return path.read_bytes()


def _lines(records: Any) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()


def _metadata(files: dict[str, bytes], title: str, date: str) -> bytes:
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"Dated visits with their sources, made with visitmap {__version__}",
        "datePublished": date,
        "license": {"@id": _DATA_LICENCE},
        "hasPart": [{"@id": name} for name in files],
    }
    licence = {
        "@id": _DATA_LICENCE,
        "@type": "CreativeWork",
        "name": "CC BY 4.0",
        "description": "Place names and coordinates: GeoNames, CC BY 4.0; land and borders: "
        "Natural Earth, public domain; quotes belong to their publishers",
    }
    graph = [descriptor, root, licence, *(_entity(*item) for item in files.items())]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=2, ensure_ascii=False).encode()


def _entity(name: str, content: bytes) -> dict[str, Any]:
    media, description = _KINDS[name]
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": description,
        "encodingFormat": media,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(files):
            # A fixed time: the same project gives the same file.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, files[name])
    return packed.getvalue()
