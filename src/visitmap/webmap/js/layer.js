/**
 * The visits on the map: a canvas over the ground, drawn anew once a frame when something changed.
 *
 * Who draws what: `scene.js` counts, `paint.js` has the strokes, this puts them in order (faint legs,
 * full legs, marks, markers, labels, the selection on top) and answers what lies under the pointer.
 */
import { themeOf, onTheme } from "./basemap.js";
import { squaredDistance, tightSpan, worldX, worldY } from "./geometry.js";
import {
  INK, LABEL_HEIGHT, Line, Occupied, addCircle, addCross, addDenial, addDiamond, addTaper, addThin,
  Trace, labelWidth, shortened, writeLabels,
} from "./paint.js";
import { FINE_LIMIT, Scene } from "./scene.js";

const PLANNED = 0, CANCELLED = 3, DENIED = 4;
const TILE = 256;
const MAX_LABELS = 60, MAX_QUICK_LABELS = 36;
const MAX_LABEL_TRIES = 150, MOST_LARGEST = 12;
const MANY_MARKERS = 300;
const REACH = 8;
const BOW_RANKS = 9;

export class VisitPainter {
  /** @param {import("./model.js").Model} model */
  constructor(model) {
    this.model = model;
    this.data = model.data;
    this.scene = new Scene(model);
    this.line = new Line();
    /** The class of paths where the context is no canvas; empty for paths used frame by frame. */
    this.Path = null;
    this.traces = [];
    this.drawn = emptyRecord();
    this.mentioned = model.data.mentioned.flatMap(({ name, candidates }, at) =>
      candidates.map((one) => ({ name, at, x: worldX(one.longitude), y: worldY(one.latitude) })));
  }

  /**
   * Draws a view.
   * @param {CanvasRenderingContext2D} context its transform set to CSS pixels
   * @param {{scale: number, left: number, top: number, width: number, height: number}} view
   */
  paint(context, view, { theme = themeOf() } = {}) {
    Object.assign(this, { context, view, theme, ink: INK[theme] });
    this.drawn = emptyRecord();
    this.tracesUsed = 0;
    this.occupied = new Occupied();
    this.copies = copiesOf(view);
    this.scene.update(view);
    this.drawn.mode = this.scene.bundled ? "bundles" : "legs";
    if (this.scene.bundled) this.#paintBundles();
    else if (!this.isFine) this.#paintThin();
    else this.#paintFine();
    this.#paintSelected();
    this.#paintMentioned();
    this.#paintMarkers();
    this.#paintLabels();
    context.globalAlpha = 1;
  }

  /** Whether few enough visits are shown for tapered shapes and outlined names. */
  get isFine() {
    return this.model.visible <= FINE_LIMIT;
  }

  // ---- legs -----------------------------------------------------------------------------------

