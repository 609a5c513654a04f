"""Answers the peers' requests to content networks from npm packages, so that they can be measured
with no network. `node_modules` beside this file is filled by `run.py --install`."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import kepler
from playwright.sync_api import Route

MODULES = Path(__file__).parent / "node_modules"
PACKAGES = (
    "leaflet@1.9.3",
    "leaflet-timedimension@1.1.1",
    "leaflet.timeline@1.6.0",
    "jquery@3.7.1",
    "moment@2.18.1",
    "bootstrap@5.2.2",
    "@fortawesome/fontawesome-free@6.2.0",
    "iso8601-js-period@0.2.1",
    "leaflet.awesome-markers@2.0.5",
    "jquery-ui-dist@1.12.1",
)
RULES = (
    (r"jsdelivr\.net/npm/leaflet\.timeline@", "leaflet.timeline/dist/leaflet.timeline.js"),
    (r"iso8601", "iso8601-js-period/iso8601.js"),
    (r"jsdelivr\.net/npm/((?:@[^/]+/)?[^@/]+)@[^/]+/(.*)", r"\1/\2"),
    (r"moment\.min\.js", "moment/min/moment.min.js"),
    (r"jquery-ui\.min\.js", "jquery-ui-dist/jquery-ui.min.js"),
    (r"jquery[-/0-9.]*(?:jquery)?\.min\.js", "jquery/dist/jquery.min.js"),
    (r"awesome-markers\.js", "leaflet.awesome-markers/dist/leaflet.awesome-markers.js"),
    (r"awesome-markers\.css", "leaflet.awesome-markers/dist/leaflet.awesome-markers.css"),
)
TYPES = {
    ".js": "application/javascript",
    ".css": "text/css",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


def _tile(size: int = 256) -> bytes:
    rows = (b"\0" + b"\xe8\xee\xf2" * size) * size

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


TILE = _tile()


def answer(route: Route) -> None:
    """Fulfil one request; what is not in the packages is a 404."""
    url, headers = route.request.url, {"access-control-allow-origin": "*"}
    if "tile" in url and url.endswith(".png"):
        return route.fulfill(body=TILE, content_type="image/png", headers=headers)
    found = kepler.answer(url)
    if found:
        return route.fulfill(body=found[0], content_type=found[1], headers=headers)
    for pattern, target in RULES:
        match = re.search(pattern, url)
        path = MODULES / match.expand(target).split("?")[0] if match else None
        if path and path.is_file():
            kind = TYPES.get(path.suffix, "application/octet-stream")
            return route.fulfill(path=path, content_type=kind, headers=headers)
    return route.fulfill(status=404, body="", headers=headers)
