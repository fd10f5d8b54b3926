// How measures are written: titles with their unit, values, what stands where there is none.

import { el, hidden } from "./dom.js";
import { count, figure, own, t } from "./words.js";

const NO_VALUE = "—";

export function unitTitle(measure) {
  const unit = own(measure, "unit");
  const title = own(measure, "title");
  return unit ? t("measure.in", { title, unit }) : title;
}

// The value of a report, null included; `report` must be one. Where many stand side by side the
// reason why there is none is not printed.
export function valueCell(store, report, measure, isTerse = false) {
  const value = store.valueOf(report, measure);
  if (value === null) return unknown(store, report, measure, isTerse);
  const shown = figure(value, measure.kind);
  return store.isApproximate(report, measure) ? t("about", { figure: shown }) : shown;
}

export function rankCell(rank, peers) {
  return rank === null ? NO_VALUE : t("rank.of", { rank: count(rank), peers: count(peers) });
}

// What a bin of statistics.js holds; of shares and amounts its upper bound is in, its lower is not.
export function binLabel({ above, upTo }, { kind }) {
  const of = (value) => figure(value, kind);
  if (above === null) return upTo < 0 ? "< 0" : of(upTo);
  if (upTo === 0 && above > -1) return of(0);
  if (kind === "share") return above === 1 ? "> 100%" : `${percent(above)}–${percent(upTo)}%`;
  if (kind === "amount") return t("span", { from: of(above), to: of(upTo) });
  return above + 1 === upTo ? of(upTo) : t("span", { from: of(above + 1), to: of(upTo) });
}

// Why there is no number. The words stand beside the dash, for a dash alone is not read out.
function unknown(store, report, measure, isTerse) {
  const why = store.isAsked(report, measure) ? own(measure, "unknown") : t("not.asked");
  if (isTerse) return [el("span", { title: why }, NO_VALUE), hidden(" ", why)];
  return [NO_VALUE, " ", el("span", { class: "why" }, why)];
}

function percent(part) {
  return Math.round(100 * part);
}
