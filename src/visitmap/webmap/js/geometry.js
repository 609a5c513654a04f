/**
 * Places on the Mercator square, great circles between them, and distances on the screen.
 *
 * World coordinates: x from 0 (180° W) to 1 (180° E), y from 0 (85.05° N) to 1 (85.05° S). A curve
 * across 180° keeps running beyond 0 or 1; the layer draws it in each copy of the world in view.
 */
const RADIANS = Math.PI / 180;
const MAX_LATITUDE = 85.0511287798066;
// One more than a multiple of STRIDE, so that thin curves can take each STRIDE-th point.
export const STRIDE = 4;
const MIN_POINTS = 13, MAX_POINTS = 41;

/** @param {number} longitude degrees */
export const worldX = (longitude) => longitude / 360 + 0.5;

/** @param {number} latitude degrees; beyond ±85.05 the edge of the square */
export function worldY(latitude) {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * The angle between two points, in radians.
 * @param {number} lat1 @param {number} lon1 @param {number} lat2 @param {number} lon2
 */
export function angleBetween(lat1, lon1, lat2, lon2) {
  const a = Math.sin(((lat2 - lat1) * RADIANS) / 2), b = Math.sin(((lon2 - lon1) * RADIANS) / 2);
  const c = a * a + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * b * b;
  return 2 * Math.asin(Math.min(1, Math.sqrt(c)));
}

/**
 * Points of a great circle in world coordinates, x continuous: `[x0, y0, x1, y1, …]`.
 *
 * Antipodes have no single great circle; they get the one over the nearer pole.
 * @param {number} lat1 @param {number} lon1 @param {number} lat2 @param {number} lon2
 * @returns {Float32Array}
 */
export function greatCircle(lat1, lon1, lat2, lon2) {
  const angle = angleBetween(lat1, lon1, lat2, lon2);
  const steps = Math.ceil(angle / 0.25) * STRIDE;
  const count = Math.max(MIN_POINTS, Math.min(MAX_POINTS, steps + 1));
  const points = new Float32Array(2 * count);
  if (Math.PI - angle < 1e-6) overPole(points, lat1, lon1, lat2, lon2);
  else sweep(points, 0, count - 1, toVector(lat1, lon1), toVector(lat2, lon2), angle);
  points[0] = worldX(lon1);
  points[1] = worldY(lat1);
  points[2 * count - 1] = worldY(lat2);
  return points;
}

/**
 * Fills points `first` to `last` of a line: each next vector by the recurrence of turning,
 * v(k+1) = 2 cos(step) v(k) − v(k−1), which needs no sine a point.
 */
function sweep(points, first, last, from, to, angle) {
  const step = angle / (last - first), turn = 2 * Math.cos(step);
  const sine = Math.sin(angle), a = sine > 1e-12 ? Math.sin(angle - step) / sine : 1;
  const b = sine > 1e-12 ? Math.sin(step) / sine : 0;
  let [px, py, pz] = from;
  let vx = a * px + b * to[0], vy = a * py + b * to[1], vz = a * pz + b * to[2];
  let before = first ? points[2 * first] : Math.atan2(py, px) / (2 * Math.PI) + 0.5;
  points[2 * first] = before;
  for (let k = first + 1; k <= last; k++) {
    let x = Math.atan2(vy, vx) / (2 * Math.PI) + 0.5;
    x -= Math.round(x - before);
    points[2 * k] = before = x;
    points[2 * k + 1] = Math.max(0, Math.min(1, 0.5 - Math.log((1 + vz) / (1 - vz)) / (4 * Math.PI)));
    [px, py, pz, vx, vy, vz] = [vx, vy, vz, turn * vx - px, turn * vy - py, turn * vz - pz];
  }
}

function overPole(points, lat1, lon1, lat2, lon2) {
  const pole = lat1 + lat2 >= 0 ? 90 : -90, top = [0, 0, Math.sign(pole)];
  const last = points.length / 2 - 1, middle = last >> 1;
  sweep(points, 0, middle, toVector(lat1, lon1), top, angleBetween(lat1, lon1, pole, lon1));
  points[2 * middle] = worldX(lon1);
  points[2 * middle + 1] = worldY(pole);
  const far = worldX(lon2), turned = far - Math.round(far - worldX(lon1));
  for (let k = middle + 1; k <= last; k++) {
    const part = (k - middle) / (last - middle);
    points[2 * k] = turned;
    points[2 * k + 1] = worldY(pole + (lat2 - pole) * part);
  }
}

function toVector(latitude, longitude) {
  const phi = latitude * RADIANS, lambda = longitude * RADIANS;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/**
 * The pairs of places that legs join: each direction its own pair, legs numbered within a pair.
 *
 * Built once over all visits with an open hash table of typed arrays, because a `Map` of a hundred
 * thousand pairs would outweigh everything else on the heap.
 */
export class Pairs {
  /** @param {Int32Array|Uint16Array} origins @param {ArrayLike<number>} destinations
   *  @param {(p: number) => boolean} isPlaced */
  constructor(origins, destinations, isPlaced) {
    const n = origins.length;
    /** Pair of each visit, -1 without a leg. */
    this.of = new Int32Array(n).fill(-1);
    /** How many legs of the same pair come before this one. */
    this.rank = new Uint16Array(n);
    this.from = [];
    this.to = [];
    this.sizes = [];
    this.#number(origins, destinations, isPlaced, tableFor(n));
    this.count = this.from.length;
    this.from = Int32Array.from(this.from);
    this.to = Int32Array.from(this.to);
    this.sizes = Uint32Array.from(this.sizes);
  }

  #number(origins, destinations, isPlaced, table) {
    for (let i = 0; i < origins.length; i++) {
      const a = origins[i], b = destinations[i];
      if (a < 0 || b < 0 || a === b || !isPlaced(a) || !isPlaced(b)) continue;
      const slot = this.#slot(table, a, b);
      if (table[slot] === 0) table[slot] = this.#add(a, b);
      const pair = table[slot] - 1;
      this.of[i] = pair;
      this.rank[i] = Math.min(65535, this.sizes[pair]++);
    }
    this.table = table;
  }

  #slot(table, a, b) {
    const mask = table.length - 1;
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) & mask;
    while (table[slot] && (this.from[table[slot] - 1] !== a || this.to[table[slot] - 1] !== b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #add(a, b) {
    this.from.push(a);
    this.to.push(b);
    this.sizes.push(0);
    return this.from.length;
  }

  /** Whether legs run the other way too, so that both must give room. @param {number} pair */
  hasOpposite(pair) {
    return this.table[this.#slot(this.table, this.to[pair], this.from[pair])] !== 0;
  }
}

function tableFor(n) {
  let size = 16;
  while (size < 2 * n) size *= 2;
  return new Int32Array(size);
}

/** Curves by pair in one pool, made when first asked for; starts anew when full. */
export class Curves {
  /** @param {number} pairs how many there are @param {(pair: number) => Float32Array} make */
  constructor(pairs, make) {
    this.make = make;
    this.start = new Int32Array(pairs).fill(-1);
    this.length = new Uint8Array(pairs);
    this.pool = new Float32Array(1 << 16);
    this.used = 0;
  }

  /** Position of a pair's points in `pool`; their number of floats is `length[pair]`. */
  locate(pair) {
    if (this.start[pair] >= 0) return this.start[pair];
    const points = this.make(pair);
    if (this.used + points.length > this.pool.length) this.#grow();
    this.pool.set(points, this.used);
    this.start[pair] = this.used;
    this.length[pair] = points.length;
    this.used += points.length;
    return this.start[pair];
  }

  #grow() {
    if (this.pool.length >= 1 << 21) {
      this.start.fill(-1);
      this.used = 0;
      return;
    }
    const larger = new Float32Array(2 * this.pool.length);
    larger.set(this.pool);
    this.pool = larger;
  }
}

/**
 * Squared distance of a point from a line of points `[x0, y0, x1, y1, …]`.
 * @param {ArrayLike<number>} line @param {number} x @param {number} y
 */
export function squaredDistance(line, x, y) {
  let best = Infinity;
  for (let k = 2; k < line.length; k += 2) {
    const ax = line[k - 2], ay = line[k - 1], dx = line[k] - ax, dy = line[k + 1] - ay;
    const square = dx * dx + dy * dy;
    const t = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
    const ex = ax + t * dx - x, ey = ay + t * dy - y;
    best = Math.min(best, ex * ex + ey * ey);
  }
  return best;
}

/**
 * The window of world x (from, width) that shows all of some x with the least width: the widest gap
 * between neighbours, round the globe, is left out.
 * @param {number[]} xs world x of places @returns {[number, number]} from and to; to may exceed 1
 */
export function tightSpan(xs) {
  if (!xs.length) return [0, 1];
  const sorted = [...xs].sort((a, b) => a - b);
  let gap = sorted[0] + 1 - sorted[sorted.length - 1], at = 0;
  for (let k = 1; k < sorted.length; k++) {
    if (sorted[k] - sorted[k - 1] > gap) [gap, at] = [sorted[k] - sorted[k - 1], k];
  }
  return at === 0 ? [sorted[0], sorted[sorted.length - 1]] : [sorted[at], sorted[at - 1] + 1];
}
