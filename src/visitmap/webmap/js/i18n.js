/**
 * What the page says: sentences from languages/*.json, numbers and dates through Intl.
 *
 * A sentence is a text with {names}, or an object by plural category (`one`, `few`, `other`) chosen
 * by `n`. A key with `:vowel` beside it is used when the word put in first begins with a vowel ("un
 * jour de mars", "un jour d’avril"). What a language lacks is said in English.
 */
import { addMonths, dateOf, dayOf, parseDay } from "./days.js";

const DAY_MS = 86400000;
/** A moving window says each of its days in several places; so many are kept as said. */
const MOST_DAYS = 500;
const VOWEL = /^[aeiouyàâäéèêëîïôöùûüh]/i;
const ATOM = /^(\d{4}|\d{1,3}X{1,3}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([~?%]?)$/;
const SEASONS = { 21: "spring", 22: "summer", 23: "autumn", 24: "winter" };
const QUALIFIERS = { "~": "when.about", "?": "when.perhaps", "%": "when.perhaps-about" };

class Words {
  constructor() {
    this.catalogues = { en: {} };
    this.language = "en";
    this.calendar = "gregory";
    this.formats = new Map();
    this.days = new Map();
  }

  /** Reads the sentences from the page; what holds them is emptied. */
  load() {
    const block = document.getElementById("visitmap-languages");
    if (block?.textContent) {
      this.catalogues = JSON.parse(block.textContent);
      block.textContent = "";
    }
  }

  /** The languages there are, with their own names. @returns {{key: string, name: string}[]} */
  get languages() {
    return Object.entries(this.catalogues).map(([key, all]) => ({ key, name: all._name ?? key }));
  }

  get own() {
    return this.catalogues[this.language] ?? {};
  }

  /** "ltr" or "rtl". */
  get direction() {
    return this.own._direction ?? "ltr";
  }

  get locale() {
    return this.own._locale ?? this.language;
  }

  /** The calendars a reader of this language may choose from. */
  get calendars() {
    return this.own._calendars ?? ["gregory"];
  }

  /** An arrow in the direction of reading. */
  get arrow() {
    return this.direction === "rtl" ? "←" : "→";
  }

  /** @param {string} language one that has a file, otherwise English */
  setLanguage(language) {
    this.language = language in this.catalogues ? language : "en";
    this.setCalendar(this.calendars[0]);
  }

  setCalendar(calendar) {
    this.calendar = calendar;
    this.formats.clear();
    this.days.clear();
  }

  #format(kind, options) {
    const key = kind.name + JSON.stringify(options);
    if (!this.formats.has(key)) this.formats.set(key, new kind(this.locale, options));
    return this.formats.get(key);
  }

  /** @param {string} key @param {object} [values] `n` chooses the plural; numbers are formatted */
  say(key, values = {}) {
    let found = this.own[key] ?? this.catalogues.en[key] ?? key;
    const first = Object.values(values)[0];
    const beforeVowel = this.own[`${key}:vowel`];
    if (beforeVowel && typeof first === "string" && VOWEL.test(first)) found = beforeVowel;
    if (typeof found === "object") {
      found = found[this.#format(Intl.PluralRules, {}).select(values.n)] ?? found.other;
    }
    const filled = found.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? this.number(value) : value;
    });
    return key.startsWith("when.") || key.startsWith("short.") ? this.#contracted(filled) : filled;
  }

  /** French "de le 28 mars" as "du 28 mars": what a language draws together. */
  #contracted(text) {
    for (const [long, short] of this.own._contractions ?? []) text = text.replaceAll(long, short);
    return text;
  }

  /** @param {number} value @param {object} [options] of Intl.NumberFormat */
  number(value, options = {}) {
    return this.#format(Intl.NumberFormat, options).format(value);
  }

  /** @param {number} value 0 to 100 */
  percent(value) {
    return this.number(value / 100, { style: "percent" });
  }

  /** Texts as one enumeration: "a, b and c". @param {string[]} texts */
  list(texts) {
    return this.#format(Intl.ListFormat, { type: "conjunction" }).format(texts);
  }

  /** Short statements beside each other; a middle dot looks like a Persian zero, so languages differ. */
  joined(texts) {
    return texts.filter(Boolean).join(this.own._separator ?? " · ");
  }

  // ---- days ---------------------------------------------------------------------------------

  #dates(options, calendar = this.calendar) {
    return this.#format(Intl.DateTimeFormat, { timeZone: "UTC", calendar, ...options });
  }

  /** Joins a date's parts; French says "1er" for the first day of a month. */
  #parts(format, ...days) {
    const dates = days.map((day) => new Date(day * DAY_MS));
    const parts = days.length > 1 ? format.formatRangeToParts(...dates) : format.formatToParts(...dates);
    const first = this.own["_first-day"], one = this.number(1);
    return parts.map(({ type, value }, k) => {
      if (type === "day") return first && value === one ? first : value;
      if (type === "era") return "";
      return parts[k - 1]?.type === "day" && parts[k + 1]?.type === "day" ? closedDash(value) : value;
    }).join("").trim();
  }

  /** "28 March 2018". @param {number} day days since 1970-01-01 */
  day(day, options = { day: "numeric", month: "long", year: "numeric" }) {
    const format = this.#dates(options), key = `${options.month} ${options.year} ${options.day} ${day}`;
    if (this.days.size > MOST_DAYS) this.days.clear();
    if (!this.days.has(key)) this.days.set(key, this.#parts(format, day));
    return this.days.get(key);
  }

  /** "28 Mar". */
  shortDay(day) {
    return this.day(day, { day: "numeric", month: "short" });
  }

  /** "28–30 March 2018". */
  range(from, to, options = { day: "numeric", month: "long", year: "numeric" }) {
    if (from === to) return this.day(from, options);
    return this.#parts(this.#dates(options), from, to);
  }

  /** "March 2018", in the Gregorian calendar, because that is what a document's month is of. */
  month(year, month, options = { month: "long", year: "numeric" }) {
    return this.#parts(this.#dates(options, "gregory"), dayOf(year, month, 1));
  }

  /** "2018". */
  year(year) {
    return this.number(year, { useGrouping: false });
  }

  /** A window of time, open sides told by the extent. @param {[number|null, number|null]} window */
  window([from, to], [first, last], month = "long") {
    if (first === null && from === null && to === null) return this.say("when.unknown");
    return this.range(from ?? Math.min(first, to ?? first), to ?? Math.max(last, from ?? last),
      { day: "numeric", month, year: "numeric" });
  }

  // ---- EDTF ---------------------------------------------------------------------------------

  /** When a visit was, in words. @param {import("./data.js").Data} data @param {number} i */
  whenOf(data, i) {
    const when = this.when(data.start(i), data.end(i));
    const days = data.durationDays(i);
    return days ? this.say("when.for-days", { when, n: days }) : when;
  }

  /**
   * EDTF of arrival and departure in words: "some day in October 2017".
   * @param {string} start @param {string} end either may be empty
   */
  when(start, end) {
    if (!start && !end) return this.say("when.unknown");
    if (!end) return this.#arrival(start);
    if (!start) return this.say("when.until", { when: this.#noun(end) });
    const from = exactDay(start), to = exactDay(end);
    if (from !== null && to !== null) return this.range(from, to);
    const within = extentOf(start, end);
    if (within) return this.say("when.part-of", { when: this.range(...within) });
    return this.say("when.from-to", { from: this.#noun(start), to: this.#noun(end) });
  }

  #arrival(text) {
    const sides = sidesOf(text);
    if (!sides) return this.#single(text);
    const [from, to] = sides.map((side) => (side ? this.#noun(side) : ""));
    if (from && to) return this.say("when.between", { from, to });
    return from ? this.say("when.or-later", { when: from }) : this.say("when.or-earlier", { when: to });
  }

  #single(text) {
    const atom = readAtom(text);
    if (!atom) return text;
    const spread = this.calendar === "gregory" ? null : spreadOf(atom);
    if (spread) {
      const [from, to] = spread.map((day) => this.day(day));
      return this.#qualified(atom, this.say("when.between", { from, to }));
    }
    if (atom.kind === "day" && !atom.qualifier) return this.day(exactDay(text));
    const noun = this.#atomNoun(atom);
    const key = { day: "", unknown: "", anyday: "when.no-year", anymonth: "when.a-month" }[atom.kind];
    const said = key === "" ? noun : this.say(key ?? "when.some-day-in", { when: noun });
    return this.#qualified(atom, said);
  }

  #qualified({ qualifier }, when) {
    return qualifier ? this.say(QUALIFIERS[qualifier], { when }) : when;
  }

  /** One EDTF date as a noun: "October 2017". */
  #noun(text) {
    const sides = sidesOf(text);
    if (sides) return this.#noun(sides[1] || sides[0]);
    const atom = readAtom(text);
    return atom ? this.#qualified(atom, this.#atomNoun(atom)) : text;
  }

  #atomNoun({ kind, year, month, day, last }) {
    if (kind === "unknown") return this.say("when.unknown");
    if (kind === "day") return this.#dayNoun(this.day(dayOf(year, month, day)));
    if (kind === "month") return this.month(year, month);
    if (kind === "year") return this.year(year);
    if (kind === "season") return this.say(`season.${SEASONS[month]}`, { year: this.year(year) });
    if (kind === "quarter") return this.say("when.quarter", { n: month - 32, year: this.year(year) });
    if (kind === "anymonth") return this.month(2000, month, { month: "long" });
    if (kind === "anyday") return this.#anyDay(month, day);
    if (kind === "decade") return this.say("when.decade", { year: this.year(year) });
    return this.say("when.years", { from: this.year(year), to: this.year(last) });
  }

  /** A day within a sentence; French wants its article. */
  #dayNoun(day) {
    return this.own["noun.day"]?.replace("{day}", day) ?? day;
  }

  #anyDay(month, day) {
    const format = this.#dates({ day: "numeric", month: "long" }, "gregory");
    return this.#parts(format, dayOf(2000, month, day));
  }

  /** When, as short as a row of the itinerary under its year allows. */
  shortWhen(start, end) {
    const from = exactDay(start), to = exactDay(end);
    if (from !== null && to !== null) return this.range(from, to, { day: "numeric", month: "short" });
    const within = extentOf(start, end);
    if (within) {
      const when = this.range(...within, { day: "numeric", month: "short" });
      return this.say("short.part-of", { when });
    }
    const sides = [start, end].filter(Boolean).map((text) => this.#shortNoun(text));
    return [...new Set(sides)].join(" – ");
  }

  #shortNoun(text) {
    const sides = sidesOf(text)?.filter((side, k, both) => side && side !== both[k - 1]);
    if (sides?.length === 2) return sides.map((side) => this.#shortAtom(side)).join(" / ");
    if (!sides) return this.#shortAtom(text);
    const when = exactDay(sides[0]) === null ? this.#shortAtom(sides[0])
      : this.#dayNoun(this.#shortAtom(sides[0]));
    return this.say(sidesOf(text)[0] ? "short.from" : "short.until", { when });
  }

  #shortAtom(text) {
    const atom = readAtom(text);
    if (!atom) return text;
    const { kind, year, month, day } = atom;
    const short = kind === "day" ? this.shortDay(dayOf(year, month, day))
      : kind === "month" ? this.month(year, month, { month: "short" }) : this.#atomNoun(atom);
    return this.#qualified(atom, short);
  }

  // ---- typed dates --------------------------------------------------------------------------

  /**
   * A day as a reader types it: `2018-03-28`, `2018-03`, `2018`, `28/3/2018` or "28 mars 2018".
   * @param {string} text @param {"first" | "last"} edge which day a month or a year stands for
   * @returns {number | null} null when it is none
   */
  readDay(text, edge) {
    const plain = latinDigits(text).trim().toLowerCase().replace(/\bler\b|(\d)(er|st|nd|rd|th)\b/g, "$1");
    const named = plain.match(/\p{L}[\p{L}\p{M}\u200c.]*|\d+/gu) ?? [];
    if (this.calendar === "persian") return this.#readPersian(named, edge);
    const iso = parseDay(plain.replace(/[/.]/g, "-"), edge);
    if (iso !== null) return iso;
    const dayFirst = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(plain);
    if (dayFirst) return parseDay(`${dayFirst[3]}-${dayFirst[2]}-${dayFirst[1]}`, edge);
    const { year, month, day } = this.#named(named);
    if (!year || !month) return null;
    return parseDay([year, month, ...(day ? [day] : [])].join("-"), edge);
  }

  /** Numbers and the name of a month, in any order: the year is the last number, or one above 31. */
  #named(tokens) {
    let month = 0;
    const numbers = [];
    for (const token of tokens) {
      if (/^\d/.test(token)) numbers.push(Number(token));
      else month ||= this.#monthNamed(token.replace(/\.$/, ""));
    }
    const year = numbers.find((one) => one > 31) ?? numbers.at(-1);
    return { year, month, day: numbers.length > 1 ? numbers.find((one) => one !== year) : 0 };
  }

  #monthNamed(name) {
    for (let month = 1; month <= 12; month++) {
      for (const style of ["long", "short"]) {
        const own = this.#monthName(month, style);
        if (own === name || (name.length > 2 && own.startsWith(name))) return month;
      }
    }
    return 0;
  }

  /** A month's name alone; in the Persian calendar month 1 begins in March. */
  #monthName(month, style) {
    const day = this.calendar === "persian" ? addMonths(dayOf(2001, 4, 5), month - 1) : dayOf(2001, month, 5);
    const parts = this.#dates({ month: style, day: "numeric" }).formatToParts(new Date(day * DAY_MS));
    return parts.find((part) => part.type === "month").value.toLowerCase().replace(/\.$/, "");
  }

  #readPersian(tokens, edge) {
    const numeric = tokens.every((token) => /^\d/.test(token));
    const found = numeric
      ? { year: Number(tokens[0]), month: Number(tokens[1] ?? 0), day: Number(tokens[2] ?? 0) }
      : this.#named(tokens);
    if (!found.year || found.year > 9377) return null;
    const last = edge === "last";
    const month = found.month || (last ? 12 : 1);
    if (found.day) return this.#persianDay(found.year, month, found.day);
    if (!last) return this.#persianDay(found.year, month, 1);
    const next = month === 12 ? [found.year + 1, 1] : [found.year, month + 1];
    const after = this.#persianDay(...next, 1);
    return after === null ? null : after - 1;
  }

  /** The day of a date of the Solar Hijri calendar: a guess, then the neighbour that Intl confirms. */
  #persianDay(year, month, day) {
    const before = month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
    const guess = dayOf(year + 621, 3, 21) + before + day - 1;
    for (const shift of [0, 1, -1, 2, -2]) {
      const parts = this.persianDate(guess + shift);
      if (parts.year === year && parts.month === month && parts.day === day) return guess + shift;
    }
    return null;
  }

  /** @param {number} day @returns {{year: number, month: number, day: number}} Solar Hijri */
  persianDate(day) {
    const options = { calendar: "persian", numberingSystem: "latn", timeZone: "UTC", year: "numeric",
      month: "numeric", day: "numeric" };
    this.persian ??= new Intl.DateTimeFormat("en", options);
    const parts = this.persian.formatToParts(new Date(day * DAY_MS));
    const value = (type) => parseInt(parts.find((part) => part.type === type)?.value ?? "", 10);
    return { year: value("year"), month: value("month"), day: value("day") };
  }
}

