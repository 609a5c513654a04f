/**
 * The view in the address: `#from=2017-01-01&to=2018-12-31&visit=…` opens it again.
 *
 * Only what differs from the first view is written. Also read: `mode`, `colour`, `lang`, `q`,
 * `certainty`, and each filter by its name, once a value.
 */
import { isoDay, parseDay } from "./days.js";
import { afterPause } from "./dom.js";
import { FACETS } from "./filters.js";
import { words } from "./i18n.js";
import { COLOUR_BY } from "./legend.js";
import { MODES } from "./model.js";

const PAUSE_MS = 250;

export class Address {
  /** @param {import("./model.js").Model} model @param {(language: string) => void} speak */
  constructor(model, speak) {
    this.model = model;
    this.speak = speak;
    this.first = { colour: model.colorBy, language: words.language };
    this.write = afterPause(() => this.#write(), PAUSE_MS);
  }

  /** Opens the view of the address, then keeps the address in step. */
  start() {
    this.read();
    for (const name of ["change", "select", "language", "color", "filter"]) {
      this.model.addEventListener(name, this.write);
    }
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== this.written) this.read();
    });
  }

  /** Takes what the address says; anything it says wrongly is passed over. */
  read() {
    const { model } = this, asked = new URLSearchParams(location.hash.slice(1));
    if (words.languages.some(({ key }) => key === asked.get("lang"))) this.speak(asked.get("lang"));
    if (COLOUR_BY.includes(asked.get("colour"))) model.setColorBy(asked.get("colour"));
    for (const name of FACETS) {
      const keys = asked.getAll(name);
      if (keys.length || model.filter(name)) model.setFilter(name, keys.length ? new Set(keys) : null);
    }
    const certainty = Number(asked.get("certainty") ?? 0);
    if (certainty >= 0 && certainty <= 100 && certainty !== model.certaintyMin) model.setCertainty(certainty);
    if ((asked.get("q") ?? "") !== model.query) model.setQuery(asked.get("q") ?? "");
    this.#readTime(asked);
    const visit = asked.has("visit") ? model.data.indexOf(asked.get("visit")) : -1;
    if (visit >= 0 || model.selected >= 0) model.select(visit);
  }

  #readTime(asked) {
    const { model } = this;
    const mode = MODES.includes(asked.get("mode")) ? asked.get("mode") : "window";
    model.setMode(mode);
    if (mode === "window" || asked.has("from") || asked.has("to")) {
      model.setWindow(parseDay(asked.get("from"), "first"), parseDay(asked.get("to"), "last"));
    }
  }

  #write() {
    if (this.model.playing) return this.write();
    this.written = this.text();
    const target = this.written ? `#${this.written}` : location.pathname + location.search;
    try {
      history.replaceState(null, "", target);
    } catch {
      // A frame without an address of its own (srcdoc, data:) has nothing to keep.
    }
  }

  /** The view as the part after `#`. */
  text() {
    const { model } = this, said = new URLSearchParams(), [from, to] = model.window;
    if (from !== null) said.set("from", isoDay(from));
    if (to !== null) said.set("to", isoDay(to));
    if (model.mode !== "window") said.set("mode", model.mode);
    if (model.selected >= 0) said.set("visit", model.data.visitId(model.selected));
    if (model.colorBy !== this.first.colour) said.set("colour", model.colorBy);
    if (words.language !== this.first.language) said.set("lang", words.language);
    if (model.query) said.set("q", model.query);
    if (model.certaintyMin > 0) said.set("certainty", model.certaintyMin);
    for (const [name, keys] of model.filters) for (const key of keys) said.append(name, key);
    return said.toString();
  }

  /** The whole address of this view. */
  get link() {
    const text = this.text();
    return location.href.split("#")[0] + (text ? `#${text}` : "");
  }
}
