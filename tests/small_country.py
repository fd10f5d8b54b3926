"""A small country of reports whose comparisons can be worked out by hand."""

from decimal import Decimal

import duckdb

from tests.small_warehouse import Said, Small

HEYE, JINGZI, ZIMENQIAO = "431321101", "431321102", "431321103"  # 双峰县
SHICHONGKOU = "431322101"  # 新化县, the same city
PARTED = "共203条，其中概况类信息17条，政务动态信息71条，公告通知信息115条。"
DONGHUAMEN = "110101001"  # 东城区: its city is a placeholder


def received(number: int) -> dict[str, object]:
    """Give the cells of a report that received so many requests and granted them all."""
    return {
        f"requests.{row}/{applicant}": str(number)
        for row in ("received_new", "granted", "processed_total")
        for applicant in ("natural_person", "total")
    }


REPORTS = (
    Small(
        "荷叶镇",
        township=HEYE,
        cells=received(10)
        | {
            "requests.granted/total": "4",
            "requests.denied.state_secret/total": "1",
            "requests.denied.deliberative/total": "2",
            "requests.unable.not_held/total": "1",
            "requests.not_handled.petition/total": "1",
            "requests.other.not_paid_in_time/total": "1",
            "disputes.review.total": "2",
            "disputes.review.corrected": "1",
            "disputes.litigation_direct.total": "1",
            "disputes.litigation_after_review.corrected": "",
            "disclosure.fees.amount": "1.5",
            "disclosure.licensing.decisions": "7",
        },
        findings=("row_missing", "scar_unrepaired"),
    ),
    Small(
        "井字镇",
        township=JINGZI,
        cells=received(2),
        prose=(
            Said("disclosed_total", "203", sentence=PARTED),
            Said("disclosed_category", "17", "概况类信息", sentence=PARTED),
            Said("disclosed_category", "71", "政务动态信息", sentence=PARTED),
            Said("disclosed_category", "115", "公告通知信息", sentence=PARTED),
            Said("requests_received", "2", unit="件", sentence="收到申请2件。"),
        ),
    ),
    Small("梓门桥镇", township=ZIMENQIAO, cells=received(0)),
    Small(
        "石冲口镇",
        township=SHICHONGKOU,
        cells=received(2) | {"requests.denied.state_secret/total": ""},
    ),
    Small(
        "东华门街道", township=DONGHUAMEN, cells=received(40) | {"requests.carried_in/total": "无"}
    ),
    # the year before, in the older format
    Small(
        "荷叶镇旧",
        township=HEYE,
        year=2022,
        format="2019",
        cells=received(8)
        | {
            "requests.other.all/total": "3",
            "disclosure.procurement.amount": "12万元",
            "disclosure.procurement.projects": "4",
        },
    ),
    Small("井字镇旧", township=JINGZI, year=2022, cells=received(0)),
    Small("梓门桥镇旧", township=ZIMENQIAO, year=2021, cells=received(5)),
    # no division, no year, another level, superseded
    Small("某镇", township=None, cells=received(6)),
    Small("无年份", township=SHICHONGKOU, year=None, cells=received(9)),
    Small(
        "双峰县",
        township=None,
        cells=received(99),
        columns={
            "org_level": "county",
            "county_name": "双峰县",
            "city_name": "娄底市",
            "province_name": "湖南省",
        },
    ),
    Small("荷叶镇副本", township=HEYE, cells=received(1), findings=("row_missing",) * 9),
)


def rows(
    con: duckdb.DuckDBPyConnection, view: str, columns: str, where: str
) -> list[tuple[object, ...]]:
    """Query a view; decimals come as floats."""
    found = con.execute(f"select {columns} from {view} where {where} order by all").fetchall()
    return [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in found]
