/**
 * The itinerary: every shown visit as a row in order of time, under its year; undated ones last.
 *
 * Only rows in view are elements, so a hundred thousand visits scroll as seven do. A list box for the
 * keyboard and for screen readers: the arrows move and select, each row tells those who listen
 * what others see from its place and shade.
 */
import { dayOf } from "./days.js";
import { shortened, detailOf, statusWord, whereOf, whoOf } from "./describe.js";
import { el, onceIdle, oncePerFrame } from "./dom.js";
import { say, words, yearOf } from "./i18n.js";
import { reasonOf } from "./reasons.js";

const ROW = 52, HEAD = 30;
/** Browsers lose precision in elements taller than some 16 million pixels; beyond, scrolling is scaled. */
const TALLEST = 12e6;
const SPARE = 6;
/** While time moves the list waits for a rest of so long, or is drawn so often, in an idle moment. */
const REST_MS = 50, MOVING_MS = 1000, IDLE_MS = 200;
const UNDATED_HEAD = -1;

export class Itinerary {
  /** @param {import("./model.js").Model} model @param {HTMLElement} box the list box */
  constructor(model, box) {
    this.model = model;
    this.box = box;
    this.inner = el("div", { class: "vm-rows", role: "presentation" });
    this.pool = [];
    this.active = -1;
    this.wanted = -1;
    this.rows = [];
    this.waiting = 0;
    this.drawnAt = 0;
    this.refreshSoon = onceIdle(() => this.waiting && this.refresh(), IDLE_MS);
    box.append(this.inner);
    const scroll = oncePerFrame(() => this.#place());
    box.addEventListener("scroll", scroll, { passive: true });
    box.addEventListener("keydown", (event) => this.#onKey(event));
    box.addEventListener("click", (event) => this.#onClick(event));
    new ResizeObserver(scroll).observe(box);
    model.addEventListener("change", () => this.#onChange());
    model.addEventListener("select", () => this.#onSelect());
    model.addEventListener("language", () => this.refresh()); // the first time when the page speaks
  }

  #onChange() {
    const left = this.drawnAt + MOVING_MS - performance.now();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.refreshSoon(), Math.max(0, Math.min(left, REST_MS)));
  }

  /** Lists anew what is shown. */
  refresh() {
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.drawnAt = performance.now();
    this.#gather();
    this.box.setAttribute("aria-label", say("list.label"));
    this.box.classList.toggle("vm-empty", this.rows.length === 0);
    this.#place(true);
    if (this.wanted >= 0) this.reveal(this.wanted);
  }

  /** Rows as visit indices, or headings: a year as -2 - year, the undated ones' as -1. */
  #gather() {
    const { model } = this, { begin, datedCount } = model.data, { shown } = model;
    const undated = model.undated(), rows = [];
    let ends = -Infinity; // the day after the year of the row before
    for (let k = 0; k < shown.length && shown[k] < datedCount; k++) {
      const day = begin[shown[k]];
      if (day >= ends) {
        const year = yearOf(day);
        rows.push(-2 - year);
        ends = dayOf(year + 1, 1, 1);
      }
      rows.push(shown[k]);
    }
    this.datedRows = rows.length;
    if (undated.length) rows.push(UNDATED_HEAD);
    for (const i of undated) rows.push(i);
    this.rows = rows;
    this.undatedCount = undated.length;
    this.#number();
    this.#measure();
  }

  /** The place of each row among the visits, from 1: headings are no options and do not count. */
  #number() {
    const { rows } = this, numbers = new Int32Array(rows.length);
    let count = 0;
    for (let k = 0; k < rows.length; k++) numbers[k] = rows[k] < 0 ? count : ++count;
    this.numbers = numbers;
    this.optionCount = count;
  }

  #measure() {
    const { rows } = this, tops = new Int32Array(rows.length + 1);
    for (let k = 0; k < rows.length; k++) tops[k + 1] = tops[k] + (rows[k] < 0 ? HEAD : ROW);
    this.tops = tops;
    this.height = tops[rows.length];
    this.shrunk = Math.min(this.height, TALLEST);
    this.inner.style.height = `${this.shrunk}px`;
  }

