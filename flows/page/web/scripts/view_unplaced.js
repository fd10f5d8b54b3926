// Reports that are tied to no township-level unit, or to no year: who they say they are, and why.

import { el, zh } from "./dom.js";
import { note, reporterLink, where } from "./parts.js";
import { header, prose, table, words } from "./table.js";
import { t, text } from "./words.js";

export async function unplacedView({ store, details, facts }, state) {
  const { tables } = await details();
  const rows = [...store.unplaced, ...store.yearless];
  const columns = columnsOf(store, tables.page_sources.source_path, state);
  const caption = t("unplaced.title");
  const quarantined = facts.count_quarantined;
  return {
    title: caption,
    nodes: [
      note(t("unplaced.note")),
      ...(rows.length ? table({ caption, columns, rows, state }) : [note(t("unplaced.none"))]),
      quarantined ? note(t("quarantined", { n: quarantined })) : null,
    ],
    status: t("rows", { n: rows.length }),
  };
}

function columnsOf(store, paths, state) {
  const place = (report) => store.reporterOf(report);
  const lies = ({ province, city, county }) => where(province, city, county);
  const year = (report) => store.yearOf(report);
  const shownYear = (report) => text(year(report) && String(year(report)));
  const reason = (report) => t(`reason.${reasonOf(store.tables.page_reports, report)}`);
  const path = (report) => el("span", { class: "path-name" }, zh(paths[report]));
  const link = (report) => reporterLink(store, state, report);
  return [
    header("unit", t("reporter"), link, (report) => place(report).name),
    words("year", t("filter.year"), shownYear, year),
    prose("where", t("unplaced.where"), (report) => lies(place(report)), areaOf(place)),
    prose("reason", t("reason"), reason, reason),
    prose("path", t("source.path"), path),
  ];
}

function areaOf(place) {
  return (report) => place(report).area || null;
}

function reasonOf(reports, report) {
  if (reports.identity_status[report] !== "matched") return reports.identity_status[report];
  return reports.township[report] === null ? "level" : "year";
}
