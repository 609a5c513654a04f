/** The strokes of the map: tapered legs, marks on them, markers, labels. All sizes in CSS pixels. */

export const INK = {
  light: { text: "#22262a", halo: "#ffffffd9", rim: "#ffffff", mixed: "#5c5f63", faint: 0.38 },
  dark: { text: "#e8eaec", halo: "#12161ad9", rim: "#12161a", mixed: "#a6abb0", faint: 0.42 },
};
const DASH = [7, 5];
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** A line in screen pixels that grows as needed; `count` points are valid. */
export class Line {
  constructor() {
    this.x = new Float64Array(64);
    this.y = new Float64Array(64);
    this.along = new Float64Array(64);
    this.count = 0;
  }

  /** Takes points of the pool, bowed sideways by `bow` pixels at the middle (left of the way). */
  take(pool, start, floats, scale, dx, dy, bow) {
    const count = floats / 2, last = start + floats - 2;
    const ex = pool[last] - pool[start], ey = pool[last + 1] - pool[start + 1];
    const length = Math.sqrt(ex * ex + ey * ey) || 1, nx = ey / length, ny = -ex / length;
    this.count = count;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (let k = 0, at = start; k < count; k++, at += 2) {
      const t = k / (count - 1), side = bow * 4 * t * (1 - t);
      const x = (this.x[k] = pool[at] * scale + dx + nx * side);
      const y = (this.y[k] = pool[at + 1] * scale + dy + ny * side);
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    this.left = left;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
    return this;
  }

  /** Length so far at each point; the last is the whole. */
  measure() {
    let sum = 0;
    this.along[0] = 0;
    for (let k = 1; k < this.count; k++) {
      sum += Math.hypot(this.x[k] - this.x[k - 1], this.y[k] - this.y[k - 1]);
      this.along[k] = sum;
    }
    return sum;
  }

  /** Point and unit normal at a length. */
  at(length) {
    let k = 1;
    while (k < this.count - 1 && this.along[k] < length) k++;
    const dx = this.x[k] - this.x[k - 1], dy = this.y[k] - this.y[k - 1];
    const part = this.along[k] - this.along[k - 1] || 1, t = (length - this.along[k - 1]) / part;
    return { x: this.x[k - 1] + t * dx, y: this.y[k - 1] + t * dy, nx: dy / part, ny: -dx / part };
  }

  /** Whether some of it may be in a view. */
  touches(width, height, margin = 20) {
    return this.right > -margin && this.left < width + margin && this.bottom > -margin &&
      this.top < height + margin;
  }

  /** As `[x0, y0, x1, y1, …]`. */
  toArray() {
    const points = new Array(2 * this.count);
    for (let k = 0; k < this.count; k++) {
      points[2 * k] = this.x[k];
      points[2 * k + 1] = this.y[k];
    }
    return points;
  }
}

const MOVE = 0, LINE = 1, CURVE = 2, CIRCLE = 3, CLOSE = 4;
const OPERANDS = [2, 2, 4, 3, 0];

/**
 * A path that is kept in one array and used again for the next frame. A `Path2D` would do, but each
 * leaves memory behind that the browser does not see before it collects garbage.
 */
export class Trace {
  constructor() {
    this.numbers = new Float32Array(1024);
    this.used = 0;
  }

  clear() {
    this.used = 0;
    return this;
  }

  #room(count) {
    if (this.used + count <= this.numbers.length) return;
    const larger = new Float32Array(2 * this.numbers.length);
    larger.set(this.numbers);
    this.numbers = larger;
  }

  moveTo(x, y) {
    this.#add(MOVE, x, y, 0, 0);
  }

  lineTo(x, y) {
    this.#add(LINE, x, y, 0, 0);
  }

  quadraticCurveTo(cx, cy, x, y) {
    this.#add(CURVE, cx, cy, x, y);
  }

