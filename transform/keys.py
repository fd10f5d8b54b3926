"""The keys of a report's rows: what stands twice would stop the warehouse, so it is found here."""

from collections import Counter
from collections.abc import Hashable, Sequence

from transform.records import Report


def require_keys(report: Report) -> Report:
    """Give a report no row of which has the key of another; raises ValueError for any other."""
    rows: dict[str, Sequence[Hashable]] = {
        "facts": [fact[:2] for fact in report.facts],
        "sections": [section.section_no for section in report.sections],
        "repairs": [repair.step for repair in report.repairs],
    }
    for table, keys in rows.items():
        if len(set(keys)) < len(keys):
            key, count = Counter(keys).most_common(1)[0]
            raise ValueError(f"{key} stands {count} times in {table}")
    return report
