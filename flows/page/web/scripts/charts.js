// Charts: Vega-Lite specs of charts/*.json, drawn as SVG by Vega, which is unpacked when the first
// chart is. Expressions are interpreted (`ast`), for the page forbids code made from text. Each
// chart is one picture with a text alternative, beside a table of its figures.

import { el } from "./dom.js";
import { unpackText } from "./unpack.js";
import { t } from "./words.js";

const LOOK = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: false };

let vega = null;
let waiting = [];
let drawn = [];

export function chart({ title, summary, specs, name, values, words, grid }) {
  // Vega sets the role of what it draws in, so that is not the picture itself.
  const canvas = el("div");
  waiting.push({ canvas, spec: filled(specs[name], { ...words, values }) });
  return el(
    "figure",
    {},
    el("figcaption", {}, title),
    el("div", { class: "chart", role: "img", "aria-label": summary }, canvas),
    el("details", {}, el("summary", {}, t("chart.table")), ...grid),
  );
}

// Draws the charts of the view that is now on the page, and lets go of those before.
export async function drawCharts() {
  const charts = waiting;
  waiting = [];
  for (const chart of drawn) chart.finalize();
  drawn = [];
  if (!charts.length) return;
  vega ??= startVega();
  // The reader may have gone on since.
  const shown = () => charts.filter(({ canvas }) => canvas.isConnected);
  try {
    const embed = await vega;
    for (const { canvas, spec } of shown()) drawn.push(await embed(canvas, spec, LOOK));
  } catch (error) {
    // The figures stand in the tables all the same.
    console.error(error);
    for (const { canvas } of shown()) canvas.textContent = t("chart.failed");
  }
}

// Where a spec says "@name" it means the word, or the values, of that name.
function filled(spec, words) {
  return JSON.parse(JSON.stringify(spec), (_, value) =>
    typeof value === "string" && value.startsWith("@") ? words[value.slice(1)] : value,
  );
}

async function startVega() {
  const script = el("script", { type: "module" });
  script.textContent = await unpackText("vega");
  const isReady = new Promise((resolve) => {
    window.addEventListener("vega-ready", resolve, { once: true });
  });
  document.head.append(script);
  await isReady;
  return window.vegaEmbed;
}
