/**
 * The time strip: a histogram of visits with two handles over it, and the controls beside it.
 *
 * Bars are drawn twice, quiet and full, when the filters change; the full ones are clipped to the
 * window, so that moving the window only moves a clip and two handles. Time runs from left to right
 * in every language, as on a player.
 */
import { addMonths, addUnits, dateOf, dayOf } from "./days.js";
import { dress, el, oncePerFrame } from "./dom.js";
import { say, words } from "./i18n.js";
import { MODES } from "./model.js";

const ROOM_BESIDE = 10;
const NARROW = "(max-width: 760px)";
const BAR = 4, FEWEST = 30, CLICK_PIXELS = 4, TICK_PIXELS = 76;
const UNITS = ["day", "week", "month", "year"];
const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class TimeStrip {
  /** @param {import("./model.js").Model} model @param {HTMLElement} root the page */
  constructor(model, root) {
    this.model = model;
    this.find = (name) => root.querySelector(`#vm-${name}`);
    this.track = this.find("track");
    [this.quiet, this.full] = this.track.querySelectorAll("canvas");
    this.band = this.find("band");
    this.handles = [this.find("handle-from"), this.find("handle-to")];
    this.unit = unitFor(model.extent);
    this.redraw = oncePerFrame(() => this.#drawBars());
    this.#listen();
    this.#controls();
  }

  #listen() {
    const { model } = this;
    model.addEventListener("change", () => this.#place());
    model.addEventListener("filter", this.redraw);
    model.addEventListener("play", () => this.#dressPlay());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.redraw);
    new MutationObserver(this.redraw).observe(document.documentElement,
      { attributes: true, attributeFilter: ["data-theme"] });
    new ResizeObserver(() => this.track.clientWidth !== this.drawnWidth && this.redraw())
      .observe(this.track);
    this.track.addEventListener("pointerdown", (event) => this.#onBrush(event));
    this.band.addEventListener("pointerdown", (event) => this.#onBand(event));
    this.handles.forEach((handle, side) => {
      handle.setAttribute("aria-valuemin", this.model.extent[0] ?? 0);
      handle.setAttribute("aria-valuemax", this.model.extent[1] ?? 0);
      handle.addEventListener("pointerdown", (event) => this.#onHandle(event, side));
      handle.addEventListener("keydown", (event) => this.#onKey(event, side));
    });
  }

  // ---- controls -----------------------------------------------------------------------------

  #controls() {
    const { model } = this, on = (name, event, work) => this.find(name).addEventListener(event, work);
    on("play", "click", () => (model.playing ? model.pause() : model.play()));
    for (const [name, direction] of [["previous", -1], ["next", 1]]) {
      on(name, "click", () => model.step("visit", direction));
    }
    for (const [name, direction] of [["back", -1], ["forward", 1]]) {
      on(name, "click", () => model.step(this.unit, direction));
    }
    on("unit", "change", ({ target }) => (this.unit = target.value));
    on("mode", "change", ({ target }) => model.setMode(target.value));
    on("speed", "change", ({ target }) => (model.speed = Number(target.value)));
    on("whole", "click", () => this.showWhole());
    on("from", "change", () => this.#readTyped("from"));
    on("to", "change", () => this.#readTyped("to"));
  }

  /** Selects the whole period again. */
  showWhole() {
    this.model.pause();
    if (this.model.mode !== "window") this.model.setMode("window");
    this.model.setWindow(null, null);
  }

  /** Says everything in the language of now. */
  label() {
    const { model } = this;
    fillSelect(this.find("unit"), UNITS, (key) => say(`unit.${key}`), this.unit);
    fillSelect(this.find("mode"), MODES, (key) => say(`mode.${key}`), model.mode);
    fillSelect(this.find("speed"), SPEEDS, (key) => say("time.speed-times", { n: Number(key) }), model.speed);
    dress(this.find("previous"), "previous", say("time.previous"));
    dress(this.find("next"), "next", say("time.next"));
    dress(this.find("back"), "back", say("time.back"));
    dress(this.find("forward"), "forward", say("time.forward"));
    this.handles[0].setAttribute("aria-label", say("time.from"));
    this.handles[1].setAttribute("aria-label", say("time.to"));
    this.#dressPlay();
    this.#drawBars(); // at once, because what stands there decides how high the map is
  }

  #dressPlay() {
    const { playing } = this.model;
    dress(this.find("play"), playing ? "pause" : "play", say(playing ? "time.pause" : "time.play"));
  }

  /** A typed day; an empty field opens its side, anything else that is no day is said. */
  #readTyped(name) {
    const field = this.find(name), { model } = this, last = name === "to";
    const text = field.value.trim();
    const day = text ? words.readDay(text, last ? "last" : "first") : null;
    const wrong = text !== "" && day === null;
    field.setAttribute("aria-invalid", wrong);
    this.find("typed-help").textContent = wrong ? say("time.typed-wrong", { text }) : "";
    if (wrong) return;
    model.pause();
    const [from, to] = model.window;
    if (model.mode === "day") model.setWindow(day, day);
    else if (last) model.setWindow(from !== null && day !== null && from > day ? day : from, day);
    else model.setWindow(day, to !== null && day !== null && to < day ? day : to);
    this.#place();
  }

  // ---- geometry -----------------------------------------------------------------------------

  get first() {
    return this.model.extent[0];
  }

  get span() {
    return this.model.extent[1] - this.model.extent[0] + 1;
  }

  /** The window with its open sides closed by the extent, and kept within it. */
  get bounds() {
    const [first, last] = this.model.extent, [from, to] = this.model.window;
    const keep = (day) => Math.min(last, Math.max(first, day));
    return [keep(from ?? first), keep(to ?? last)];
  }

  #dayAt(clientX) {
    const { left, width } = this.track.getBoundingClientRect();
    const part = Math.min(0.999999, Math.max(0, (clientX - left) / width));
    return this.first + Math.floor(part * this.span);
  }

  /** Sets the window by hand: an edge of the extent is an open side, but not in the moving modes. */
  #set(from, to) {
    const { model } = this, [first, last] = model.extent;
    if (model.mode === "window" || model.mode === "cumulative") {
      model.setWindow(from <= first ? null : from, to >= last ? null : to);
    } else model.setWindow(from, to);
  }

  #place() {
    const { model } = this, isDated = model.extent[0] !== null;
    this.find("time").classList.toggle("vm-undated", !isDated);
    if (this.find("mode").value !== model.mode) this.find("mode").value = model.mode;
    if (!isDated) return;
    const [from, to] = this.bounds;
    const left = ((from - this.first) / this.span) * 100;
    const right = ((to + 1 - this.first) / this.span) * 100;
    this.full.style.clipPath = `inset(0 ${100 - right}% 0 ${left}%)`;
    this.band.style.left = `${left}%`;
    this.band.style.width = `${right - left}%`;
    this.band.classList.toggle("vm-whole", model.isWhole);
    this.#placeHandle(0, left, from, model.mode === "day" || model.mode === "cumulative");
    this.#placeHandle(1, right, to, false);
    this.#fillTyped();
  }

  #placeHandle(side, percent, day, hidden) {
    const handle = this.handles[side];
    handle.hidden = hidden;
    handle.style.left = `${percent}%`;
    handle.setAttribute("aria-valuenow", day);
    handle.setAttribute("aria-valuetext", words.day(day));
  }

  #fillTyped() {
    const { window } = this.model, bounds = this.bounds;
    const month = matchMedia(NARROW).matches ? "short" : "long";
    ["from", "to"].forEach((name, side) => {
      const field = this.find(name);
      if (document.activeElement === field && field.getAttribute("aria-invalid") === "true") return;
      const text = words.day(window[side] ?? bounds[side], { day: "numeric", month, year: "numeric" });
      if (field.value !== text) field.value = text;
      field.classList.toggle("vm-open", window[side] === null);
      if (field.getAttribute("aria-invalid") === "true") {
        field.setAttribute("aria-invalid", "false");
        this.find("typed-help").textContent = "";
      }
    });
  }

  // ---- drawing ------------------------------------------------------------------------------

  #drawBars() {
    const { width, height } = this.track.getBoundingClientRect();
    this.drawnWidth = this.track.clientWidth;
    if (!width || this.first === null) return this.#place();
    const bins = Math.max(1, Math.min(this.span, Math.floor(width / BAR), Math.max(FEWEST, this.model.data.n)));
    const { counts, possible } = this.model.histogram(bins);
    const style = getComputedStyle(this.track);
    const most = counts.reduce((top, count, k) => Math.max(top, count + possible[k]), 1);
    for (const [canvas, name] of [[this.quiet, "quiet"], [this.full, "full"]]) {
      const colours = [style.getPropertyValue(`--bar-${name}`), style.getPropertyValue(`--bar-${name}-maybe`)];
      drawInto(canvas, width, height, { counts, possible, most }, colours);
    }
    this.#drawTicks(width);
    this.find("most").textContent = most > 2 ? say("time.most", { n: most }) : "";
    this.#place();
  }

  #drawTicks(width) {
    const ticks = ticksFor(this.first, this.first + this.span - 1, width / TICK_PIXELS);
    this.find("axis").replaceChildren(...ticks.map(({ day, label }) => el("span", {
      style: { left: `${((day - this.first) / this.span) * 100}%` } }, label)));
    for (const tick of this.find("axis").children) {
      tick.hidden = tick.offsetLeft + tick.offsetWidth > width + ROOM_BESIDE;
    }
  }

  // ---- pointer ------------------------------------------------------------------------------

  /** Follows a pointer from where it was pressed until it is let go. */
  #drag(event, move, click = null) {
    if (event.button) return;
    event.preventDefault();
    event.stopPropagation();
    this.model.pause();
    const target = event.currentTarget, x = event.clientX;
    let moved = false;
    target.setPointerCapture(event.pointerId);
    const onMove = (now) => {
      moved ||= Math.abs(now.clientX - x) > CLICK_PIXELS;
      if (moved) move(now.clientX);
    };
    const onEnd = () => {
      target.removeEventListener("pointermove", onMove);
      if (!moved) click?.(x);
    };
    target.addEventListener("pointermove", onMove);
    target.addEventListener("pointerup", onEnd, { once: true });
    target.addEventListener("pointercancel", () => target.removeEventListener("pointermove", onMove),
      { once: true });
  }

  #onHandle(event, side) {
    event.currentTarget.focus({ preventScroll: true });
    this.#drag(event, (x) => this.#moveHandle(side, this.#dayAt(x)));
  }

  #moveHandle(side, day) {
    const [from, to] = this.bounds, { mode } = this.model;
    if (mode === "day") return this.#set(day, day);
    if (side === 0) return this.#set(Math.min(day, to), to);
    if (mode === "trailing") return this.#set(day - (to - from), day);
    this.#set(from, Math.max(day, from));
  }

  #onBand(event) {
    if (this.model.isWhole) return this.#onBrush(event);
    const [from, to] = this.bounds, start = this.#dayAt(event.clientX);
    this.#drag(event, (x) => this.#shift(from, to, this.#dayAt(x) - start), (x) => this.#jump(x));
  }

  /** The window moved by days, its width kept, within the extent. */
  #shift(from, to, days) {
    const [first, last] = this.model.extent;
    const by = Math.max(first - from, Math.min(last - to, days));
    if (this.model.mode === "cumulative") this.#set(from, to + by);
    else this.model.setWindow(from + by, to + by);
  }

  #onBrush(event) {
    if (this.first === null) return;
    const start = this.#dayAt(event.clientX);
    this.#drag(event, (x) => this.#brush(start, this.#dayAt(x)), (x) => this.#jump(x));
  }

  #brush(one, other) {
    const { mode } = this.model;
    if (mode === "window") this.#set(Math.min(one, other), Math.max(one, other));
    else this.#moveHandle(1, other);
  }

  /** A click: the window, its width kept, comes to lie around the day. */
  #jump(clientX) {
    const { model } = this, day = this.#dayAt(clientX), [from, to] = this.bounds;
    if (model.mode !== "window") return this.#moveHandle(1, day);
    const width = model.isWhole ? model.stride : to - from + 1;
    const start = day - (width >> 1);
    this.#shift(start, start + width - 1, 0);
  }

  // ---- keys ---------------------------------------------------------------------------------

  #onKey(event, side) {
    const day = this.#dayForKey(event, this.bounds[side]);
    if (day === null) return;
    event.preventDefault();
    this.model.pause();
    const [first, last] = this.model.extent;
    this.#moveHandle(side, Math.max(first, Math.min(last, day)));
  }

  /** Where a key takes a handle: an arrow by the chosen unit (with Shift a day), a page by the next. */
  #dayForKey({ key, shiftKey }, day) {
    const larger = UNITS[Math.min(UNITS.length - 1, UNITS.indexOf(this.unit) + 1)];
    const unit = shiftKey ? "day" : this.unit;
    if (key === "ArrowRight" || key === "ArrowUp") return addUnits(day, unit, 1);
    if (key === "ArrowLeft" || key === "ArrowDown") return addUnits(day, unit, -1);
    if (key === "PageUp") return addUnits(day, larger, this.unit === "year" ? 10 : 1);
    if (key === "PageDown") return addUnits(day, larger, this.unit === "year" ? -10 : -1);
    if (key === "Home") return this.model.extent[0];
    return key === "End" ? this.model.extent[1] : null;
  }
}