  /** Calls `use` with the visit and the line of each leg in view, copy by copy of the world. */
  #eachLeg(visits, use, curves = this.scene.curves) {
    const { of } = this.scene.pairs;
    for (let k = 0; k < visits.length; k++) {
      const i = visits[k], pair = of[i];
      if (pair >= 0) this.#eachCopy(curves, pair, this.#bow(i, pair), use, i);
    }
  }

  /** Calls `use` with `what` and the line of a curve in each copy of the world that it touches. */
  #eachCopy(curves, number, bow, use, what) {
    const start = curves.locate(number), floats = curves.length[number], { pool } = curves;
    const { scale, left, top, width, height } = this.view;
    const first = pool[start], last = pool[start + floats - 2], { copies, line } = this;
    const low = Math.min(first, last) * scale, high = Math.max(first, last) * scale;
    for (let k = 0; k < copies.length; k++) {
      const dx = copies[k] * scale - left;
      if (high + dx < -40 || low + dx > width + 40) continue;
      line.take(pool, start, floats, scale, dx, -top, bow * scale);
      if (line.touches(width, height)) use(what, line);
    }
  }

  /**
   * How far a leg bows out, in world units: the first of a lonely pair not at all; the others in
   * steps, so that repeated legs fan out and opposite ones keep to their own side.
   */
  #bow(i, pair) {
    const { pairs } = this.scene, length = this.scene.bowLength(pair);
    if (!length) return 0;
    const step = Math.min(0.3 * length, Math.max(0.055 * length, 5 / this.view.scale));
    return step * (0.6 + (pairs.rank[i] % BOW_RANKS));
  }

  /** One path for each colour and level, so that the canvas is told little. */
  #batches() {
    const paths = [[], [], []];
    return {
      get: (group, level) => (paths[level][group + 1] ??= this.#path()),
      each: (use) => paths.forEach((byGroup, level) => byGroup.forEach((path, k) =>
        use(path, this.#colour(k - 1), level))),
    };
  }

  /** An empty path, one of an earlier frame where there is one. */
  #path() {
    if (this.Path) return new this.Path();
    if (this.tracesUsed === this.traces.length) this.traces.push(new Trace());
    return this.traces[this.tracesUsed++].clear();
  }

  #colour(group) {
    return group < 0 ? this.ink.mixed : this.model.palette[group];
  }

  #paintFine() {
    const { levels, colorIndex, shown } = this.model, { status } = this.data;
    const batches = this.#batches();
    const marks = this.#batches();
    const seen = new Set(), widest = widthFor(this.model.visible);
    this.#eachLeg(shown, (i, line) => {
      const level = levels[i], said = status[i];
      addTaper(batches.get(colorIndex[i], level), line, widest, 1, said === PLANNED);
      if (said === CANCELLED) addCross(marks.get(colorIndex[i], level), line);
      if (said === DENIED) addDenial(marks.get(colorIndex[i], level), line);
      if (!seen.has(i)) this.#note(i, level, said);
      seen.add(i);
    });
    batches.each((path, colour, level) => this.#fill(path, colour, level));
    marks.each((path, colour, level) => this.#stroke(path, colour, level, 1.8));
  }

  #paintThin() {
    const { levels, colorIndex, shown } = this.model, { status } = this.data;
    const lines = this.#batches(), dashes = this.#batches();
    const marks = this.#batches();
    this.#eachLeg(shown, (i, line) => {
      const level = levels[i], group = colorIndex[i], said = status[i];
      addThin((said === PLANNED ? dashes : lines).get(group, level), line);
      if (said === CANCELLED) addCross(marks.get(group, level), line, 3);
      if (said === DENIED) addDenial(marks.get(group, level), line, 3);
      this.#note(i, level, said);
    }, this.scene.thinCurves);
    lines.each((path, colour, level) => this.#stroke(path, colour, level, 1));
    this.context.setLineDash([5, 4]);
    dashes.each((path, colour, level) => this.#stroke(path, colour, level, 1));
    this.context.setLineDash([]);
    marks.each((path, colour, level) => this.#stroke(path, colour, level, 1));
  }

  #note(i, level, said) {
    const { drawn } = this;
    drawn.legs++;
    if (level === 2) drawn.certain++;
    else drawn.faint++;
    if (said === PLANNED) drawn.dashed++;
    if (said === CANCELLED) drawn.crossed++;
    if (said === DENIED) drawn.denied++;
  }

  #fill(path, colour, level, isCircles = false) {
    this.context.globalAlpha = level === 2 ? 0.92 : this.ink.faint;
    this.context.fillStyle = colour;
    if (isCircles && path.fillCircles) path.fillCircles(this.context);
    else this.#finish("fill", path);
  }

  #finish(how, path) {
    if (!path.replay) return this.context[how](path);
    path.replay(this.context);
    this.context[how]();
  }

  #stroke(path, colour, level, width) {
    this.context.globalAlpha = level === 2 ? 0.85 : this.ink.faint;
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.#finish("stroke", path);
  }

  // ---- bundles --------------------------------------------------------------------------------

  #paintBundles() {
    const { scene, drawn } = this, found = [];
    for (let b = 0; b < scene.bundles.count; b++) {
      const { count, group } = scene.bundle(b);
      if (count) found.push({ b, count, group });
    }
    found.sort((one, other) => one.count - other.count);
    const widths = widthClasses(found);
    const batches = [this.#batches(), this.#batches(),
      this.#batches()];
    this.bundlesDrawn = [];
    found.forEach((bundle, k) => this.#addBundle(bundle, widths[k], batches[widths[k]]));
    batches[0].each((path, colour, level) => this.#stroke(path, colour, level, 1));
    batches[1].each((path, colour, level) => this.#fill(path, colour, level));
    batches[2].each((path, colour, level) => this.#fill(path, colour, level));
    drawn.bundles = this.bundlesDrawn.length;
    drawn.legs = this.bundlesDrawn.reduce((sum, one) => sum + one.count, 0);
    this.bundleCounts = found.slice(-12);
  }

  #addBundle({ b, count, group }, width, batches) {
    const { scene } = this, level = scene.bundleCertain[b] ? 2 : 1;
    let inView = false;
    this.#eachCopy(width ? scene.bundleCurves : scene.thinBundleCurves, b, this.#bundleBow(b),
      (path, line) => {
        inView = true;
        if (width === 0) addThin(path, line);
        else addTaper(path, line, 1.5 + 2.5 * width, 1, false);
      }, batches.get(group, level));
    if (!inView) return;
    this.bundlesDrawn.push({ b, count });
    if (level === 2) this.drawn.certain += count;
    else this.drawn.faint += count;
  }

  #bundleBow(b) {
    const { scene } = this, { from, to } = scene.bundles;
    return 0.04 * scene.span(from[b], to[b]);
  }

  // ---- markers and labels ---------------------------------------------------------------------

  #paintMarkers() {
    const { drawn, ink } = this, found = this.#shownNodes(), isMany = found.length > MANY_MARKERS;
    const solid = this.#batches(), hollow = this.#batches(), rims = this.#path();
    const most = found.reduce((sum, one) => Math.max(sum, one.count), 1);
    const growth = Math.min(1.4, 19 / Math.sqrt(most));
    this.markers = [];
    this.context.globalAlpha = 1;
    for (const one of found) {
      if (this.#addMarker(one, growth, solid, hollow, isMany ? null : rims)) drawn.places++;
    }
    this.context.globalAlpha = 1;
    this.context.lineWidth = 3;
    this.context.strokeStyle = ink.rim;
    if (!isMany) this.#finish("stroke", rims);
    if (this.isFine) this.#paintOrigins();
    solid.each((path, colour, level) => this.#fill(path, colour, level, isMany));
    hollow.each((path, colour, level) => this.#stroke(path, colour, level, 2));
  }

  #shownNodes() {
    const { scene } = this, found = [];
    for (const node of scene.byWeight) {
      if (scene.nodeOf[node] !== node || !scene.nodeCount[node]) continue;
      const level = scene.nodeIsFaint(node) ? 1 : 2;
      found.push({ node, level, ...scene.node(node) });
    }
    return found;
  }

  #addMarker({ node, count, group, level }, growth, solid, hollow, rims) {
    const kind = this.data.places[node][3], isHollow = kind >= 2;
    const radius = (isHollow ? 6 : 3) + growth * Math.sqrt(count);
    const add = kind === 2 ? addDiamond : addCircle;
    const path = (isHollow ? hollow : solid).get(group, level);
    let inView = false;
    this.#eachPoint(this.scene.x[node], this.scene.y[node], radius, (x, y) => {
      inView = true;
      add(path, x, y, radius);
      if (rims) add(rims, x, y, radius);
      this.markers.push({ node, x, y, radius, count });
      if (this.markers.length <= MANY_MARKERS) {
        this.occupied.add(x - radius, y - radius, 2 * radius, 2 * radius);
      }
    });
    if (inView && isHollow) this.drawn.hollow++;
    return inView;
  }

  /** A dot where legs begin and no shown visit ends. */
  #paintOrigins() {
    const { model, data, scene } = this, dots = this.#path(), seen = new Set();
    this.origins = [];
    for (const i of model.shown) {
      const p = data.legOrigin[i];
      if (p < 0 || seen.has(p) || !scene.placed[p] || scene.nodeCount[p]) continue;
      seen.add(p);
      this.#eachPoint(scene.x[p], scene.y[p], 3, (x, y) => {
        addCircle(dots, x, y, 2.5);
        this.origins.push({ text: model.placeName(p), x, y, radius: 3 });
        this.occupied.add(x - 3, y - 3, 6, 6);
      });
    }
    this.#fill(dots, this.ink.mixed, 2);
  }

  #eachPoint(worldX, worldY, margin, use) {
    const { scale, left, top, width, height } = this.view;
    const y = worldY * scale - top;
    if (y < -margin || y > height + margin) return;
    for (const copy of this.copies) {
      const x = (worldX + copy) * scale - left;
      if (x >= -margin && x <= width + margin) use(x, y);
    }
  }

  #paintMentioned() {
    const { context, drawn } = this;
    this.mentionedDrawn = [];
    this.mentioned.forEach((one) => this.#eachPoint(one.x, one.y, 9, (x, y) => {
      this.mentionedDrawn.push({ ...one, x, y });
      context.globalAlpha = 1;
      context.strokeStyle = this.ink.text;
      context.lineWidth = 1.5;
      context.setLineDash([3, 2.5]);
      context.beginPath();
      addCircle(context, x, y, 8);
      context.stroke();
      context.setLineDash([]);
      this.#question(x, y);
      this.occupied.add(x - 9, y - 9, 18, 18);
      drawn.mentioned++;
    }));
  }

  #question(x, y) {
    const { context } = this;
    context.font = "bold 11px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.ink.text;
    context.fillText("?", x, y + 0.5);
  }

  #paintLabels() {
    const { model, drawn } = this, quick = !this.isFine;
    const wanted = [...(this.selectedEnds ?? [])];
    for (const { name, x, y } of this.mentionedDrawn) wanted.push({ text: name, x, y, radius: 9 });
    for (const { node, x, y, radius } of this.markers.slice(0, MAX_LABEL_TRIES)) {
      wanted.push({ text: this.#nodeName(node), x, y, radius });
    }
    if (!quick) wanted.push(...this.origins);
    widenTogether(wanted);
    const placed = [], most = quick ? MAX_QUICK_LABELS : MAX_LABELS;
    const largest = quick ? largestOf(wanted) : [];
    for (const one of wanted) {
      if (placed.length >= most) break;
      const label = this.#placeLabel(one, placed) ??
        (largest.includes(one) ? this.#placeOver(one, placed, largest) : null);
      if (label) placed.push(label);
    }
    drawn.labels = placed.length;
    drawn.labelTexts = placed.map((label) => label.text);
    if (this.context.label) writeVectorLabels(this.context, placed, this.ink);
    else writeLabels(this.context, placed, this.ink, quick);
  }

  /** The name of a node's largest place, and how many others it stands for. */
  #nodeName(node) {
    const name = shortened(this.model.placeName(node)), others = this.scene.othersAt(node);
    return others ? `${name} +${others.toLocaleString(this.model.language)}` : name;
  }

  /** Right, left, above or below its marker, where it is free; null where it is not. */
  #placeLabel({ text, x, y, radius }, placed) {
    const short = shortened(text, 40), width = labelWidth(short), height = LABEL_HEIGHT;
    if (placed.some((one) => one.text === short && Math.hypot(one.x - x, one.y - y) < 60)) return null;
    for (const [left, top] of besides(x, y, radius, width)) {
      if (!this.#holds(left, top, width) || !this.occupied.take(left, top + 2, width, height - 4)) continue;
      return { text: short, left: Math.round(left), top: Math.round(top), x, y };
    }
    return null;
  }

  /** A large place's name over smaller places or on its own circle, so that it is never without one. */
  #placeOver({ text, x, y, radius }, placed, largest) {
    const short = shortened(text, 40), width = labelWidth(short), height = LABEL_HEIGHT;
    const others = largest.filter((one) => one.x !== x || one.y !== y).map((one) =>
      [one.x - one.radius, one.y - one.radius, 2 * one.radius, 2 * one.radius]);
    for (const one of placed) others.push([one.left, one.top + 2, labelWidth(one.text), height - 4]);
    const spots = [...besides(x, y, radius, width), [x - width / 2, y - height / 2]];
    const found = spots.find(([left, top]) => this.#holds(left, top, width) && others.every(([l, t, w, h]) =>
      left >= l + w || l >= left + width || top + 2 >= t + h || t >= top + height - 2));
    if (!found) return null;
    const [left, top] = found;
    this.occupied.add(left, top + 2, width, height - 4);
    return { text: short, left: Math.round(left), top: Math.round(top), x, y };
  }

  /** Whether a label lies wholly in view. */
  #holds(left, top, width) {
    return left >= 0 && top >= 0 && left + width <= this.view.width &&
      top + LABEL_HEIGHT <= this.view.height;
  }

  // ---- selection ------------------------------------------------------------------------------

  /** The selected visit over all others, with the other legs of its journey, shown or not. */
  #paintSelected() {
    const { model, data, scene } = this, i = model.selected;
    this.selectedEnds = [];
    if (i < 0) return;
    const journey = data.columns.trip[i];
    const others = journey ? this.#journey(journey).filter((one) => one !== i) : [];
    this.#paintOver(others, 2, 5);
    this.#paintOver([i], 4, 9);
    for (const p of [data.destination[i], data.legOrigin[i]]) {
      if (p < 0 || !scene.placed[p]) continue;
      this.#eachPoint(scene.x[p], scene.y[p], 0, (x, y) => {
        this.selectedEnds.push({ text: model.placeName(p), x, y, radius: 8 });
        this.#ring(x, y, 8);
      });
    }
    this.drawn.selected = 1;
  }

  #paintOver(visits, width, halo) {
    const inner = this.#path(), outer = this.#path();
    this.#eachLeg(visits, (i, line) => {
      addTaper(outer, line, halo, halo - 3, false);
      addTaper(inner, line, width, 1.2, this.data.status[i] === PLANNED);
    });
    this.context.globalAlpha = 1;
    this.context.fillStyle = this.ink.rim;
    this.#finish("fill", outer);
    this.context.fillStyle = this.ink.text;
    this.#finish("fill", inner);
  }

  #ring(x, y, radius) {
    this.context.globalAlpha = 1;
    this.context.strokeStyle = this.ink.text;
    this.context.lineWidth = 2;
    this.context.beginPath();
    addCircle(this.context, x, y, radius);
    this.context.stroke();
  }

  #journey(number) {
    const { trip } = this.data.columns, found = [];
    for (let i = 0; i < trip.length; i++) if (trip[i] === number) found.push(i);
    return found;
  }

  // ---- what lies where ------------------------------------------------------------------------

  /**
   * Shown visits under a point of the view, markers before legs.
   * @param {number} x @param {number} y CSS pixels in the view
   * @returns {number[]} indices, in order of time
   */
  visitsAt(x, y) {
    const marker = this.#markerAt(x, y);
    if (marker) return this.scene.visitsOfNode(marker.node);
    if (this.scene.bundled) return this.#bundleAt(x, y);
    const near = new Map();
    this.#eachLeg(this.model.shown, (i, line) => {
      const square = squaredDistance(line.toArray(), x, y);
      if (square <= REACH * REACH) near.set(i, Math.min(square, near.get(i) ?? Infinity));
    });
    return [...near].sort((one, other) => one[1] - other[1]).map(([i]) => i);
  }

  #markerAt(x, y) {
    let best = null, least = Infinity;
    for (const marker of this.markers ?? []) {
      const distance = Math.hypot(marker.x - x, marker.y - y) - marker.radius;
      if (distance < 4 && distance < least) [best, least] = [marker, distance];
    }
    return best;
  }

  #bundleAt(x, y) {
    const { bundleCurves } = this.scene;
    let best = -1, least = REACH * REACH;
    for (const { b } of this.bundlesDrawn) {
      this.#eachCopy(bundleCurves, b, this.#bundleBow(b), (bundle, line) => {
        const square = squaredDistance(line.toArray(), x, y);
        if (square < least) [best, least] = [bundle, square];
      }, b);
    }
    return best < 0 ? [] : this.scene.visitsOfBundle(best);
  }

  /** The mentioned place under a point, as an index into `data.mentioned`, or -1. */
  mentionedAt(x, y) {
    const hit = this.mentionedDrawn?.find((one) => Math.hypot(one.x - x, one.y - y) < 12);
    return hit ? hit.at : -1;
  }
}

