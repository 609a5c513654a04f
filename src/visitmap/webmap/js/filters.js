/** The filters: for each field its values with the number of visits they would leave. */
import { REVIEWS, fold } from "./data.js";
import { shortened } from "./describe.js";
import { dress, el, oncePerFrame } from "./dom.js";
import { latinDigits, say, words } from "./i18n.js";

export const FACETS = ["traveller", "country", "place", "destinationCountry", "status", "source", "review"];
const FEW = 8, MANY = 200;

export class Filters {
  /** @param {import("./model.js").Model} model @param {HTMLElement} panel @param {HTMLElement} chips */
  constructor(model, panel, chips) {
    this.model = model;
    this.panel = panel;
    this.chips = chips;
    this.open = new Set(["traveller", "status"]);
    this.all = new Set();
    this.typed = new Map();
    this.refresh = oncePerFrame(() => this.#fill());
    model.addEventListener("filter", this.refresh);
    model.addEventListener("language", this.refresh); // the first time when the page speaks
  }

  /** How many filters are at work. */
  get count() {
    const { model } = this;
    return model.filters.size + (model.certaintyMin > 0) + (model.query !== "");
  }

  #fill() {
    this.#fillChips();
    if (this.panel.hidden) return;
    const focused = this.panel.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const top = this.panel.scrollTop;
    this.panel.setAttribute("aria-label", say("filters.label"));
    this.panel.replaceChildren(this.#head(), this.#certainty(), ...FACETS.map((name) => this.#facet(name)));
    this.panel.scrollTop = top;
    if (focused) this.panel.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #head() {
    const close = el("button", { type: "button", class: "vm-tool", data: { key: "close" },
      onclick: () => this.panel.dispatchEvent(new CustomEvent("vm-close")) });
    dress(close, "close", say("filters.close"));
    return el("div", { class: "vm-panel-head" }, el("h2", {}, say("filters.label")),
      el("button", { type: "button", class: "vm-link", data: { key: "clear" }, disabled: this.count === 0,
        onclick: () => this.model.clearFilters() }, say("filters.clear")), close);
  }

  #certainty() {
    const { model } = this, min = model.certaintyMin;
    const value = el("output", {}, this.#atLeast(min));
    const input = el("input", { type: "range", min: 0, max: 100, step: 5, value: min,
      data: { key: "certainty" }, "aria-valuetext": this.#atLeast(min),
      oninput: ({ target }) => {
        model.setCertainty(Number(target.value));
        value.textContent = this.#atLeast(model.certaintyMin);
      } });
    return el("label", { class: "vm-certainty" }, el("span", {}, say("filters.certainty")), input, value);
  }

  #atLeast(min) {
    return min > 0 ? say("filters.at-least", { percent: words.percent(min) }) : say("filters.any");
  }

  #facet(name) {
    const { model } = this, chosen = model.filter(name);
    const values = model.facets(name);
    if (values.length < 2 && !chosen) return "";
    const details = el("details", { class: "vm-facet", open: this.open.has(name) || chosen !== null },
      el("summary", { data: { key: `facet:${name}` } }, say(`filter.${name}`),
        el("span", { class: "vm-count" }, chosen ? say("filters.chosen", { n: chosen.size })
          : words.number(values.length))));
    const list = el("ul", {});
    details.append(values.length > FEW ? this.#finder(name, values, list) : "", list);
    this.#fillList(name, values, list);
    details.addEventListener("toggle", () => this.open[details.open ? "add" : "delete"](name));
    return details;
  }

