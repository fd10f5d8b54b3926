"""The answers to the questions of docs/queries.md, worked out in pandas from the tables alone.

Each function is named after its question's number and gives a frame with the columns of the
statement, in the order the statement promises.
"""

from collections.abc import Callable
from functools import cache

import duckdb
import pandas as pd

from tests import independent
from tests.generated_warehouse import COUNTIES, UNITS, YEARS, Generated

COUNTY, TOWNSHIP, YEAR = "431321", "431321102", 2023
CARRIED_IN, CARRIED_OUT = "requests.carried_in", "requests.carried_out"
ENOUGH = 10  # requests, below which a rate says nothing


class World:
    """The generated warehouse as frames."""

    def __init__(self, generated: Generated, con: duckdb.DuckDBPyConnection) -> None:
        self.planted = generated.planted
        self.con = con

    def table(self, name: str) -> pd.DataFrame:
        return self.con.table(name).df()

    @cache  # noqa: B019  (one world lives as long as the tests do)
    def reports(self) -> pd.DataFrame:
        """Reports that stand, with their figures, by report_id."""
        reports = independent.standing(self.con)
        return reports.join(independent.township_years(self.con)).sort_values("organisation_id")

    def townships(self, year: int | None = None) -> pd.DataFrame:
        reports = self.reports()
        of_year = reports["report_year"].eq(year) if year else True
        return reports[reports["org_level"].eq("township") & of_year]

    def matched(self) -> pd.DataFrame:
        reports = self.reports()
        return reports[reports["organisation_id"].eq(reports["township_code"])]

    def cells(self, prefix: str) -> pd.DataFrame:
        """Numbers of the townships' reports of the year, of indicators that begin alike."""
        cells = independent.facts(self.con).dropna(subset="value")
        return cells[
            cells["indicator"].str.startswith(prefix)
            & cells["report_id"].isin(self.townships(YEAR).index)
        ]

    def findings(self, report_ids: pd.Index) -> pd.DataFrame:
        """Findings of some reports, with the Chinese title of their rule."""
        found = self.table("findings")
        titles = self.table("rules").set_index("rule")["title_zh"]
        found = found.assign(title=titles.reindex(found["rule"]).to_numpy())
        return found[found["report_id"].isin(report_ids)]

    def two_years(self, *columns: str) -> pd.DataFrame:
        """Townships of the year and the same of the year before, the latter's columns `_last`."""
        last = self.reports()[["organisation_id", "report_year", *columns]]
        last = last.assign(report_year=last["report_year"] + 1)
        return self.reports().merge(
            last, on=["organisation_id", "report_year"], suffixes=("", "_last")
        )


def ordered(frame: pd.DataFrame, by: str, *then: str) -> pd.DataFrame:
    """Largest first, those without a number last."""
    order = [False, *(True for _ in then)]
    return frame.sort_values([by, *then], ascending=order, na_position="last")


def answer_1(world: World) -> pd.DataFrame:
    there = world.matched().query("report_year == @YEAR")["township_code"]
    codes = sorted(set(UNITS[COUNTY]) - set(there))
    absent = world.planted.absent.query("report_year == @YEAR")["township_code"]
    assert {code for code in absent if code.startswith(COUNTY)} < set(codes)
    names = world.table("divisions").set_index("code")["name"]
    return pd.DataFrame({"code": codes, "name": names.reindex(codes).to_numpy()})


def answer_2(world: World) -> pd.DataFrame:
    names = world.table("divisions").set_index("code")["name"]
    there = world.matched().query("report_year == @YEAR").groupby("county_code").size()
    rows = [
        (names[code[:2]], names[code], there[code], len(units), there[code] / len(units))
        for code, units in UNITS.items()
        if code in there.index
    ]
    frame = pd.DataFrame(rows).assign(code=[code for code in COUNTIES if code in there.index])
    return ordered(frame, 4, "code").drop(columns="code")


def answer_3(world: World) -> pd.DataFrame:
    reports = world.matched().merge(
        world.planted.late, on=["org_name", "report_year"], how="left", indicator="found"
    )
    reports["is_late"] = reports["found"].eq("both")
    frame = reports.groupby(["county_code", "report_year"]).agg(
        name=("county_name", "first"),
        year=("report_year", "first"),
        late=("is_late", "sum"),
        dated=("published_on", "count"),
        reports=("org_name", "size"),
    )
    assert set(frame["year"]) == set(YEARS)
    return frame.sort_index().assign(rate=frame["late"] / frame["dated"])