/** Labels for a drawing that writes text as text (an SVG). */
/**
 * A country's ring stands around its capital's dot: names on one point keep clear of the widest mark
 * there, or the dot's own name would find no room beside it.
 */
function widenTogether(wanted) {
  const widest = new Map(), spot = ({ x, y }) => `${Math.round(x)},${Math.round(y)}`;
  for (const one of wanted) widest.set(spot(one), Math.max(one.radius, widest.get(spot(one)) ?? 0));
  for (const one of wanted) one.radius = widest.get(spot(one));
}

/** How wide a leg begins, in pixels: less where there are so many that they would hide the ground. */
const widthFor = (legs) => Math.min(3.6, Math.max(1.8, 3.6 * (60 / legs) ** 0.35));

/** Where a label may stand: right, left, above or below its marker. */
function besides(x, y, radius, width) {
  return [[x + radius + 1, y - LABEL_HEIGHT / 2], [x - radius - 1 - width, y - LABEL_HEIGHT / 2],
    [x - width / 2, y - radius - LABEL_HEIGHT + 2], [x - width / 2, y + radius - 2]];
}

/** The largest markers, whose names must not be missing. */
function largestOf(wanted) {
  return wanted.filter(({ radius }) => radius >= 9).sort((a, b) => b.radius - a.radius)
    .slice(0, MOST_LARGEST);
}