  /** Where in the whole list the view begins, in unscaled pixels. */
  get offset() {
    const free = this.shrunk - this.box.clientHeight;
    if (this.shrunk === this.height || free <= 0) return this.box.scrollTop;
    return (this.box.scrollTop / free) * (this.height - this.box.clientHeight);
  }

  #scrollTo(offset) {
    const free = this.shrunk - this.box.clientHeight;
    const whole = this.height - this.box.clientHeight;
    this.box.scrollTop = this.shrunk === this.height ? offset : (offset / whole) * free;
  }

  /** The row at a height: the last whose top is not below it. */
  #rowAt(offset) {
    let low = 0, high = this.rows.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, this.rows.length - 1);
  }

  #place(all = false) {
    const { offset } = this, shift = this.box.scrollTop - offset;
    const first = Math.max(0, this.#rowAt(offset) - SPARE);
    const last = Math.min(this.rows.length, this.#rowAt(offset + this.box.clientHeight) + 1 + SPARE);
    if (all) for (const node of this.pool) node.row = -1;
    const size = Math.max(0, last - first);
    while (this.pool.length < size) this.pool.push(this.inner.appendChild(makeRow()));
    while (this.pool.length > size + 12) this.pool.pop().remove();
    const taken = new Map();
    for (const node of this.pool) if (node.row >= first && node.row < last) taken.set(node.row, node);
    const free = this.pool.filter((node) => taken.get(node.row) !== node);
    for (let k = first; k < last; k++) {
      const node = taken.get(k) ?? this.#fill(free.pop(), k);
      node.style.top = `${this.tops[k] + shift}px`;
    }
    for (const node of free) this.#park(node);
    this.#order();
    this.#markActive();
  }

  /** Elements in the order of their rows, for those who read the page in its own order. */
  #order() {
    const inOrder = this.pool.filter((node) => node.row >= 0).sort((a, b) => a.row - b.row);
    inOrder.forEach((node, k) => {
      const before = k ? inOrder[k - 1].nextSibling : this.inner.firstChild;
      if (before !== node) this.inner.insertBefore(node, before);
    });
  }

  #park(node) {
    node.row = -1;
    node.hidden = true;
    node.removeAttribute("id");
  }

  #fill(node, k) {
    const i = this.rows[k];
    node.row = k;
    node.hidden = false;
    node.visit = i;
    if (i < 0) this.#fillHeading(node, i);
    else this.#fillVisit(node, i, k);
    return node;
  }

  #fillHeading(node, code) {
    const undated = code === UNDATED_HEAD;
    node.className = "vm-row vm-row-head";
    node.setAttribute("role", "presentation");
    for (const name of ["id", "aria-selected", "aria-posinset", "aria-setsize"]) {
      node.removeAttribute(name);
    }
    node.who.textContent = undated ? say("list.undated", { n: this.undatedCount })
      : this.#yearHeading(-2 - code);
    node.when.textContent = node.where.textContent = node.status.textContent = "";
    node.rest.textContent = "";
  }

  /** A year's heading; the Solar Hijri years it spans when the reader counts so. */
  #yearHeading(year) {
    if (words.calendar !== "persian") return words.year(year);
    return `${words.year(year - 622)}–${words.year(year - 621)}`;
  }

  #fillVisit(node, i, k) {
    const { model } = this, { data } = model, level = model.levels[i];
    node.className = `vm-row vm-visit${level === 2 ? "" : " vm-faint"} vm-${data.status[i]}`;
    node.id = `vm-visit-${i}`;
    node.setAttribute("role", "option");
    node.setAttribute("aria-setsize", this.optionCount);
    node.setAttribute("aria-posinset", this.numbers[k]);
    node.who.textContent = whoOf(model, i);
    node.when.textContent = words.shortWhen(data.start(i), data.end(i));
    node.where.textContent = whereOf(model, i);
    const said = data.status[i];
    node.status.textContent = said === 2 ? "" : statusWord(said);
    node.rest.textContent = detailOf(model, i);
    node.style.setProperty("--group", model.palette[model.colorIndex[i]]);
    node.setAttribute("aria-selected", i === model.selected);
  }

  #markActive() {
    const { selected } = this.model;
    let active = "";
    for (const node of this.pool) {
      if (node.row < 0 || node.visit < 0) continue;
      const chosen = node.visit === selected;
      node.setAttribute("aria-selected", chosen);
      if (chosen) active = node.id;
    }
    if (active) this.box.setAttribute("aria-activedescendant", active);
    else this.box.removeAttribute("aria-activedescendant");
  }

  #onSelect() {
    if (this.waiting) this.refresh();
    this.wanted = this.model.selected; // its row may come only with the window that is being set
    this.reveal(this.wanted);
    this.#markActive();
  }

  /** Scrolls a visit into view. @param {number} i */
  reveal(i) {
    const k = this.#positionOf(i);
    if (k < 0) return;
    if (i === this.wanted) this.wanted = -1;
    const { offset } = this, top = this.tops[k], view = this.box.clientHeight;
    if (top < offset + HEAD) this.#scrollTo(Math.max(0, top - HEAD));
    else if (top + ROW > offset + view) this.#scrollTo(top + ROW - view);
    this.#place();
  }

  #positionOf(i) {
    return i < 0 ? -1 : this.rows.indexOf(i);
  }

  #onClick(event) {
    const row = event.target.closest(".vm-visit");
    if (row) this.model.select(row.visit);
  }

  #onKey(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -Infinity, End: Infinity };
    if (event.key === "Enter" && this.model.selected >= 0) {
      this.box.dispatchEvent(new CustomEvent("vm-open"));
      return event.preventDefault();
    }
    if (!(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#move(moves[event.key]);
  }

  #move(steps) {
    const { rows } = this;
    if (!rows.length) return;
    const at = this.#positionOf(this.model.selected), towards = steps > 0 ? 1 : -1;
    let k = at < 0 ? (towards > 0 && steps !== Infinity ? 0 : steps > 0 ? rows.length - 1 : 0) : at + steps;
    k = Math.max(0, Math.min(rows.length - 1, k));
    while (rows[k] < 0 && k + towards >= 0 && k + towards < rows.length) k += towards;
    while (rows[k] < 0 && k + 1 < rows.length) k++;
    if (rows[k] >= 0) this.model.select(rows[k]);
  }
}

