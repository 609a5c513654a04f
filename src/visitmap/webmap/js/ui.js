/**
 * The controls around the map: puts the parts together, says what is shown, opens and closes panels.
 *
 * `startUi` is called by main.js once the visits are read. Every part listens to the model; none
 * knows another.
 */
import { Address } from "./address.js";
import { announceChanges, makeApi } from "./api.js";
import { Card } from "./card.js";
import { whereOf, whoOf } from "./describe.js";
import { afterPause, dress, el, icon, oncePerFrame, outwardLink } from "./dom.js";
import { saveCsv, saveGeoJson, savePng, saveSvg } from "./download.js";
import { Filters } from "./filters.js";
import { say, words } from "./i18n.js";
import { Legend } from "./legend.js";
import { Itinerary, candidateName, fillMentioned } from "./list.js";
import { printed } from "./print.js";
import { TimeStrip } from "./slider.js";

const SEARCH_PAUSE_MS = 180, ANNOUNCE_PAUSE_MS = 600, TOAST_MS = 2500;
const NARROW = 760;
const THEMES = ["auto", "light", "dark"];

/**
 * @param {{model: import("./model.js").Model, map: object, layer: object, root: HTMLElement,
 *   options?: {embedded?: boolean, bare?: boolean}}} parts
 */
export function startUi(parts) {
  words.load();
  const page = new Page(parts);
  page.start();
}

/** A problem of which main.js knows the code, in the reader's language; empty when we have no word. */
export function sayProblem(code, language) {
  words.load();
  words.setLanguage(language);
  const key = `problem.${code}`, sentence = say(key);
  return sentence === key ? "" : sentence;
}

class Page {
  constructor({ model, map, layer, root, options = {} }) {
    Object.assign(this, { model, map, layer, root, options });
    this.theme = "auto";
    this.find = (name) => root.querySelector(`#vm-${name}`);
  }

  start() {
    const { model, root } = this;
    words.setLanguage(model.language);
    root.classList.remove("vm-waiting");
    letReadersZoom();
    root.classList.toggle("vm-embedded", Boolean(this.options.embedded));
    root.classList.toggle("vm-bare", Boolean(this.options.bare));
    this.card = new Card(model, this.find("card"));
    this.list = new Itinerary(model, this.find("list"));
    this.strip = new TimeStrip(model, root);
    this.filters = new Filters(model, this.find("filters"), this.find("chips"));
    this.legend = new Legend(model, this.find("legend"));
    this.#fitBesideLegend();
    this.address = new Address(model, (language) => this.speak(language));
    this.#listen();
    this.speak(words.language);
    this.address.start();
    const api = makeApi(model);
    Object.assign(globalThis.visitmap, api);
    this.#tell();
    announceChanges(model, api);
  }

  /** Fits visits into the part of the map that the legend leaves free. */
  #fitBesideLegend() {
    const { layer } = this, fit = layer.fit?.bind(layer);
    if (!fit) return;
    layer.fit = (visits = null, options = {}) =>
      fit(visits, { ...this.#freeSpace(), animate: !isStill(), ...options });
  }

  #freeSpace() {
    const frame = this.find("map").getBoundingClientRect(), card = this.find("card");
    if (frame.width <= NARROW) {
      const hidden = Math.min(this.#covered(frame), frame.height - 120);
      return { paddingTopLeft: [36, 36], paddingBottomRight: [48, hidden + 36] };
    }
    const [start, end] = [this.find("legend").offsetWidth + 12, card.offsetWidth + 12];
    const [left, right] = words.direction === "rtl" ? [end, start] : [start, end];
    return { paddingTopLeft: [left + 36, 36], paddingBottomRight: [right + 36, 44] };
  }

  /** On a phone: how much of the map, from below, lies under the card and the sheet. */
  #covered(frame) {
    const over = [...(this.find("card").hidden ? [] : ["card"]),
      ...(this.root.classList.contains("vm-sheet-up") ? ["side"] : [])];
    const tops = over.map((name) => this.find(name).getBoundingClientRect().top);
    return Math.max(0, frame.bottom - Math.min(frame.bottom, ...tops));
  }

  // ---- language -------------------------------------------------------------------------------

