/**
 * What the measurements run inside the pages. Times are milliseconds since the epoch, so that a
 * frame's and its page's can be compared. `painted()` is the task after the next animation frame.
 */
window.bench = {
  now: () => performance.timeOrigin + performance.now(),

  painted: () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(window.bench.now());
    channel.port2.postMessage(0);
  })),

  /** Resolves with the time at which `test()` first gives something, looked at once a frame. */
  async until(test, most_ms = 60000) {
    const begun = window.bench.now();
    for (;;) {
      const at = await window.bench.painted();
      let found = null;
      try { found = test(); } catch { /* not there yet */ }
      if (found) return { at, found };
      if (at - begun > most_ms) return { at: null, found: null };
    }
  },

  // ---- in the frame of our map ---------------------------------------------------------------

  map: () => document.documentElement.dataset.visitmap === "ready"
    && visitmap.page.layer.record().legs > 0,

  /** From the next key pressed until the map shows the new window; counts frames with no leg. */
  listenToMap() {
    const before = JSON.stringify(visitmap.state().window), layer = visitmap.page.layer;
    window.benchStep = new Promise((done) => addEventListener("keydown", async () => {
      const pressed = window.bench.now();
      let frames = 0, blank = 0;
      for (;;) {
        const at = await window.bench.painted();
        frames++;
        if (!layer.frame) blank += layer.record().legs === 0;
        const changed = JSON.stringify(visitmap.state().window) !== before;
        if ((changed && !layer.frame) || at - pressed > 60000) {
          done({ pressed, ms: at - pressed, frames, blank, shown: visitmap.state().visible });
          return;
        }
      }
    }, { capture: true, once: true }));
  },

  // ---- in our pages --------------------------------------------------------------------------

  /** Numbers, heading and table, as one text; empty until all of them are there. */
  figures() {
    const numbers = [...document.querySelectorAll("[data-testid=stMetricValue]")].map((one) => one.textContent);
    const grid = document.querySelector("[data-testid=stDataFrame] [role=grid]");
    const heading = [...document.querySelectorAll("h2")].map((one) => one.textContent).join("|");
    if (numbers.length < 5 || !grid) return "";
    return JSON.stringify([numbers, heading, grid.getAttribute("aria-rowcount")]);
  },

  /** Whether all of them are there and one is new; `benchFigures` is what they were. */
  figuresChanged() {
    const now = window.bench.figures();
    return now !== "" && now !== window.benchFigures;
  },

  // ---- in the usual pattern's page -----------------------------------------------------------

  usual() {
    const frame = [...document.querySelectorAll("iframe")]
      .find((one) => one.contentDocument?.querySelector(".leaflet-container"));
    const said = [...document.querySelectorAll("[data-testid=stMarkdownContainer] p")]
      .map((one) => /^shown (\d+) (\S+)/.exec(one.textContent)).find(Boolean);
    const inside = frame?.contentDocument;
    const paths = inside ? inside.querySelectorAll(".leaflet-overlay-pane path").length : 0;
    const markers = inside ? inside.querySelectorAll(".leaflet-marker-pane img").length : 0;
    const map = inside?.querySelector(".leaflet-container");
    return { paths, markers, expected: said ? Number(said[1]) : -1, day: said?.[2] ?? "", map };
  },

  usualIsDrawn(old = null) {
    const { paths, markers, expected, day, map } = window.bench.usual();
    return map && paths === expected && markers === expected && day !== old && !map.benchOld;
  },

  /** From the next key pressed until the new map is drawn; how long no path was there. */
  listenToUsual() {
    const { day, map } = window.bench.usual();
    window.benchStep = new Promise((done) => addEventListener("keydown", async () => {
      const pressed = window.bench.now();
      map.benchOld = true;
      let last = pressed, blank_ms = 0, frames = 0;
      for (;;) {
        const at = await window.bench.painted(), drawn = window.bench.usual();
        frames++;
        if (!drawn.paths) blank_ms += at - last;
        last = at;
        if (window.bench.usualIsDrawn(day)) {
          done({ ms: at - pressed, frames, blank_ms, shown: drawn.paths });
          return;
        }
        if (at - pressed > 60000) return done({ ms: null, frames, blank_ms, shown: drawn.paths });
      }
    }, { capture: true, once: true }));
  },
};

// First of all listeners, because a page's own may let no key go on.
addEventListener("keydown", () => { window.benchPressed = window.bench.now(); }, true);

// In a frame: the time at which our map was drawn.
if (window !== top) {
  window.bench.until(window.bench.map, 600000).then(({ at }) => { window.benchDrawn = at; });
}
