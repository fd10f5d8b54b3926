// Words of the page in its two languages, and numbers and days as each writes them.

const NO_VALUE = "—";
// A tenth of a percent, the last digit that shares are written with.
const SMALLEST = 0.001;
let words = {};
let current = "zh";
let whole = new Intl.NumberFormat("zh-CN");
let fine = whole;
let percent = whole;

export function takeWords(table) {
  words = table;
}

export function language() {
  return current;
}

export function setLanguage(name) {
  current = name === "en" ? "en" : "zh";
  const locale = current === "en" ? "en-GB" : "zh-CN";
  whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  percent = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1 });
}

// The words of a key with {name} filled in; a key may have words of its own for one of a thing.
export function t(key, values = {}) {
  const found = words[values.n === 1 && words[`${key}.one`] ? `${key}.one` : key];
  return found[current].replace(/\{(\w+)\}/g, (_, name) => filledIn(key, name, values[name]));
}

function filledIn(key, name, value) {
  if (value === undefined) throw new Error(`${key} lacks ${name}`);
  return typeof value === "number" ? count(value) : value;
}

// One of a pair of columns such as title_zh and title_en.
export function own(row, name) {
  return row[`${name}_${current}`];
}

export function count(number) {
  return whole.format(number);
}

// Nothing is rounded to none or to all.
export function share(number) {
  if (number === null) return NO_VALUE;
  if (number > 0 && number < SMALLEST) return `< ${percent.format(SMALLEST)}`;
  if (number < 1 && number > 1 - SMALLEST) return `> ${percent.format(1 - SMALLEST)}`;
  return percent.format(number);
}

// A value of a measure, without its unit; null is unknown and never 0.
export function figure(value, kind) {
  if (value === null) return NO_VALUE;
  if (kind === "share") return share(value);
  return (kind === "amount" ? fine : whole).format(value).replace("-", "−");
}

export function text(value) {
  return value ?? NO_VALUE;
}

// Chinese sentences stand without a space.
export function sentences(parts) {
  return parts.filter(Boolean).join(current === "en" ? " " : "");
}

export function joined(parts) {
  return parts.filter(Boolean).join(current === "en" ? ", " : "，");
}
