// The tables of the page and how they hang together. A report and a township are numbers: their
// places in the columns. null is unknown; a township without a report has the report NONE.

export const NONE = -1;

export function openStore(tables, measures, years) {
  return new Store(tables, measures, years);
}

class Store {
  #reportOf = new Map();

  constructor(tables, measures, years) {
    this.tables = tables;
    this.measures = measures;
    this.rules = new Map(rowsOf(tables.page_rules).map((rule) => [rule.rule, rule]));
    this.years = years;
    this.townshipCount = tables.page_townships.code.length;
    this.unplaced = [];
    this.yearless = [];
    this.#areas(rowsOf(tables.page_areas));
    this.#index(tables.page_reports);
  }

  #areas(areas) {
    this.areas = new Map(areas.map((area) => [area.code, area]));
    this.provinces = areas.filter((area) => area.code.length === 2);
    this.counties = areas.filter((area) => area.code.length === 6);
  }

  #index({ township, report_year: year }) {
    for (const each of this.years) {
      this.#reportOf.set(each, new Int32Array(this.townshipCount).fill(NONE));
    }
    for (let report = 0; report < township.length; report += 1) {
      if (township[report] === null) this.unplaced.push(report);
      else if (year[report] === null) this.yearless.push(report);
      else this.#reportOf.get(year[report])[township[report]] = report;
    }
  }

  // Reports of a township, newest first, those that state no year last: [{year, report}].
  reportsOf(township) {
    const { township: townships } = this.tables.page_reports;
    const dated = this.years
      .map((year) => ({ year, report: this.reportOf(township, year) }))
      .filter(({ report }) => report !== NONE);
    const others = this.yearless.filter((report) => townships[report] === township);
    return [...dated, ...others.map((report) => ({ year: null, report }))];
  }

  reportOf(township, year) {
    return this.#reportOf.get(year)?.[township] ?? NONE;
  }

  countiesOf(province) {
    return this.counties.filter((county) => county.code.startsWith(province));
  }

  // Townships of an area: their codes begin with its code, and they are sorted by code.
  townshipsIn(area) {
    const { code } = this.tables.page_townships;
    const from = lowerBound(code.length, (place) => code[place] < area);
    const to = lowerBound(code.length, (place) => code[place].slice(0, area.length) <= area);
    return Array.from({ length: to - from }, (_, place) => from + place);
  }

  townshipByCode(code) {
    const codes = this.tables.page_townships.code;
    const place = lowerBound(codes.length, (each) => codes[each] < code);
    return codes[place] === code ? place : NONE;
  }

  // Where a township lies, by name.
  placeOf(township) {
    const code = this.tables.page_townships.code[township];
    const county = this.areas.get(code.slice(0, 6));
    return {
      code,
      name: this.tables.page_townships.name[township],
      county: county?.name ?? null,
      city: county?.city_name ?? null,
      province: this.areas.get(code.slice(0, 2))?.name ?? null,
      area: code.slice(0, 6),
    };
  }

  unplacedById(id) {
    const ids = this.tables.page_reports.unplaced_id;
    return this.unplaced.find((report) => ids[report] === id) ?? NONE;
  }

  // Who reported: the township, or what is known of a report that is tied to none.
  reporterOf(report) {
    const { page_reports: reports } = this.tables;
    if (reports.township[report] !== null) return this.placeOf(reports.township[report]);
    return {
      code: null,
      name: reports.org_name[report],
      county: reports.county_name[report],
      city: reports.city_name[report],
      province: reports.province_name[report],
      area: reports.county_code[report] ?? reports.province_code[report] ?? "",
    };
  }

  // Peers are reports of townships, tied to their unit or not, as in indicator_comparisons.
  peersIn(area, year) {
    const placed = this.townshipsIn(area).map((township) => this.reportOf(township, year));
    const others = this.unplaced.filter(
      (report) => this.yearOf(report) === year && this.reporterOf(report).area.startsWith(area),
    );
    return [...placed, ...others].filter((report) => report !== NONE && this.isPeer(report));
  }

  isPeer(report) {
    return this.tables.page_reports.org_level[report] === "township";
  }

  yearOf(report) {
    return this.tables.page_reports.report_year[report];
  }

  measure(name) {
    return this.measures.find((measure) => measure.measure === name) ?? this.measures[0];
  }

  valueOf(report, measure) {
    return report === NONE ? null : this.tables.page_measures[measure.measure][report];
  }

  isApproximate(report, measure) {
    const named = this.tables.page_measures.approximate[report];
    return named !== null && named.split(" ").includes(measure.measure);
  }

  // Whether the form the report was made on asks for the measure at all.
  isAsked(report, measure) {
    const { format } = this.tables.page_reports;
    return !measure.only_format || !format[report] || format[report] === measure.only_format;
  }

  // How a measure is distributed over the peers of an area; null where none reported it.
  distribution(area, year, measure) {
    return rowAt(this.tables.page_peers, { measure: measure.measure, report_year: year, area });
  }

  // How many units there are and how many reports are in; null where there is no year.
  coverage(area, year) {
    return rowAt(this.tables.page_coverage, { area, report_year: year });
  }
}

export function rowsOf(columns) {
  const names = Object.keys(columns);
  const size = columns[names[0]]?.length ?? 0;
  return Array.from({ length: size }, (_, place) =>
    Object.fromEntries(names.map((name) => [name, columns[name][place]])),
  );
}

// The first place for which `isBefore` no longer holds.
export function lowerBound(size, isBefore) {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The row with a key, in a table that is sorted by the columns of the key.
function rowAt(columns, key) {
  const names = Object.keys(key);
  const order = (place) => {
    const name = names.find((each) => columns[each][place] !== key[each]);
    if (name === undefined) return 0;
    return columns[name][place] < key[name] ? -1 : 1;
  };
  const size = columns[names[0]].length;
  const place = lowerBound(size, (each) => order(each) < 0);
  if (place === size || order(place) !== 0) return null;
  return Object.fromEntries(Object.keys(columns).map((name) => [name, columns[name][place]]));
}
