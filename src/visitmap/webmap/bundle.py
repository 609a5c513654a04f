"""Joins ES modules into one script: each module a function, one global for the page.

Only what our own modules use is understood: named and namespace imports of neighbours, and exports
of declarations. Anything else raises ValueError at build time, so that the page never does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_IMPORT = re.compile(
    r"^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<all>\w+))\s+from\s+\"\./(?P<from>\w+)\.js\";\n",
    re.MULTILINE,
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) (?P<name>\w+))", re.M)
_EXPORTED = re.compile(r"^export (?:async )?(?:const|function\*?|class) (\w+)", re.MULTILINE)
_JSDOC = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LEFTOVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
GLOBAL_NAME = "visitmap"


def bundle(folder: Traversable, entries: tuple[str, ...]) -> str:
    """One script of the entries and all they import; the global's members are the entries'."""
    done: dict[str, str] = {}
    for entry in entries:
        _collect(folder, entry, done, ())
    members = ", ".join(f"...m_{entry}" for entry in entries)
    body = "".join(done.values())
    return f'(() => {{\n"use strict";\n{body}globalThis.{GLOBAL_NAME} = {{ {members} }};\n}})();\n'


def _collect(folder: Traversable, name: str, done: dict[str, str], above: tuple[str, ...]) -> None:
    if name in done:
        return
    if name in above:
        raise ValueError(f"{name}.js imports itself by way of {' and '.join(above)}")
    source = (folder / f"{name}.js").read_text("utf-8")
    for match in _IMPORT.finditer(source):
        _collect(folder, match["from"], done, (*above, name))
    done[name] = _wrapped(name, source)


def _wrapped(name: str, source: str) -> str:
    """The module as `const m_name = (() => {...; return {exports}; })();`."""
    exports = ", ".join(_EXPORTED.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(_bound, source))
    left = _LEFTOVER.search(body)
    if left:
        raise ValueError(f"{name}.js: the bundler does not know this form: {left[0]}")
    body = _thinned(_LINE_COMMENT.sub("", _JSDOC.sub("", body)).strip())
    return f"const m_{name} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"


def _thinned(body: str) -> str:
    """Without the lines' indentation, unless a text may run over several lines."""
    runs_over = any(line.count("`") % 2 for line in body.splitlines())
    return body if runs_over else _INDENT.sub("", body)


def _bound(match: re.Match[str]) -> str:
    """An import as constants taken from the module's object; `a as b` becomes `a: b`."""
    if match["all"]:
        return f"const {match['all']} = m_{match['from']};\n"
    names = re.sub(r"\s+as\s+", ": ", match["names"]).strip().rstrip(",")
    return f"const {{ {' '.join(names.split())} }} = m_{match['from']};\n"


@lru_cache(maxsize=1)
def page_script() -> str:
    """The script of the map page: the engine and, where it is installed, the controls around it."""
    folder = files("visitmap.webmap") / "js"
    entries = ("main", "ui") if (folder / "ui.js").is_file() else ("main",)
    return bundle(folder, entries)
