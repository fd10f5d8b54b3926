// How measures are written: titles with their unit, values, what stands where there is none.

import { el } from "./dom.js";
import { count, figure, own, t } from "./words.js";

const NO_VALUE = "—";

export function unitTitle(measure) {
  const unit = own(measure, "unit");
  return unit ? `${own(measure, "title")} (${unit})` : own(measure, "title");
}

// The value of a report, null included; `report` must be one.
export function valueCell(store, report, measure) {
  const value = store.valueOf(report, measure);
  if (value === null) return unknown(store, report, measure);
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
  if (kind === "share") return above === 1 ? "> 100%" : `${above * 100}–${upTo * 100}%`;
  if (kind === "amount") return `${of(above)} – ${of(upTo)}`;
  return above + 1 === upTo ? of(upTo) : `${of(above + 1)} – ${of(upTo)}`;
}

// Why there is no number. The words stand beside the dash, for a dash alone is not read out.
function unknown(store, report, measure) {
  const why = store.isAsked(report, measure) ? own(measure, "unknown") : t("not.asked");
  return [NO_VALUE, " ", el("span", { class: "why" }, why)];
}
