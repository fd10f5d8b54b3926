// Reports that are tied to no township-level unit: who they say they are, and what is known.

import { el, zh } from "./dom.js";
import { note, reporterLink, where } from "./parts.js";
import { header, numbers, table, words } from "./table.js";
import { count, t, text } from "./words.js";

export async function unplacedView({ store, details, facts }, state) {
  const { tables } = await details();
  const { page_reports: reports } = store.tables;
  const place = (report) => store.reporterOf(report);
  const year = (report) => store.yearOf(report);
  const reason = (report) => t(`reason.${reasonOf(reports, report)}`);
  const findings = (report) => reports.count_errors[report] + reports.count_warnings[report];
  const path = (report) => tables.page_sources.source_path[report];
  const columns = [
    header(
      "unit",
      t("reporter"),
      (report) => reporterLink(store, state, report),
      (report) => place(report).name,
    ),
    words("reason", t("reason"), reason, reason),
    words(
      "where",
      t("unplaced.where"),
      (report) => where(place(report).province, place(report).city, place(report).county),
      (report) => place(report).area,
    ),
    words("year", t("filter.year"), (report) => text(year(report) && String(year(report))), year),
    numbers("findings", t("errors.and.warnings"), (report) => count(findings(report)), findings),
    words("path", t("source.path"), (report) =>
      el("span", { class: "path-name" }, zh(path(report))),
    ),
  ];
  const rows = [...store.unplaced, ...store.yearless];
  const caption = t("unplaced.title");
  const none = facts.count_quarantined ? t("quarantined", { n: facts.count_quarantined }) : "";
  return {
    title: caption,
    nodes: [
      note(t("unplaced.note")),
      ...(rows.length ? table({ caption, columns, rows, state }) : [note(t("unplaced.none"))]),
      none ? note(none) : "",
    ],
    status: t("rows", { n: rows.length }),
  };
}

function reasonOf(reports, report) {
  if (reports.identity_status[report] !== "matched") return reports.identity_status[report];
  const level = reports.org_level[report];
  return reports.township[report] === null && level !== "township" ? "level" : "year";
}
