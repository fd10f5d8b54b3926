// Comparison: how one measure is distributed over the townships of an area, and who stands where.

import { byArea, histogram } from "./compare_charts.js";
import { zh } from "./dom.js";
import { areaChoice, areaName, areaPath, filters, measureChoice, yearChoice } from "./filters.js";
import { unitTitle, valueCell } from "./measures.js";
import { note, reporterLink, totals } from "./parts.js";
import { rangeOf } from "./statistics.js";
import { header, numbers, table, words } from "./table.js";
import { count, figure, own, t } from "./words.js";

export function compareView(context, state, year) {
  const { store } = context;
  const measure = store.measure(state.measure);
  const peers = store.peersIn(state.area, year);
  const rows = ranked(store, peers, measure);
  const values = rows.filter((row) => row.value !== null).map((row) => row.value);
  const names = {
    area: areaName(store, state.area),
    year: String(year),
    measure: own(measure, "title"),
  };
  const scene = { ...context, state, year, measure, names };
  return {
    title: t("compare.title", names),
    nodes: [
      areaPath(store, state),
      filters(
        measureChoice(store, state, measure),
        yearChoice(store, state, year),
        ...areaChoice(store, state),
      ),
      note(own(measure, "note")),
      sums(scene, values, rows.length - values.length),
      ...(values.length ? histogram(scene, values) : []),
      ...(state.area.length === 6 ? [] : byArea(scene)),
      ...ranking(scene, rows),
    ],
    status: t("compare.status", { n: values.length }),
  };
}

// Rows of all peers, highest value first; those without a number have no rank and stand last.
function ranked(store, peers, measure) {
  const rows = peers.map((report) => ({
    report,
    value: store.valueOf(report, measure),
    rank: null,
  }));
  rows.sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || a.report - b.report);
  for (const [place, row] of rows.entries()) {
    const above = rows[place - 1];
    if (row.value !== null) row.rank = above?.value === row.value ? above.rank : place + 1;
  }
  return rows;
}

function sums({ store, state, year, measure }, values, unknown) {
  const peers = store.distribution(state.area, year, measure);
  const of = (value) => figure(value ?? null, measure.kind);
  const span = (from, to) => t("span", { from, to });
  const [low, high] = values.length ? rangeOf(values) : [null, null];
  const coverage = store.coverage(state.area, year);
  return totals([
    [t("compare.known"), count(values.length)],
    [t("compare.unknown"), count(unknown)],
    [t("coverage.missing"), count(coverage.count_units - coverage.count_reports)],
    [t("median"), of(peers?.median)],
    [t("quartiles"), peers ? span(of(peers.lower_quartile), of(peers.upper_quartile)) : of()],
    [t("range"), values.length ? span(of(low), of(high)) : of()],
  ]);
}

function ranking({ store, state, measure, names }, rows) {
  const place = (row) => store.reporterOf(row.report);
  const column = (level) =>
    words(
      level,
      t(level),
      (row) => zh(place(row)[level]),
      (row) => place(row).area || null,
    );
  const rank = (row) => (row.rank === null ? "—" : count(row.rank));
  const columns = [
    numbers("rank", t("rank"), rank, (row) => row.rank),
    header("unit", t("unit"), (row) => reporterLink(store, state, row.report)),
    ...(state.area.length === 6 ? [] : [column("county")]),
    ...(state.area ? [] : [column("province")]),
    numbers(
      "value",
      unitTitle(measure),
      (row) => valueCell(store, row.report, measure),
      (row) => row.value,
    ),
  ];
  return table({ caption: t("ranking.title", names), columns, rows, state });
}