  #finder(name, values, list) {
    return el("input", { type: "search", class: "vm-find", data: { key: `find:${name}` },
      placeholder: say("filters.find"), "aria-label": `${say("filters.find")}: ${say(`filter.${name}`)}`,
      value: this.typed.get(name) ?? "", oninput: ({ target }) => {
        this.typed.set(name, target.value);
        this.#fillList(name, values, list);
      } });
  }

  #fillList(name, values, list) {
    const typed = fold(latinDigits(this.typed.get(name) ?? "").trim()), chosen = this.model.filter(name);
    const found = typed ? values.filter((value) => fold(facetLabel(name, value)).includes(typed)) : values;
    const most = this.all.has(name) || typed ? MANY : FEW;
    const shown = found.filter(({ key }, k) => k < most || chosen?.has(key));
    const rest = found.length - shown.length;
    list.replaceChildren(...shown.map((value) => el("li", {}, this.#choice(name, value))),
      rest > 0 ? el("li", {}, this.#more(name, values, list, rest, most)) : "");
  }

  #more(name, values, list, rest, most) {
    if (most === MANY) return el("span", { class: "vm-note" }, say("filters.rest", { n: rest }));
    return el("button", { type: "button", class: "vm-link", data: { key: `more:${name}` }, onclick: () => {
      this.all.add(name);
      this.#fillList(name, values, list);
    } }, say("filters.more", { n: rest }));
  }

  #choice(name, value) {
    const { model } = this;
    const box = el("input", { type: "checkbox", checked: model.filter(name)?.has(value.key) ?? false,
      data: { key: `${name}:${value.key}` }, onchange: ({ target }) => this.#toggle(name, value.key, target.checked) });
    return el("label", { class: "vm-choice" }, box,
      el("span", { dir: "auto" }, shortened(facetLabel(name, value))),
      el("span", { class: "vm-count" }, words.number(value.count)));
  }

  #toggle(name, key, wanted) {
    const keys = new Set(this.model.filter(name) ?? []);
    if (wanted) keys.add(key);
    else keys.delete(key);
    this.model.setFilter(name, keys.size ? keys : null);
  }

  // ---- chips: the filters at work, each with its way out ---------------------------------------

  #fillChips() {
    const { model } = this, chips = [];
    if (model.query) chips.push([say("chip.query", { text: shortened(model.query, 40) }), () => this.clearQuery()]);
    if (model.certaintyMin > 0) {
      chips.push([this.#atLeast(model.certaintyMin), () => model.setCertainty(0)]);
    }
    for (const [name, keys] of model.filters) chips.push(...this.#chipsOf(name, [...keys]));
    this.chips.hidden = chips.length === 0;
    this.chips.replaceChildren(...chips.map(([label, remove]) => chip(label, remove)),
      chips.length > 1 ? el("button", { type: "button", class: "vm-link",
        onclick: () => model.clearFilters() }, say("filters.clear")) : "");
    this.panel.dispatchEvent(new CustomEvent("vm-count", { detail: this.count }));
  }

  #chipsOf(name, keys) {
    const { model } = this;
    if (keys.length > 3) {
      const label = say("chip.several", { field: say(`filter.${name}`), n: keys.length });
      return [[label, () => model.setFilter(name, null)]];
    }
    return keys.map((key) => [facetLabel(name, { key, label: model.labelOf(name, key) }),
      () => this.#toggle(name, key, false)]);
  }

  /** Empties the search; the field itself listens to `filter`. */
  clearQuery() {
    return this.model.setQuery("");
  }
}

function chip(label, remove) {
  const text = shortened(label, 48);
  const button = el("button", { type: "button", class: "vm-chip", onclick: remove,
    "aria-label": say("chip.remove", { label: text }) }, el("span", { dir: "auto" }, text), " ×");
  return button;
}

/** What a value of a filter is called in the reader's language. */
function facetLabel(name, { key, label }) {
  if (name === "status") return say(`status.${key}`);
  if (name === "review") return say(`review.${REVIEWS.includes(key) ? key : "unreviewed"}`);
  const unknown = { country: "unknown.country", destinationCountry: "unknown.country",
    traveller: "unknown.traveller", source: "unknown.source" }[name];
  return label || (unknown ? say(unknown) : key);
}