/** The page's one voice. */
export const words = new Words();

/** @param {string} key @param {object} [values] */
export const say = (key, values) => words.say(key, values);

/** Persian and Arabic digits as 0 to 9. @param {string} text */
export function latinDigits(text) {
  return text.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660));
}

/** Between two days of one month a dash stands without spaces: "28–30 March". */
const closedDash = (text) => (/^\s*[–-]\s*$/.test(text) ? "–" : text);

/** The two sides of an EDTF interval, "" for an open one; null when the text is no interval. */
function sidesOf(text) {
  const inner = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  const cut = inner.includes("/") ? inner.split("/") : text === inner ? null : inner.split("..");
  return cut && cut.length === 2 ? cut.map((side) => (side === ".." ? "" : side)) : null;
}

/**
 * First and last day of a stay whose arrival or departure is itself only known between two days (one
 * of several towns of a dated journey); null when a bound is open or no exact day.
 */
function extentOf(start, end) {
  const days = [start, end].filter(Boolean).flatMap((text) => sidesOf(text) ?? [text]).map(exactDay);
  const isPart = start && end && days.length > 2 && !days.includes(null);
  return isPart ? [Math.min(...days), Math.max(...days)] : null;
}

/** One EDTF date read into its kind and numbers; null when it is none. */
function readAtom(text) {
  const match = ATOM.exec(text);
  if (!match) return null;
  const [, y, m, d, qualifier] = match;
  const atom = { year: Number(y.replace(/X/g, "0")), last: Number(y.replace(/X/g, "9")), qualifier,
    month: m && m !== "XX" ? Number(m) : 0, day: d && d !== "XX" ? Number(d) : 0 };
  return { ...atom, kind: kindOf(y, atom) };
}

function kindOf(y, { month, day }) {
  if (y === "XXXX") return month && day ? "anyday" : month ? "anymonth" : "unknown";
  if (/X$/.test(y)) return y.indexOf("X") === 3 ? "decade" : "years";
  if (!month) return "year";
  if (day) return "day";
  return month <= 12 ? "month" : month in SEASONS ? "season" : "quarter";
}

/** First and last day of a month or year; null for anything else. */
function spreadOf({ kind, year, month }) {
  if (kind !== "month" && kind !== "year") return null;
  const text = `${String(year).padStart(4, "0")}${kind === "month" ? `-${month}` : ""}`;
  return [parseDay(text, "first"), parseDay(text, "last")];
}

/** The day number of an EDTF text that is one certain day, otherwise null. */
function exactDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parseDay(text) : null;
}

/** The Gregorian year of a day. @param {number} day */
export const yearOf = (day) => dateOf(day).year;
