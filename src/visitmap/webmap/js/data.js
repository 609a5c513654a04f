/**
 * The document's columns as typed arrays, and what a visit says, read when asked.
 *
 * Every column is base64 of gzip of byte planes (docs/map-format.md). Numbers are decoded at once;
 * long texts stay compressed until somebody reads one. Visit `i` is the i-th in order of time, the
 * undated ones last.
 */
import { UNKNOWN_MAX, UNKNOWN_MIN, isoDay, isoMonth, isoYear } from "./days.js";

export const FORMAT_VERSION = 1;
export const STATUSES = ["planned", "ongoing", "happened", "cancelled", "denied"];
export const REVIEWS = ["unreviewed", "accepted", "corrected", "rejected"];
export const ORIGIN_BASES = ["", "stated", "implied"];
export const KINDS = ["city", "site", "region", "country"];
const NO_START = 1, NO_START_LATEST = 2, NO_END_EARLIEST = 4, NO_END_LATEST = 8;
const EDTF_FORMS = [() => "", isoDay, isoMonth, isoYear];

/** What keeps this page from showing its data, said for the reader; `code` is stable. */
export class DataError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {string} text base64 @returns {Uint8Array} */
function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** @param {string} text base64 of gzip @returns {Promise<Uint8Array>} */
async function inflate(text) {
  if (!text) return new Uint8Array(0);
  // Written at once rather than piped from a Blob, whose bytes would travel by way of another process.
  const { readable, writable } = new DecompressionStream("gzip"), writer = writable.getWriter();
  const written = Promise.all([writer.write(bytesOfBase64(text)), writer.close()]);
  const [plain] = await Promise.all([new Response(readable).arrayBuffer(), written]);
  return new Uint8Array(plain);
}

/** @param {string} text base64 of gzip of JSON */
async function inflateJson(text) {
  return text ? JSON.parse(new TextDecoder().decode(await inflate(text))) : [];
}

/** Joins the byte planes (all lowest bytes first) of unsigned numbers. */
function joinPlanes(bytes, count, width) {
  if (width === 1) return bytes;
  const numbers = width === 2 ? new Uint16Array(count) : new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = bytes[i] | (bytes[count + i] << 8);
  for (let plane = 2; plane < width; plane++) {
    const from = plane * count;
    for (let i = 0; i < count; i++) numbers[i] += bytes[from + i] * 2 ** (8 * plane);
  }
  return numbers;
}

/**
 * One column of integers. Stays in its narrow type when it starts at 0 and is no delta column.
 * @param {{n: number, w: number, base?: number, delta?: boolean, z: string}} column
 */
export async function decodeColumn(column) {
  const { n, w, base = 0, delta = false } = column;
  if (w === 0) return base === 0 ? new Uint8Array(n) : new Int32Array(n).fill(base);
  const raw = joinPlanes(await inflate(column.z), n, w);
  if (!delta && base === 0) return raw;
  const numbers = new Int32Array(n);
  if (!delta) for (let i = 0; i < n; i++) numbers[i] = raw[i] + base;
  else for (let i = 0, sum = 0; i < n; i++) numbers[i] = sum += raw[i] + base;
  return numbers;
}

const folded = new Map();
/** A text as search compares it: lower case, no accents, one form of Arabic and Persian letters. */
export function fold(text) {
  let found = folded.get(text);
  if (found === undefined) {
    found = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
      .replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/\u200c/g, "");
    if (text.length < 64 && folded.size < 50000) folded.set(text, found);
  }
  return found;
}

/**
 * A column of texts, decoded when the first one is read.
 *
 * The distinct texts are a JSON list ("list"), or a stream of word numbers with 0 closing each text
 * ("words": one byte below 192, two below 16,320, otherwise 255 and three), with the words apart.
 */
class Texts {
  /** @param {{n: number, mode: string, index?: object, z: string, words?: string}} packed */
  constructor(packed) {
    this.packed = packed;
    this.ready = null;
    this.index = null;
    this.list = null;
    this.words = null;
  }

  /** Reads what is needed for `at` and `matches`; cheap when done before. */
  load() {
    this.ready ??= this.#decode().then(() => (this.packed = null));
    return this.ready;
  }

