/**
 * The map page in a frame, and the two things that come back from it: the window and the visit
 * chosen. The frame has no origin of its own, so nothing in it can reach this page but by message.
 *
 * data: {src, title, low, window: [from, to] (either may be null) | null, selected: visit id | null, settle_ms}
 * value "state": {window: [from, to] | null (all), selected: visit id | null}; unset until touched
 * value "drawn": true once the map is drawn, or after GIVE_UP_MS
 */
const FRAMES = new WeakMap();
const GIVE_UP_MS = 5000;

export default function (component) {
  const { data, parentElement } = component;
  const host = parentElement.querySelector(".visitmap-frame");
  const known = FRAMES.get(host) ?? open(host);
  known.component = component;
  show(known, data);
  return () => close(host, known);
}

function open(host) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox");
  frame.setAttribute("referrerpolicy", "no-referrer");
  const known = { frame, src: "", ready: false, last: {}, sent: {}, timer: 0, component: null };
  known.listen = (event) => event.source === frame.contentWindow && receive(known, event.data);
  addEventListener("message", known.listen);
  host.replaceChildren(frame);
  FRAMES.set(host, known);
  setTimeout(() => drawn(known), GIVE_UP_MS);
  return known;
}

/** Says once that the map is drawn: what else is on the page may load now. */
function drawn(known) {
  if (known.drawn) return;
  known.drawn = true;
  known.component?.setStateValue("drawn", true);
}

function close(host, known) {
  // Streamlit may unmount and mount again while it draws: only a host that left the page is let go.
  setTimeout(() => {
    if (host.isConnected) return;
    removeEventListener("message", known.listen);
    clearTimeout(known.timer);
    FRAMES.delete(host);
  }, 1000);
}

function show(known, data) {
  known.settle = data.settle_ms ?? 80;
  known.frame.title = data.title;
  known.frame.parentElement.classList.toggle("low", Boolean(data.low));
  if (known.src !== data.src) {
    load(known, data);
  } else {
    if (data.selected !== known.sent.selected && data.selected !== known.last.selected) {
      post(known, { type: "visitmap:select", visit_id: data.selected });
    }
    const window = JSON.stringify(data.window);
    if (window !== known.sent.window && window !== known.last.window) {
      const [start, end] = data.window ?? [null, null];
      post(known, { type: "visitmap:setWindow", start, end });
    }
  }
  known.sent = { selected: data.selected, window: JSON.stringify(data.window) };
}

function load(known, data) {
  const parts = new URLSearchParams();
  if (data.window) {
    if (data.window[0]) parts.set("from", data.window[0]);
    if (data.window[1]) parts.set("to", data.window[1]);
  }
  if (data.selected) parts.set("visit", data.selected);
  known.src = data.src;
  known.last = { selected: data.selected, window: JSON.stringify(data.window) };
  known.frame.src = `${data.src}#${parts}`;
}

const post = (known, message) => known.frame.contentWindow?.postMessage(message, "*");

/** Notes what the map says; Python hears of it when the reader's hand has come to rest. */
function receive(known, message) {
  if (message?.type !== "visitmap:change") return;
  drawn(known);
  const state = message.detail ?? message.state ?? message;
  known.next = state;
  clearTimeout(known.timer);
  known.timer = setTimeout(() => report(known), known.settle);
}

function report(known) {
  const { window, selected, extent } = known.next;
  const [from, to] = window ?? [null, null], [first, last] = extent ?? [null, null];
  const whole = (!from || from <= first) && (!to || to >= last);
  const value = { window: whole ? null : [from, to], selected: selected ?? null };
  const text = JSON.stringify(value.window);
  if (text === known.last.window && value.selected === known.last.selected) return;
  known.last = { window: text, selected: value.selected };
  known.component.setStateValue("state", value);
}
