-- purpose: the prose of the reports by section
-- grain: One row per section of a report.
-- key: report_id, section_no
-- inputs: sections
select
    report_id,
    section_no,
    body
from sections
