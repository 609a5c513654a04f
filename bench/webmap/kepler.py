"""kepler.gl's HTML export as a peer: builds its page, and answers its page's requests.

    python kepler.py --install          once: an environment of its own, and its scripts from npm
    .kepler/venv/bin/python kepler.py TRIPS.csv OUT.html

The page asks content networks for kepler.gl and React. npm has no kepler.gl 3.3.0-alpha.18, which
keplergl 0.4.0 names; 3.3.0-alpha.11 answers in its place.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent / ".kepler"
PYTHON = HERE / "venv" / "bin" / "python"
KEPLER = "kepler.gl@3.3.0-alpha.11"
PACKAGES = (
    "es-module-shims@2.8.1",
    "maplibre-gl@4",
    "react@19.1.0",
    "react-dom@19.1.0",
    "redux@5.0.1",
    "react-redux@9",
    "styled-components@6.1.19",
    "esbuild@0.25",
)
MODULES = (
    "react",
    "react/jsx-runtime",
    "react-dom",
    "react-dom/client",
    "redux",
    "react-redux",
    "styled-components",
)
DAY_MS = 86_400_000
# What each address of the page is answered with, by file below `.kepler/`.
FILES = (
    (r"es-module-shims", "node_modules/es-module-shims/dist/es-module-shims.js"),
    (r"keplergl\.min\.js", "package/umd/keplergl.min.js"),
    (r"keplergl\.min\.css", "package/umd/keplergl.min.css"),
    (r"maplibre-gl\.css", "node_modules/maplibre-gl/dist/maplibre-gl.css"),
)


def install() -> None:
    """An environment with keplergl, the scripts, and React and its like bundled as one module."""
    HERE.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(HERE / "venv")], check=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "keplergl==0.4.0"], check=True)
    npm = ["npm", "--silent", "--prefix", str(HERE)]
    subprocess.run([*npm, "install", "--no-save", *PACKAGES], check=True)
    packed = subprocess.run(
        ["npm", "pack", "--silent", KEPLER], check=True, capture_output=True, text=True, cwd=HERE
    ).stdout.split()[-1]
    subprocess.run(["tar", "xzf", packed, "package/umd"], check=True, cwd=HERE)
    _bundle()


def _bundle() -> None:
    """`all.js` puts the modules on `globalThis.__vend`; `names.json` has their exports."""
    imports = "".join(f"import * as m{k} from {json.dumps(n)};" for k, n in enumerate(MODULES))
    members = ",".join(f"{json.dumps(n)}:m{k}" for k, n in enumerate(MODULES))
    (HERE / "entry.mjs").write_text(f"{imports}globalThis.__vend={{{members}}};", "utf-8")
    esbuild = ["node_modules/.bin/esbuild", "entry.mjs", "--bundle", "--format=esm"]
    production = '--define:process.env.NODE_ENV="production"'
    command = [*esbuild, production, "--minify", "--outfile=all.js", "--log-level=error"]
    subprocess.run(command, check=True, cwd=HERE)
    code = (
        f"const out={{}};for(const n of {json.dumps(MODULES)})"
        "out[n]=Object.keys(await import(n))"
        ".filter(k=>k!=='default'&&/^[A-Za-z_$][\\w$]*$/.test(k));"
        "console.log(JSON.stringify(out))"
    )
    command = ["node", "--input-type=module", "-e", code]
    names = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE).stdout
    (HERE / "names.json").write_text(names, "utf-8")


def answer(url: str) -> tuple[str, str] | None:
    """Text and type for an address of kepler.gl's page; None when it is not one of them."""
    if "esm.sh/" in url:
        return _module(url), "application/javascript"
    for pattern, name in FILES:
        if re.search(pattern, url):
            kind = "text/css" if name.endswith(".css") else "application/javascript"
            path = HERE / name
            return (path.read_text("utf-8") if path.is_file() else ""), kind
    return None


def _module(url: str) -> str:
    """A module of React's family as a view on the one bundle, so that there is one React."""
    if url.endswith("/__all.js"):
        return (HERE / "all.js").read_text("utf-8")
    match = re.search(r"esm\.sh/([a-z-]+)@[^/?]+(/[a-z-]+)?", url)
    name = match[1] + (match[2] or "") if match else ""
    names = json.loads((HERE / "names.json").read_text("utf-8"))[name]
    return (
        f"import 'https://esm.sh/__all.js';const m=globalThis.__vend[{json.dumps(name)}];"
        f"export default m.default||m;export const {{{','.join(names)}}}=m;"
    )


def config_of(first_ms: int, last_ms: int) -> dict:
    """Arcs, and a filter of the last 90 days by day of start."""
    columns = {"lat0": "olat", "lng0": "olon", "lat1": "dlat", "lng1": "dlon"}
    layer = {
        "dataId": "trips",
        "label": "trips",
        "color": [221, 51, 51],
        "columns": columns,
        "isVisible": True,
        "visConfig": {"opacity": 0.8, "thickness": 2, "targetColor": None},
    }
    window = {
        "dataId": ["trips"],
        "id": "f0",
        "name": ["start"],
        "type": "timeRange",
        "value": [max(first_ms, last_ms - 90 * DAY_MS), last_ms],
        "enlarged": True,
        "plotType": {"type": "histogram"},
        "animationWindow": "free",
        "yAxis": None,
        "speed": 1,
    }
    state = {
        "filters": [window],
        "layers": [{"id": "arc0", "type": "arc", "config": layer, "visualChannels": {}}],
        "interactionConfig": {},
        "layerBlending": "normal",
        "splitMaps": [],
    }
    view = {"latitude": 25, "longitude": 10, "zoom": 1.2, "pitch": 0, "bearing": 0}
    style = {"styleType": "no_map"}
    config = {"visState": state, "mapState": view, "mapStyle": style}
    return {"version": "v1", "config": config}


def build(table: str, out: str) -> None:
    """Write the page and print what it took, as peers.py does."""
    import pandas as pd
    from keplergl import KeplerGl

    trips = pd.read_csv(table, keep_default_na=False)
    trips["start"] = trips["start"] + " 00:00:00"
    begin = time.perf_counter()
    days = pd.to_datetime(trips["start"])
    config = config_of(*(int(day.timestamp() * 1000) for day in (days.min(), days.max())))
    with contextlib.redirect_stdout(io.StringIO()):
        page = KeplerGl(data={"trips": trips}, config=config)
        page.save_to_html(file_name=out, config=config, center_map=False)
    seconds, size = time.perf_counter() - begin, Path(out).stat().st_size
    row = {"kind": "build", "peer": "kepler", "trips": len(trips), "build_s": round(seconds, 3)}
    print(json.dumps(row | {"bytes": size, "bytes_per_trip": round(size / len(trips), 1)}))


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    else:
        build(*sys.argv[1:])