  async #decode() {
    const { index, mode, z, words } = this.packed;
    if (index) this.index = await decodeColumn(index);
    if (mode === "list") this.list = await inflateJson(z);
    else [this.stream, this.words] = await Promise.all([inflate(z), inflateJson(words)]);
    if (this.words) this.#findRows();
  }

  #findRows() {
    const { stream } = this;
    let count = 0;
    for (let at = 0; at < stream.length; at += tokenLength(stream[at])) if (!stream[at]) count++;
    this.rows = new Uint32Array(count + 1);
    let row = 0;
    for (let at = 0; at < stream.length; at += tokenLength(stream[at])) {
      if (!stream[at]) this.rows[++row] = at + 1;
    }
  }

  /** How many distinct texts there are. */
  get size() {
    return this.list ? this.list.length : this.rows.length - 1;
  }

  /** The text of row `i`, empty until `load()` has finished. @param {number} i @returns {string} */
  at(i) {
    if (!this.list && !this.rows) return "";
    const row = this.index ? this.index[i] : i;
    return this.list ? (this.list[row] ?? "") : this.#fromWords(row);
  }

  #fromWords(row) {
    const found = [];
    for (let at = this.rows[row]; at < this.rows[row + 1] - 1; at += tokenLength(this.stream[at])) {
      found.push(this.words[tokenAt(this.stream, at) - 1]);
    }
    return found.join(" ");
  }

  /**
   * Which distinct texts hold a folded word anywhere.
   * @param {string} needle @returns {Uint8Array} 1 for a match, by distinct text
   */
  matches(needle) {
    const hits = new Uint8Array(this.size);
    if (this.list) {
      for (let i = 0; i < hits.length; i++) if (fold(this.list[i]).includes(needle)) hits[i] = 1;
      return hits;
    }
    const wanted = new Uint8Array(this.words.length + 1);
    this.words.forEach((word, i) => { if (fold(word).includes(needle)) wanted[i + 1] = 1; });
    const { stream } = this;
    for (let at = 0, row = 0; at < stream.length; at += tokenLength(stream[at])) {
      if (!stream[at]) row++;
      else if (wanted[tokenAt(stream, at)]) hits[row] = 1;
    }
    return hits;
  }
}

const tokenLength = (first) => (first < 192 ? 1 : first < 255 ? 2 : 4);

function tokenAt(stream, at) {
  const first = stream[at];
  if (first < 192) return first;
  if (first < 255) return 192 + (first - 192) * 256 + stream[at + 1];
  return stream[at + 1] | (stream[at + 2] << 8) | (stream[at + 3] << 16);
}

/** Where each row's run begins, from the rows' counts; one more entry than rows. */
function runs(counts) {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i] + counts[i];
  return starts;
}

/** All visits of a document; see the module's head. Made by `decode`. */
export class Data {
  /** @param {object} document @param {Object<string, any>} columns @param {Object<string, Texts>} texts */
  constructor(document, columns, texts) {
    /** How many visits there are. */
    this.n = document.n;
    this.columns = columns;
    this.texts = texts;
    this.meta = {
      title: document.title, language: document.language, version: document.version,
      attributions: document.attributions, counts: document.counts,
    };
    this.mentioned = document.mentioned;
    this.edtf = document.edtf;
    this.sources = document.sources;
    this.tripIds = document.trips;
    this.places = document.places;
    this.travellerTable = document.travellers;
    /** Distinct names of travellers, in order of first visit. */
    this.travellerNames = [...new Set(this.travellerTable.map((one) => one[0]))];
    this.status = columns.status;
    this.certainty = columns.certainty;
    this.review = columns.review;
    this.originBasis = columns.origin_basis;
    /** Place indices; -1 for none. `legOrigin` is where the drawn leg starts (the stop before). */
    this.origin = columns.origin;
    this.destination = columns.destination;
    this.legOrigin = columns.leg_origin ?? columns.origin;
    this.sourceIndex = columns.source;
    this.partyOf = columns.party;
    this.#unpackDays(columns);
    this.#unpackParties(document.parties);
    this.#unpackPlaces(columns);
    /** Where each visit stood in the order given; ids and evidence are kept in that order. */
    this.given = columns.given;
    this.evidenceStart = runs(columns.evidence_count);
    this.fieldStart = runs(columns.field_count);
  }