/** The unit by which a period is comfortably stepped through. */
function unitFor([first, last]) {
  const days = first === null ? 0 : last - first + 1;
  return days <= 60 ? "day" : days <= 400 ? "week" : days <= 366 * 30 ? "month" : "year";
}

function fillSelect(select, keys, label, chosen) {
  select.replaceChildren(...keys.map((key) => el("option", { value: key }, label(key))));
  select.value = String(chosen);
}

function drawInto(canvas, width, height, { counts, possible, most }, [full, maybe]) {
  const ratio = Math.min(2, devicePixelRatio || 1), bar = width / counts.length;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const gap = bar > 3 ? 1 : 0;
  for (let k = 0; k < counts.length; k++) {
    const sure = tall(counts[k], most, height), both = tall(counts[k] + possible[k], most, height);
    context.fillStyle = maybe;
    context.fillRect(k * bar, height - both, bar - gap, both - sure);
    context.fillStyle = full;
    context.fillRect(k * bar, height - sure, bar - gap, sure);
  }
}

/** A bar's height: in proportion, but a single visit stays to be seen. */
const tall = (count, most, height) => (count ? Math.max(2, (count / most) * (height - 4)) : 0);

const STEPS = [
  ["day", 1], ["day", 2], ["day", 7], ["day", 14], ["month", 1], ["month", 3], ["month", 6],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((count) => ["year", count]),
];
const UNIT_DAYS = { day: 1, month: 30.44, year: 365.25 };

