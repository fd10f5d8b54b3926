"""What views must say of the generated warehouse, worked out in pandas from the tables alone."""

import duckdb
import pandas as pd

PLACEHOLDER_CITIES = {"1101"}  # 市辖区 of 北京市
SCOPES = ("county", "city", "province", "country")

CELLS = {
    "requests_received": "requests.received_new",
    "requests_carried_in": "requests.carried_in",
    "requests_granted": "requests.granted",
    "requests_granted_in_part": "requests.granted_in_part",
    "requests_processed": "requests.processed_total",
    "requests_carried_out": "requests.carried_out",
    "regulations_issued": "disclosure.regulations.issued",
    "regulations_repealed": "disclosure.regulations.repealed",
    "regulations_in_force": "disclosure.regulations.in_force",
    "normative_documents_issued": "disclosure.normative_documents.issued",
    "normative_documents_repealed": "disclosure.normative_documents.repealed",
    "normative_documents_in_force": "disclosure.normative_documents.in_force",
    "licensing_decisions": "disclosure.licensing.decisions",
    "penalty_decisions": "disclosure.penalties.decisions",
    "coercion_decisions": "disclosure.coercion.decisions",
    "fees_10k_yuan": "disclosure.fees.amount",
    "procurement_projects": "disclosure.procurement.projects",
    "procurement_10k_yuan": "disclosure.procurement.amount",
} | {
    f"{kind}{f'_{result}' if result != 'total' else ''}": f"disputes.{code}.{result}"
    for kind, code in (
        ("reviews", "review"),
        ("lawsuits_direct", "litigation_direct"),
        ("lawsuits_after_review", "litigation_after_review"),
    )
    for result in ("total", "upheld", "corrected", "other", "pending")
}
OUTCOMES = ("denied", "unable", "not_handled")
CHANNELS = ("total", "website", "wechat", "weibo", "bulletin_board")


def standing(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the reports that stand for a year, with the codes of their divisions."""
    reports = con.table("reports").df()
    reports = reports[reports["is_current"] & reports["report_year"].notna()].copy()
    is_unit = reports["identity_status"].eq("matched") & reports["org_level"].eq("township")
    alone = "report:" + reports["report_id"]
    reports["organisation_id"] = reports["township_code"].where(is_unit, alone)
    code = reports["township_code"].where(is_unit)
    reports["county_code"] = code.str[:6]
    reports["city_code"] = code.str[:4].where(~code.str[:4].isin(PLACEHOLDER_CITIES))
    reports["province_code"] = code.str[:2]
    named = reports["county_name"].eq("双峰县") & code.isna()
    reports.loc[named, ["county_code", "city_code", "province_code"]] = ["431321", "4313", "43"]
    return reports.set_index("report_id")


def facts(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give all facts, values as floats."""
    return con.table("facts").df().assign(value=lambda frame: frame["value"].astype(float))


def totals(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give a row a report and a column an indicator, for all applicants."""
    cells = facts(con)
    cells = cells[cells["applicant"].isna() | cells["applicant"].eq("total")]
    return cells.pivot_table(
        index="report_id", columns="indicator", values="value", dropna=False, aggfunc="first"
    )


def township_years(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the figures of `township_years`, by report_id."""
    cells = totals(con)
    frame = pd.DataFrame({column: cells[indicator] for column, indicator in CELLS.items()})
    for outcome in OUTCOMES:
        rows = [name for name in cells if name.startswith(f"requests.{outcome}.")]
        frame[f"requests_{outcome}"] = cells[rows].sum(axis=1, skipna=False)
    newer = [
        f"requests.other.{row}" for row in ("not_corrected_in_time", "not_paid_in_time", "other")
    ]
    frame["requests_other"] = cells["requests.other.all"].fillna(
        cells[newer].sum(axis=1, skipna=False)
    )
    base = frame["requests_processed"].where(frame["requests_processed"].ne(0))
    for outcome in ("granted", "granted_in_part", *OUTCOMES, "other"):
        frame[f"{outcome}_rate"] = frame[f"requests_{outcome}"] / base
    frame["lawsuits"] = frame["lawsuits_direct"] + frame["lawsuits_after_review"]
    frame["disputes"] = frame["reviews"] + frame["lawsuits"]
    frame["disputes_corrected"] = sum(
        frame[f"{kind}_corrected"]
        for kind in ("reviews", "lawsuits_direct", "lawsuits_after_review")
    )
    for severity in ("error", "warning", "info"):
        found = con.table("findings").df().query("severity == @severity")
        counts = found.groupby("report_id").size()
        frame[f"count_{severity}s"] = counts.reindex(frame.index, fill_value=0)
    return frame.join(_disclosed(con))


def _disclosed(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    stated = con.table("narrative_facts").df()
    stated = stated[stated["metric"].isin({f"disclosed_{name}" for name in CHANNELS})]
    by_metric = stated.groupby(["report_id", "metric"])
    one = by_metric["value"].first()[by_metric["value"].nunique() == 1].astype(float)
    frame = one.unstack().reindex(columns=[f"disclosed_{name}" for name in CHANNELS])
    about = by_metric["is_approximate"].any().reindex(one.index)
    return frame.assign(is_disclosed_approximate=about.groupby("report_id").any())


def peers(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give n, mean, median, rank and percentile of every reported value in every scope."""
    frame = (
        facts(con)
        .dropna(subset="value")
        .join(standing(con), on="report_id", how="inner", suffixes=("", "_"))
    )
    frame = frame[frame["org_level"].notna()].assign(country_code="0")
    frame["applicant"] = frame["applicant"].fillna("")
    for scope in SCOPES:
        by = ["report_year", "org_level", "indicator", "applicant", f"{scope}_code"]
        values = frame.dropna(subset=f"{scope}_code").groupby(by)["value"]
        frame[f"{scope}_peers"] = values.transform("size")
        frame[f"{scope}_mean"] = values.transform("mean")
        frame[f"{scope}_median"] = values.transform("median")
        frame[f"{scope}_rank"] = values.rank(method="min", ascending=False)
        smaller = values.rank(method="min") - 1
        others = frame[f"{scope}_peers"] - 1
        frame[f"{scope}_percentile"] = (100 * smaller / others).where(others > 0)
    return frame
