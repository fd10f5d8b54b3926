// What the page shows is written in the address behind the #, so that every view can be linked:
// #/view/id?key=value. Pure: text in, state out.

export const VIEWS = ["coverage", "compare", "unit", "findings", "unplaced", "about"];

// Keys that stay when the reader goes to another view; all others belong to one view.
const LASTING = ["year", "area", "lang"];
const KEYS = [...LASTING, "measure", "severity", "rule", "only", "sort", "page"];

export function readState(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view, id = ""] = path.split("/");
  const given = new URLSearchParams(query);
  const state = { view: VIEWS.includes(view) ? view : "coverage", id: decoded(id) };
  for (const key of KEYS) state[key] = given.get(key) ?? "";
  if (state.only !== "missing") state.only = "";
  return state;
}

// The address of the state with some of it changed. Another choice begins at the first page.
export function address(state, changes = {}) {
  const isOther = changes.view !== undefined && changes.view !== state.view;
  const kept = isOther
    ? Object.fromEntries(LASTING.map((key) => [key, state[key]]))
    : { ...state, page: "" };
  const next = { view: state.view, id: "", ...kept, ...changes };
  const query = new URLSearchParams(KEYS.filter((key) => next[key]).map((key) => [key, next[key]]));
  const path = next.id ? `${next.view}/${encodeURIComponent(next.id)}` : next.view;
  return `#/${path}${query.size ? `?${query}` : ""}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