  #unpackDays({ begin, unknown, start_latest, end_earliest, end_latest }) {
    const make = (bit, sentinel, value) => {
      const days = new Int32Array(this.n);
      for (let i = 0; i < this.n; i++) days[i] = unknown[i] & bit ? sentinel : value(i);
      return days;
    };
    this.startEarliest = make(NO_START, UNKNOWN_MIN, (i) => begin[i]);
    this.startLatest = make(NO_START_LATEST, UNKNOWN_MAX, (i) => begin[i] + start_latest[i]);
    this.endEarliest = make(NO_END_EARLIEST, UNKNOWN_MIN, (i) => begin[i] + end_earliest[i]);
    this.endLatest = make(NO_END_LATEST, UNKNOWN_MAX, (i) =>
      (unknown[i] & NO_END_EARLIEST ? begin[i] : this.endEarliest[i]) + end_latest[i]);
    /** 1 where at least one bound is known. */
    this.dated = new Uint8Array(this.n);
    for (let i = 0; i < this.n; i++) this.dated[i] = unknown[i] === 15 ? 0 : 1;
    /** The day a visit is sorted by; any day for an undated one. */
    this.begin = begin;
    /** How many visits are dated; these come first. */
    this.datedCount = this.dated.reduce((sum, one) => sum + one, 0);
  }

  #unpackParties(parties) {
    const names = new Map(this.travellerNames.map((name, i) => [name, i]));
    this.parties = parties;
    this.partyNames = parties.map((party) => [
      ...new Set(party.map((t) => names.get(this.travellerTable[t][0]))),
    ]);
  }

  #unpackPlaces({ place_latitude, place_longitude, place_resolved }) {
    const count = this.places.length;
    this.placeLatitude = new Float64Array(count).fill(NaN);
    this.placeLongitude = new Float64Array(count).fill(NaN);
    for (let p = 0; p < count; p++) {
      if (!place_resolved[p]) continue;
      this.placeLatitude[p] = place_latitude[p] / 1e5;
      this.placeLongitude[p] = place_longitude[p] / 1e5;
    }
  }

  /**
   * Reads the long texts (quotes, purposes, hosts, issues …); what reads them answers with empty
   * texts before. Done by `decode` for up to 5,000 visits, otherwise soon after the first drawing.
   */
  loadTexts() {
    this.textsReady ??= Promise.all(Object.values(this.texts).map((texts) => texts.load()));
    return this.textsReady;
  }

  /** @param {number} i @returns {string} */
  visitId(i) {
    const { visit_id: number, visit_id_bytes: bytes } = this.columns, row = this.given[i];
    if (number) return String(number[row]);
    if (!bytes) return this.texts.visit_id.at(row);
    const width = bytes.length / this.n;
    let hex = "";
    for (let k = 0; k < width; k++) hex += bytes[row * width + k].toString(16).padStart(2, "0");
    return hex;
  }

  /** The visit with an id, or -1. @param {string} id @returns {number} */
  indexOf(id) {
    this.byId ??= new Map(Array.from({ length: this.n }, (_, i) => [this.visitId(i), i]));
    return this.byId.get(id) ?? -1;
  }

  #edtf(form, day) {
    return form < EDTF_FORMS.length ? EDTF_FORMS[form](day) : this.edtf[form - EDTF_FORMS.length];
  }

  /** EDTF of the arrival, or empty. @param {number} i */
  start(i) {
    return this.#edtf(this.columns.start_form[i], this.startEarliest[i]);
  }

  /** EDTF of the departure, or empty. @param {number} i */
  end(i) {
    return this.#edtf(this.columns.end_form[i], this.endLatest[i]);
  }

  /** Days of stay when the document says it, otherwise null. @param {number} i */
  durationDays(i) {
    return this.columns.duration[i] || null;
  }

  /** @param {number} i @returns {{name: string, role: string, country: string}[]} */
  travellers(i) {
    return this.parties[this.partyOf[i]].map((t) => {
      const [name, role, country] = this.travellerTable[t];
      return { name, role, country };
    });
  }

  /** Indices into `travellerNames`. @param {number} i @returns {number[]} */
  travellerIds(i) {
    return this.partyNames[this.partyOf[i]];
  }

  /** @param {number} i */
  source(i) {
    const [docId, title, publisher, date, url, language] =
      this.sources[this.sourceIndex[i]] ?? ["", "", "", "", "", ""];
    return { docId, title, publisher, date, url, language };
  }

  /** The rows of a visit's evidence: first and one past the last. @param {number} i */
  evidenceRange(i) {
    return [this.evidenceStart[this.given[i]], this.evidenceStart[this.given[i] + 1]];
  }

  /** The evidence of a visit: exact words and half-open offsets. @param {number} i */
  quotes(i) {
    const found = [], [first, last] = this.evidenceRange(i);
    for (let e = first; e < last; e++) {
      const start = this.columns.evidence_begin[e];
      const end = start + this.columns.evidence_length[e];
      const doc = this.texts.evidence_doc.at(e);
      found.push({ text: this.texts.quote.at(e), start, end, doc });
    }
    return found;
  }

  /** How each field was decided: its name and the words it was read from. @param {number} i */
  fieldSpans(i) {
    const found = [], [first, last] = this.evidenceRange(i);
    for (let e = first; e < last; e++) {
      for (let f = this.fieldStart[e]; f < this.fieldStart[e + 1]; f++) {
        found.push({ field: this.texts.field_name.at(f), text: this.texts.field_text.at(f) });
      }
    }
    return found;
  }

  /** @param {number} i @returns {string} */
  purpose(i) {
    return this.texts.purpose.at(i);
  }

  /** @param {number} i @returns {string[]} */
  hosts(i) {
    return JSON.parse(this.texts.hosts.at(i) || "[]");
  }

  /** The journey's id, or empty. @param {number} i */
  trip(i) {
    return this.tripIds[this.columns.trip[i] - 1] ?? "";
  }

  /** What a person should look at in this visit. @param {number} i */
  issues(i) {
    this.issuesByVisit ??= Map.groupBy
      ? Map.groupBy(this.columns.issue_visit.keys(), (k) => this.columns.issue_visit[k])
      : groupPositions(this.columns.issue_visit);
    return (this.issuesByVisit.get(i) ?? []).map((k) => ({
      code: this.texts.issue_code.at(k), message: this.texts.issue_message.at(k),
    }));
  }

  /** @param {number} p index of a place */
  place(p) {
    const [key, name, country, kind, precisionKm, names] = this.places[p];
    return {
      key, name, names: names ?? {}, country, kind: KINDS[kind], precisionKm,
      latitude: this.placeLatitude[p], longitude: this.placeLongitude[p],
    };
  }

  /** A place's name in a language, or as the document names it. */
  placeName(p, language) {
    const [, name, , , , names] = this.places[p];
    return names?.[language] ?? name;
  }
}

