// What the page holds and what it leaves out, and what its words mean.

import { el } from "./dom.js";
import { unitTitle } from "./measures.js";
import { note } from "./parts.js";
import { header, table, words } from "./table.js";
import { own, sentences, t } from "./words.js";

const POINTS = [
  "blank",
  "peers",
  "median",
  "prose",
  "identity",
  "current",
  "cut",
  "offline",
  "charts",
];

export function aboutView({ store, facts }) {
  const columns = [
    header("measure", t("filter.measure"), (measure) => unitTitle(measure)),
    words("note", t("about.meaning"), (measure) => own(measure, "note")),
    words("unknown", t("about.unknown"), (measure) => own(measure, "unknown") || "—"),
  ];
  return {
    title: t("about.title"),
    nodes: [
      note(t("about.purpose")),
      el(
        "ul",
        { class: "points" },
        ...POINTS.map((point) => el("li", {}, t(`about.${point}`, facts))),
      ),
      note(carried(facts)),
      el("h2", {}, t("about.measures")),
      ...table({
        caption: t("about.measures"),
        isCaptionHidden: true,
        columns,
        rows: store.measures,
      }),
      el("h2", {}, t("about.source")),
      note(source(facts)),
    ],
    status: t("about.title"),
  };
}

function carried({ count_findings: all, count_carried: some }) {
  return t(all === some ? "about.all.findings" : "about.some.findings", {
    n: all,
    carried: some,
    missing: all - some,
  });
}

function source({ finished_at: finished, version, count_quarantined: quarantined }) {
  return sentences([
    finished ? t("about.run", { finished, version: version ?? "—" }) : t("about.no.run"),
    quarantined ? t("about.quarantined", { n: quarantined }) : "",
  ]);
}
