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
const MOST_POOLED = 1 << 21;

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

/** Room that one curve may take, in floats. */
export const MAX_FLOATS = 2 * MAX_POINTS;

/**
 * Writes the points of a great circle in world coordinates, x continuous: `x0, y0, x1, y1, …`.
 *
 * Antipodes have no single great circle; they get the one over the nearer pole.
 * @param {Float32Array} out @param {number} at where in `out` to begin
 * @param {number} lat1 @param {number} lon1 @param {number} lat2 @param {number} lon2
 * @param {number} stride 1 for all points, `STRIDE` for those that a thin curve is drawn through
 * @returns {number} how many floats, at most `MAX_FLOATS`
 */
export function greatCircle(out, at, lat1, lon1, lat2, lon2, stride = 1) {
  const angle = angleBetween(lat1, lon1, lat2, lon2);
  const steps = Math.ceil(angle / 0.25) * STRIDE;
  const last = Math.max(MIN_POINTS - 1, Math.min(MAX_POINTS - 1, steps)) / stride;
  if (Math.PI - angle < 1e-6) overPole(out, at, last, lat1, lon1, lat2, lon2);
  else sweep(out, at, last, lat1, lon1, lat2, lon2, angle);
  out[at] = worldX(lon1);
  out[at + 1] = worldY(lat1);
  out[at + 2 * last + 1] = worldY(lat2);
  return 2 * (last + 1);
}

/**
 * Fills points 0 to `last` of a line: each next vector by the recurrence of turning,
 * v(k+1) = 2 cos(step) v(k) − v(k−1), which needs no sine a point.
 */
function sweep(out, at, last, lat1, lon1, lat2, lon2, angle) {
  const step = angle / last, turn = 2 * Math.cos(step);
  const sine = Math.sin(angle), a = sine > 1e-12 ? Math.sin(angle - step) / sine : 1;
  const b = sine > 1e-12 ? Math.sin(step) / sine : 0;
  const flat1 = Math.cos(lat1 * RADIANS), flat2 = Math.cos(lat2 * RADIANS);
  let px = flat1 * Math.cos(lon1 * RADIANS), py = flat1 * Math.sin(lon1 * RADIANS);
  let pz = Math.sin(lat1 * RADIANS);
  let vx = a * px + b * flat2 * Math.cos(lon2 * RADIANS);
  let vy = a * py + b * flat2 * Math.sin(lon2 * RADIANS);
  let vz = a * pz + b * Math.sin(lat2 * RADIANS);
  let before = worldX(lon1);
  for (let k = 1; k <= last; k++) {
    let x = Math.atan2(vy, vx) / (2 * Math.PI) + 0.5;
    x -= Math.round(x - before);
    out[at + 2 * k] = before = x;
    out[at + 2 * k + 1] =
      Math.max(0, Math.min(1, 0.5 - Math.log((1 + vz) / (1 - vz)) / (4 * Math.PI)));
    const nx = turn * vx - px, ny = turn * vy - py, nz = turn * vz - pz;
    px = vx;
    py = vy;
    pz = vz;
    vx = nx;
    vy = ny;
    vz = nz;
  }
}

/** Up one meridian to the pole and down the other. */
function overPole(out, at, last, lat1, lon1, lat2, lon2) {
  const pole = lat1 + lat2 >= 0 ? 90 : -90, middle = last >> 1;
  const near = worldX(lon1), far = worldX(lon2), turned = far - Math.round(far - near);
  for (let k = 0; k <= last; k++) {
    const [from, part] = k <= middle ? [lat1, 1 - k / middle] : [lat2, (k - middle) / (last - middle)];
    out[at + 2 * k] = k <= middle ? near : turned;
    out[at + 2 * k + 1] = worldY(pole + (from - pole) * part);
  }
}

/**
 * The pairs of places that legs join: each direction its own pair, legs numbered within a pair.
 *
 * Built once over all visits with an open hash table of typed arrays, because a `Map` of a hundred
 * thousand pairs would outweigh everything else on the heap.
 */
export class Pairs {
  /**
   * @param {ArrayLike<number>} origins places by leg, -1 for none
   * @param {ArrayLike<number>} destinations
   * @param {Uint8Array} placed by place: 1 where it has a point
   */
  constructor(origins, destinations, placed) {
    const n = origins.length;
    /** Pair of each visit, -1 without a leg. */
    this.of = new Int32Array(n).fill(-1);
    /** How many legs of the same pair come before this one. */
    this.rank = new Uint16Array(n);
    this.from = new Int32Array(n);
    this.to = new Int32Array(n);
    this.sizes = new Uint32Array(n);
    this.count = 0;
    this.table = tableFor(n);
    this.#number(origins, destinations, placed);
    for (const name of ["from", "to", "sizes"]) this[name] = this[name].slice(0, this.count);
  }

  #number(origins, destinations, placed) {
    const { of, rank, sizes, table } = this;
    for (let i = 0; i < of.length; i++) {
      const a = origins[i], b = destinations[i];
      if (a < 0 || b < 0 || a === b || !placed[a] || !placed[b]) continue;
      const slot = this.#slot(table, a, b);
      const pair = table[slot] ? table[slot] - 1 : this.#add(slot, a, b);
      of[i] = pair;
      rank[i] = Math.min(65535, sizes[pair]++);
    }
  }

  #slot(table, a, b) {
    const mask = table.length - 1;
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) & mask;
    while (table[slot] && (this.from[table[slot] - 1] !== a || this.to[table[slot] - 1] !== b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #add(slot, a, b) {
    const pair = this.count++;
    this.table[slot] = pair + 1;
    this.from[pair] = a;
    this.to[pair] = b;
    return pair;
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
  /**
   * @param {number} pairs how many there are
   * @param {(pair: number, pool: Float32Array, at: number) => number} make writes a pair's points
   *   and says how many floats they are, at most `MAX_FLOATS`
   */
  constructor(pairs, make) {
    this.make = make;
    this.start = new Int32Array(pairs).fill(-1);
    this.length = new Uint8Array(pairs);
    this.pool = new Float32Array(0);
    this.used = 0;
  }

  /** Position of a pair's points in `pool`; their number of floats is `length[pair]`. */
  locate(pair) {
    const known = this.start[pair];
    if (known >= 0) return known;
    if (this.used + MAX_FLOATS > this.pool.length) this.#grow();
    const at = (this.start[pair] = this.used);
    this.used += this.length[pair] = this.make(pair, this.pool, at);
    return at;
  }

  #grow() {
    if (this.pool.length >= MOST_POOLED) {
      this.start.fill(-1);
      this.used = 0;
      return;
    }
    const larger = new Float32Array(Math.max(1 << 14, 2 * this.pool.length));
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
