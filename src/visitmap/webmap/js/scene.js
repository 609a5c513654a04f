/**
 * What a view of the map holds: nodes (places, or neighbours drawn as one) and bundles of legs.
 *
 * Up to `LEG_LIMIT` shown visits every leg is drawn for itself and each place is its own node.
 * Beyond, places that would lie within a few pixels become one node and legs between the same nodes
 * one bundle; the cells shrink as the reader zooms in, until places stand alone again. Cells outside
 * the view stay coarse, so that the number of bundles follows the view, not the file.
 */
import { Curves, Pairs, STRIDE, greatCircle, worldX, worldY } from "./geometry.js";

export const FINE_LIMIT = 500;
export const LEG_LIMIT = 3000;
export const BUNDLE_LIMIT = 1000;
const CELL_PIXELS = 36;
const OUTSIDE_FACTOR = 5;
const NO_NODE = -1;

export class Scene {
  /** @param {import("./model.js").Model} model */
  constructor(model) {
    const { data } = model;
    this.model = model;
    this.data = data;
    const count = data.places.length;
    this.x = Float64Array.from(data.placeLongitude, worldX);
    this.y = Float64Array.from(data.placeLatitude, worldY);
    this.placed = Uint8Array.from(this.x, (x) => (Number.isNaN(x) ? 0 : 1));
    this.pairs = new Pairs(data.legOrigin, data.destination, this.placed);
    /** By pair: all points, and those few that a thin curve is drawn through. */
    [this.curves, this.thinCurves] = this.#curvesOf(this.pairs);
    this.weight = new Uint32Array(count);
    for (let i = 0; i < data.n; i++) {
      this.weight[data.destination[i]]++;
      if (data.legOrigin[i] >= 0) this.weight[data.legOrigin[i]]++;
    }
    this.byWeight = Int32Array.from(this.weight.keys()).sort((a, b) =>
      this.weight[b] - this.weight[a] || a - b);
    this.single = Int32Array.from(this.placed, (placed, p) => (placed ? p : NO_NODE));
    this.nodeOf = this.single;
    /** How many places a node stands for. */
    this.nodeSize = null;
    this.bundled = false;
  }

  /** Length in world units of a pair that needs room beside it, 0 for a lonely leg. */
  bowLength(pair) {
    this.bowLengths ??= new Float32Array(this.pairs.count).fill(-1);
    if (this.bowLengths[pair] < 0) this.bowLengths[pair] = this.#bowLength(pair);
    return this.bowLengths[pair];
  }