  /** Whole circles only. */
  arc(x, y, radius) {
    this.#add(CIRCLE, x, y, radius, 0);
  }

  closePath() {
    this.#add(CLOSE, 0, 0, 0, 0);
  }

  #add(operation, a, b, c, d) {
    this.#room(5);
    const { numbers } = this;
    let at = this.used;
    numbers[at++] = operation;
    numbers[at] = a;
    numbers[at + 1] = b;
    numbers[at + 2] = c;
    numbers[at + 3] = d;
    this.used = at + OPERANDS[operation];
  }

  /** Makes it the current path of a context. */
  replay(context) {
    const { numbers, used } = this;
    context.beginPath();
    for (let at = 0; at < used; ) {
      const operation = numbers[at++], a = numbers[at], b = numbers[at + 1], c = numbers[at + 2];
      if (operation === MOVE) context.moveTo(a, b);
      else if (operation === LINE) context.lineTo(a, b);
      else if (operation === CURVE) context.quadraticCurveTo(a, b, c, numbers[at + 3]);
      else if (operation === CIRCLE) context.arc(a, b, c, 0, 2 * Math.PI);
      else context.closePath();
      at += OPERANDS[operation];
    }
  }

  /** Fills its circles one after the other: with hundreds, half the time of one path of them all. */
  fillCircles(context) {
    const { numbers, used } = this;
    for (let at = 0; at < used; at += 1 + OPERANDS[numbers[at]]) {
      if (numbers[at] !== CIRCLE) continue;
      context.beginPath();
      context.arc(numbers[at + 1], numbers[at + 2], numbers[at + 3], 0, 2 * Math.PI);
      context.fill();
    }
  }
}

/** Adds a leg to the path as a shape that narrows to the arrival; in dashes when planned. */
export function addTaper(path, line, widest, narrowest, dashed) {
  const whole = line.measure();
  if (whole < 1) return;
  const width = (at) => widest + (narrowest - widest) * (at / whole);
  if (!dashed) return addSlice(path, line, 0, whole, width);
  for (let at = 0; at < whole; at += DASH[0] + DASH[1]) {
    addSlice(path, line, at, Math.min(whole, at + DASH[0]), width);
  }
}

function addSlice(path, line, from, to, width) {
  const stops = [from];
  for (let k = 1; k < line.count - 1; k++) {
    if (line.along[k] > from && line.along[k] < to) stops.push(line.along[k]);
  }
  stops.push(to);
  const points = stops.map((at) => ({ ...line.at(at), half: width(at) / 2 }));
  points.forEach(({ x, y, nx, ny, half }, k) =>
    path[k ? "lineTo" : "moveTo"](x + nx * half, y + ny * half));
  // A fill closes its shapes by itself; `closePath` would take as long as all of the path before it.
  for (const { x, y, nx, ny, half } of points.reverse()) path.lineTo(x - nx * half, y - ny * half);
}

/** Adds a thin curve through points that lie far apart. */
export function addThin(path, { x, y, count }) {
  const last = count - 1;
  path.moveTo(x[0], y[0]);
  let k = 1;
  for (; k < last - 1; k++) {
    path.quadraticCurveTo(x[k], y[k], (x[k] + x[k + 1]) / 2, (y[k] + y[k + 1]) / 2);
  }
  path.quadraticCurveTo(x[k], y[k], x[last], y[last]);
}

/** A cross over the middle of a leg: the visit was cancelled. */
export function addCross(path, line, size = 5) {
  const { x, y } = middleOf(line);
  path.moveTo(x - size, y - size);
  path.lineTo(x + size, y + size);
  path.moveTo(x - size, y + size);
  path.lineTo(x + size, y - size);
}

/** A ring with a stroke through it on the middle of a leg: the visit is denied. */
export function addDenial(path, line, size = 5) {
  const { x, y } = middleOf(line), inner = size * Math.SQRT1_2;
  path.moveTo(x + size, y);
  path.arc(x, y, size, 0, 2 * Math.PI);
  path.moveTo(x - inner, y + inner);
  path.lineTo(x + inner, y - inner);
}

