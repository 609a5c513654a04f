/** A visit in a few words, the same wherever it is named: itinerary, tooltip, card, print. */
import { STATUSES } from "./data.js";
import { say, words } from "./i18n.js";

const LONGEST = 160;

/** A text cut at a length a row can hold; the card shows it whole. */
export const shortened = (text, most = LONGEST) =>
  text.length > most ? `${[...text.slice(0, most)].join("").trimEnd()}…` : text;

/** "Hassan Rohani and 2 others". @param {import("./model.js").Model} model @param {number} i */
export function whoOf({ data }, i) {
  const names = data.travellerIds(i).map((t) => data.travellerNames[t]).filter(Boolean);
  if (!names.length) return say("unknown.traveller");
  if (names.length <= 2) return shortened(words.list(names));
  return say("list.and-others", { name: shortened(names[0]), n: names.length - 1 });
}

/** "Tehran → Baku", or "Baku" when nobody tells from where. */
export function whereOf(model, i) {
  const { origin, destination } = model.data;
  const to = shortened(model.placeName(destination[i]));
  return origin[i] < 0 ? to : `${shortened(model.placeName(origin[i]))} ${words.arrow} ${to}`;
}

/** "Baku (Azerbaijan)"; a country does not repeat itself. @param {number} p a place */
export function placeInCountry(model, p) {
  const place = model.data.place(p), name = model.placeName(p);
  const country = place.country ? model.countryName(place.country) : "";
  return !country || country === name || place.kind === "country" ? name
    : say("place.in-country", { place: name, country });
}

/** The word for a status. @param {number} code index into STATUSES */
export const statusWord = (code) => say(`status.${STATUSES[code]}`);

/** "likely": a certainty in words. @param {number} percent */
export function certaintyWord(percent) {
  const level = percent >= 95 ? "sure" : percent >= 80 ? "likely" : percent >= 50 ? "possible" : "doubtful";
  return say(`certainty.${level}`);
}

/** What a row does not spell out, for those who listen: the whole date, status and certainty. */
export function detailOf({ data }, i) {
  return say("list.detail", { when: words.whenOf(data, i), status: statusWord(data.status[i]),
    certainty: words.percent(data.certainty[i]) });
}
