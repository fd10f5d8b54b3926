// The two charts of a comparison, each with its table.

import { chart } from "./charts.js";
import { el, zh } from "./dom.js";
import { binLabel, unitTitle } from "./measures.js";
import { address } from "./state.js";
import { binsOf } from "./statistics.js";
import { header, numbers, table } from "./table.js";
import { count, figure, t } from "./words.js";

const MOST_CHARTED = 60;
const ROW_HEIGHT = 18;
const AXIS_HEIGHT = 50;

export function histogram({ specs, measure, names }, values) {
  const bins = binsOf(values, measure.kind).map((bin) => ({
    ...bin,
    label: binLabel(bin, measure),
  }));
  const grid = table({
    caption: t("histogram.title", names),
    columns: [
      header("label", unitTitle(measure), (bin) => bin.label),
      numbers("count", t("townships"), (bin) => count(bin.count)),
    ],
    rows: bins,
  });
  const top = bins.reduce((most, bin) => (bin.count > most.count ? bin : most));
  const summary = t("histogram.summary", { ...names, label: top.label, n: top.count });
  return [
    chart({
      title: t("histogram.title", names),
      summary,
      specs,
      name: "histogram",
      values: bins,
      words: { x: unitTitle(measure), order: bins.map((bin) => bin.label) },
      grid,
    }),
  ];
}

// Median and quartiles of the areas below, as a picture and as a table.
export function byArea({ store, specs, state, year, measure, names }) {
  const areas = state.area ? store.countiesOf(state.area) : store.provinces;
  const rows = areas
    .map((area) => ({
      ...store.distribution(area.code, year, measure),
      area,
      name: labelOf(area, areas),
    }))
    .filter((row) => row.count_peers);
  if (rows.length < 2) return [];
  const charted = [...rows].sort((a, b) => b.median - a.median).slice(0, MOST_CHARTED);
  const [highest, lowest] = [charted[0], charted.at(-1)];
  const of = (row) => figure(row.median, measure.kind);
  const summary = {
    ...names,
    highest: highest.name,
    most: of(highest),
    lowest: lowest.name,
    least: of(lowest),
  };
  const title = t(rows.length > charted.length ? "areas.title.some" : "areas.title", {
    ...names,
    n: charted.length,
  });
  return [
    chart({
      title,
      summary: t("areas.summary", summary),
      specs,
      name: "areas",
      values: charted,
      words: {
        x: unitTitle(measure),
        order: charted.map((row) => row.name),
        format: axisFormat(measure),
        height: ROW_HEIGHT * charted.length + AXIS_HEIGHT,
      },
      grid: areaTable(rows, state, measure, names),
    }),
  ];
}

function axisFormat({ kind }) {
  return kind === "share" ? "%" : "~s";
}

// Counties of a province may share a name; their cities tell them apart.
function labelOf({ name, city_name: city }, areas) {
  const isShared = areas.filter((area) => area.name === name).length > 1;
  return isShared && city ? `${name} (${city})` : name;
}

function areaTable(rows, state, measure, names) {
  const of = (key) => (row) => figure(row[key], measure.kind);
  const link = ({ area }) =>
    el("a", { href: address(state, { area: area.code, sort: "" }) }, zh(area.name));
  return table({
    caption: t("areas.title", names),
    columns: [
      header("area", t("area"), link),
      numbers("peers", t("compare.known"), (row) => count(row.count_peers)),
      numbers("lower", t("quartile.lower"), of("lower_quartile")),
      numbers("median", t("median"), of("median")),
      numbers("upper", t("quartile.upper"), of("upper_quartile")),
    ],
    rows,
  });
}
