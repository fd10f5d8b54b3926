// Coverage: how many units have a report in, by province, by county, and which are missing.

import { el, hidden, zh } from "./dom.js";
import { areaChoice, areaName, areaPath, choice, filters, yearChoice } from "./filters.js";
import { bar, note, short, totals, townshipLink, where } from "./parts.js";
import { address } from "./state.js";
import { NONE } from "./store.js";
import { header, numbers, table, words } from "./table.js";
import { count, figure, share, t } from "./words.js";

export function coverageView({ store }, state, year) {
  const area = areaName(store, state.area);
  const names = { area, year: String(year) };
  const isList = state.area.length === 6 || state.only === "missing";
  const rows = isList ? unitRows(store, state, year) : areaRows(store, state, year);
  const columns = isList ? unitColumns(store, state, year) : areaColumns(state);
  const kind = state.only ? "missing" : isList ? "units" : "areas";
  return {
    title: t("coverage.title", names),
    nodes: [
      areaPath(store, state),
      filters(yearChoice(store, state, year), ...areaChoice(store, state), onlyChoice(state)),
      sums(store.coverage(state.area, year)),
      ...table({ caption: t(`coverage.${kind}.caption`, names), columns, rows, state }),
      unplacedNote(store, state, year),
    ],
    status: t("rows", { n: rows.length }),
  };
}

function onlyChoice(state) {
  const options = [
    { value: "", text: t("only.all") },
    { value: "missing", text: t("only.missing") },
  ];
  return choice(state, "only", t("filter.only"), options, state.only);
}

function sums({ count_units: units, count_reports: reports }) {
  return totals([
    [t("coverage.units"), count(units)],
    [t("coverage.reports"), count(reports)],
    [t("coverage.missing"), count(units - reports)],
    [t("coverage.share"), share(units ? reports / units : null)],
  ]);
}

function areaRows(store, state, year) {
  const areas = state.area ? store.countiesOf(state.area) : store.provinces;
  return areas
    .map((area) => ({ ...store.coverage(area.code, year), area }))
    .filter((row) => row.count_units)
    .map((row) => ({ ...row, missing: row.count_units - row.count_reports }))
    .map((row) => ({ ...row, rate: row.count_reports / row.count_units }));
}

function areaColumns(state) {
  const column = (key, name, cell = (row) => count(row[name])) =>
    numbers(key, t(`coverage.${key}`), cell, (row) => row[name]);
  return [
    header(
      "area",
      t("area"),
      (row) => areaLink(state, row.area),
      (row) => row.area.code,
    ),
    column("units", "count_units"),
    column("reports", "count_reports"),
    column("missing", "missing", (row) => missingLink(state, row)),
    column("share", "rate", (row) => bar(row.rate, share(row.rate))),
  ];
}

function areaLink(state, area) {
  const href = address(state, { area: area.code, sort: "" });
  return [el("a", { href }, zh(area.name)), " ", area.city_name ? where(area.city_name) : ""];
}

function missingLink(state, { area, missing }) {
  if (!missing) return count(0);
  const href = address(state, { area: area.code, only: "missing", sort: "" });
  return el(
    "a",
    { href },
    count(missing),
    hidden(" ", t("coverage.missing.of", { area: area.name })),
  );
}

function unitRows(store, state, year) {
  return store
    .townshipsIn(state.area)
    .map((township) => ({ township, report: store.reportOf(township, year) }))
    .filter((row) => !state.only || row.report === NONE);
}

function unitColumns(store, state, year) {
  const name = (row) => townshipLink(store, state, row.township, year);
  const columns = [
    header("code", t("unit"), name, (row) => row.township),
    ...(state.area.length === 6 ? [] : [countyColumn(store, state)]),
  ];
  return state.only ? columns : [...columns, ...reportColumns(store)];
}

function countyColumn(store, state) {
  const place = (row) => store.placeOf(row.township);
  const cell = (row) => where(state.area ? null : place(row).province, place(row).county);
  return words("county", t("area"), cell, (row) => place(row).area);
}

function reportColumns(store) {
  const { page_reports: reports } = store.tables;
  const late = store.measure("days_late");
  const of = (column) => (row) => (row.report === NONE ? null : reports[column][row.report]);
  const shown = (value, write) => (row) => (row.report === NONE ? "" : write(value(row)));
  const days = (row) => store.valueOf(row.report, late);
  const [errors, warnings] = [of("count_errors"), of("count_warnings")];
  return [
    words("report", t("report"), presence, (row) => row.report === NONE),
    words("published", t("published"), shown(of("published_on"), short), of("published_on")),
    numbers(
      "late",
      t("days.late"),
      shown(days, (value) => figure(value, "days")),
      days,
    ),
    numbers("errors", t("severity.error"), shown(errors, count), errors),
    numbers("warnings", t("severity.warning"), shown(warnings, count), warnings),
  ];
}

function presence({ report }) {
  return report === NONE ? el("span", { class: "absent" }, t("report.none")) : t("report.in");
}

// A report that no unit could be told for may be one of those that are missing.
function unplacedNote(store, state, year) {
  const reports = store.unplaced.filter((report) => store.yearOf(report) === year);
  if (!reports.length) return null;
  const link = el("a", { href: address(state, { view: "unplaced" }) }, t("unplaced.see"));
  return note(t("coverage.unplaced", { n: reports.length, year: String(year) }), " ", link);
}