def answer_4(world: World) -> pd.DataFrame:
    late = world.matched().merge(
        world.planted.late.query("report_year == @YEAR"), on=["org_name", "report_year"]
    )
    late["due_on"] = pd.Timestamp(YEAR + 1, 1, 31)
    columns = ["county_name", "org_name", "published_on", "due_on", "days_late"]
    return ordered(late, "days_late", "organisation_id")[columns]


def answer_5(world: World) -> pd.DataFrame:
    reports = world.townships(YEAR).dropna(subset="requests_received").copy()
    smaller = reports["requests_received"].rank(method="min") - 1
    reports["percentile"] = 100 * smaller / (len(reports) - 1)
    reports = reports[reports["county_code"].eq(COUNTY)]
    values = reports["requests_received"]
    reports["rank"] = values.rank(method="min", ascending=False)
    reports = reports.assign(median=values.median(), peers=len(values))
    columns = ["rank", "org_name", "requests_received", "median", "peers", "percentile"]
    return reports.sort_values(["rank", "organisation_id"])[columns]


def answer_6(world: World) -> pd.DataFrame:
    reports = world.townships(YEAR).query("requests_processed >= @ENOUGH")
    columns = ["county_name", "org_name", "requests_processed", "requests_denied", "denied_rate"]
    return ordered(reports, "denied_rate", "organisation_id")[columns].head(10)


def answer_7(world: World) -> pd.DataFrame:
    cells = world.cells("requests.denied.").query("applicant == 'total'")
    frame = cells.groupby("indicator")["value"].agg(["sum", "size"])
    labels = world.table("indicators").set_index("indicator")["label_2021"]
    frame = ordered(frame, "sum", "indicator")
    return pd.DataFrame(
        {"label": labels.reindex(frame.index), "sum": frame["sum"], "size": frame["size"]}
    )


def answer_8(world: World) -> pd.DataFrame:
    cells = world.cells("requests.received_new").query("applicant != 'total'")
    sums = cells.groupby("applicant")["value"].sum().rename("sum").to_frame()
    sums["share"] = sums["sum"] / sums["sum"].sum()
    labels = world.table("applicants").set_index("applicant")["label"]
    sums.insert(0, "label", labels.reindex(sums.index))
    return ordered(sums, "sum", "applicant")


def answer_9(world: World) -> pd.DataFrame:
    both = world.two_years("requests_received").query(
        "org_level == 'township' and report_year == @YEAR and requests_received_last >= @ENOUGH"
    )
    both = both.assign(change=both["requests_received"] - both["requests_received_last"])
    both["relative"] = both["change"] / both["requests_received_last"]
    columns = ["requests_received_last", "requests_received", "change", "relative"]
    found = ordered(both, "relative", "organisation_id").head(10)
    growing = set(world.planted.growing.query("report_year == @YEAR")["org_name"])
    assert growing & set(found["org_name"])
    assert set(both[both["org_name"].isin(growing)]["relative"]) == {1}
    return found[["county_name", "org_name", *columns]]


def answer_10(world: World) -> pd.DataFrame:
    columns = ["requests_carried_in", "requests_carried_out"]
    both = world.two_years(*columns).query("report_year == @YEAR")
    both = both.assign(
        difference=both["requests_carried_in"] - both["requests_carried_out_last"]
    ).dropna(subset="difference")
    both = both[both["difference"].ne(0)].assign(size=both["difference"].abs())
    columns = ["requests_carried_out_last", "requests_carried_in", "difference"]
    return ordered(both, "size", "organisation_id")[["county_name", "org_name", *columns]]


def answer_11(world: World) -> pd.DataFrame:
    columns = ["requests_received", "requests_processed", "granted_rate", "denied_rate"]
    own = world.matched().query("township_code == @TOWNSHIP").sort_values("report_year")
    return own[["report_year", "format", *columns]]


def answer_12(world: World) -> pd.DataFrame:
    reports = world.townships().query("disputes_corrected > 0")
    columns = ["county_name", "org_name", "report_year", "disputes", "disputes_corrected"]
    return ordered(reports, "disputes_corrected", "organisation_id", "report_year")[columns]


