"""A rendered folium page to one offline file: everything inlined, then the data put in once.

This is the only place where text from documents meets HTML, and it enters as escaped JSON (and the
title as escaped text) after folium and branca, which compile strings as templates, have finished.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

DATA_MARK = "<!--visitmap:data-->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script\s*>", re.S | re.I)
_LINKED = re.compile(r"(?:src|href)=\"(?P<url>https?://[^\"]+)\"", re.I)
_IMAGE_URL = re.compile(r"url\(images/([\w.-]+)\)")
_IMAGES = ("marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_ESCAPED = re.compile("[<>&\u2028\u2029]")


def json_for_script(value: Any) -> str:
    """JSON that cannot end the script element it stands in, nor be read as markup in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return safe.encode("utf-8", "replace").decode("utf-8")


def finish_page(
    rendered: str, document: dict[str, Any], *, language: str, title: str, hosts: Iterable[str] = ()
) -> str:
    """The page with its policy, language, title and data; `rendered` holds `DATA_MARK` once.

    `hosts` are origins (`https://tile.example.org`) from which the page may load images.
    """
    if rendered.count(DATA_MARK) != 1:
        raise ValueError("the page has no single place for its data")
    policy = content_security_policy(rendered, hosts)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html.escape(title or 'visitmap')}</title>\n"
    )
    page = rendered.replace("<html>", f'<html lang="{html.escape(language)}">', 1)
    page = page.replace("<head>", "<head>\n" + head, 1)
    before, after = page.split(DATA_MARK)
    return before + data_script("visitmap-data", document) + after


def data_script(element_id: str, value: Any) -> str:
    """A value as a data block: not executed, read by the page as JSON."""
    return f'<script type="application/json" id="{element_id}">{json_for_script(value)}</script>'


def content_security_policy(page: str, hosts: Iterable[str] = ()) -> str:
    """Nothing from anywhere, but the page's own scripts by hash and images from `hosts`.

    Scripts and styles that a user's own folium layers link to are allowed by their exact address.
    """
    scripts, linked = _script_sources(page), _linked_styles(page)
    images = " ".join(["data:", "blob:", *sorted(hosts)])
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(scripts) or "'none'",
        "style-src": " ".join(["'unsafe-inline'", *linked]),
        "img-src": images,
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _script_sources(page: str) -> list[str]:
    sources: dict[str, None] = {}
    for match in _SCRIPT.finditer(page):
        linked = _LINKED.search(match["attributes"])
        if linked:
            sources[linked["url"]] = None
        elif "application/json" not in match["attributes"]:
            sources[_hash(match["body"])] = None
    return list(sources)


def _hash(script: str) -> str:
    # The browser hashes what it parsed, and its parser turns CR LF into LF.
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _linked_styles(page: str) -> list[str]:
    links = re.findall(r"<link[^>]*>", page, re.I)
    found = (_LINKED.search(link) for link in links if "stylesheet" in link)
    return sorted({match["url"] for match in found if match})


def _leaflet() -> Traversable:
    return files("xstatic.pkg.leaflet") / "data"


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Leaflet's style sheet with its images as data URIs."""
    style = (_leaflet() / "leaflet.css").read_text("utf-8").replace("\r\n", "\n")
    return _IMAGE_URL.sub(lambda match: f"url({_image(match[1])})", style)


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Leaflet, and its default marker pointed at images that travel with the page."""
    script = (_leaflet() / "leaflet.js").read_text("utf-8").replace("\r\n", "\n")
    script = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    icon, retina, shadow = map(_image, _IMAGES)
    options = json.dumps({"iconUrl": icon, "iconRetinaUrl": retina, "shadowUrl": shadow})
    return (
        f"{script}\ndelete L.Icon.Default.prototype._getIconUrl;\n"
        f"L.Icon.Default.mergeOptions({options});\n"
    )


@lru_cache(maxsize=8)
def _image(name: str) -> str:
    raw = (_leaflet() / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(raw).decode()}"
