// The sheet of one unit: its figures of a year beside its peers, over the years, what is wrong, and
// where the reports came from. Also of a report that could be tied to no unit.

import { el, zh } from "./dom.js";
import { note, severity, short, where } from "./parts.js";
import { address } from "./state.js";
import { NONE } from "./store.js";
import { prose, table, words } from "./table.js";
import { comparison, overYears } from "./unit_figures.js";
import { figure, sentences, t, text } from "./words.js";

export async function unitView(context, state, year) {
  const unit = unitOf(context.store, state.id);
  if (!unit) return nothing(state);
  const details = await context.details();
  const scene = { ...context, details, state, unit, ...choose(context.store, unit, year) };
  const name = unit.place.name ?? t("no.name");
  return {
    title: name,
    heading: zh(name),
    subtitle: [
      where(unit.place.province, unit.place.city, unit.place.county),
      " ",
      el("span", { class: "code" }, unit.place.code ?? t(`identity.${identity(scene)}`)),
    ],
    nodes: [
      toolbar(scene),
      standing(scene),
      ...(scene.report === NONE || scene.year === null ? [] : comparison(scene)),
      ...(unit.reports.length ? overYears(scene) : []),
      ...findings(scene),
      ...sources(scene),
    ],
    status: t("unit.status", { name }),
  };
}

function nothing({ id }) {
  const words = t(id ? "unit.unknown" : "unit.hint");
  return { title: t("unit.title"), nodes: [note(words)], status: words };
}

// {place, reports: [{year, report}]}, newest first; null where the id is of no unit.
function unitOf(store, id) {
  const township = store.townshipByCode(id);
  if (township !== NONE) {
    return { place: store.placeOf(township), township, reports: store.reportsOf(township) };
  }
  const report = store.unplacedById(id);
  if (report === NONE) return null;
  const year = store.yearOf(report);
  return { place: store.reporterOf(report), township: NONE, reports: [{ year, report }] };
}

// A report that is tied to no unit has its own year only.
function choose(store, { township, reports }, year) {
  if (township === NONE) return reports[0];
  return { year, report: store.reportOf(township, year) };
}

function identity({ store, report }) {
  return store.tables.page_reports.identity_status[report];
}

function toolbar({ store, state, unit, year }) {
  const years = unit.township === NONE ? [] : store.years;
  const links = years.map((each) => {
    const href = address(state, { year: String(each) });
    const has = unit.reports.some((known) => known.year === each);
    const attributes = {
      href,
      class: has ? "" : "absent",
      "aria-current": each === year ? "true" : "",
    };
    return el("li", {}, el("a", attributes, String(each), has ? "" : ` ${t("report.none.short")}`));
  });
  const print = el("button", { type: "button", onclick: () => window.print() }, t("print"));
  const choice = el(
    "nav",
    { class: "years", "aria-label": t("filter.year") },
    el("ul", {}, ...links),
  );
  return el("div", { class: "toolbar" }, years.length ? choice : "", print);
}

// What there is for the year, in a sentence.
function standing({ store, unit, report, year }) {
  const is = { year: String(year) };
  if (report === NONE) return el("p", { class: "standing absent" }, t("unit.no.report", is));
  const { count_errors, count_warnings, count_infos } = store.tables.page_reports;
  const found = {
    errors: count_errors[report],
    warnings: count_warnings[report],
    infos: count_infos[report],
  };
  const known = [
    year === null ? t("unit.no.year") : t("unit.report", is),
    unit.township === NONE ? t("unit.unplaced") : null,
    published(store, report),
    t("unit.findings", found),
  ];
  return el("p", { class: "standing" }, sentences(known));
}

function published(store, report) {
  const { published_on: on, due_on: due } = store.tables.page_reports;
  const late = store.valueOf(report, store.measure("days_late"));
  if (on[report] === null) return t("published.unknown");
  if (late === null) return t("published.on", { on: on[report] });
  const key = late > 0 ? "published.late" : "published.in.time";
  return t(key, { on: on[report], due: due[report], n: Math.abs(late) });
}

function findings({ store, details, unit, facts }) {
  const rows = unit.reports.flatMap(({ year, report }) =>
    details.findingsOf(report).map((place) => ({ year, ...details.finding(place) })),
  );
  const {
    count_errors: errors,
    count_warnings: warnings,
    count_infos: infos,
  } = store.tables.page_reports;
  const total = unit.reports.reduce(
    (sum, { report }) => sum + errors[report] + warnings[report] + infos[report],
    0,
  );
  const heading = el("h2", {}, t("findings"));
  if (!unit.reports.length) return [];
  if (!total) return [heading, note(t("findings.none"))];
  const rule = (row) => store.rules.get(row.rule);
  const columns = [
    words("year", t("filter.year"), (row) => text(row.year && String(row.year))),
    words("severity", t("filter.severity"), (row) => severity(rule(row).severity)),
    prose("message", t("finding.message"), (row) => zh(row.message)),
    prose("evidence", t("finding.evidence"), (row) => zh(text(row.evidence))),
  ];
  const left = total - rows.length;
  return [
    heading,
    left ? note(t("findings.left", { missing: left, total })) : "",
    ...(rows.length ? table({ caption: t("findings"), isCaptionHidden: true, columns, rows }) : []),
  ];
}

function sources({ store, details, unit }) {
  if (!unit.reports.length) return [];
  const { page_reports: reports } = store.tables;
  const { page_sources: files } = details.tables;
  const late = store.measure("days_late");
  const columns = [
    words("year", t("filter.year"), (row) => text(row.year && String(row.year))),
    words("path", t("source.path"), ({ report }) =>
      el("span", { class: "path-name" }, files.source_path[report]),
    ),
    words("published", t("published"), ({ report }) => short(reports.published_on[report])),
    words("due", t("due"), ({ report }) => short(reports.due_on[report])),
    words("late", t("days.late"), ({ report }) => figure(store.valueOf(report, late), "days")),
    words("format", t("format"), ({ report }) => short(format(reports.format[report]))),
    words("status", t("status"), ({ report }) => short(t(`status.${reports.status[report]}`))),
  ];
  const caption = t("sources");
  return [
    el("h2", {}, caption),
    ...table({ caption, isCaptionHidden: true, columns, rows: unit.reports }),
    note(t("sources.note")),
  ];
}

function format(name) {
  return name === null ? null : t("format.of", { name });
}