  /** Says the whole page in a language. @param {string} language */
  speak(language) {
    words.setLanguage(language);
    if (this.model.language !== words.language) this.model.setLanguage(words.language);
    else this.model.dispatchEvent(new Event("language"));
    this.#label();
  }

  #label() {
    const { documentElement } = document, { meta, mentioned } = this.model.data;
    documentElement.lang = words.language;
    documentElement.dir = words.direction;
    this.find("title").textContent = meta.title || say("title.none");
    this.find("summary").textContent = this.#summary();
    this.find("search").placeholder = say("search.placeholder");
    this.find("search").setAttribute("aria-label", say("search.placeholder"));
    this.#labelButtons();
    for (const name of ["list", "time", "map"]) this.find(name).setAttribute("aria-label", say(`region.${name}`));
    this.find("side").setAttribute("aria-label", say("region.side"));
    for (const name of ["from", "to", "mode", "speed", "unit"]) {
      this.find(name).setAttribute("aria-label", say(`time.${name}`));
      this.find(name).title = say(`time.${name}`);
    }
    this.find("whole").textContent = say("time.whole");
    this.find("no-dates").textContent = say("time.no-dates");
    this.map.getContainer().setAttribute("aria-label", say("region.map"));
    this.map.getContainer().setAttribute("role", "application");
    this.strip.label();
    this.#attribution();
    fillMentioned(this.model, this.find("mentioned"), (one) => this.#showCandidate(one));
    this.root.classList.toggle("vm-has-mentioned", mentioned.length > 0);
    if (!this.find("menu").hidden) this.#fillMenu();
  }

