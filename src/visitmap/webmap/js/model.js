/**
 * What is shown of the data: the window of time, the filters, the selection, the colours.
 *
 * Built once, then queried: visits lie in order of time, blocks of them carry their latest day, each
 * filter owns one bit of `fails`. Nothing here knows the page.
 */
import { REVIEWS, STATUSES, fold } from "./data.js";
import { UNKNOWN_MAX, addUnits, clampDay, dateOf, isKnown } from "./days.js";

const BLOCK = 256;
const FILTERS = ["traveller", "country", "place", "destinationCountry", "status", "source",
  "review", "certainty", "query"];
const BIT = Object.fromEntries(FILTERS.map((name, k) => [name, 1 << k]));
/** Okabe and Ito's colour-blind-safe set; black gives way to grey for "other". */
const OKABE_ITO = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195",
  "#a89b00"];
const OTHER = "#7f7f7f";
const STATUS_COLOURS = { happened: "#0072b2", planned: "#e69f00", ongoing: "#009e73",
  cancelled: "#7f7f7f", denied: "#d55e00" };
/** Sequential, one hue; each at least 3:1 against the ground of its theme. */
const YEAR_COLOURS = {
  light: ["#3584bd", "#2878b3", "#1e6ca7", "#165f9a", "#10538b", "#0b477b", "#073b6a", "#042f58"],
  dark: ["#3f87bf", "#4f94c9", "#61a1d3", "#75afdc", "#8bbde4", "#a3cbec", "#bcd9f3", "#d6e8fa"],
};
/** What is too dark for a dark ground, lighter. */
const ON_DARK = { "#0072b2": "#1a86c9", "#7a5195": "#9a72b5" };
/** After so long without a change the colours suit what is shown; while it moves, every second. */
const REST_MS = 150, MOVING_MS = 1000;
export const MODES = ["window", "day", "trailing", "cumulative"];

/**
 * See the module's head. Events: `change` (once a frame), `select`, `language`, `color`, `play`, and
 * `groups` when the legend's counts are to be read again.
 */
export class Model extends EventTarget {
  /** @param {import("./data.js").Data} data */
  constructor(data) {
    super();
    this.data = data;
    this.extent = this.#findExtent();
    this.window = [null, null];
    this.mode = "window";
    this.selected = -1;
    this.colorBy = data.travellerNames.length > 1 ? "traveller" : "status";
    this.language = data.meta.language;
    /** Of the ground that colours stand on: "light" or "dark". */
    this.theme = "light";
    this.speed = 1;
    this.playing = false;
    this.fails = new Uint16Array(data.n);
    /** 1 where a visit passes all filters, whatever its day. */
    this.passes = new Uint8Array(data.n).fill(1);
    this.filters = new Map();
    this.certaintyMin = 0;
    this.query = "";
    this.visibleLevels = new Uint8Array(data.n);
    this.shownBuffer = new Uint32Array(data.n);
    this.shownCount = 0;
    this.dirty = true;
    this.blockLatest = this.#indexBlocks();
    this.#colour();
  }

  // ---- time -------------------------------------------------------------------------------