  #bowLength(pair) {
    const { pairs } = this;
    if (pairs.sizes[pair] === 1 && !pairs.hasOpposite(pair)) return 0;
    return this.span(pairs.from[pair], pairs.to[pair]);
  }

  /** How far two places lie apart on the map, in world units. */
  span(a, b) {
    const dx = this.x[a] - this.x[b], dy = this.y[a] - this.y[b], near = dx - Math.round(dx);
    return Math.sqrt(near * near + dy * dy);
  }

  /** Great circles of pairs of places, made when asked for: with all points, and thin. */
  #curvesOf({ count, from, to }) {
    const { placeLatitude: latitude, placeLongitude: longitude } = this.data;
    return [1, STRIDE].map((stride) => new Curves(count, (pair, pool, at) => {
      const a = from[pair], b = to[pair];
      return greatCircle(pool, at, latitude[a], longitude[a], latitude[b], longitude[b], stride);
    }));
  }

  /**
   * Decides between legs and bundles and tallies what is shown.
   * @param {{scale: number, left: number, top: number, width: number, height: number}} view
   */
  update(view) {
    const bundled = this.model.visible > LEG_LIMIT;
    if (bundled) this.#cluster(view);
    else if (this.bundled) this.nodeOf = this.single;
    this.bundled = bundled;
    this.#tallyNodes();
    if (bundled) this.#tallyBundles();
  }

  // ---- nodes ----------------------------------------------------------------------------------

  #tallyNodes() {
    const { model, data, nodeOf } = this, groups = model.palette.length, places = nodeOf.length;
    if (this.nodeTally?.length !== places * groups) this.nodeTally = new Uint32Array(places * groups);
    else this.nodeTally.fill(0);
    this.nodeCertain ??= new Uint8Array(places);
    this.nodeCertain.fill(0);
    this.nodeCount ??= new Uint32Array(places);
    this.nodeCount.fill(0);
    const { nodeTally, nodeCertain, nodeCount } = this, { destination } = data;
    const { shown, levels, colorIndex } = model;
    for (let k = 0; k < shown.length; k++) {
      const i = shown[k], node = nodeOf[destination[i]];
      if (node < 0) continue;
      nodeTally[node * groups + colorIndex[i]]++;
      nodeCount[node]++;
      if (levels[i] === 2) nodeCertain[node] = 1;
    }
  }

  /**
   * How many shown visits end at a node, and the colour group of more than half of them (-1: none).
   * @param {number} node @returns {{count: number, group: number}}
   */
  node(node) {
    return majority(this.nodeTally, node, this.model.palette.length);
  }

  /** How many places besides its largest a node stands for. @param {number} node */
  othersAt(node) {
    return this.bundled ? this.nodeSize[node] - 1 : 0;
  }

  /** Whether nothing at the node is sure. */
  nodeIsFaint(node) {
    return !this.nodeCertain[node];
  }

  // ---- bundles --------------------------------------------------------------------------------

  #cluster(view) {
    const { left, top, scale, width, height } = view;
    const key = `${left}/${top}/${scale}/${width}/${height}`;
    if (this.clusterKey === key && this.bundled) return;
    this.clusterKey = key;
    let cell = CELL_PIXELS;
    do {
      this.nodeOf = this.#nodesFor(view, cell);
      cell *= 1.35;
    } while (this.#bundlesInView(view) > BUNDLE_LIMIT && cell < 400);
    this.#numberBundles();
  }

  #nodesFor({ left, top, scale, width, height }, cell) {
    const cells = new Map(), nodeOf = new Int32Array(this.single.length).fill(NO_NODE);
    this.nodeSize = new Uint16Array(nodeOf.length);
    for (const p of this.byWeight) {
      if (!this.placed[p]) continue;
      const x = this.x[p] * scale, y = this.y[p] * scale;
      const inView = [-1, 0, 1].some((copy) => x + copy * scale > left - cell &&
        x + copy * scale < left + width + cell) && y > top - cell && y < top + height + cell;
      const size = inView ? cell : cell * OUTSIDE_FACTOR;
      const key = (inView ? 1 : -1) * (1 + Math.floor(x / size) + Math.floor(y / size) * 4194304);
      if (!cells.has(key)) cells.set(key, p);
      nodeOf[p] = cells.get(key);
      this.nodeSize[nodeOf[p]]++;
    }
    return nodeOf;
  }

  /** Numbers the pairs of nodes; a pair of places belongs to one bundle or, within a node, to none. */
  #numberBundles() {
    const { pairs, nodeOf } = this;
    const from = new Int32Array(pairs.count), to = new Int32Array(pairs.count);
    for (let pair = 0; pair < pairs.count; pair++) {
      from[pair] = nodeOf[pairs.from[pair]];
      to[pair] = nodeOf[pairs.to[pair]];
    }
    this.bundles = new Pairs(from, to, this.placed);
    [this.bundleCurves, this.thinBundleCurves] = this.#curvesOf(this.bundles);
  }

  /** How many bundles the nodes of now would make in view; stops counting beyond the limit. */
  #bundlesInView({ left, top, scale, width, height }) {
    const { pairs, nodeOf, x, y } = this, seen = new Set();
    for (let pair = 0; pair < pairs.count && seen.size <= BUNDLE_LIMIT; pair++) {
      const from = nodeOf[pairs.from[pair]], to = nodeOf[pairs.to[pair]];
      if (from === to) continue;
      const y1 = y[from] * scale, y2 = y[to] * scale, x1 = x[from] * scale, x2 = x[to] * scale;
      const reach = Math.abs(x1 - x2) * 0.3;
      if (Math.max(y1, y2) < top || Math.min(y1, y2) - reach > top + height) continue;
      const across = Math.abs(x1 - x2) > scale / 2;
      if (!across && (Math.max(x1, x2) < left || Math.min(x1, x2) > left + width)) continue;
      seen.add(from * 4194304 + to);
    }
    return seen.size;
  }

  #tallyBundles() {
    const { model, pairs, bundles } = this, groups = model.palette.length;
    const size = bundles.count * groups;
    if (this.bundleTally?.length !== size) this.bundleTally = new Uint32Array(size);
    else this.bundleTally.fill(0);
    if (this.bundleCertain?.length !== bundles.count) this.bundleCertain = new Uint8Array(bundles.count);
    else this.bundleCertain.fill(0);
    const { bundleTally, bundleCertain } = this, ofPair = bundles.of, ofVisit = pairs.of;
    const { shown, levels, colorIndex } = model;
    for (let k = 0; k < shown.length; k++) {
      const i = shown[k], pair = ofVisit[i];
      if (pair < 0) continue;
      const bundle = ofPair[pair];
      if (bundle < 0) continue;
      bundleTally[bundle * groups + colorIndex[i]]++;
      if (levels[i] === 2) bundleCertain[bundle] = 1;
    }
  }

  /** As `node`, for the legs of a bundle. */
  bundle(bundle) {
    return majority(this.bundleTally, bundle, this.model.palette.length);
  }

  /** Shown visits whose legs are in a bundle. @param {number} bundle @returns {number[]} */
  visitsOfBundle(bundle) {
    const { pairs, bundles } = this;
    return Array.from(this.model.shown).filter((i) => pairs.of[i] >= 0 &&
      bundles.of[pairs.of[i]] === bundle);
  }

  /** Shown visits that end at a node. @param {number} node @returns {number[]} */
  visitsOfNode(node) {
    return Array.from(this.model.shown).filter((i) =>
      this.nodeOf[this.data.destination[i]] === node);
  }
}

/** The sum of a row of a tally, and its column that holds more than half of it, or -1. */
function majority(tally, row, width) {
  let count = 0, best = 0, group = -1;
  for (let k = row * width, end = k + width; k < end; k++) {
    count += tally[k];
    if (tally[k] > best) [best, group] = [tally[k], k - row * width];
  }
  return { count, group: 2 * best > count ? group : -1 };
}
