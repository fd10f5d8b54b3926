"""The keys of a report's rows: what stands twice would stop the warehouse, so it is found here."""

from collections import Counter
from collections.abc import Hashable, Iterable

from transform.records import Report


def require_keys(report: Report) -> Report:
    """Give a report no row of which has the key of another; raises ValueError for any other."""
    rows: dict[str, Iterable[Hashable]] = {
        "facts": ((fact.indicator, fact.applicant) for fact in report.facts),
        "sections": (section.section_no for section in report.sections),
        "repairs": (repair.step for repair in report.repairs),
    }
    for table, keys in rows.items():
        for key, count in Counter(keys).items():
            if count > 1:
                raise ValueError(f"{key} stands {count} times in {table}")
    return report
