// Which units a reader means. Pure but for the store it reads.

const MOST_SHOWN = 50;

// What is searched: each township once, and each report that is tied to none.
export function searchable(store) {
  const townships = store.tables.page_townships.code.map((code, township) => ({
    id: code,
    ...store.placeOf(township),
    year: null,
  }));
  const reports = store.unplaced.map((report) => ({
    id: store.tables.page_reports.unplaced_id[report],
    ...store.reporterOf(report),
    year: store.yearOf(report),
  }));
  return [...townships, ...reports].map((unit) => ({ ...unit, words: wordsOf(unit) }));
}

// Units with every word of the query in name, place or code: the name itself first, then names that
// begin so. Gives {shown, total}.
export function find(units, query) {
  const sought = query
    .trim()
    .split(/[\s,，、]+/)
    .filter(Boolean);
  if (!sought.length) return { shown: [], total: 0 };
  const found = units.filter((unit) => sought.every((word) => unit.words.includes(word)));
  const weight = (unit) => weightOf(unit.name ?? "", sought);
  const ordered = found.map((unit, place) => ({ unit, place, weight: weight(unit) }));
  ordered.sort((a, b) => a.weight - b.weight || a.place - b.place);
  return { shown: ordered.slice(0, MOST_SHOWN).map(({ unit }) => unit), total: found.length };
}

function wordsOf({ id, name, county, city, province }) {
  // Twice, for readers leave the city out as often as not.
  const whole = [province, city, county, name].filter(Boolean).join("");
  return `${whole} ${province ?? ""}${county ?? ""}${name ?? ""} ${id}`;
}

function weightOf(name, sought) {
  const word = sought.at(-1);
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  return name.includes(word) ? 2 : 3;
}
