// Tables that stay usable with 40,000 rows: sorted as a whole, shown a page at a time.

import { el, hidden } from "./dom.js";
import { address } from "./state.js";
import { t } from "./words.js";

const PAGE_SIZE = 50;

// Columns come from `header`, `words` and `numbers`. Where a state is given, columns with an order
// sort, rows stay as they come until one is chosen, and rows without an order stand behind all others.
export function table({ caption, columns, rows, state = null, isCaptionHidden = false }) {
  const ordered = state ? sorted(rows, columns, state.sort) : rows;
  const pages = state ? Math.max(1, Math.ceil(ordered.length / PAGE_SIZE)) : 1;
  const page = Math.min(pages, Math.max(1, Number.parseInt(state?.page, 10) || 1));
  const shown = state ? ordered.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) : ordered;
  const grid = el(
    "table",
    {},
    el("caption", { class: isCaptionHidden ? "hidden" : "" }, caption),
    el("thead", {}, el("tr", {}, ...columns.map((column) => headOf(column, state)))),
    el(
      "tbody",
      {},
      ...shown.map((row) => el("tr", {}, ...columns.map((each) => cellOf(each, row)))),
    ),
  );
  const frame = el("div", { class: "scroll", "data-caption": caption }, grid);
  return pages > 1 ? [frame, pager(page, pages, rows.length, state)] : [frame];
}

// A table wider than its place scrolls, by keyboard too; one that fits is no stop on the way.
export function markScrolling() {
  for (const frame of document.querySelectorAll(".scroll")) {
    const isWide = frame.scrollWidth > frame.clientWidth;
    const attributes = { role: "region", tabindex: "0", "aria-label": frame.dataset.caption };
    for (const [name, value] of Object.entries(attributes)) {
      if (isWide) frame.setAttribute(name, value);
      else frame.removeAttribute(name);
    }
  }
}

// A column of words, and one of numbers; `order` gives what a row is sorted by, null where nothing.
export function words(key, title, cell, order = null) {
  return { key, title, cell, order };
}

export function numbers(key, title, cell, order = null) {
  return { key, title, cell, order, isNumber: true };
}

// A column of sentences.
export function prose(key, title, cell, order = null) {
  return { key, title, cell, order, kind: "prose" };
}

export function header(key, title, cell, order = null) {
  return { key, title, cell, order, isHeader: true };
}

function headOf(column, state) {
  const attributes = { scope: "col", class: column.isNumber ? "number" : "" };
  if (!state || !column.order) return el("th", attributes, column.title);
  const [isUp, isDown] = [state.sort === column.key, state.sort === `-${column.key}`];
  if (isUp || isDown) attributes["aria-sort"] = isUp ? "ascending" : "descending";
  // Numbers are first wanted from the top.
  const next = isDown || (!isUp && !column.isNumber) ? column.key : `-${column.key}`;
  const href = address(state, { sort: next });
  return el(
    "th",
    attributes,
    el("a", { class: "sort", href, id: `sort-${column.key}` }, column.title),
  );
}

function cellOf(column, row) {
  const tag = column.isHeader ? "th" : "td";
  const attributes = { class: column.isNumber ? "number" : (column.kind ?? "") };
  if (column.isHeader) attributes.scope = "row";
  return el(tag, attributes, column.cell(row));
}

function sorted(rows, columns, sort) {
  const column = columns.find((each) => each.order && each.key === sort.replace("-", ""));
  if (!column) return rows;
  const sign = sort.startsWith("-") ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: column.order(row) }));
  keyed.sort((a, b) => compare(a.key, b.key, sign));
  return keyed.map(({ row }) => row);
}

function compare(a, b, sign) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (a === b) return 0;
  return a < b ? -sign : sign;
}

function pager(page, pages, total, state) {
  const to = (number, step) =>
    number < 1 || number > pages || number === page
      ? el("span", { class: "off", "aria-hidden": "true" }, t(`page.${step}`))
      : el("a", { id: `page-${step}`, href: addressOf(state, number) }, t(`page.${step}`));
  return el(
    "nav",
    { class: "pager", "aria-label": t("pages") },
    to(1, "first"),
    to(page - 1, "previous"),
    el("span", { "aria-current": "page" }, t("page.of", { page, pages, total })),
    to(page + 1, "next"),
    to(pages, "last"),
    hidden(t("page.size", { n: PAGE_SIZE })),
  );
}

function addressOf(state, page) {
  return address(state, { page: String(page) });
}
