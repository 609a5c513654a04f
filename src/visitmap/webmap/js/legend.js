/** The legend: what the colours and the strokes mean; a colour's entry filters by it. */
import { parseDay } from "./days.js";
import { drawing, el, onceIdle, oncePerFrame } from "./dom.js";
import { say, words } from "./i18n.js";

/** Below this width of the map, in pixels, the legend is closed at first. */
const ROOMY = 760;
const IDLE_MS = 200;
export const COLOUR_BY = ["traveller", "country", "status", "year"];

export class Legend {
  /** @param {import("./model.js").Model} model @param {HTMLElement} box */
  constructor(model, box) {
    this.model = model;
    this.box = box;
    this.isOpen = box.parentElement.clientWidth > ROOMY;
    this.refresh = oncePerFrame(() => this.#fill());
    for (const name of ["filter", "color", "change"]) {
      model.addEventListener(name, () => this.#onEvent(name));
    }
    model.addEventListener("language", () => this.#fill()); // the first time when the page speaks
    model.addEventListener("groups", onceIdle(() => this.#fill(), IDLE_MS));
  }

  /** A moved window counts once it rests (`groups`), at once only where years are the colours. */
  #onEvent(name) {
    if (name !== "change" || (this.model.colorBy === "year" && !this.model.playing)) this.refresh();
  }

  #fill() {
    const { model, box } = this;
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const details = el("details", { open: this.isOpen, ontoggle: ({ target }) => (this.isOpen = target.open) },
      el("summary", {}, say("legend.label")),
      this.#chooser(), this.#groups(), this.#signs());
    box.hidden = model.data.n === 0;
    box.replaceChildren(details);
    if (focused) box.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #chooser() {
    const { model } = this;
    const select = el("select", { id: "vm-colour", data: { key: "colour" },
      onchange: ({ target }) => model.setColorBy(target.value) },
    ...COLOUR_BY.map((key) => el("option", { value: key }, say(`colour.${key}`))));
    select.value = model.colorBy;
    return el("label", { class: "vm-colour-by" }, el("span", {}, say("legend.colour-by")), select);
  }

  #groups() {
    const groups = this.model.groups().filter((group) => group.count || this.#isChosen(group));
    return el("ul", { class: "vm-groups" }, ...groups.map((group) => el("li", {}, this.#group(group))));
  }

  #group(group) {
    const { model } = this, isStatic = group.key === null;
    const parts = [
      el("span", { class: "vm-swatch", style: { background: group.color } }),
      el("span", { class: "vm-group-name", dir: "auto", title: groupLabel(model.colorBy, group) },
        groupLabel(model.colorBy, group)),
      el("span", { class: "vm-count" }, words.number(group.count)),
    ];
    if (isStatic) return el("span", { class: "vm-group" }, ...parts);
    const chosen = this.#isChosen(group);
    return el("button", { type: "button", class: "vm-group", "aria-pressed": chosen,
      data: { key: `group:${group.key}` }, onclick: () => this.#toggle(group) }, ...parts);
  }

  #isChosen({ key }) {
    const { model } = this;
    if (key === null) return false;
    if (model.colorBy !== "year") return model.filter(model.colorBy)?.has(key) ?? false;
    const [from, to] = yearsOf(key);
    return model.window[0] === from && model.window[1] === to;
  }

  /** Filters by a group, adds it to the chosen ones, or takes it away. */
  #toggle(group) {
    const { model } = this, chosen = this.#isChosen(group);
    if (model.colorBy === "year") {
      return chosen ? model.setWindow(null, null) : model.setWindow(...yearsOf(group.key));
    }
    const keys = new Set(model.filter(model.colorBy) ?? []);
    if (chosen) keys.delete(group.key);
    else keys.add(group.key);
    model.setFilter(model.colorBy, keys.size ? keys : null);
  }

  #signs() {
    const signs = signsOf(this.model).map(([shapes, key]) => el("li", {},
      drawing(34, 14, shapes, "vm-sign"), el("span", {}, say(key))));
    return el("details", { class: "vm-signs" }, el("summary", {}, say("legend.signs")), el("ul", {}, ...signs));
  }
}

/** First and last day of a group's years: "2010–2019" or "2010". */
function yearsOf(key) {
  const [from, to = from] = key.split("–");
  const padded = (year) => year.padStart(4, "0");
  return [parseDay(padded(from === "0" ? "1" : from)), parseDay(padded(to), "last")];
}

/** What a group of the legend is called. @param {string} by @param {object} group */
export function groupLabel(by, { key, label }) {
  if (key === null) return say(by === "year" ? "legend.undated" : "legend.other");
  if (by === "status") return say(`status.${key}`);
  if (by === "year") return key.split("–").map((year) => words.year(Number(year))).join("–");
  return label || say(by === "country" ? "unknown.country" : "unknown.traveller");
}

const INK = { fill: "currentColor" };
const LINE = { fill: "none", stroke: "currentColor", "stroke-width": 1.6 };
const TAPER = "M1 4.5 33 6.5v1L1 9.5z";
/** The strokes of the map, each with the sentence that explains it; only what may occur. */
export function signsOf({ data }) {
  const has = (code) => data.status.includes(code);
  const kinds = new Set(data.places.map((place) => place[3]));
  const some = (condition, ...sign) => (condition ? [sign] : []);
  return [
    [[["path", { d: TAPER, ...INK }]], "sign.taper"],
    [[["circle", { cx: 8, cy: 7, r: 3, ...INK }], ["circle", { cx: 23, cy: 7, r: 6, ...INK }]], "sign.size"],
    [[["path", { d: TAPER, ...INK, opacity: 0.38 }]], "sign.faint"],
    ...some(has(0), [["path", { d: "M1 7h32", ...LINE, "stroke-width": 2.6, "stroke-dasharray": "6 4" }]],
      "sign.dashed"),
    ...some(has(3), [["path", { d: "M1 7h32M12 2l10 10M22 2 12 12", ...LINE }]], "sign.cross"),
    ...some(has(4), [["path", { d: "M1 7h32M13 11 21 3", ...LINE }], ["circle", { cx: 17, cy: 7, r: 5.4, ...LINE }]],
      "sign.denied"),
    ...some(kinds.has(3), [["circle", { cx: 17, cy: 7, r: 5.4, ...LINE }]], "sign.hollow"),
    ...some(kinds.has(2), [["path", { d: "M17 1l6 6-6 6-6-6z", ...LINE }]], "sign.region"),
    ...some(data.mentioned.length, [["circle", { cx: 17, cy: 7, r: 5.6, ...LINE, "stroke-dasharray": "3 2.5" }]],
      "sign.mentioned"),
    ...some(data.n > 3000, [["path", { d: "M1 1.5 33 6v2L1 12.5z", ...INK }]], "sign.bundle"),
  ];
}
