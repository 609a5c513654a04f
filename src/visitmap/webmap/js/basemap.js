/**
 * Land, lakes and borders on a canvas under the visits, from the columns that travel in the page.
 *
 * The paths are built once in world coordinates × 256 and drawn by transform; the canvas reaches
 * beyond the view, so that panning redraws seldom.
 */
import { decodeColumn } from "./data.js";
import { worldX, worldY } from "./geometry.js";

const MARGIN = 0.15;
const UNIT = 256;
export const GROUND = {
  light: { sea: "#f3f6f8", land: "#e6e3dd", border: "#b9b4aa", disputed: "#8f897d" },
  dark: { sea: "#12161a", land: "#23282d", border: "#474e56", disputed: "#6b737c" },
};

/** "dark" or "light": the page's own choice (`data-theme`), else the reader's. */
export function themeOf() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Calls back when the theme changes, whoever changes it. @param {() => void} callback */
export function onTheme(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
  new MutationObserver(callback).observe(document.documentElement, {
    attributes: true, attributeFilter: ["data-theme"],
  });
}

/** @returns {Promise<Object<string, Path2D> | null>} the paths by object, null without a basemap */
async function readPaths(packed) {
  if (!packed?.objects) return null;
  const names = Object.keys(packed.objects);
  const made = await Promise.all(names.map((name) =>
    readPath(packed.objects[name], packed.transform)));
  return Object.fromEntries(names.map((name, k) => [name, made[k]]));
}

/**
 * All lines of an object as one path: grid steps from point to point, line after line. Rings are not
 * closed: a fill does that by itself, and `closePath` takes as long as all of the path before it.
 */
async function readPath(packed, { scale, translate }) {
  const [counts, xs, ys] = await Promise.all([packed.points, packed.x, packed.y].map(decodeColumn));
  const path = new Path2D(), rows = []; // many points share a row of the grid
  let x = 0, y = 0, at = 0;
  for (const count of counts) {
    for (let k = 0; k < count; k++, at++) {
      x += xs[at];
      y += ys[at];
      const px = UNIT * worldX(x * scale[0] + translate[0]);
      const py = (rows[y] ??= UNIT * worldY(y * scale[1] + translate[1]));
      if (k) path.lineTo(px, py);
      else path.moveTo(px, py);
    }
  }
  return path;
}

/** Adds the basemap to a map. @returns {Promise<object | null>} its layer */
export async function addBasemap(map, packed) {
  const paths = await readPaths(packed);
  return paths && new (groundLayer())(paths).addTo(map);
}

/** Paints the ground of a view. `scale` is pixels of the whole world; `left`, `top` world pixels. */
export function paintGround(context, paths, { scale, left, top, width, height }, ratio, theme) {
  const colours = GROUND[theme];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, width, height);
  const first = Math.floor(left / scale), last = Math.floor((left + width) / scale);
  for (let copy = first; copy <= last; copy++) {
    const zoom = scale / UNIT;
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom,
      ratio * (copy * scale - left), -ratio * top);
    context.fillStyle = colours.land;
    context.fill(paths.land, "evenodd");
    context.fillStyle = colours.sea;
    context.fill(paths.lakes, "evenodd");
    paintBorders(context, paths, colours, zoom);
  }
}

function paintBorders(context, paths, colours, zoom) {
  context.lineWidth = 0.8 / zoom;
  context.strokeStyle = colours.border;
  context.stroke(paths.borders);
  context.setLineDash([3 / zoom, 3 / zoom]);
  context.strokeStyle = colours.disputed;
  context.stroke(paths.disputed);
  context.setLineDash([]);
}

let made = null;
/** The layer's class, made late because Leaflet is not a module. */
function groundLayer() {
  return (made ??= L.Layer.extend({
    initialize(paths) {
      this.paths = paths;
    },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "visitmap-ground");
      this.canvas.style.pointerEvents = "none";
      this.canvas.setAttribute("aria-hidden", "true");
      map.getPane("tilePane").prepend(this.canvas);
      map.on("viewreset zoomend resize", this.draw, this);
      map.on("move", this.drawWhenNeeded, this);
      onTheme(() => this.draw());
      this.draw();
    },
    onRemove(map) {
      this.canvas.remove();
      map.off("viewreset zoomend resize", this.draw, this);
      map.off("move", this.drawWhenNeeded, this);
    },
    drawWhenNeeded() {
      const { left, top, width, height, zoom } = this.drawn;
      const size = this._map.getSize(), corner = this._map.getPixelBounds().min;
      if (zoom !== this._map.getZoom() || corner.x < left || corner.y < top ||
          corner.x + size.x > left + width || corner.y + size.y > top + height) this.draw();
    },
    draw() {
      const map = this._map, size = map.getSize();
      if (!size.x || !size.y) return;
      const margin = size.multiplyBy(MARGIN).round(), zoom = map.getZoom();
      const corner = map.getPixelBounds().min.subtract(margin).round();
      const width = size.x + 2 * margin.x, height = size.y + 2 * margin.y;
      this.drawn = { left: corner.x, top: corner.y, width, height, zoom };
      const ratio = Math.min(2, devicePixelRatio || 1);
      this.canvas.width = width * ratio;
      this.canvas.height = height * ratio;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
      L.DomUtil.setPosition(this.canvas, corner.subtract(map.getPixelOrigin()));
      const view = { scale: UNIT * 2 ** zoom, ...this.drawn };
      paintGround(this.canvas.getContext("2d", { alpha: false }), this.paths, view, ratio, themeOf());
    },
    /** Paints this ground for a view elsewhere (a picture of the map). */
    paint(context, view, ratio, theme = themeOf()) {
      paintGround(context, this.paths, view, ratio, theme);
    },
  }));
}
