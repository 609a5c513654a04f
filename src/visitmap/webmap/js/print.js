/** What the page holds on paper besides the map: what is shown, legend, itinerary as a table, sources. */
import { certaintyWord, statusWord, whereOf, whoOf } from "./describe.js";
import { drawing, el } from "./dom.js";
import { say, words } from "./i18n.js";
import { groupLabel, signsOf } from "./legend.js";
import { candidateName } from "./list.js";

/** More rows than these nobody prints; the rest is told and stays in the data. */
const MOST_ROWS = 2000;

/** @param {import("./model.js").Model} model @returns {Node[]} */
export function printed(model) {
  const { data } = model;
  const dated = Array.from(model.shown).filter((i) => data.dated[i]);
  const all = [...dated, ...model.undated()]; // as in the itinerary, whatever the window
  const rows = all.slice(0, MOST_ROWS), left = all.length - rows.length;
  return [shownOf(model), legendOf(model), signsOnPaper(model), tableOf(model, rows),
    left > 0 ? el("p", {}, say("print.rest", { n: left })) : "",
    mentionedOf(model), sourcesOf(model, rows)].filter(Boolean);
}

/** The page's heading is of the whole file; paper has no handles that tell the window. */
function shownOf(model) {
  const counted = say("now.count", { n: model.visible, total: model.data.n });
  return el("p", {}, words.joined([counted, words.window(model.window, model.extent)]));
}

function signsOnPaper(model) {
  return el("ul", { class: "vm-print-legend" }, ...signsOf(model).map(([shapes, key]) => el("li", {},
    drawing(34, 14, shapes, "vm-sign"), " ", say(key))));
}

function mentionedOf(model) {
  const { mentioned } = model.data;
  if (!mentioned.length) return "";
  const items = mentioned.map(({ name, candidates }) => el("li", { dir: "auto" },
    `${name}: ${candidates.map((one) => candidateName(model, one)).join(" · ")}`));
  return el("div", {}, el("h2", {}, say("mentioned.label", { n: mentioned.length })), el("ul", {}, ...items));
}

function legendOf(model) {
  const groups = model.groups().filter((group) => group.count);
  return el("ul", { class: "vm-print-legend" }, ...groups.map((group) => el("li", {},
    el("span", { class: "vm-swatch", style: { background: group.color } }),
    ` ${groupLabel(model.colorBy, group)} (${words.number(group.count)})`)));
}

function tableOf(model, rows) {
  const { data } = model;
  const columns = ["when", "who", "where", "status", "certainty"];
  const cells = (i) => [words.whenOf(data, i), whoOf(model, i), whereOf(model, i),
    statusWord(data.status[i]), `${certaintyWord(data.certainty[i])} (${words.percent(data.certainty[i])})`];
  return el("table", {}, el("caption", {}, say("list.label")),
    el("thead", {}, el("tr", {}, ...columns.map((key) => el("th", { scope: "col" }, say(`print.${key}`))))),
    el("tbody", {}, ...rows.map((i) => el("tr", {}, ...cells(i).map((text) =>
      el("td", { dir: "auto" }, text))))));
}

function sourcesOf(model, rows) {
  const { data } = model, numbers = new Set(rows.map((i) => data.sourceIndex[i]));
  const firstOf = new Map(rows.map((i) => [data.sourceIndex[i], i]));
  const items = [...numbers].map((number) => sourceText(data.source(firstOf.get(number)))).filter(Boolean);
  if (!items.length) return "";
  return el("div", {}, el("h2", {}, say("print.sources")),
    el("ol", {}, ...items.map((text) => el("li", { dir: "auto" }, text))));
}

function sourceText({ title, publisher, date, url, docId }) {
  return [title || docId, publisher, date ? words.when(date, "") : "", url].filter(Boolean).join(", ");
}
