/** Starts the page: reads the document, puts ground and visits on the map, hands over to the controls. */
import { addBasemap, onTheme, themeOf } from "./basemap.js";
import { decode } from "./data.js";
import { whenIdle } from "./dom.js";
import { createLayer } from "./layer.js";
import { Model } from "./model.js";

/** Parts of the running page, for the page's interface and for tests. */
export const page = { model: null, layer: null, map: null };

/**
 * Called once by the page's own script, with folium's map.
 * @param {object} map a Leaflet map @param {{embedded: boolean}} options
 * @returns {Promise<void>} done when the visits are drawn
 */
export function boot(map, options) {
  page.ready = start(map, options).catch((error) => showError(map, error));
  return page.ready;
}

async function start(map, options) {
  const frame = document.getElementById("visitmap-map");
  frame?.append(map.getContainer());
  map.getContainer().classList.add("visitmap-canvas");
  if (!frame?.clientHeight && frame) frame.style.height = "100vh";
  map.invalidateSize({ pan: false });
  keepOneWorld(map);
  const data = await decode(takeJson("visitmap-data"));
  const model = new Model(data);
  model.setTheme(themeOf());
  onTheme(() => model.setTheme(themeOf()));
  const layer = createLayer(model);
  Object.assign(page, { map, model, layer });
  layer.held = true; // what the controls leave of the map is known only when they stand
  layer.addTo(map);
  const root = document.getElementById("visitmap");
  await globalThis.visitmap.startUi?.({ model, map, layer, root, options });
  map.invalidateSize({ pan: false });
  layer.fit(null, { animate: false });
  layer.held = false;
  layer.draw();
  document.documentElement.dataset.visitmap = "ready";
  await painted(); // visits first, the ground under them in the next frame
  layer.ground = await addBasemap(map, takeJson("visitmap-basemap"));
  whenIdle(() => data.loadTexts(), 2000);
}

/** Done when the coming frame is painted, or after a while where none comes (a hidden tab). */
const painted = () => Promise.race([
  new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
  new Promise((done) => setTimeout(done, 100)),
]);

/** The block's value; its text is let go, because the page would keep it beside the columns. */
function takeJson(id) {
  const block = document.getElementById(id);
  const value = block ? JSON.parse(block.textContent) : null;
  if (block) block.textContent = "";
  return value;
}

/** Zooming out ends where one world fills the map, so that nothing stands on it twice. */
function keepOneWorld(map) {
  const limit = () => {
    const { x } = map.getSize();
    if (x) map.setMinZoom(Math.min(3, Math.max(0, Math.ceil(4 * Math.log2(x / 256)) / 4)));
  };
  map.on("resize", limit);
  limit();
}

/** One sentence in place of the map; a reader never meets a blank page. */
function showError(map, error) {
  const sentence = document.createElement("p");
  sentence.className = "visitmap-error";
  sentence.setAttribute("role", "alert");
  const own = error.code && globalThis.visitmap.sayProblem?.(error.code, document.documentElement.lang);
  sentence.textContent = own ||
    (error.code ? error.message : `The map cannot be shown: ${error.message}`);
  (document.getElementById("visitmap-map") ?? document.body).prepend(sentence);
  document.documentElement.dataset.visitmap = "failed";
  if (!error.code) console.error(error);
}
