/**
 * Single keys for the whole page: data.keys lists them, each press comes back as {key, count}.
 * Typing in a field, and keys with Ctrl, Alt or Meta, are left alone. Streamlit's own single keys
 * (rerun, clear cache) would shadow ours, so a key of ours goes no further.
 */
let listener = null;
let count = 0;

export default function ({ data, setTriggerValue }) {
  const keys = new Set(data.keys);
  if (listener) removeEventListener("keydown", listener, true);
  const mine = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event)) return;
    if (!keys.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTriggerValue("pressed", { key: event.key, count: ++count });
  };
  listener = mine;
  addEventListener("keydown", mine, true);
  return () => removeEventListener("keydown", mine, true);
}

function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  const role = target.getAttribute("role");
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]")
    || role === "combobox" || role === "textbox" || role === "grid" || target.closest("[role=dialog]") !== null;
}