def answer_13(world: World) -> pd.DataFrame:
    names = world.table("divisions").set_index("code")["name"]
    rows = []
    for code, reports in world.matched().query("report_year == @YEAR").groupby("province_code"):
        requests = reports["requests_received"].dropna()
        both = reports.dropna(subset=["requests_processed", "requests_granted"])
        rate = both["requests_granted"].sum() / both["requests_processed"].sum()
        row = (names[code], len(reports), requests.sum(), len(requests), requests.median())
        rows.append((*row, rate, reports["granted_rate"].median()))
    return pd.DataFrame(rows)


def answer_14(world: World) -> pd.DataFrame:
    reports = world.matched().merge(world.planted.contradicted, on=["org_name", "report_year"])
    reports["sentence"] = [f"requests_received：{stated}。" for stated in reports["stated"]]
    columns = ["county_name", "org_name", "report_year", "stated", "printed", "sentence"]
    return reports.sort_values(["organisation_id", "report_year"])[columns]


def answer_15(world: World) -> pd.DataFrame:
    reports = world.townships(YEAR).dropna(subset="disclosed_total").copy()
    stated = world.table("narrative_facts").query("metric == 'disclosed_total'")
    about = stated.groupby("report_id")["is_approximate"].any()
    reports["is_approximate"] = about.reindex(reports.index)
    by_county = reports.groupby("county_code")["disclosed_total"]
    reports["median"] = by_county.transform("median")
    reports["rank"] = by_county.rank(method="min", ascending=False)
    reports["peers"] = by_county.transform("size")
    columns = ["county_name", "org_name", "disclosed_total", "is_approximate"]
    found = ordered(reports, "disclosed_total", "organisation_id")
    return found[[*columns, "median", "rank", "peers"]]


def answer_16(world: World) -> pd.DataFrame:
    columns = ["county_name", "org_name", "report_year", "share", "same", "all"]
    return ordered(_copies(world, "last_year"), "share", "organisation_id", "report_year")[columns]


def answer_17(world: World) -> pd.DataFrame:
    columns = ["county_name", "report_year", "org_name", "other_org_name", "share"]
    return _copies(world, "neighbour")[columns].sort_values(columns[:4])


def _copies(world: World, relation: str) -> pd.DataFrame:
    """What is planted, with how many sentences of the overview are the same."""
    reports = world.matched().reset_index()
    copied = world.planted.copied.query("relation == @relation")
    found = reports.merge(copied, on=["org_name", "report_year"])
    others = reports[["report_id", "org_name", "report_year"]].add_prefix("other_")
    found = found.merge(others, on=["other_org_name", "other_report_year"])
    sections = world.table("sections").query("section_no == 1").set_index("report_id")
    sentences = {code: set(body.split("。")) for code, body in sections["body"].items()}
    pairs = list(zip(found["report_id"], found["other_report_id"], strict=True))
    found["same"] = [len(sentences[one] & sentences[other]) for one, other in pairs]
    found["all"] = [len(sentences[one]) for one, _ in pairs]
    return found.assign(share=found["same"] / found["all"])


def answer_18(world: World) -> pd.DataFrame:
    reports = world.reports().query("county_code == @COUNTY and report_year == @YEAR")
    found = world.findings(reports.index)
    frame = found.groupby("rule").agg(
        severity=("severity", "first"),
        title=("title", "first"),
        size=("rule", "size"),
        n=("report_id", "nunique"),
    )
    return ordered(frame.assign(share=frame["n"] / len(reports)), "size", "rule")


def answer_19(world: World) -> pd.DataFrame:
    reports = world.matched().query("township_code == @TOWNSHIP and report_year == @YEAR")
    found = world.findings(reports.index)
    found = found.sort_values(["severity", "rule", "message"])
    return found[["severity", "title", "message", "evidence"]]


def answer_20(world: World) -> pd.DataFrame:
    reports = world.table("reports")
    current = reports[reports["is_current"]]
    cells = world.table("facts").query("report_id in @current.report_id")
    assert len(reports) - len(current) == len(world.planted.mirrored)
    rows = {
        "not told to be one division": current["identity_status"].ne("matched").sum(),
        "states no year": current["report_year"].isna().sum(),
        "cells without a number": cells["value_status"].isin(["blank", "unreadable"]).sum(),
        "another report stands": len(world.planted.mirrored),
        "file could not be read": 0,
    }
    return pd.DataFrame(sorted(rows.items()))


ANSWERS: dict[int, Callable[[World], pd.DataFrame]] = {
    int(name.removeprefix("answer_")): answer
    for name, answer in list(globals().items())
    if name.startswith("answer_")
}
