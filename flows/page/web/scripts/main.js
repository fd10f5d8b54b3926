// Opens the data, then shows what the address says, and again whenever it changes.

import { drawCharts } from "./charts.js";
import { combobox } from "./combobox.js";
import { openDetails } from "./details.js";
import { el } from "./dom.js";
import { searchable } from "./search.js";
import { VIEWS, address, readState } from "./state.js";
import { openStore } from "./store.js";
import { markScrolling } from "./table.js";
import { unpackJson } from "./unpack.js";
import { aboutView } from "./view_about.js";
import { compareView } from "./view_compare.js";
import { coverageView } from "./view_coverage.js";
import { findingsView } from "./view_findings.js";
import { unitView } from "./view_unit.js";
import { unplacedView } from "./view_unplaced.js";
import { language, setLanguage, t, takeWords } from "./words.js";

const SHOWS = {
  coverage: coverageView,
  compare: compareView,
  unit: unitView,
  findings: findingsView,
  unplaced: unplacedView,
  about: aboutView,
};
// What these show is of a year; without a year there is nothing to show.
const OF_A_YEAR = ["coverage", "compare", "unit", "findings"];

const byId = (id) => document.getElementById(id);
let last = null;
let turn = 0;

async function start() {
  const { words, measures, specs, facts, ...tables } = await unpackJson("core");
  takeWords(words);
  const store = openStore(tables, measures, facts.years);
  const context = { store, facts, specs, details: openDetails };
  let units = null;
  combobox(
    { input: byId("search"), list: byId("found"), status: byId("found-status") },
    () => (units ??= searchable(store)),
    (unit) => {
      const state = readState(location.hash);
      const year = unit.year === null ? state.year : String(unit.year);
      location.hash = address(state, { view: "unit", id: unit.id, year });
    },
  );
  // The hash is taken, so that the way past the head is not an address.
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("title").focus();
  });
  const show = () => render(context).catch(complain);
  window.addEventListener("hashchange", show);
  window.addEventListener("resize", markScrolling);
  await show();
  document.documentElement.dataset.ready = "true";
}

async function render(context) {
  const mine = (turn += 1);
  const state = readState(location.hash);
  if (!context.store.areas.has(state.area)) state.area = "";
  setLanguage(state.lang);
  const year = chosenYear(context, state);
  const view = await shown(context, state, year);
  // A slower view than the one asked for since.
  if (mine !== turn) return;
  const focused = document.activeElement?.id;
  frame(context, state, view);
  byId("view").replaceChildren(headOf(view), ...view.nodes.filter(Boolean));
  markScrolling();
  byId("status").textContent = view.status;
  refocus(state, focused);
  last = state;
  await drawCharts();
}

function chosenYear({ store, facts }, state) {
  const year = Number(state.year);
  return store.years.includes(year) ? year : facts.year;
}

function shown(context, state, year) {
  if (year === null && OF_A_YEAR.includes(state.view)) {
    return {
      title: t("empty.title"),
      nodes: [el("p", {}, t("empty.note"))],
      status: t("empty.title"),
    };
  }
  return SHOWS[state.view](context, state, year);
}

function headOf({ title, heading = title, subtitle = null }) {
  const words = el("h1", { id: "title", tabindex: -1 }, heading);
  return el("header", { class: "head" }, words, subtitle ? el("p", {}, ...subtitle) : "");
}

// Everything around the view.
function frame({ facts }, state, view) {
  document.documentElement.lang = language() === "en" ? "en" : "zh-Hans";
  document.title = `${view.title} · ${t("site")}`;
  for (const place of document.querySelectorAll("[data-word]")) {
    place.textContent = t(place.dataset.word);
  }
  byId("search").placeholder = t("search.placeholder");
  byId("found").setAttribute("aria-label", t("search.label"));
  byId("views").setAttribute("aria-label", t("views"));
  byId("tabs").replaceChildren(...VIEWS.map((name) => tab(state, name)));
  const other =
    language() === "en"
      ? { lang: "zh-Hans", value: "", name: "中文" }
      : { lang: "en", value: "en", name: "English" };
  const href = address(state, { lang: other.value, page: state.page });
  byId("language").replaceChildren(
    el("a", { id: "switch", href, lang: other.lang, hreflang: other.lang }, other.name),
  );
  byId("as-of").textContent = facts.finished_at ? t("as.of", { finished: facts.finished_at }) : "";
}

function tab(state, name) {
  const isHere = state.view === name;
  const href = address(state, { view: name, id: isHere ? state.id : "" });
  return el("li", {}, el("a", { href, "aria-current": isHere ? "page" : "" }, t(`view.${name}`)));
}

// A new view is read from its heading; a choice within it leaves the focus where it was.
function refocus(state, focused) {
  if (last === null) return;
  const isSame = last.view === state.view && last.id === state.id;
  if (isSame && focused === "search") return;
  const target = (isSame && focused && byId(focused)) || byId("title");
  target.focus({ preventScroll: isSame && target.id !== "title" });
}

function complain(error) {
  byId("status").textContent = "";
  const words = `这个页面没有打开。请用新版的 Chrome、Edge、Firefox 或 Safari。This page did not open: ${error.message}`;
  byId("view").replaceChildren(el("p", { class: "failed", role: "alert" }, words));
}

start().catch(complain);