function writeVectorLabels(context, labels, ink) {
  for (const { text, left, top } of labels) {
    context.label(text, left + 4, top + LABEL_HEIGHT / 2, ink);
  }
}

function emptyRecord() {
  return { mode: "legs", legs: 0, faint: 0, certain: 0, dashed: 0, crossed: 0, denied: 0, places: 0,
    hollow: 0, labels: 0, labelTexts: [], bundles: 0, mentioned: 0, selected: 0 };
}

/** The copies of the world of which something may be in view, a curve across 180° included. */
function copiesOf({ scale, left, width }) {
  const copies = [];
  for (let c = Math.floor(left / scale) - 1; c <= Math.floor((left + width) / scale) + 1; c++) {
    copies.push(c);
  }
  return copies;
}

/** Width class by bundle, in the order given (rising counts): the fortieth part 2, a tenth 1. */
function widthClasses(found) {
  const n = found.length, most = n ? found[n - 1].count : 0;
  return found.map(({ count }, k) =>
    most < 2 || count < 2 ? 0 : k >= n - Math.min(40, n / 10) && count > most / 4 ? 2
      : k >= n - Math.min(120, n / 3) && count > most / 10 ? 1 : 0);
}

/** Puts a painter on a Leaflet map; made late because Leaflet is not a module. */
export function createLayer(model) {
  const painter = new VisitPainter(model);
  const Layer = L.Layer.extend({
    initialize() {
      this.model = model;
      this.painter = painter;
      this.frame = 0;
    },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "visitmap-visits leaflet-zoom-hide",
        map.getPane("overlayPane"));
      this.canvas.style.pointerEvents = "none";
      this.canvas.setAttribute("aria-hidden", "true");
      map.on("move zoom viewreset resize", this.schedule, this);
      map.on("click", this.onClick, this);
      map.on("mousemove", this.onHover, this);
      for (const name of ["change"]) model.addEventListener(name, () => this.draw());
      onTheme(() => this.schedule());
      this.draw();
    },
    onRemove(map) {
      this.canvas.remove();
      map.off("move zoom viewreset resize", this.schedule, this);
      map.off("click", this.onClick, this);
      map.off("mousemove", this.onHover, this);
    },
    schedule() {
      this.frame ||= requestAnimationFrame(() => this.draw());
    },
    view() {
      const size = this._map.getSize(), corner = this._map.getPixelBounds().min;
      return { scale: TILE * 2 ** this._map.getZoom(), left: corner.x, top: corner.y,
        width: size.x, height: size.y };
    },
    draw() {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      const view = this._map && !this.held && this.view();
      if (!view?.width || !view.height) return;
      const ratio = Math.min(2, devicePixelRatio || 1), { canvas } = this;
      if (canvas.width !== Math.round(view.width * ratio) ||
          canvas.height !== Math.round(view.height * ratio)) {
        canvas.width = Math.round(view.width * ratio);
        canvas.height = Math.round(view.height * ratio);
        canvas.style.width = `${view.width}px`;
        canvas.style.height = `${view.height}px`;
      }
      L.DomUtil.setPosition(canvas, this._map.containerPointToLayerPoint([0, 0]));
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
      painter.paint(context, view);
    },
    /** What is drawn now: numbers of legs (faint, certain, dashed …), places, labels, bundles. */
    record() {
      if (this.frame) this.draw();
      return painter.drawn;
    },
    onClick({ containerPoint: { x, y }, originalEvent }) {
      const mentioned = painter.mentionedAt(x, y);
      const found = painter.visitsAt(x, y), at = found.indexOf(model.selected);
      this.fire("pick", { visits: found, mentioned, originalEvent });
      model.select(found.length ? found[(at + 1) % found.length] : -1);
    },
    onHover({ containerPoint: { x, y } }) {
      if (this.hovering) return;
      this.hovering = setTimeout(() => {
        this.hovering = 0;
        if (!this._map) return;
        const visits = painter.visitsAt(x, y), mentioned = painter.mentionedAt(x, y);
        const hit = visits.length > 0 || mentioned >= 0;
        this._map.getContainer().style.cursor = hit ? "pointer" : "";
        this.fire("hover", { visits, mentioned, x, y });
      }, 60);
    },
    /** Moves the map so that visits (by default all of the data) are in view. */
    fit(visits = null, options = {}) {
      const box = boundsOf(painter.scene, visits, painter.mentioned);
      if (box && this._map) this._map.fitBounds(box, { padding: [36, 36], maxZoom: 7, ...options });
    },
    /** The view as a picture, ground included. @returns {HTMLCanvasElement} */
    picture(ratio = 2) {
      const view = this.view(), canvas = document.createElement("canvas");
      canvas.width = view.width * ratio;
      canvas.height = view.height * ratio;
      const context = canvas.getContext("2d");
      this.ground?.paint(context, view, ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      painter.paint(context, view);
      this.draw();
      return canvas;
    },
  });
  return new Layer();
}

/** Latitudes and longitudes that hold the visits' places; east may exceed 180. */
function boundsOf(scene, visits, mentioned) {
  const { data } = scene;
  const used = visits
    ? [...new Set(visits.flatMap((i) => [data.legOrigin[i], data.destination[i]]))]
    : [...scene.byWeight].filter((p) => scene.weight[p]);
  const places = used.filter((p) => p >= 0 && scene.placed[p]);
  const xs = places.map((p) => scene.x[p]), ys = places.map((p) => scene.y[p]);
  if (!visits) for (const one of mentioned) xs.push(one.x), ys.push(one.y);
  if (!xs.length) return null;
  const [west, east] = tightSpan(xs);
  let south = 0, north = 1;
  for (const y of ys) [south, north] = [Math.max(south, y), Math.min(north, y)];
  return [[latitudeOf(south), (west - 0.5) * 360], [latitudeOf(north), (east - 0.5) * 360]];
}

const latitudeOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
