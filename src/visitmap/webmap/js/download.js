/** What a reader takes along: the shown visits as CSV and GeoJSON, the view as PNG and SVG. */
import { GROUND, themeOf } from "./basemap.js";
import { ORIGIN_BASES, REVIEWS, STATUSES } from "./data.js";
import { VisitPainter } from "./layer.js";
import { groupLabel } from "./legend.js";
import { say, words } from "./i18n.js";

/** The columns of the visit table, in order. */
const COLUMNS = ["visit_id", "trip_id", "traveller", "role", "traveller_country", "origin", "origin_country",
  "origin_latitude", "origin_longitude", "origin_basis", "destination", "destination_country",
  "destination_latitude", "destination_longitude", "destination_kind", "destination_id", "start", "end",
  "duration_days", "status", "purpose", "certainty", "review", "doc_id", "title", "publisher",
  "document_date", "url", "quote", "quote_start", "quote_end"];
const FORMULA = /^[=+\-@\t\r\n]/;
const RATIO = 2, MARGIN = 16, LINE = 20;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';

/** Hands a file to the reader. @param {string} name @param {Blob} blob */
function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A file name from the document's title. */
function fileName({ data }, suffix) {
  const stem = (data.meta.title || "visits").normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${[...stem].slice(0, 60).join("").replace(/^-+|-+$/g, "") || "visits"}.${suffix}`;
}

// ---- data -------------------------------------------------------------------------------------

function placeFields(data, p, side) {
  if (p < 0) return {};
  const place = data.place(p), isPlaced = !Number.isNaN(place.latitude);
  return { [side]: place.name, [`${side}_country`]: place.country,
    [`${side}_latitude`]: isPlaced ? place.latitude : "",
    [`${side}_longitude`]: isPlaced ? place.longitude : "" };
}

/** A visit as a row of the visit table; its travellers share a cell, as in the tables we write. */
export function rowOf(data, i) {
  const all = data.travellers(i), { docId, title, publisher, date, url } = data.source(i);
  const [quote = {}] = data.quotes(i), place = data.place(data.destination[i]);
  const joined = (name) => (all.some((one) => one[name]) ? all.map((one) => one[name]).join("; ") : "");
  return {
    visit_id: data.visitId(i), trip_id: data.trip(i),
    traveller: joined("name"), role: joined("role"), traveller_country: joined("country"),
    ...placeFields(data, data.origin[i], "origin"), origin_basis: ORIGIN_BASES[data.originBasis[i]],
    ...placeFields(data, data.destination[i], "destination"), destination_kind: place.kind,
    destination_id: place.key.includes("|") ? "" : place.key,
    start: data.start(i), end: data.end(i), duration_days: data.durationDays(i) ?? "",
    status: STATUSES[data.status[i]], purpose: data.purpose(i), certainty: data.certainty[i] / 100,
    review: REVIEWS[data.review[i]], doc_id: docId, title, publisher, document_date: date, url,
    quote: quote.text ?? "", quote_start: quote.start ?? "", quote_end: quote.end ?? "",
  };
}

/** One cell: a text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value ?? "") ? `'${value}` : (value ?? "");
  return /[",\r\n;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Shown visits, in order of time. */
const shownRows = (model) => Array.from(model.shown, (i) => rowOf(model.data, i));

/** @param {import("./model.js").Model} model */
export async function saveCsv(model) {
  await model.data.loadTexts();
  const lines = shownRows(model).map((row) => COLUMNS.map((name) => csvCell(row[name])).join(","));
  const text = `\ufeff${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
  save(fileName(model, "csv"), new Blob([text], { type: "text/csv;charset=utf-8" }));
}

/** The leg as a line, a visit from nowhere as a point; without coordinates no geometry. */
function geometryOf({ origin_longitude: x0, origin_latitude: y0, destination_longitude: x1,
  destination_latitude: y1 }) {
  const isNumber = (value) => typeof value === "number";
  if (!isNumber(x1)) return null;
  if (!isNumber(x0)) return { type: "Point", coordinates: [x1, y1] };
  return { type: "LineString", coordinates: [[x0, y0], [x1, y1]] };
}

/** @param {import("./model.js").Model} model */
export async function saveGeoJson(model) {
  await model.data.loadTexts();
  const features = shownRows(model).map((row) => ({ type: "Feature", id: row.visit_id,
    geometry: geometryOf(row), properties: row }));
  const text = JSON.stringify({ type: "FeatureCollection", features });
  save(fileName(model, "geojson"), new Blob([text], { type: "application/geo+json" }));
}

// ---- pictures ---------------------------------------------------------------------------------

/** What stands around the map on a picture: title, what is shown, legend, where it is from. */
function captionOf(model) {
  const { data } = model;
  const counted = say("now.count", { n: model.visible, total: data.n });
  return {
    title: data.meta.title || say("title.none"),
    shown: words.joined([counted, words.window(model.window, model.extent)]),
    groups: model.groups().filter((group) => group.count).map((group) =>
      ({ label: groupLabel(model.colorBy, group), color: group.color })),
    from: (data.meta.attributions ?? []).map(({ text }) => text).concat("visitmap").join(" · "),
  };
}

const COLOURS = { light: { paper: "#ffffff", text: "#1f2327", soft: "#55595e" },
  dark: { paper: "#171b1f", text: "#eceef0", soft: "#a9afb5" } };

/** Places of the legend's entries in lines of a width. */
function layOut(groups, width) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.font = `13px ${FONT}`;
  let x = 0, y = 0;
  const placed = groups.map((group) => {
    const wide = probe.measureText(group.label).width + 34;
    if (x && x + wide > width) [x, y] = [0, y + LINE];
    const at = { ...group, x, y };
    x += wide;
    return at;
  });
  return { placed, height: y + LINE };
}

/** Saves the view as a picture with its caption. */
export async function savePng(model, layer) {
  const map = layer.picture(RATIO), width = map.width / RATIO, height = map.height / RATIO;
  const caption = captionOf(model), colours = COLOURS[themeOf()];
  const legend = layOut(caption.groups, width - 2 * MARGIN);
  const canvas = document.createElement("canvas");
  canvas.width = map.width;
  canvas.height = (height + 58 + legend.height + 42) * RATIO;
  const context = canvas.getContext("2d");
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(map, 0, 58 * RATIO);
  context.scale(RATIO, RATIO);
  writeCaption(context, caption, legend, { width, bottom: 58 + height, colours });
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  save(fileName(model, "png"), blob);
}

function writeCaption(context, caption, legend, { width, bottom, colours }) {
  const rtl = words.direction === "rtl", edge = rtl ? width - MARGIN : MARGIN;
  const write = (text, x, y, font, colour) => {
    context.font = `${font} ${FONT}`;
    context.fillStyle = colour;
    context.fillText(text, x, y, width - 2 * MARGIN);
  };
  context.direction = words.direction;
  context.textAlign = "start";
  write(caption.title, edge, 25, "bold 19px", colours.text);
  write(caption.shown, edge, 46, "13px", colours.soft);
  for (const { label, color, x, y } of legend.placed) {
    const at = rtl ? width - MARGIN - x : MARGIN + x, turn = rtl ? -1 : 1;
    context.fillStyle = color;
    context.fillRect(rtl ? at - 12 : at, bottom + 14 + y, 12, 12);
    write(label, at + 18 * turn, bottom + 25 + y, "13px", colours.text);
  }
  write(caption.from, edge, bottom + legend.height + 30, "11px", colours.soft);
}

// ---- SVG --------------------------------------------------------------------------------------

/** A path that writes itself down: the part of Path2D that the map's painter uses. */
class SvgPath {
  constructor() {
    this.said = [];
  }

  moveTo(x, y) {
    this.said.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x, y) {
    this.said.push(`L${short(x)} ${short(y)}`);
  }

  quadraticCurveTo(a, b, x, y) {
    this.said.push(`Q${short(a)} ${short(b)} ${short(x)} ${short(y)}`);
  }

  closePath() {
    this.said.push("Z");
  }

  /** Whole circles only, from the right and back. */
  arc(x, y, radius) {
    const r = short(radius);
    this.said.push(`M${short(x + radius)} ${short(y)}A${r} ${r} 0 1 1 ${short(x - radius)} ${short(y)}` +
      `A${r} ${r} 0 1 1 ${short(x + radius)} ${short(y)}`);
  }

  toString() {
    return this.said.join("");
  }
}

const short = (value) => Math.round(value * 10) / 10;

/** A drawing context that makes SVG elements: the part of a canvas that the painter uses. */
class SvgContext extends SvgPath {
  constructor(svg) {
    super();
    this.svg = svg;
    this.globalAlpha = 1;
    this.lineWidth = 1;
    this.dash = "";
  }

  beginPath() {
    this.said = [];
  }

  setLineDash(dash) {
    this.dash = dash.join(" ");
  }

  #path(path, attributes) {
    const d = String(path ?? this);
    if (d) this.svg.append(svgNode("path", { d, opacity: this.globalAlpha, ...attributes }));
  }

  fill(path) {
    this.#path(path, { fill: this.fillStyle });
  }

  stroke(path) {
    this.#path(path, { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth,
      ...(this.dash ? { "stroke-dasharray": this.dash } : {}) });
  }

  fillText(text, x, y) {
    this.svg.append(svgText(text, x, y + 4, { fill: this.fillStyle, "font-size": 11, "font-weight": "bold",
      "text-anchor": "middle" }));
  }

  label(text, x, y, ink) {
    this.svg.append(svgText(text, x, y + 4, { fill: ink.text, "font-size": 12, stroke: ink.halo,
      "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }));
  }
}

function svgNode(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const svgText = (text, x, y, attributes) =>
  svgNode("text", { x: short(x), y: short(y), ...attributes }, text);

/** Saves the view as SVG: legs, markers and labels as shapes, the ground as a picture under them. */
export function saveSvg(model, layer) {
  const view = layer.view(), { width, height } = view, theme = themeOf(), colours = COLOURS[theme];
  const caption = captionOf(model), above = 58;
  const legend = layOut(caption.groups, width - 2 * MARGIN);
  const map = svgNode("svg", { y: above, width, height, viewBox: `0 0 ${width} ${height}` },
    ...groundOf(layer, view, theme));
  const painter = new VisitPainter(model);
  painter.Path = SvgPath;
  painter.paint(new SvgContext(map), view, { theme, ratio: 1, vector: true });
  const whole = svgNode("svg", { xmlns: "http://www.w3.org/2000/svg", width, "font-family": FONT,
    height: height + above + legend.height + 42, direction: words.direction },
  svgNode("rect", { width: "100%", height: "100%", fill: colours.paper }), map,
  ...svgCaption(caption, legend, { width, bottom: above + height, colours }));
  const text = new XMLSerializer().serializeToString(whole);
  save(fileName(model, "svg"), new Blob([text], { type: "image/svg+xml" }));
}

function groundOf(layer, view, theme) {
  const { width, height } = view;
  const sea = svgNode("rect", { width, height, fill: GROUND[theme].sea });
  if (!layer.ground) return [sea];
  const canvas = document.createElement("canvas");
  canvas.width = width * RATIO;
  canvas.height = height * RATIO;
  layer.ground.paint(canvas.getContext("2d"), view, RATIO, theme);
  return [sea, svgNode("image", { width, height, href: canvas.toDataURL("image/png") })];
}

function svgCaption(caption, legend, { width, bottom, colours }) {
  const rtl = words.direction === "rtl", edge = rtl ? width - MARGIN : MARGIN;
  const write = (text, x, y, size, fill, weight = "normal") =>
    svgText(text, x, y, { "font-size": size, fill, "font-weight": weight });
  const entries = legend.placed.flatMap(({ label, color, x, y }) => {
    const at = rtl ? width - MARGIN - x : MARGIN + x;
    return [svgNode("rect", { x: rtl ? at - 12 : at, y: bottom + 14 + y, width: 12, height: 12, fill: color }),
      write(label, at + (rtl ? -18 : 18), bottom + 25 + y, 13, colours.text)];
  });
  return [write(caption.title, edge, 25, 19, colours.text, "bold"),
    write(caption.shown, edge, 46, 13, colours.soft), ...entries,
    write(caption.from, edge, bottom + legend.height + 30, 11, colours.soft)];
}