  #summary() {
    const { model } = this, { n } = model.data;
    const [first, last] = model.extent, count = say("summary.count", { n });
    return words.joined([count, first === null ? "" : yearsOrDays(first, last)]);
  }

  #labelButtons() {
    const zooms = [["zoom-in", "plus"], ["zoom-out", "minus"], ["zoom-all", "whole"]];
    for (const [name, picture] of zooms) dress(this.find(name), picture, say(`map.${name}`));
    dress(this.find("menu-button"), "more", say("menu.label"));
    this.#labelFilters();
    this.find("sheet").setAttribute("aria-label", say("sheet.label"));
  }

  #labelFilters() {
    const { count } = this.filters;
    this.find("filters-button").replaceChildren(icon("filter"),
      el("span", {}, say("filters.label")), count ? el("span", { class: "vm-badge" }, words.number(count)) : "");
  }

  #attribution() {
    const all = this.model.data.meta.attributions ?? [];
    const own = all.map(({ text, url }) => outwardLink(text, url));
    own.push(outwardLink("Leaflet", "https://leafletjs.com"), ...this.#layersAttributions());
    this.find("attribution").replaceChildren(...own.flatMap((link, k) => (k ? [" · ", link] : [link])));
  }

  /** What layers that a user added say of themselves: markup from them, taken as text and one link. */
  #layersAttributions() {
    const found = new Map();
    this.map.eachLayer((layer) => {
      const markup = layer.getAttribution?.();
      if (!markup) return;
      const { body } = new DOMParser().parseFromString(markup, "text/html");
      found.set(body.textContent, body.querySelector("a")?.href ?? "");
    });
    return [...found].map(([text, href]) => outwardLink(text, href));
  }

  // ---- listening ------------------------------------------------------------------------------

  #listen() {
    const { model } = this, on = (name, event, work) => this.find(name).addEventListener(event, work);
    const tell = oncePerFrame(() => this.#tell());
    model.addEventListener("change", () => this.#tell()); // the model tells of it once a frame
    for (const name of ["filter", "language"]) model.addEventListener(name, tell);
    model.addEventListener("filter", () => this.#onFilter());
    model.addEventListener("language", () => this.#labelButtons());
    model.addEventListener("select", () => this.#onSelect());
    this.announce = afterPause(() => this.#announce(), ANNOUNCE_PAUSE_MS);
    on("search", "input", afterPause(() => model.setQuery(this.find("search").value), SEARCH_PAUSE_MS));
    on("list", "vm-open", () => this.find("card").focus());
    on("card", "vm-closed", () => this.find("list").focus());
    on("sheet", "click", () => this.#drawSheet());
    this.#listenToPanels();
    this.#listenToMap();
    this.#listenToPrint();
  }

  #listenToPanels() {
    for (const name of ["filters", "menu"]) {
      this.find(`${name}-button`).addEventListener("click", () => this.#toggle(name));
      this.find(name).addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.#toggle(name, false, true);
      });
    }
    this.find("filters").addEventListener("vm-close", () => this.#toggle("filters", false, true));
    this.find("filters").addEventListener("vm-count", () => this.#labelFilters());
    this.root.addEventListener("pointerdown", ({ target }) => {
      if (!target.closest("#vm-menu, #vm-menu-button")) this.#toggle("menu", false);
      if (!target.closest("#vm-filters, #vm-filters-button") && target.closest("#vm-map")) {
        this.#toggle("filters", false);
      }
    });
  }

  #toggle(name, open = this.find(name).hidden, focusBack = false) {
    const panel = this.find(name), button = this.find(`${name}-button`);
    if (panel.hidden === !open) return;
    panel.hidden = !open;
    button.setAttribute("aria-expanded", open);
    if (!open) {
      if (focusBack) button.focus();
      return;
    }
    if (name === "menu") this.#fillMenu();
    else this.filters.refresh();
    requestAnimationFrame(() => panel.querySelector("button, input")?.focus({ preventScroll: true }));
  }

  #listenToMap() {
    const { map, layer } = this, on = (name, work) => this.find(name).addEventListener("click", work);
    on("zoom-in", () => map.zoomIn());
    on("zoom-out", () => map.zoomOut());
    on("zoom-all", () => layer.fit());
    layer.on?.("pick", ({ visits, mentioned }) => this.#onPick(visits, mentioned));
    layer.on?.("hover", (event) => this.#onHover(event));
    map.on("movestart", () => (this.find("tooltip").hidden = true));
    map.getContainer().addEventListener("pointerleave", () => (this.find("tooltip").hidden = true));
    const { panBy } = map;
    map.panBy = (offset, options) => panBy.call(map, offset, isStill() ? { animate: false } : options);
    map.on("layeradd layerremove", oncePerFrame(() => this.#attribution()));
    new ResizeObserver(oncePerFrame(() => map.invalidateSize({ pan: false }))).observe(this.find("map"));
    addEventListener("pageshow", () => map.invalidateSize({ pan: false }));
  }

  #listenToPrint() {
    const prepare = () => this.#layOutForPaper(), tidy = () => this.#backToScreen();
    addEventListener("beforeprint", prepare);
    addEventListener("afterprint", tidy);
    matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : tidy()));
    this.find("print").hidden = false;
  }

  /** Paper is white and narrower: the map is drawn anew for it, before the browser takes its picture. */
  #layOutForPaper() {
    if (this.onScreen) return;
    const { map, root } = this;
    this.onScreen = { center: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds() };
    document.documentElement.dataset.theme = "light";
    this.model.setTheme("light");
    this.find("print").replaceChildren(...printed(this.model));
    root.classList.add("vm-printing");
    map.invalidateSize({ pan: false });
    map.fitBounds(this.onScreen.bounds, { animate: false });
    this.#drawNow();
  }

  #backToScreen() {
    if (!this.onScreen) return;
    const { center, zoom } = this.onScreen;
    this.onScreen = null;
    this.find("print").replaceChildren();
    this.root.classList.remove("vm-printing");
    this.#setTheme(this.theme);
    this.map.invalidateSize({ pan: false });
    this.map.setView(center, zoom, { animate: false });
    this.#drawNow();
  }

  #drawNow() {
    this.layer.draw?.();
    this.layer.ground?.draw();
  }

  // ---- reacting -------------------------------------------------------------------------------

  #onFilter() {
    const field = this.find("search");
    if (document.activeElement !== field || this.model.query === "") field.value = this.model.query;
    this.#labelFilters();
  }

  /** What the reader clicks on the map stays where it is; what is chosen elsewhere comes into view. */
  #onSelect() {
    const { selected } = this.model, isPicked = this.picked?.includes(selected);
    this.root.classList.toggle("vm-has-card", selected >= 0);
    if (selected < 0 || isPicked) return;
    this.card.setPicked([]);
    requestAnimationFrame(() => this.#bringIntoView(selected));
  }

  #onPick(visits, mentioned) {
    this.picked = visits;
    this.card.setPicked(visits);
    if (visits.length || mentioned < 0) return;
    const box = this.find("mentioned");
    box.open = true;
    this.#drawSheet(true);
    box.scrollIntoView({ block: "nearest" });
  }

  #onHover({ visits, mentioned, x, y }) {
    const box = this.find("tooltip"), { model } = this;
    const lines = visits.slice(0, 3).map((i) =>
      `${whoOf(model, i)}: ${whereOf(model, i)}, ${words.whenOf(model.data, i)}`);
    if (visits.length > 3) lines.push(say("tooltip.more", { n: visits.length - 3 }));
    const place = model.data.mentioned[mentioned];
    if (!lines.length && place) {
      lines.push(say("tooltip.mentioned", { name: place.name }), ...place.candidates.map((one) =>
        candidateName(model, one)));
    }
    box.hidden = lines.length === 0;
    if (box.hidden) return;
    box.replaceChildren(...lines.map((line) => el("p", { dir: "auto" }, line)));
    this.#placeTooltip(box, x, y);
  }

  #placeTooltip(box, x, y) {
    const { clientWidth: width, clientHeight: height } = this.find("map");
    box.style.left = `${Math.max(8, Math.min(x + 14, width - box.offsetWidth - 8))}px`;
    box.style.top = `${y + 18 + box.offsetHeight > height ? Math.max(8, y - box.offsetHeight - 12) : y + 18}px`;
  }

  /** Moves the map when an end of a visit lies outside it or under a panel; never zooms in. */
  #bringIntoView(i) {
    const { data } = this.model, { map, layer } = this;
    const ends = [data.legOrigin[i], data.destination[i]].filter((p) =>
      p >= 0 && !Number.isNaN(data.placeLatitude[p]));
    if (i !== this.model.selected || !ends.length || ends.every((p) => this.#isInSight(p))) return;
    layer.fit([i], { maxZoom: map.getZoom() });
  }

  #isInSight(p) {
    const { placeLatitude, placeLongitude } = this.model.data;
    const { x, y } = this.map.latLngToContainerPoint([placeLatitude[p], placeLongitude[p]]);
    const frame = this.find("map").getBoundingClientRect();
    const within = ({ left, right, top, bottom }, margin) => x + frame.left > left - margin &&
      x + frame.left < right + margin && y + frame.top > top - margin && y + frame.top < bottom + margin;
    return within(frame, -16) && !["card", "legend", "side"].some((name) =>
      !this.find(name).hidden && within(this.find(name).getBoundingClientRect(), 8));
  }

  #showCandidate({ latitude, longitude }) {
    this.map.setView([latitude, longitude], Math.max(this.map.getZoom(), 6), { animate: false });
  }

  /** On a phone: draws the sheet with the itinerary up, or lets it down. */
  #drawSheet(up = !this.root.classList.contains("vm-sheet-up")) {
    const { root } = this;
    root.classList.toggle("vm-sheet-up", up);
    this.find("sheet").setAttribute("aria-expanded", up);
    if (up) this.list.refresh();
  }

  // ---- telling --------------------------------------------------------------------------------

  #nowText(month) {
    const { model } = this, { n } = model.data;
    const counted = say("now.count", { n: model.visible, total: n });
    const when = model.extent[0] === null ? "" : words.window(model.window, model.extent, month);
    return words.joined([counted, when]);
  }

  #tell() {
    this.find("now").textContent = this.#nowText("short");
    this.#tellEmpty();
    this.announce();
  }

  /** Said to those who listen once the window rests. */
  #announce() {
    if (this.model.playing) return this.announce();
    const live = this.find("live"), text = this.#nowText("long");
    if (live.textContent !== text) live.textContent = text;
  }

  #tellEmpty() {
    const { model } = this, box = this.find("empty");
    const state = emptyState(model);
    if (box.dataset.state === state && box.dataset.language === words.language) return;
    Object.assign(box.dataset, { state, language: words.language });
    box.hidden = state === "";
    box.replaceChildren(...(state ? [el("p", {}, say(`empty.${state}`)), ...this.#waysOut(state)] : []));
  }

  #waysOut(state) {
    const { model } = this;
    const way = (key, work) => el("button", { type: "button", class: "vm-button", onclick: work }, say(key));
    if (state === "filtered") return [way("filters.clear", () => model.clearFilters())];
    if (state !== "window") return [];
    return [way("empty.nearest", () => this.#toNearest()), way("time.whole", () => this.strip.showWhole())];
  }

  #toNearest() {
    const { model } = this, [from, to] = model.window;
    const i = model.nearest(from ?? to ?? model.extent[0], 0);
    if (i < 0) return;
    model.reveal(i);
    model.select(i);
  }

  // ---- menu -----------------------------------------------------------------------------------

  #fillMenu() {
    const { model, layer } = this, menu = this.find("menu");
    const take = this.options.embedded ? [] : [
      ["menu.csv", () => saveCsv(model)], ["menu.geojson", () => saveGeoJson(model)]];
    const actions = [["menu.link", () => this.#copyLink()], ["menu.png", () => savePng(model, layer)],
      ["menu.svg", () => saveSvg(model, layer)], ...take, ["menu.print", () => print()]];
    const calendars = words.calendars.length > 1 ? [this.#choices("calendar", words.calendars.map((key) =>
      [key, say(`calendar.${key}`)]), words.calendar, (key) => this.#setCalendar(key))] : [];
    menu.setAttribute("role", "region");
    menu.setAttribute("aria-label", say("menu.label"));
    menu.replaceChildren(
      this.#choices("language", words.languages.map(({ key, name }) => [key, name]), words.language,
        (key) => this.speak(key)),
      ...calendars,
      this.#choices("theme", THEMES.map((key) => [key, say(`theme.${key}`)]), this.theme,
        (key) => this.#setTheme(key)),
      el("ul", { class: "vm-actions" }, ...actions.map(([key, work]) => el("li", {},
        el("button", { type: "button", onclick: () => this.#act(work) }, say(key))))),
      el("p", { class: "vm-note" }, say("menu.about")));
  }

  #choices(name, pairs, chosen, choose) {
    return el("fieldset", { class: "vm-choices" }, el("legend", {}, say(`menu.${name}`)),
      ...pairs.map(([key, label]) => el("label", {}, el("input", { type: "radio", name: `vm-${name}`,
        value: key, checked: key === chosen, onchange: () => choose(key) }), el("span", {}, label))));
  }

  async #act(work) {
    this.#toggle("menu", false, true);
    await work();
  }

  #setTheme(theme) {
    this.theme = theme;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  #setCalendar(calendar) {
    words.setCalendar(calendar);
    this.#label();
    this.model.dispatchEvent(new Event("language"));
  }

  async #copyLink() {
    const { link } = this.address;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      copyBySelection(link);
    }
    this.#toast(say("menu.link-copied"));
  }

  /** A short word that passes. */
  #toast(text) {
    const toast = el("p", { class: "vm-toast", role: "status" }, text);
    this.find("map").append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }
}

/** Whether the reader wants nothing to slide. */
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** folium forbids zooming the page itself; readers with weak eyes need it. */
function letReadersZoom() {
  for (const one of document.querySelectorAll("meta[name=viewport][content*='maximum-scale']")) one.remove();
}

/** Copies where the clipboard's own interface is not at hand (a file opened from disk). */
function copyBySelection(text) {
  const field = el("textarea", { class: "vm-unseen", readonly: true }, text);
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Why the map shows nothing: "none", "filtered", "window"; "" when it shows something. */
function emptyState(model) {
  if (model.data.n === 0) return model.data.mentioned.length ? "mentioned" : "none";
  if (model.visible > 0) return "";
  return model.passes.includes(1) ? "window" : "filtered";
}

/** "2016–2018", or days within one year. */
function yearsOrDays(first, last) {
  const [from, to] = [first, last].map((day) => words.day(day, { year: "numeric" }));
  return from === to ? words.range(first, last) : `${from}–${to}`;
}
