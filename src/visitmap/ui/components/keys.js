/**
 * Single keys for the whole page: data.keys lists them, each press comes back as {key, about, count}
 * with data.about, what the page was about when the key was pressed. A key pressed before the page
 * answered the last one waits when it is one of data.patient, else it is dropped: nobody decides on
 * what they have not seen. Typing in a field, and keys with Ctrl, Alt or Meta, are left alone.
 * Streamlit's own single keys (rerun, clear cache) would shadow ours, so a key of ours goes no
 * further.
 */
let listener = null;
let count = 0;
let sent = null; // the turn of the page in which a key was sent
let queue = []; // keys pressed meanwhile, with the time until which they count
const GIVE_UP_MS = 3000;
const PATIENCE_MS = 1500;

export default function ({ data, parentElement, setTriggerValue }) {
  const keys = new Set(data.keys), patient = new Set(data.patient);
  if (listener) removeEventListener("keydown", listener, true);
  const mark = parentElement.querySelector("span");
  const send = (key) => {
    mark.dataset.keys = "sent";
    sent = { turn: data.turn, at: performance.now() };
    setTriggerValue("pressed", { key, about: data.about, count: ++count });
  };
  const isWaiting = () => sent?.turn === data.turn && performance.now() - sent.at < GIVE_UP_MS;
  const mine = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event)) return;
    if (!keys.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isWaiting()) send(event.key);
    else if (patient.has(event.key)) queue.push({ key: event.key, until: performance.now() + PATIENCE_MS });
  };
  listener = mine;
  addEventListener("keydown", mine, true);
  if (!isWaiting()) {
    mark.dataset.keys = "ready";
    queue = queue.filter(({ key, until }) => keys.has(key) && until > performance.now());
    if (queue.length) send(queue.shift().key);
  }
  return () => removeEventListener("keydown", mine, true);
}

function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  const role = target.getAttribute("role");
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]")
    || role === "combobox" || role === "textbox" || role === "grid" || target.closest("[role=dialog]") !== null;
}