  #findExtent() {
    const { data } = this;
    let first = Infinity, last = -Infinity;
    for (const days of [data.startEarliest, data.startLatest, data.endEarliest, data.endLatest]) {
      for (let i = 0; i < data.datedCount; i++) {
        const day = days[i];
        if (!isKnown(day)) continue;
        if (day < first) first = day;
        if (day > last) last = day;
      }
    }
    return first <= last ? [first, last] : [null, null];
  }

  #indexBlocks() {
    const { n, endLatest } = this.data;
    const latest = new Int32Array(Math.ceil(n / BLOCK)).fill(-2147483648);
    for (let i = 0; i < n; i++) {
      const block = (i / BLOCK) | 0;
      if (endLatest[i] > latest[block]) latest[block] = endLatest[i];
    }
    return latest;
  }

  /** Whether the window holds all dated visits; only then are undated ones drawn (faint). */
  get isWhole() {
    const [from, to] = this.window, [first, last] = this.extent;
    return (from === null || first === null || from <= first) &&
      (to === null || last === null || to >= last);
  }

  /**
   * Sets the window: day numbers, inclusive; null is open. A reversed pair is turned round.
   * @param {number | null} from @param {number | null} to
   */
  setWindow(from, to) {
    if (from !== null && to !== null && from > to) [from, to] = [to, from];
    if (from !== null) from = clampDay(from);
    if (to !== null) to = clampDay(to);
    if (this.mode === "day" && (to ?? from) !== null) from = to = to ?? from;
    if (this.mode === "cumulative") from = null;
    if (from === this.window[0] && to === this.window[1]) return;
    this.window = [from, to];
    this.#changed();
  }

  /** @param {"window"|"day"|"trailing"|"cumulative"} mode */
  setMode(mode) {
    if (!MODES.includes(mode) || mode === this.mode) return;
    this.mode = mode;
    const [first, last] = this.extent;
    if (first === null) return this.#changed();
    const to = this.window[1] ?? last;
    if (mode === "trailing" && this.isWhole) this.window = [Math.max(first, to - this.stride + 1), to];
    if (mode === "day") this.window = [to, to];
    if (mode === "cumulative") this.window = [null, to];
    if (mode === "window" && this.window[0] === this.window[1]) this.window = [null, null];
    this.#changed();
  }

  /** Days a window gets that was whole when it starts to move: a twelfth of all, at least one. */
  get stride() {
    const [first, last] = this.extent;
    return first === null ? 1 : Math.max(1, Math.round((last - first + 1) / 12));
  }

  /**
   * Moves the window by one unit, or to the next or previous visit (which is selected).
   * @param {"day"|"week"|"month"|"year"|"visit"} unit @param {1|-1} direction
   */
  step(unit, direction) {
    if (unit === "visit") return this.#stepVisit(direction);
    const [first, last] = this.extent;
    if (first === null) return;
    if (this.isWhole && this.mode !== "cumulative") {
      const width = this.mode === "day" ? 1 : this.stride;
      return direction > 0 ? this.setWindow(first, first + width - 1)
        : this.setWindow(last - width + 1, last);
    }
    const [from, to] = this.window;
    this.setWindow(from === null ? null : addUnits(from, unit, direction),
      to === null ? (from === null ? addUnits(last, unit, direction) : null)
        : addUnits(to, unit, direction));
  }

  #stepVisit(direction) {
    const { n } = this.data;
    let i = this.selected;
    if (i < 0) i = direction > 0 ? this.#firstShown() - 1 : this.#lastShown() + 1;
    do i += direction; while (i >= 0 && i < n && !this.passes[i]);
    if (i < 0 || i >= n) return;
    this.reveal(i);
    this.select(i);
  }

  #firstShown() {
    return this.shown.length ? this.shown[0] : 0;
  }

  #lastShown() {
    return this.shown.length ? this.shown[this.shown.length - 1] : this.data.n - 1;
  }

  /** Moves the window, its width kept, so that visit `i` is in it. @param {number} i */
  reveal(i) {
    if (this.levels[i] || !this.passes[i]) return;
    if (!this.data.dated[i]) return this.setWindow(null, null);
    const day = this.data.begin[i], [from, to] = this.window;
    if (from === null) return this.setWindow(null, day);
    if (to === null) return this.setWindow(day, null);
    this.setWindow(day, day + (to - from));
  }

  /**
   * The passing, dated visit nearest to a day: -1 before it, 1 after it, 0 either side.
   * @param {number} day @param {-1|0|1} direction @returns {number} -1 when there is none
   */
  nearest(day, direction = 0) {
    const { begin, datedCount } = this.data;
    const at = lowerBound(begin, datedCount, day + (direction > 0 ? 1 : 0));
    let after = at, before = at - 1;
    while (after < datedCount && !this.passes[after]) after++;
    while (before >= 0 && !this.passes[before]) before--;
    if (after >= datedCount) after = -1;
    if (direction !== 0) return direction > 0 ? after : before;
    if (after < 0 || before < 0) return Math.max(after, before);
    return begin[after] - day < day - begin[before] ? after : before;
  }

  /** Undated visits that pass the filters. @returns {number[]} */
  undated() {
    const found = [];
    for (let i = this.data.datedCount; i < this.data.n; i++) if (this.passes[i]) found.push(i);
    return found;
  }

  /** Moves the window through the whole extent, which takes 30 seconds at `speed` 1. */
  play() {
    const [first, last] = this.extent;
    if (this.playing || first === null) return;
    this.playing = true;
    if (this.mode === "cumulative") {
      if (this.window[1] === null || this.window[1] >= last) this.setWindow(null, first);
    } else if (this.isWhole || this.window[1] === null || this.window[1] >= last) {
      const width = this.isWhole || this.window[0] === null || this.window[1] === null
        ? this.stride : this.window[1] - this.window[0] + 1;
      this.setWindow(first, first + width - 1);
    }
    this.dispatchEvent(new Event("play"));
    this.#tick(performance.now(), 0);
  }

  #tick(before, carried) {
    requestAnimationFrame((now) => {
      if (!this.playing) return;
      const [first, last] = this.extent;
      const days = carried + ((now - before) / 30000) * (last - first + 1) * this.speed;
      const whole = Math.floor(days);
      const [from, to] = this.window;
      const moved = Math.min(whole, Math.max(0, last - to));
      if (moved) this.setWindow(from === null ? null : from + moved, to + moved);
      if (to + moved >= last) this.pause();
      else this.#tick(now, days - whole);
    });
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.dispatchEvent(new Event("play"));
    this.#changed();
  }

  // ---- what is shown ----------------------------------------------------------------------

  /** By visit: 0 hidden, 1 possibly in the window, 2 certainly; only those passing the filters. */
  get levels() {
    this.#refresh();
    return this.visibleLevels;
  }

  /** How many visits are shown. */
  get visible() {
    this.#refresh();
    return this.shownCount;
  }

  /** Indices of the visits shown, in order of time. @returns {Uint32Array} */
  get shown() {
    this.#refresh();
    return this.shownBuffer.subarray(0, this.shownCount);
  }

  #refresh() {
    if (!this.dirty) return;
    this.dirty = false;
    const levels = this.visibleLevels, shown = this.shownBuffer, { passes } = this;
    for (let k = 0; k < this.shownCount; k++) levels[shown[k]] = 0;
    const { n, begin, datedCount, startEarliest, startLatest, endEarliest, endLatest } = this.data;
    const from = this.window[0] ?? -UNKNOWN_MAX, to = this.window[1] ?? UNKNOWN_MAX - 1;
    const stop = lowerBound(begin, datedCount, to + 1);
    let count = 0;
    for (let start = 0; start < datedCount; start += BLOCK) {
      if (this.blockLatest[start / BLOCK] < from) continue;
      const end = Math.min(start + BLOCK, datedCount);
      if (start >= stop) break;
      for (let i = start; i < end; i++) {
        if (!passes[i] || endLatest[i] < from || startEarliest[i] > to) continue;
        levels[i] = startLatest[i] <= to && endEarliest[i] >= from ? 2 : 1;
        shown[count++] = i;
      }
    }
    if (this.isWhole) {
      for (let i = datedCount; i < n; i++) if (passes[i]) levels[shown[count++] = i] = 1;
    }
    this.shownCount = count;
  }

  /**
   * Tells of a change at most once a frame: the first as soon as the caller is through, so that it
   * is drawn in the coming frame, further ones of the same frame together at its start.
   */
  #changed() {
    this.#regroupSoon();
    this.#redraw();
  }

  #redraw() {
    this.dirty = true;
    if (this.told) return;
    this.told = true;
    if (!this.frame) queueMicrotask(() => this.#tell());
  }

  #tell() {
    this.told = false;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.told) this.#tell();
    });
    this.dispatchEvent(new Event("change"));
  }

  /**
   * Visits by time over the extent, after the filters, whatever the window.
   *
   * `counts` has each visit that surely began in a bin; `possible` those that may have begun there.
   * @param {number} bins
   * @returns {{from: number|null, to: number|null, counts: Uint32Array, possible: Uint32Array}}
   */
  histogram(bins) {
    const [from, to] = this.extent;
    const counts = new Uint32Array(bins), edges = new Int32Array(bins + 1);
    if (from === null) return { from, to, counts, possible: new Uint32Array(bins) };
    const { datedCount, startEarliest, startLatest } = this.data;
    const perDay = bins / (to - from + 1);
    const bin = (day) => Math.min(bins - 1, ((Math.min(to, Math.max(from, day)) - from) * perDay) | 0);
    for (let i = 0; i < datedCount; i++) {
      if (!this.passes[i]) continue;
      const first = bin(startEarliest[i]), last = bin(startLatest[i]);
      if (first === last) counts[first]++;
      else edges[first]++, edges[last + 1]--;
    }
    const possible = new Uint32Array(bins);
    for (let k = 0, sum = 0; k < bins; k++) possible[k] = sum += edges[k];
    return { from, to, counts, possible };
  }

  // ---- filters ----------------------------------------------------------------------------

  /**
   * Keeps only visits with one of the keys; null or an empty set takes the filter away.
   *
   * Names: traveller (by name), country (the traveller's), place (its key), destinationCountry,
   * status, source (document id), review. A visit of several travellers passes with any of them.
   * @param {string} name @param {Set<string> | null} keys
   */
  setFilter(name, keys) {
    if (!(name in BIT)) throw new RangeError(`no such filter: ${name}`);
    if (keys?.size) this.filters.set(name, new Set(keys));
    else this.filters.delete(name);
    const has = keys?.size ? this.#passer(name, keys) : null;
    this.#mark(name, has);
  }

  /** The keys a filter lets through, or null. @param {string} name @returns {Set<string> | null} */
  filter(name) {
    return this.filters.get(name) ?? null;
  }

  #passer(name, keys) {
    const { keyTables } = this;
    if (name in keyTables.many) {
      const allowed = keyTables.many[name].map((one) => one.some((key) => keys.has(key)));
      return (i) => allowed[this.data.partyOf[i]];
    }
    const { labels, column } = keyTables.one[name];
    const allowed = Uint8Array.from(labels, (key) => (keys.has(key) ? 1 : 0));
    return (i) => allowed[column[i]];
  }

  /** Hides visits less certain than `min` per cent. @param {number} min 0 to 100 */
  setCertainty(min) {
    this.certaintyMin = min;
    this.#mark("certainty", min > 0 ? (i) => this.data.certainty[i] >= min : null);
  }

  /**
   * Keeps visits in whose texts every word of the query occurs, whatever its accents and case.
   *
   * The first query of a large document waits for its texts; the promise says when it is done.
   * @param {string} text
   */
  async setQuery(text) {
    this.query = text.trim();
    const words = fold(this.query).split(/\s+/).filter(Boolean);
    if (words.length) await this.data.loadTexts();
    if (this.query !== text.trim()) return;
    const hits = words.map((word) => this.#search(word));
    this.#mark("query", hits.length ? (i) => hits.every((hit) => hit[i]) : null);
  }

  #search(word) {
    const { data } = this, { texts } = data;
    const hit = new Uint8Array(data.n);
    const party = data.parties.map((members) => members.some((t) =>
      data.travellerTable[t].some((part) => fold(part).includes(word))));
    const place = data.places.map(([, name, country, , , names]) =>
      [name, country, this.countryName(country), ...Object.values(names ?? {})]
        .some((one) => fold(one).includes(word)));
    const source = data.sources.map((one) => one.some((part) => fold(part).includes(word)));
    const purpose = texts.purpose.matches(word), hosts = texts.hosts.matches(word);
    const row = (column, i) => (column.index ? column.index[i] : i);
    for (let i = 0; i < data.n; i++) {
      hit[i] = party[data.partyOf[i]] || place[data.destination[i]] ||
        (data.origin[i] >= 0 && place[data.origin[i]]) || source[data.sourceIndex[i]] ||
        purpose[row(texts.purpose, i)] || hosts[row(texts.hosts, i)] ? 1 : 0;
    }
    const quote = texts.quote.matches(word);
    for (let i = 0; i < data.n; i++) {
      const [first, last] = data.evidenceRange(i);
      for (let e = first; e < last; e++) {
        if (quote[row(texts.quote, e)]) hit[i] = 1;
      }
    }
    return hit;
  }

  #mark(name, has) {
    const bit = BIT[name], { fails, passes } = this, { n } = this.data;
    for (let i = 0; i < n; i++) {
      if (has && !has(i)) fails[i] |= bit;
      else fails[i] &= ~bit;
      passes[i] = fails[i] ? 0 : 1;
    }
    this.dispatchEvent(new Event("filter"));
    this.#changed();
  }

  /** Takes all filters away, the search and the certainty too. */
  clearFilters() {
    this.filters.clear();
    this.certaintyMin = 0;
    this.query = "";
    this.fails.fill(0);
    this.passes.fill(1);
    this.dispatchEvent(new Event("filter"));
    this.#changed();
  }

  /** The keys of each filter: by party for travellers and countries, by column for the others. */
  get keyTables() {
    return (this.builtKeys ??= this.#buildKeys());
  }

  #buildKeys() {
    const { data } = this;
    const countries = data.places.map((place) => place[2] || "");
    const country = indexColumn(countries);
    return {
      many: {
        traveller: data.partyNames.map((names) => names.map((t) => data.travellerNames[t])),
        country: data.parties.map((party) =>
          [...new Set(party.map((t) => data.travellerTable[t][2]))]),
      },
      one: {
        place: { labels: data.places.map((place) => place[0]), column: data.destination },
        destinationCountry: { labels: country.labels,
          column: Uint16Array.from(data.destination, (p) => country.index[p] ?? 0) },
        status: { labels: STATUSES, column: data.status },
        source: { labels: data.sources.map((source) => source[0]), column: data.sourceIndex },
        review: { labels: REVIEWS, column: data.review },
      },
    };
  }

  /**
   * What a filter can be set to, each with its number of visits under the other filters.
   * @param {string} name @returns {{key: string, label: string, count: number}[]} most first
   */
  facets(name) {
    const counts = new Map(), others = ~BIT[name], { fails, data } = this;
    const many = this.keyTables.many[name], one = this.keyTables.one[name];
    const size = many ? many.length : one.labels.length;
    const tally = new Uint32Array(size), column = many ? data.partyOf : one.column;
    for (let i = 0; i < data.n; i++) if (!(fails[i] & others)) tally[column[i]]++;
    for (let k = 0; k < size; k++) {
      for (const key of many ? many[k] : [one.labels[k]]) {
        counts.set(key, (counts.get(key) ?? 0) + tally[k]);
      }
    }
    const used = [...counts].filter(([key, count]) => count || this.filters.get(name)?.has(key));
    return used.map(([key, count]) => ({ key, label: this.labelOf(name, key), count }))
      .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, this.language));
  }

  /** A key of a filter in the reader's language. Statuses and reviews stay keys: the page says them. */
  labelOf(name, key) {
    if (name === "country" || name === "destinationCountry") return this.countryName(key);
    if (name === "place") return this.placeName(this.placeByKey.get(key));
    if (name === "source") return this.sourceTitles.get(key) || key;
    return key;
  }

  get placeByKey() {
    return (this.placeKeys ??= new Map(this.data.places.map((place, p) => [place[0], p])));
  }

  get sourceTitles() {
    return (this.titles ??= new Map(this.data.sources.map(([id, title]) => [id, title])));
  }

  /** A country's name in the reader's language. @param {string} code ISO 3166-1 alpha-2 */
  countryName(code) {
    if (!/^[A-Z]{2}$/.test(code)) return code || "";
    this.regionNames ??= new Intl.DisplayNames([this.language, "en"], { type: "region" });
    return this.regionNames.of(code) ?? code;
  }

  /** A place's name in the reader's language where it has one. @param {number} p */
  placeName(p) {
    return this.data.placeName(p, this.language);
  }

  // ---- selection, language, colour ----------------------------------------------------------

  /** @param {number} i index of a visit, -1 for none */
  select(i) {
    if (i === this.selected) return;
    this.selected = i;
    this.dispatchEvent(new Event("select"));
    this.#changed();
  }

  /** @param {string} language BCP 47 */
  setLanguage(language) {
    if (language === this.language) return;
    this.language = language;
    this.regionNames = undefined;
    this.#colour();
    this.dispatchEvent(new Event("language"));
    this.#changed();
  }

  /** @param {"traveller"|"country"|"status"|"year"} by */
  setColorBy(by) {
    if (by === this.colorBy) return;
    this.colorBy = by;
    this.#colour();
    this.dispatchEvent(new Event("color"));
    this.#changed();
  }

  /** @param {"light"|"dark"} theme */
  setTheme(theme) {
    if (theme === this.theme) return;
    this.theme = theme;
    this.#colour();
    this.dispatchEvent(new Event("color"));
    this.#redraw();
  }

  #shade(color) {
    return this.theme === "dark" ? (ON_DARK[color] ?? color) : color;
  }

  #regroupSoon() {
    const now = performance.now();
    this.movingSince ??= now;
    clearTimeout(this.regrouping);
    const wait = Math.min(REST_MS, Math.max(0, this.movingSince + MOVING_MS - now));
    this.regrouping = setTimeout(() => this.#regroup(), wait);
  }

  /** Gives the colours to those who are shown now, and has the legend count again. */
  #regroup() {
    this.movingSince = null;
    if (this.#isByParty) {
      const before = this.groupList.map(({ key, color }) => key + color).join();
      const found = this.#partyGroups();
      if (before !== found.groups.map(({ key, color }) => key + color).join()) {
        this.#colour(found);
        this.dispatchEvent(new Event("color"));
        this.#redraw();
      }
    }
    this.dispatchEvent(new Event("groups"));
  }

  get #isByParty() {
    return this.colorBy === "traveller" || this.colorBy === "country";
  }

  /** Gives each visit its group: `colorIndex` (by visit) into `palette`. */
  #colour(found = this.#findGroups()) {
    const { data } = this;
    this.groupList = found.groups;
    this.palette = found.groups.map((group) => group.color);
    this.colorIndex = new Uint8Array(data.n);
    for (let i = 0; i < data.n; i++) this.colorIndex[i] = found.of(i);
  }

  #findGroups() {
    if (this.#isByParty) return this.#partyGroups();
    return this.colorBy === "year" ? this.#yearGroups() : this.#statusGroups();
  }

  #statusGroups() {
    const groups = STATUSES.map((key) => ({ key, label: key, color: this.#shade(STATUS_COLOURS[key]) }));
    return { groups, of: (i) => this.data.status[i] };
  }

  /**
   * Eight groups at most, the largest of what is shown, and the others.
   *
   * A group that stays keeps its colour; while the map plays, none that is on it loses its colour.
   * For the whole file the colours are always the same.
   */
  #partyGroups() {
    const { data } = this, name = this.colorBy;
    const keys = (this.partyKeys ??= {})[name] ??=
      this.keyTables.many[name].map((party) => party[0] ?? "");
    const home = this.#home(name, keys), tally = this.#tally(name, keys);
    if (this.slots?.name !== name || !tally.size || this.#isUnfiltered(name)) {
      this.slots = { name, keys: home };
    } else {
      const kept = this.playing ? this.slots.keys.filter((key) => tally.has(key)) : [];
      this.slots = { name, keys: placed(largest(tally, kept), this.slots.keys, home) };
    }
    const used = this.slots.keys.map((key, k) => ({ key, color: this.#shade(OKABE_ITO[k]) }))
      .filter(({ key }) => key !== undefined)
      .sort((a, b) => (tally.get(b.key) ?? 0) - (tally.get(a.key) ?? 0));
    const groups = used.map(({ key, color }) => ({ key, label: this.labelOf(name, key), color }));
    const position = new Map(used.map(({ key }, k) => [key, k]));
    const byParty = Uint8Array.from(keys, (key) => position.get(key) ?? groups.length);
    if (byParty.includes(groups.length)) groups.push({ key: null, label: "", color: OTHER });
    return { groups, of: (i) => byParty[data.partyOf[i]] };
  }

  /** The largest groups of the whole file, in the order of their colours. */
  #home(name, keys) {
    const tallyAll = () => {
      const tally = new Uint32Array(keys.length);
      for (let i = 0; i < this.data.n; i++) tally[this.data.partyOf[i]]++;
      return largest(summed(tally, keys));
    };
    return (this.homes ??= {})[name] ??= tallyAll();
  }

  /** Visits shown by key, those too that only the key's own filter hides. */
  #tally(name, keys) {
    const tally = new Uint32Array(keys.length), { partyOf } = this.data;
    for (const i of this.#shownBut(name)) tally[partyOf[i]]++;
    return summed(tally, keys);
  }

  /** Whether the whole file is shown but for a filter. */
  #isUnfiltered(name) {
    const others = ~BIT[name];
    return this.isWhole && !this.fails.some((bits) => bits & others);
  }

  /** Visits in the window that pass all filters but one. @param {string} name */
  #shownBut(name) {
    if (!this.filters.has(name)) return this.shown;
    const { n, dated, startEarliest, endLatest } = this.data, { fails, isWhole } = this;
    const from = this.window[0] ?? -UNKNOWN_MAX, to = this.window[1] ?? UNKNOWN_MAX - 1;
    const others = ~BIT[name], found = [];
    for (let i = 0; i < n; i++) {
      if (fails[i] & others) continue;
      if (dated[i] ? endLatest[i] >= from && startEarliest[i] <= to : isWhole) found.push(i);
    }
    return found;
  }

  #yearGroups() {
    const [first, last] = this.extent;
    if (first === null) return { groups: [{ key: null, label: "", color: OTHER }], of: () => 0 };
    const from = dateOf(first).year, span = dateOf(last).year - from + 1;
    const shades = YEAR_COLOURS[this.theme], size = niceYears(span / shades.length);
    const origin = Math.floor(from / size) * size;
    const count = Math.floor((from + span - 1 - origin) / size) + 1;
    const groups = Array.from({ length: count }, (_, k) => {
      const a = origin + k * size;
      const label = size === 1 ? String(a) : `${a}–${a + size - 1}`;
      const shade = count === 1 ? 5 : Math.round((k * (shades.length - 1)) / (count - 1));
      return { key: label, label, color: shades[shade] };
    });
    if (this.data.datedCount < this.data.n) groups.push({ key: null, label: "", color: OTHER });
    const of = (i) => this.data.dated[i]
      ? Math.min(count - 1, Math.max(0, Math.floor((dateOf(this.data.begin[i]).year - origin) / size)))
      : count;
    return { groups, of };
  }

  /**
   * The legend: groups with their colour and their visits in the window, under the other filters, so
   * that one group after another can be chosen. A group of years counts all its visits: choosing it
   * moves the window. `key` is null for "other" (or undated, by year); by status the label is the key.
   * @returns {{key: string|null, label: string, color: string, count: number}[]}
   */
  groups() {
    const counts = new Uint32Array(this.groupList.length), { passes, colorIndex } = this;
    if (this.colorBy === "year") {
      for (let i = 0; i < this.data.n; i++) if (passes[i]) counts[colorIndex[i]]++;
    } else for (const i of this.#shownBut(this.colorBy)) counts[colorIndex[i]]++;
    return this.groupList.map((group, k) => ({ ...group, count: counts[k] }));
  }
}