function groupPositions(values) {
  const groups = new Map();
  values.forEach((value, k) => groups.set(value, [...(groups.get(value) ?? []), k]));
  return groups;
}

async function decodeAll(packed) {
  const names = Object.keys(packed);
  const decoded = await Promise.all(names.map((name) => decodeColumn(packed[name])));
  return Object.fromEntries(names.map((name, k) => [name, decoded[k]]));
}

/**
 * Reads a map document.
 * @param {object} document the parsed JSON of `#visitmap-data` @returns {Promise<Data>}
 */
export async function decode(document) {
  if (typeof DecompressionStream === "undefined") {
    throw new DataError("no-decompression", "This browser is too old to unpack the data of this " +
      "page (it has no DecompressionStream). Open it in Chrome 80, Firefox 113, Safari 16.4 or later.");
  }
  if (document?.format !== "visitmap" || document.version > FORMAT_VERSION) {
    throw new DataError("format", "The data in this page was written by a newer visitmap.");
  }
  const tables = JSON.parse(new TextDecoder().decode(await inflate(document.tables)));
  const columns = await decodeAll(document.columns);
  const texts = Object.fromEntries(
    Object.entries(document.texts).map(([name, packed]) => [name, new Texts(packed)]),
  );
  if (texts.visit_id) await texts.visit_id.load();
  const data = new Data({ ...document, ...tables }, columns, texts);
  if (data.n <= 5000) await data.loadTexts();
  return data;
}
