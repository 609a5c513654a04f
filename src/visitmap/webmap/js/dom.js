/** Making and filling elements: text always as text, attributes from us alone, links checked. */

const SVG = "http://www.w3.org/2000/svg";
/** The outlines of our icons, drawn on a square of 24. */
const ICONS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  previous: "M17 5v14l-9-7zM6 5h2v14H6z",
  next: "M7 5v14l9-7zM16 5h2v14h-2z",
  back: "M15.5 5.5 9 12l6.5 6.5-1.6 1.6L5.8 12l8.1-8.1z",
  forward: "M8.5 5.5 15 12l-6.5 6.5 1.6 1.6 8.1-8.1-8.1-8.1z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  more: "M5 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zm7 0a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z" +
    "m7 0a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  filter: "M3 5h18v2H3zM6.5 11h11v2h-11zM10 17h4v2h-4z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  minus: "M5 11h14v2H5z",
  whole: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};

/**
 * An element. `on…` attributes are listeners, `data` an object of data attributes; null and false
 * attributes are left out; children are nodes or texts (null and "" are left out).
 * @param {string} tag @param {object} [attributes] @param {...any} children
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== "" && child !== false));
  return node;
}

function setAttribute(node, name, value) {
  if (name.startsWith("aria-") && typeof value === "boolean") value = String(value);
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") Object.assign(node.style, value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** One of our icons, in the colour of the text. @param {keyof ICONS} name */
export function icon(name) {
  return drawing(24, 24, [["path", { d: ICONS[name], fill: "currentColor" }]], "vm-icon");
}

/** A small drawing of ours; shapes are `[tag, attributes]`. Hidden from screen readers. */
export function drawing(width, height, shapes, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

/** Puts an icon into a button that says what it does to those who cannot see it. */
export function dress(button, iconName, label) {
  if (button.dataset.icon !== iconName) button.replaceChildren(icon(iconName));
  button.dataset.icon = iconName;
  if (button.title !== label) {
    button.title = label;
    button.setAttribute("aria-label", label);
  }
}

/** The address when it is one a reader may follow (http or https), otherwise empty. */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "http:" || address.protocol === "https:" ? address.href : "";
  } catch {
    return "";
  }
}

/** A link that takes nothing along; plain text when the address is not http(s). */
export function outwardLink(text, address) {
  const href = safeAddress(address);
  return href
    ? el("a", { href, rel: "noreferrer noopener", target: "_blank", dir: "auto" }, text)
    : el("span", { dir: "auto" }, text);
}

/** Calls `work` once in the next frame, however often asked. @param {() => void} work */
export function oncePerFrame(work) {
  let waiting = 0;
  return () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      work();
    });
  };
}

/** Calls `work` when nobody asked for `delay` milliseconds. */
export function afterPause(work, delay) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  };
}

/**
 * Calls `work` once when the browser has nothing to draw, at the latest after `most` milliseconds,
 * however often asked; so that what may come a little later does not make a frame late.
 * @param {() => void} work @param {number} most
 */
export function onceIdle(work, most) {
  let waiting = 0;
  return () => {
    waiting ||= whenIdle(() => {
      waiting = 0;
      work();
    }, most);
  };
}

/** Calls `work` in an idle moment, at the latest after `most` milliseconds. */
export const whenIdle = (work, most) => (globalThis.requestIdleCallback
  ? requestIdleCallback(work, { timeout: most }) : setTimeout(work, 1));
