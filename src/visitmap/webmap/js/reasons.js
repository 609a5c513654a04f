/**
 * The gazetteer's reasons for a candidate in the reader's language.
 *
 * They come as English parts, "; " between them. A part that is not known here is shown as it came;
 * one that only repeats the candidate's kind and country is left out.
 */
import { say, words } from "./i18n.js";

const REPEATS = /^(?:region of .+|(?:place|site|airport)(?: in .+)?|a country's name)$/;
const FORMS = [
  ["own", /^from your own list of places$/],
  ["nearly", /^spelled nearly like (?<name>.+)$/],
  ["romanised", /^another romanisation of (?<name>.+)$/],
  ["past-until", /^a name of the past \(until (?<until>.+)\), today (?<name>.+)$/],
  ["past", /^a name of the past, today (?<name>.+)$/],
  ["near", /^(?<km>\d+) km from (?<name>.+), also in the text$/],
  ["beside", /^named beside (?<name>.+)$/],
  ["named", /^(?<country>.+) is named in the text$/],
  ["traveller", /^the traveller's own country$/],
  ["capital", /^capital of (?<country>.+)$/],
  ["people", /^(?:place|site|airport) of (?<people>[\d,]+) people(?: in .+)?$/],
];

/**
 * @param {import("./model.js").Model} model @param {{reason: string, country: string}} candidate
 * @returns {string} empty when there is nothing to say
 */
export function reasonOf(model, { reason, country }) {
  const parts = (reason ?? "").split("; ").filter((part) => part && !REPEATS.test(part));
  return parts.map((part) => translated(model, part, country)).join(" · ");
}

function translated(model, part, code) {
  for (const [key, form] of FORMS) {
    const found = form.exec(part)?.groups;
    if (form.test(part)) return say(`reason.${key}`, valuesOf(model, found ?? {}, code));
  }
  return part;
}

/** A country is the candidate's own; other names stay as the gazetteer says them. */
function valuesOf(model, { name, until, km, people, country }, code) {
  return {
    name: name === englishName(code) ? model.countryName(code) : name,
    until: until && (/^\d+$/.test(until) ? words.year(Number(until)) : until),
    km: km && words.number(Number(km)),
    country: country && (model.countryName(code) || country),
    n: people && Number(people.replaceAll(",", "")),
  };
}

const english = new Intl.DisplayNames(["en"], { type: "region" });
const englishName = (code) => (/^[A-Z]{2}$/.test(code) ? english.of(code) : undefined);
