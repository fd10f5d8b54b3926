// The figures of a unit's sheet: one year beside its peers, and one measure over the years.

import { chart } from "./charts.js";
import { el } from "./dom.js";
import { choice } from "./filters.js";
import { rankCell, unitTitle, valueCell } from "./measures.js";
import { note } from "./parts.js";
import { rankOf } from "./statistics.js";
import { header, numbers, table } from "./table.js";
import { figure, joined, own, t } from "./words.js";

// Every measure of the year: value, and median and rank in county and province.
export function comparison(scene) {
  const { store, report, year, unit } = scene;
  const areas = areasOf(unit).map((area) => ({ area, peers: peerValues(store, area, year) }));
  const columns = [
    header("measure", t("filter.measure"), (measure) => unitTitle(measure)),
    numbers("value", t("unit.value"), (measure) => valueCell(store, report, measure)),
    ...areas.flatMap(({ area, peers }) => beside(scene, area, peers)),
  ];
  const caption = t("unit.comparison", { year: String(year) });
  const isPeer = store.isPeer(report);
  return [
    el("h2", {}, caption),
    ...table({ caption, isCaptionHidden: true, columns, rows: store.measures }),
    note(isPeer ? t("unit.comparison.note") : t("unit.no.peer")),
    areas.length ? note(covered(scene)) : "",
  ];
}

// A rank among the few reports that are in is easily taken for one among all.
function covered({ store, year, unit }) {
  const areas = areasOf(unit).map((area) => {
    const { count_units: units, count_reports: reports } = store.coverage(area, year);
    const name = area.length === 6 ? unit.place.county : unit.place.province;
    return t("unit.comparison.coverage.area", { area: name, units, reports });
  });
  return t("unit.comparison.coverage", { year: String(year), areas: joined(areas) });
}

// County and province; of a report that is tied to no unit, what is known of them.
function areasOf({ place }) {
  return [place.area, place.area.slice(0, 2)].filter(
    (area, at, all) => area && all.indexOf(area) === at,
  );
}

function peerValues(store, area, year) {
  const peers = store.peersIn(area, year);
  return (measure) => peers.map((report) => store.valueOf(report, measure));
}

function beside({ store, report, year }, area, peers) {
  const level = area.length === 6 ? "county" : "province";
  const median = (measure) => store.distribution(area, year, measure)?.median ?? null;
  return [
    numbers(`${level}.median`, t(`${level}.median`), (measure) =>
      figure(median(measure), measure.kind),
    ),
    numbers(`${level}.rank`, t(`${level}.rank`), (measure) =>
      rank(store, report, measure, peers(measure)),
    ),
  ];
}

function rank(store, report, measure, values) {
  const value = store.valueOf(report, measure);
  if (value === null || !store.isPeer(report)) return rankCell(null);
  return rankCell(rankOf(value, values), values.filter((each) => each !== null).length);
}

// All measures year by year, then one of them as a chart beside its peers.
export function overYears(scene) {
  const { store, state, unit } = scene;
  const years = unit.reports.filter(({ year }) => year !== null).reverse();
  if (years.length < 2) return [];
  const columns = [
    header("measure", t("filter.measure"), (measure) => unitTitle(measure)),
    ...years.map(({ year, report }) =>
      numbers(String(year), String(year), (measure) => valueCell(store, report, measure, true)),
    ),
  ];
  const caption = t("unit.years");
  const measure = store.measure(state.measure);
  const options = store.measures.map((each) => ({ value: each.measure, text: own(each, "title") }));
  return [
    el("h2", {}, caption),
    ...table({ caption, isCaptionHidden: true, columns, rows: store.measures }),
    el(
      "form",
      { class: "filters" },
      choice(state, "measure", t("chart.measure"), options, measure.measure),
    ),
    yearsChart(scene, measure),
  ];
}

function yearsChart({ store, specs, unit }, measure) {
  const years = [...store.years].reverse();
  const own = t("unit.this", { name: unit.place.name ?? t("no.name") });
  const lines = areasOf(unit).map((area) => ({
    name: t(area.length === 6 ? "county.median" : "province.median"),
    of: (year) => store.distribution(area, year, measure)?.median ?? null,
  }));
  lines.unshift({ name: own, of: (year) => store.valueOf(reportOf(unit, year), measure) });
  const values = lines.flatMap(({ name, of }) =>
    years.map((year) => ({ year: String(year), line: name, value: of(year) })),
  );
  const title = t("unit.chart", { measure: unitTitle(measure) });
  const columns = [
    header("year", t("filter.year"), (year) => String(year)),
    ...lines.map(({ name, of }) => numbers(name, name, (year) => figure(of(year), measure.kind))),
  ];
  const told = years
    .map((year) => `${year}: ${figure(lines[0].of(year), measure.kind)}`)
    .join("; ");
  return chart({
    title,
    summary: `${title}. ${told}`,
    specs,
    name: "years",
    values,
    words: {
      lines: lines.map(({ name }) => name),
      format: measure.kind === "share" ? "%" : "~s",
    },
    grid: table({ caption: title, isCaptionHidden: true, columns, rows: years }),
  });
}

function reportOf(unit, year) {
  return unit.reports.find((known) => known.year === year)?.report ?? -1;
}
