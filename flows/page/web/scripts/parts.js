// Small parts that several views show.

import { el, zh } from "./dom.js";
import { address } from "./state.js";
import { count, t, text } from "./words.js";

const MARKS = { error: "●", warning: "▲", info: "○" };

export function severity(name) {
  const mark = el("span", { class: `mark ${name}`, "aria-hidden": "true" }, MARKS[name]);
  return el("span", { class: "severity" }, mark, t(`severity.${name}`));
}

// The sheet of a township, or of a report that is tied to none.
export function townshipLink(store, state, township, year) {
  const { code, name } = store.placeOf(township);
  return el(
    "a",
    { href: address(state, { view: "unit", id: code, year: String(year) }) },
    zh(name),
  );
}

export function reporterLink(store, state, report) {
  const { code, name } = store.reporterOf(report);
  const id = code ?? store.tables.page_reports.unplaced_id[report];
  const year = store.yearOf(report);
  const href = address(state, { view: "unit", id, year: year === null ? "" : String(year) });
  return el("a", { href }, zh(name ?? t("no.name")));
}

// A day or a word, or a dash where none is known; it is never broken over two lines.
export function short(value) {
  return el("span", { class: "short" }, text(value));
}

export function where(...names) {
  const known = names.filter(Boolean);
  return el("span", { class: "where" }, zh(known.join(" ")));
}

// A row of large figures: [[word, figure], …].
export function totals(pairs) {
  const shown = pairs.map(([word, each]) => el("div", {}, el("dt", {}, word), el("dd", {}, each)));
  return el("dl", { class: "totals" }, ...shown);
}

// A share as a line beside its figure.
export function bar(rate, words) {
  const line = el("span", { class: "bar", "aria-hidden": "true" });
  line.style.setProperty("--share", rate);
  return [line, el("span", { class: "bar-figure" }, words)];
}

export function note(...words) {
  return el("p", { class: "note" }, ...words);
}

// How many findings there are that this page does not carry; null where all are here.
export function notCarried(facts) {
  const missing = facts.count_findings - facts.count_carried;
  if (!missing) return null;
  return note(t("findings.not.carried", { missing: count(missing), carried: facts.count_carried }));
}
