/**
 * The page's interface for programs: `visitmap.setWindow`, `visitmap.state`, `visitmap.select`, and
 * the event `visitmap:change`, which the embedding page gets as a message as well.
 *
 * The embedding page, which cannot call functions across origins, may post
 * `{type: "visitmap:setWindow", start, end}` and `{type: "visitmap:select", visit_id}`.
 */
import { isoDay, parseDay } from "./days.js";

/** @param {import("./model.js").Model} model @returns {object} what `window.visitmap` gets */
export function makeApi(model) {
  const { data } = model;
  const iso = (day) => (day === null ? null : isoDay(day));

  /** ISO days, inclusive; either may be null for open. */
  function setWindow(start = null, end = null) {
    const from = readBound(start, "first"), to = readBound(end, "last");
    model.pause();
    model.setWindow(from, to);
    return state();
  }

  /** What is shown now. */
  function state() {
    const { window, extent, visible, selected, mode } = model;
    return { window: window.map(iso), extent: extent.map(iso), visible, total: data.n,
      selected: selected < 0 ? null : data.visitId(selected), mode };
  }

  /** Selects a visit by its id, or none. */
  function select(visitId = null) {
    const i = visitId === null ? -1 : data.indexOf(String(visitId));
    if (visitId !== null && i < 0) throw new RangeError(`there is no visit ${visitId} in this map`);
    if (i >= 0) model.reveal(i);
    model.select(i);
    return state();
  }

  return { setWindow, state, select };
}

function readBound(text, edge) {
  if (text === null || text === "") return null;
  const day = parseDay(String(text), edge);
  if (day === null) throw new RangeError(`not a day: ${text}; write 2018-03-28, or null for open`);
  return day;
}

/** Tells the document and the embedding page of every change, and listens to the latter. */
export function announceChanges(model, api) {
  let before = "";
  const announce = () => {
    const detail = api.state(), text = JSON.stringify(detail);
    if (text === before) return;
    before = text;
    document.dispatchEvent(new CustomEvent("visitmap:change", { detail }));
    if (parent !== window) parent.postMessage({ type: "visitmap:change", detail }, "*");
  };
  model.addEventListener("change", announce);
  if (parent !== window) addEventListener("message", (event) => obey(event, api));
  announce();
}

/** Does what the embedding page asks; only that page is heard, and only these two wishes. */
function obey({ source, data }, api) {
  if (source !== parent || typeof data !== "object" || data === null) return;
  try {
    if (data.type === "visitmap:setWindow") api.setWindow(data.start ?? null, data.end ?? null);
    if (data.type === "visitmap:select") api.select(data.visit_id ?? null);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.warn(error.message);
  }
}
