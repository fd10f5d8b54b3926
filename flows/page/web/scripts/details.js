// What is opened only when a sheet or the findings are: the wording of findings, and the files.

import { lowerBound } from "./store.js";
import { unpackJson } from "./unpack.js";

let opened = null;

// The details, unpacked once.
export function openDetails() {
  opened ??= unpackJson("details").then((tables) => new Details(tables));
  return opened;
}

class Details {
  constructor(tables) {
    this.tables = tables;
    this.size = tables.page_findings.report.length;
  }

  finding(place) {
    const { report, rule, message, evidence } = this.tables.page_findings;
    return {
      report: report[place],
      rule: rule[place],
      message: message[place],
      evidence: evidence[place],
    };
  }

  // Places of the findings of a report; findings are sorted by report.
  findingsOf(report) {
    const reports = this.tables.page_findings.report;
    const from = lowerBound(this.size, (place) => reports[place] < report);
    const to = lowerBound(this.size, (place) => reports[place] <= report);
    return Array.from({ length: to - from }, (_, each) => from + each);
  }
}
