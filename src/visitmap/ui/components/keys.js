/**
 * Single keys for the whole page, and a guard for its deciding buttons: nobody decides on what they
 * have not seen.
 *
 * data.keys lists the keys; each press comes back as {key, about, count} with data.about, the mark
 * of what the page showed. Drawn last, so that all it is about is on the page before. A key that
 * decides, and a click on a button in `.st-key-decide_…_<about>`, count
 *   - once: until the page has answered, further ones are dropped;
 *   - when what they are about has been on the screen for SEEN_MS, which the second click of a
 *     double click, and a hand in a hurry, are not;
 *   - when the button is of what the page is about.
 * Keys of data.patient decide on nothing new: they wait for the page, for a while.
 *
 * Typing in a field, and keys with Ctrl, Alt or Meta, are left alone. Streamlit's own single keys
 * (rerun, clear cache) would shadow ours, so a key of ours goes no further.
 */
let stop = null;
let count = 0;
let sent = null; // the turn of the page in which something was sent
let queue = []; // keys pressed meanwhile, with the time until which they count
let seen = { about: null, since: 0 };
let keeping = 0; // the next look at where the focus is
let held = ""; // the deciding button that was pressed by keyboard, which keeps the focus
const GIVE_UP_MS = 3000;
const PATIENCE_MS = 1500;
const SEEN_MS = 200;
const KEEP_MS = 1500; // within which the buttons of the item before may still go, with the focus
const DECIDING = "[class*='st-key-decide_']";

export default function ({ data, parentElement, setTriggerValue }) {
  stop?.();
  const keys = new Set(data.keys), patient = new Set(data.patient);
  const mark = parentElement.querySelector("span");
  if (data.about !== seen.about) seen = { about: data.about, since: performance.now() };
  const unseen_ms = () => Math.max(0, SEEN_MS - (performance.now() - seen.since));
  const isWaiting = () => sent?.turn === data.turn && performance.now() - sent.at < GIVE_UP_MS;
  const wait = () => {
    mark.dataset.keys = "sent";
    sent = { turn: data.turn, at: performance.now() };
  };
  const send = (key) => {
    wait();
    setTriggerValue("pressed", { key, about: data.about, count: ++count });
  };

  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event)) return;
    if (!keys.has(event.key)) return;
    halt(event);
    if (isWaiting()) {
      if (patient.has(event.key)) queue.push({ key: event.key, until: performance.now() + PATIENCE_MS });
    } else if (patient.has(event.key) || !unseen_ms()) send(event.key);
  };
  const clicked = (event) => {
    const button = event.composedPath().find((one) => one instanceof Element && one.matches(DECIDING));
    if (!button) return;
    const isOfThis = button.className.includes(data.about);
    if (isWaiting() || unseen_ms() || !isOfThis) return halt(event);
    held = event.detail === 0 ? named(button) : "";
    wait();
  };
  addEventListener("keydown", pressed, true);
  addEventListener("click", clicked, true);

  // A server that came back counts its turns anew: one may have the number of what was sent. Then
  // nothing is drawn that ends the waiting, and time does.
  let settled;
  const settle = () => {
    if (isWaiting()) settled = setTimeout(settle, SEEN_MS);
    else mark.dataset.keys = "ready";
  };
  settled = setTimeout(settle, unseen_ms());
  if (!isWaiting()) {
    queue = queue.filter(({ key, until }) => keys.has(key) && until > performance.now());
    if (queue.length) send(queue.shift().key);
    keepFocus(data.about, performance.now() + KEEP_MS);
  }
  stop = () => {
    clearTimeout(settled);
    cancelAnimationFrame(keeping);
    removeEventListener("keydown", pressed, true);
    removeEventListener("click", clicked, true);
  };
  return stop;
}

function halt(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The part of a deciding button's key that stays the same from item to item. */
function named(button) {
  return /st-key-decide_([a-z]+_)/.exec(button.className)?.[1] ?? "";
}

/** Each item has buttons of its own; whoever pressed one by keyboard finds the focus on the next. */
function keepFocus(about, until_ms) {
  const of = document.activeElement?.closest(DECIDING);
  const isLost = of ? !of.className.includes(about) : document.activeElement === document.body;
  if (!held || performance.now() > until_ms) return;
  if (isLost) {
    const all = [...document.querySelectorAll(`[class*='st-key-decide_${held}']`)];
    const next = all.find((one) => one.className.includes(about));
    next?.querySelector("button")?.focus({ preventScroll: true });
  }
  keeping = requestAnimationFrame(() => keepFocus(about, until_ms));
}

function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  const role = target.getAttribute("role");
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]")
    || role === "combobox" || role === "textbox" || role === "grid" || target.closest("[role=dialog]") !== null;
}
