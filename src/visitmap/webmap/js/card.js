/** The card of one visit: who, where, when, how sure, the sentences that say so, and the source. */
import { certaintyWord, placeInCountry, statusWord } from "./describe.js";
import { REVIEWS } from "./data.js";
import { dress, el, outwardLink } from "./dom.js";
import { say, words } from "./i18n.js";

const MOST_TRAVELLERS = 12, MOST_STOPS = 40;

export class Card {
  /** @param {import("./model.js").Model} model @param {HTMLElement} box */
  constructor(model, box) {
    this.model = model;
    this.box = box;
    this.picked = [];
    const again = () => this.refresh();
    model.addEventListener("select", again);
    model.addEventListener("language", again);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    this.refresh();
  }

  /** Remembers what else lies under the pointer, to leaf through it. @param {number[]} visits */
  setPicked(visits) {
    this.picked = visits;
  }

  #close() {
    this.model.select(-1);
    this.box.dispatchEvent(new CustomEvent("vm-closed"));
  }

  /** Shows the selected visit, or nothing. */
  refresh() {
    const { model, box } = this, i = model.selected;
    box.hidden = i < 0;
    if (i < 0) return box.replaceChildren();
    box.setAttribute("aria-label", say("card.label"));
    box.replaceChildren(this.#head(i), this.#body(i));
    box.scrollTop = 0;
    if (!model.data.textsLoaded) this.#fillLater(i);
  }

  /** The texts of a large file are unpacked after the first drawing. */
  #fillLater(i) {
    const { data } = this.model;
    data.loadTexts().then(() => {
      const first = !data.textsLoaded;
      data.textsLoaded = true;
      if (first && this.model.selected === i) this.refresh();
    });
  }

  #head(i) {
    const close = el("button", { type: "button", class: "vm-tool", onclick: () => this.#close() });
    dress(close, "close", say("card.close"));
    return el("div", { class: "vm-card-head" }, this.#leaf(i), this.#swatch(i), close);
  }

  #swatch(i) {
    const { data } = this.model;
    const review = REVIEWS[data.review[i]];
    return el("span", { class: "vm-tags" },
      el("span", { class: `vm-tag vm-status-${data.status[i]}` }, statusWord(data.status[i])),
      review === "unreviewed" ? null : el("span", { class: "vm-tag" }, say(`review.${review}`)));
  }

  /** "2 of 5 here", when several visits lie under one point of the map. */
  #leaf(i) {
    const { picked } = this, at = picked.indexOf(i);
    if (at < 0 || picked.length < 2) return null;
    const turn = (step) => this.model.select(picked[(at + step + picked.length) % picked.length]);
    const [back, on] = [["back", -1], ["forward", 1]].map(([name, step]) => {
      const button = el("button", { type: "button", class: "vm-tool", onclick: () => turn(step) });
      dress(button, name, say(step < 0 ? "card.previous" : "card.next"));
      return button;
    });
    const count = say("card.here", { k: at + 1, n: picked.length });
    return el("span", { class: "vm-leaf" }, back, el("span", {}, count), on);
  }

  #body(i) {
    const { model } = this, { data } = model;
    return el("div", { class: "vm-card-body" },
      this.#travellers(i),
      this.#route(i),
      el("p", { class: "vm-when" }, words.whenOf(data, i)),
      this.#facts(i),
      this.#quotes(i),
      this.#source(i),
      this.#issues(i),
      this.#journey(i),
      this.#fields(i));
  }

  #travellers(i) {
    const all = this.model.data.travellers(i);
    if (!all.length) return el("h2", {}, say("unknown.traveller"));
    const box = el("div", { class: "vm-travellers" });
    const show = (count) => box.replaceChildren(...all.slice(0, count).map((one, k) =>
      this.#traveller(one, k === 0)), ...this.#moreTravellers(all, count, show));
    show(MOST_TRAVELLERS);
    return box;
  }

  #traveller({ name, role, country }, isFirst) {
    const about = [role, country ? this.model.countryName(country) : ""].filter(Boolean);
    return el("div", {},
      el(isFirst ? "h2" : "h3", { dir: "auto" }, name || say("unknown.traveller")),
      about.length ? el("p", { class: "vm-note", dir: "auto" }, words.joined(about)) : null);
  }

  #moreTravellers(all, count, show) {
    if (all.length <= count) return [];
    const label = say("card.more-travellers", { n: all.length - count });
    return [el("button", { type: "button", class: "vm-link", onclick: () => show(Math.min(all.length,
      count * 10)) }, label)];
  }

  #route(i) {
    const { model } = this, { data } = model, from = data.origin[i];
    const to = placeInCountry(model, data.destination[i]);
    const implied = data.originBasis[i] === 2 && from >= 0;
    return el("p", { class: "vm-route" },
      from < 0 ? null : el("span", { dir: "auto" }, placeInCountry(model, from)),
      from < 0 ? null : el("span", { class: "vm-arrow" }, ` ${words.arrow} `),
      el("strong", { dir: "auto" }, to),
      implied ? el("span", { class: "vm-note vm-block" }, say("card.origin-implied")) : null,
      this.#asWritten([from, data.destination[i]].filter((p) => p >= 0)),
      this.#placeKind(data.destination[i]));
  }

  /** The source's own names, where the reader's language has others. */
  #asWritten(places) {
    const { model } = this, { data } = model;
    const names = places.filter((p) => model.placeName(p) !== data.place(p).name)
      .map((p) => data.place(p).name);
    if (!names.length) return null;
    return el("span", { class: "vm-note vm-block vm-as-written", dir: "auto" },
      say("card.as-written", { names: words.list([...new Set(names)]) }));
  }

  /** What a point stands for when it is no town: a country's or region's middle, or nothing. */
  #placeKind(p) {
    const place = this.model.data.place(p);
    if (Number.isNaN(place.latitude)) return el("span", { class: "vm-note vm-block" }, say("card.no-point"));
    if (place.kind !== "country" && place.kind !== "region") return null;
    return el("span", { class: "vm-note vm-block" }, say(`card.point-${place.kind}`));
  }

  #facts(i) {
    const { data } = this.model, rows = [];
    const sure = data.certainty[i];
    rows.push([say("field.certainty"), say("card.certainty", {
      word: certaintyWord(sure), percent: words.percent(sure) })]);
    if (data.purpose(i)) rows.push([say("field.purpose"), data.purpose(i)]);
    const hosts = data.hosts(i);
    if (hosts.length) rows.push([say("field.hosts"), words.list(hosts)]);
    return el("dl", { class: "vm-facts" }, ...rows.flatMap(([name, value]) =>
      [el("dt", {}, name), el("dd", { dir: "auto" }, value)]));
  }

  #quotes(i) {
    const { data } = this.model, { language, docId } = data.source(i);
    return el("div", { class: "vm-quotes" }, ...data.quotes(i).filter(({ text }) => text).map((quote) =>
      el("blockquote", { lang: language || null, dir: "auto" },
        el("p", {}, quote.text),
        el("footer", {}, whereInSource(quote, docId)))));
  }

  #source(i) {
    const { title, publisher, date, url, docId } = this.model.data.source(i);
    const about = [publisher, date ? words.when(date, "") : say("card.source-undated")];
    if (!title && !docId && !url) return null;
    return el("p", { class: "vm-source" },
      el("span", { class: "vm-label" }, say("field.source")),
      outwardLink(title || docId || url, url),
      el("span", { class: "vm-note vm-block", dir: "auto" }, words.joined(about)));
  }

  #issues(i) {
    const issues = this.model.data.issues(i);
    if (!issues.length) return null;
    return el("div", { class: "vm-issues" }, el("h3", {}, say("card.issues", { n: issues.length })),
      el("ul", {}, ...issues.map(({ message }) => el("li", { dir: "auto" }, message))));
  }

  /** The other stops of the same journey, each a way to it. */
  #journey(i) {
    const { data } = this.model, stops = this.#stopsOf(data.columns.trip[i]);
    if (stops.length < 2) return null;
    const item = (stop) => el("li", { "aria-current": stop === i ? "true" : null },
      el("button", { type: "button", class: "vm-link", dir: "auto", onclick: () => this.model.select(stop) },
        this.model.placeName(data.destination[stop])),
      el("span", { class: "vm-note" }, ` ${words.shortWhen(data.start(stop), data.end(stop))}`));
    return el("div", { class: "vm-journey" }, el("h3", {}, say("card.journey", { n: stops.length })),
      el("ol", {}, ...stops.slice(0, MOST_STOPS).map(item)));
  }

  #stopsOf(journey) {
    const { trip } = this.model.data.columns, found = [];
    if (!journey) return found;
    for (let i = 0; i < trip.length; i++) if (trip[i] === journey) found.push(i);
    return found;
  }

  #fields(i) {
    const { data } = this.model, fields = data.fieldSpans(i);
    const dates = [data.start(i), data.end(i)].filter(Boolean).join(" / ");
    const rows = fields.map(({ field, text }) => [fieldName(field), text]);
    if (dates) rows.push([say("field.edtf"), dates]);
    rows.push([say("field.id"), data.visitId(i)]);
    return el("details", { class: "vm-decided" },
      el("summary", {}, say("card.decided")),
      fields.length ? null : el("p", { class: "vm-note" }, say("card.decided-unknown")),
      el("dl", { class: "vm-facts" }, ...rows.flatMap(([name, text]) =>
        [el("dt", {}, name), el("dd", { dir: "auto" }, text)])));
  }
}

/** A field in the reader's language; one we have no word for keeps its own name. */
function fieldName(field) {
  const key = `field.${field}`, name = say(key);
  return name === key ? field : name;
}

/** Where a quote stands: characters of a document, or the row of a table. */
function whereInSource({ start, end, doc }, docId) {
  const place = start === end ? say("quote.row", { n: start }) : say("quote.characters", { start, end });
  return words.joined([doc === docId ? "" : doc, place]);
}