/** Days to mark on the axis, at most `most`, with what to call them. */
function ticksFor(first, last, most) {
  const [unit, count] = STEPS.find(([name, times]) =>
    (last - first + 1) / (UNIT_DAYS[name] * times) <= most) ?? STEPS.at(-1);
  const found = [];
  for (let day = firstTick(first, unit, count); day <= last; day = nextTick(day, unit, count)) {
    if (day >= first) found.push({ day, label: tickLabel(day, unit) });
    if (found.length > 200) break;
  }
  return found;
}

function firstTick(first, unit, count) {
  const { year, month } = dateOf(first);
  if (unit === "day") return first;
  if (unit === "month") return dayOf(year, month - ((month - 1) % count), 1);
  const round = Math.max(1, year - (year % count));
  return words.calendar === "persian" ? dayOf(round, 3, 21) : dayOf(round, 1, 1);
}

function nextTick(day, unit, count) {
  if (unit === "day") return day + count;
  const next = addMonths(day, unit === "month" ? count : 12 * count);
  if (unit !== "year" || next <= day) return next > day ? next : Infinity;
  const { year, month, day: inMonth } = dateOf(next);
  return dateOf(day).year === 1 && count > 1 ? dayOf(year - (year % count), month, inMonth) : next;
}

function tickLabel(day, unit) {
  if (unit === "day") return words.shortDay(day);
  const isPersian = words.calendar === "persian";
  if (unit === "year") return isPersian ? words.year(words.persianDate(day).year) : words.year(dateOf(day).year);
  const { month } = dateOf(day);
  return words.day(day, month === 1 ? { month: "short", year: "numeric" } : { month: "short" });
}