function middleOf(line) {
  return line.at(line.measure() / 2);
}

/** A full circle: a town or site. */
export function addCircle(path, x, y, radius) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

/** A square on its corner: a region. */
export function addDiamond(path, x, y, radius) {
  const reach = radius * 1.25;
  path.moveTo(x, y - reach);
  path.lineTo(x + reach, y);
  path.lineTo(x, y + reach);
  path.lineTo(x - reach, y);
  path.closePath();
}

/** How wide a label is; reckoned once a text. @param {string} text */
export function labelWidth(text) {
  let width = widths.get(text);
  if (width === undefined) {
    width = Math.ceil(LATIN.test(text) ? latinWidth(text) : measured(text)) + 8;
    if (widths.size > 5000) widths.clear();
    widths.set(text, width);
  }
  return width;
}

export const LABEL_HEIGHT = 20;
/** Texts whose letters stand beside each other, so that their widths can be added up. */
const LATIN = /^[\u0020-\u024f]*$/;
const widths = new Map();
const advances = new Float32Array(0x250);
let measuring = null;

function measured(text) {
  measuring ??= document.createElement("canvas").getContext("2d");
  measuring.font = FONT;
  return measuring.measureText(text).width;
}

/** Each letter measured once: a window that moves brings a hundred new names a frame. */
function latinWidth(text) {
  let sum = 0;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    advances[code] ||= measured(text[k]);
    sum += advances[code];
  }
  return sum;
}

/**
 * Writes labels (`text`, `left`, `top`): with a halo or, quicker, on a plate.
 * @param {boolean} quick
 */
export function writeLabels(context, labels, ink, quick) {
  context.globalAlpha = 1;
  context.font = FONT;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = context.fillStyle = ink.halo;
  const middle = LABEL_HEIGHT / 2;
  for (const { text, left, top } of labels) {
    if (quick) context.fillRect(left + 1, top + 2, labelWidth(text) - 2, LABEL_HEIGHT - 4);
    else context.strokeText(text, left + 4, top + middle);
  }
  context.fillStyle = ink.text;
  for (const { text, left, top } of labels) context.fillText(text, left + 4, top + middle);
}

/** A text short enough for a label; cut between letters as readers see them. */
export function shortened(text, most = 28) {
  if (text.length <= most) return text;
  const letters = Intl.Segmenter
    ? Array.from(new Intl.Segmenter().segment(text.slice(0, 4 * most)), (one) => one.segment)
    : Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** Rectangles taken by labels and markers, in a grid of buckets. */
export class Occupied {
  constructor() {
    this.buckets = new Map();
  }

  /** Whether a rectangle is free; then it is taken. */
  take(left, top, width, height) {
    const keys = bucketsOf(left, top, width, height);
    for (const key of keys) {
      for (const [l, t, w, h] of this.buckets.get(key) ?? []) {
        if (left < l + w && l < left + width && top < t + h && t < top + height) return false;
      }
    }
    this.add(left, top, width, height, keys);
    return true;
  }

  /** Takes a rectangle whether free or not. */
  add(left, top, width, height, keys = bucketsOf(left, top, width, height)) {
    const rectangle = [left, top, width, height];
    for (const key of keys) {
      const bucket = this.buckets.get(key);
      if (bucket) bucket.push(rectangle);
      else this.buckets.set(key, [rectangle]);
    }
  }
}

const BUCKET = 64;
function bucketsOf(left, top, width, height) {
  const keys = [];
  for (let x = Math.floor(left / BUCKET); x <= Math.floor((left + width) / BUCKET); x++) {
    for (let y = Math.floor(top / BUCKET); y <= Math.floor((top + height) / BUCKET); y++) {
      keys.push(x * 4096 + y);
    }
  }
  return keys;
}