function makeRow() {
  const part = (name) => el("span", { class: `vm-row-${name}`, dir: name === "when" ? null : "auto" });
  const node = el("div", { class: "vm-row" });
  for (const name of ["who", "when", "where", "status"]) node.append((node[name] = part(name)));
  node.append((node.rest = el("span", { class: "vm-unseen" })));
  node.row = -1;
  return node;
}

/**
 * The places that texts mention without anyone travelling there, with what they may be.
 * @param {import("./model.js").Model} model @param {HTMLElement} box
 * @param {(candidate: object) => void} show what to do when a reader wants to see one
 */
export function fillMentioned(model, box, show) {
  const { mentioned } = model.data;
  box.hidden = mentioned.length === 0;
  if (box.hidden) return;
  const isOpen = box.open || mentioned.length <= 3;
  box.replaceChildren(
    el("summary", {}, say("mentioned.label", { n: mentioned.length })),
    el("p", { class: "vm-note" }, say("mentioned.explained")),
    ...mentioned.slice(0, MOST_MENTIONED).map((one) => mentionedItem(model, one, show)),
  );
  box.open = isOpen;
}

const MOST_MENTIONED = 200;

function mentionedItem(model, { name, candidates }, show) {
  const choose = (one) => el("li", {},
    el("button", { type: "button", class: "vm-link", dir: "auto", onclick: () => show(one) },
      candidateName(model, one)),
    noteOf(reasonOf(model, one)));
  return el("div", { class: "vm-mentioned" },
    el("strong", { dir: "auto" }, shortened(name)),
    el("span", { class: "vm-note" },
      ` ${say("mentioned.candidates", { n: candidates.length, name: shortened(name, 40) })}`),
    el("ul", {}, ...candidates.map(choose)));
}

const noteOf = (reason) =>
  (reason ? el("span", { class: "vm-note", dir: "auto" }, ` ${shortened(reason)}`) : null);

/** "Astara (town, Iran)": the kind tells a town from the region that bears its name. */
export function candidateName(model, { name, names, country, kind }) {
  const place = names?.[model.language] ?? name, sort = say(`kind.${kind}`);
  if (!country || kind === "country") return say("place.of-kind", { place, kind: sort });
  return say("place.candidate", { place, kind: sort, country: model.countryName(country) });
}