/** Counts by party as counts by key, without those of none. @returns {Map<string, number>} */
function summed(tally, keys) {
  const found = new Map();
  tally.forEach((count, party) => {
    if (count) found.set(keys[party], (found.get(keys[party]) ?? 0) + count);
  });
  return found;
}

/** As many keys as there are colours: those kept, then the largest. @returns {string[]} */
function largest(tally, kept = []) {
  const ranked = [...tally].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  return [...new Set([...kept, ...ranked])].slice(0, OKABE_ITO.length);
}

/** The keys by colour: where each was before, or is in the whole file, or else where there is room. */
function placed(keys, before, home) {
  const slots = Array(OKABE_ITO.length).fill(undefined), left = new Set(keys);
  const put = (key, slot) => {
    if (slot < 0 || slots[slot] !== undefined) return;
    slots[slot] = key;
    left.delete(key);
  };
  for (const key of keys) put(key, before.indexOf(key));
  for (const key of [...left]) put(key, home.indexOf(key));
  for (const key of [...left]) put(key, slots.indexOf(undefined));
  return slots;
}

/** Groups of years a person would choose: 1, 2, 5, 10, 20, 25, 50, 100 … */
function niceYears(atLeast) {
  for (let scale = 1; ; scale *= 10) {
    for (const step of scale === 1 ? [1, 2, 5] : [1, 2, 2.5, 5]) {
      if (step * scale >= atLeast) return step * scale;
    }
  }
}

/** First position in `sorted[0..count)` that is not below `value`. */
function lowerBound(sorted, count, value) {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Distinct labels, and each entry's position among them. */
function indexColumn(entries) {
  const labels = [...new Set(entries)];
  const position = new Map(labels.map((label, k) => [label, k]));
  return { labels, index: entries.map((entry) => position.get(entry)) };
}
