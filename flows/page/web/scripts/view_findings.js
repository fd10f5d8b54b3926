// Findings: how many break which rule and where, and each with its evidence.

import { el, zh } from "./dom.js";
import {
  areaChoice,
  areaName,
  areaPath,
  filters,
  ruleChoice,
  ruleTitle,
  severityChoice,
  yearChoice,
} from "./filters.js";
import { note, notCarried, reporterLink, severity, where } from "./parts.js";
import { address } from "./state.js";
import { header, numbers, prose, table, words } from "./table.js";
import { count, t, text } from "./words.js";

const SEVERITIES = ["error", "warning", "info"];

export async function findingsView(context, state, year) {
  const { store, facts } = context;
  const details = await context.details();
  const names = { area: areaName(store, state.area), year: String(year) };
  const counts = countsIn(store, state, year);
  const rows = findingsIn(store, details, state, year);
  return {
    title: t("findings.title", names),
    nodes: [
      areaPath(store, state),
      filters(
        yearChoice(store, state, year),
        ...areaChoice(store, state),
        severityChoice(state),
        ruleChoice(store, state),
      ),
      ...byRule(store, state, counts, names),
      ...basis(store, state),
      ...byArea(store, state, counts, names),
      el("h2", {}, t("findings.list")),
      notCarried(facts),
      ...list(store, details, state, rows, names),
    ],
    status: t("findings.status", { n: rows.length }),
  };
}

// The counts that the choices leave: [{area, rule, findings, reports}], all of them, carried or not.
function countsIn(store, state, year) {
  const all = store.tables.page_finding_counts;
  const rows = [];
  for (let place = 0; place < all.rule.length; place += 1) {
    const area = all.county_code[place] || all.province_code[place];
    const isHere = all.report_year[place] === year && area.startsWith(state.area);
    if (isHere && isChosen(store, state, all.rule[place])) {
      rows.push({
        area,
        rule: all.rule[place],
        findings: all.count_findings[place],
        reports: all.count_reports[place],
      });
    }
  }
  return rows;
}

function isChosen(store, state, rule) {
  if (state.rule && state.rule !== rule) return false;
  return !state.severity || store.rules.get(rule).severity === state.severity;
}

function byRule(store, state, counts, names) {
  const sums = new Map();
  for (const { rule, findings, reports } of counts) {
    const sum = sums.get(rule) ?? { rule: store.rules.get(rule), findings: 0, reports: 0 };
    sum.findings += findings;
    sum.reports += reports;
    sums.set(rule, sum);
  }
  // Rules stand in the order of their weight.
  const rows = [...store.rules.keys()]
    .filter((rule) => sums.has(rule))
    .map((rule) => sums.get(rule));
  if (!rows.length) return [note(t("findings.none.here"))];
  const link = ({ rule }) =>
    el("a", { href: address(state, { rule: rule.rule }) }, ruleTitle(rule));
  return table({
    caption: t("findings.by.rule", names),
    columns: [
      words("severity", t("filter.severity"), ({ rule }) => severity(rule.severity)),
      header("rule", t("filter.rule"), link),
      numbers("findings", t("findings"), (row) => count(row.findings)),
      numbers("reports", t("reports"), (row) => count(row.reports)),
    ],
    rows,
  });
}

// The sentence that the chosen rule rests on.
function basis(store, state) {
  const rule = store.rules.get(state.rule);
  return rule ? [note(t("rule.basis"), " ", zh(rule.basis))] : [];
}

function byArea(store, state, counts, names) {
  if (state.area.length === 6) return [];
  const width = state.area ? 6 : 2;
  const sums = new Map();
  for (const { area, rule, findings } of counts) {
    const key = area.slice(0, width);
    const sum = sums.get(key) ?? { error: 0, warning: 0, info: 0, area: key };
    sum[store.rules.get(rule).severity] += findings;
    sums.set(key, sum);
  }
  const rows = [...sums.values()].sort((a, b) => b.error - a.error || b.warning - a.warning);
  if (!rows.length) return [];
  const caption = t("findings.by.area", names);
  const grid = table({
    caption,
    isCaptionHidden: true,
    columns: [
      header("area", t("area"), (row) => areaCell(store, state, row.area, width)),
      ...SEVERITIES.map((name) => numbers(name, t(`severity.${name}`), (row) => count(row[name]))),
    ],
    rows,
  });
  return [el("details", {}, el("summary", {}, caption), ...grid)];
}

// A code shorter than those of this level means that the area is not known any closer.
function areaCell(store, state, area, width) {
  if (area.length < width) return t("area.unknown");
  return el("a", { href: address(state, { area }) }, zh(areaName(store, area)));
}

function findingsIn(store, details, state, year) {
  const { report, rule } = details.tables.page_findings;
  const rows = [];
  for (let place = 0; place < details.size; place += 1) {
    const isHere =
      store.yearOf(report[place]) === year &&
      isChosen(store, state, rule[place]) &&
      store.reporterOf(report[place]).area.startsWith(state.area);
    if (isHere) rows.push(place);
  }
  return rows;
}

function list(store, details, state, places, names) {
  if (!places.length) return [note(t("findings.none.here"))];
  const of = (cell) => (place) => cell(details.finding(place));
  const columns = [
    header(
      "unit",
      t("unit"),
      of(({ report }) => unitCell(store, state, report)),
    ),
    words(
      "severity",
      t("filter.severity"),
      of(({ rule }) => severity(store.rules.get(rule).severity)),
    ),
    prose(
      "message",
      t("finding.message"),
      of(({ message }) => zh(message)),
    ),
    prose(
      "evidence",
      t("finding.evidence"),
      of(({ evidence }) => zh(text(evidence))),
    ),
  ];
  return table({ caption: t("findings.list.caption", names), columns, rows: places, state });
}

// What the choice of an area does not say already.
function beyond({ area }, { province, county }) {
  if (area.length === 6) return [];
  return area ? [county] : [province, county];
}

function unitCell(store, state, report) {
  const place = store.reporterOf(report);
  return [reporterLink(store, state, report), " ", where(...beyond(state, place))];
}
