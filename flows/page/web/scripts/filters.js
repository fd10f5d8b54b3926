// Choices above a view. Each is a select whose change is a new address.

import { el, zh } from "./dom.js";
import { address } from "./state.js";
import { language, own, t } from "./words.js";

export function filters(...choices) {
  return el("form", { class: "filters", onsubmit: (event) => event.preventDefault() }, ...choices);
}

export function yearChoice(store, state, year) {
  const options = store.years.map((each) => ({
    value: String(each),
    text: t("year", { year: String(each) }),
  }));
  return choice(state, "year", t("filter.year"), options, String(year));
}

export function measureChoice(store, state, measure) {
  const options = store.measures.map((each) => ({ value: each.measure, text: own(each, "title") }));
  return choice(state, "measure", t("filter.measure"), options, measure.measure);
}

export function areaChoice(store, state) {
  const province = state.area.slice(0, 2);
  const provinces = [{ value: "", text: t("country") }, ...store.provinces.map(asOption)];
  const choices = [choice(state, "area", t("filter.province"), provinces, province, "province")];
  if (province) {
    const counties = store.countiesOf(province).map(asOption);
    const all = { value: province, text: t("province.whole") };
    choices.push(
      choice(state, "area", t("filter.county"), [all, ...counties], state.area, "county"),
    );
  }
  return choices;
}

export function severityChoice(state) {
  const options = ["error", "warning", "info"].map((each) => ({
    value: each,
    text: t(`severity.${each}`),
  }));
  const all = { value: "", text: t("all") };
  return choice(state, "severity", t("filter.severity"), [all, ...options], state.severity);
}

export function ruleChoice(store, state) {
  const options = [...store.rules.values()].map((rule) => ({
    value: rule.rule,
    text: ruleTitle(rule),
  }));
  const all = { value: "", text: t("all") };
  return choice(state, "rule", t("filter.rule"), [all, ...options], state.rule);
}

export function ruleTitle(rule) {
  return language() === "en" ? rule.title : rule.title_zh;
}

export function areaName(store, code) {
  return code ? (store.areas.get(code)?.name ?? code) : t("country");
}

// The way down to an area: country, province, county; all but the last are links.
export function areaPath(store, state) {
  const codes = ["", state.area.slice(0, 2), state.area].filter(
    (code, place, all) => all.indexOf(code) === place,
  );
  if (codes.length === 1) return null;
  const steps = codes.map((code) => {
    const name = zh(areaName(store, code));
    const isHere = code === state.area;
    return el(
      "li",
      {},
      isHere ? el("span", { "aria-current": "page" }, name) : link(state, code, name),
    );
  });
  return el("nav", { class: "path", "aria-label": t("area.path") }, el("ol", {}, ...steps));
}

function link(state, area, name) {
  return el("a", { href: address(state, { area }) }, name);
}

function asOption(area) {
  const city = area.city_name ? ` (${area.city_name})` : "";
  return { value: area.code, text: `${area.name}${city}`, lang: "zh-Hans" };
}

export function choice(state, key, label, options, value, id = key) {
  const onchange = (event) => {
    location.hash = address(state, { [key]: event.target.value });
  };
  const select = el(
    "select",
    { id: `choose-${id}`, onchange },
    ...options.map((each) => optionOf(each, each.value === value)),
  );
  return el("label", { for: `choose-${id}` }, el("span", {}, label), select);
}

function optionOf({ value, text, lang = "" }, selected) {
  return el("option", { value, selected, lang }, text);
}
