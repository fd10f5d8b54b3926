-- purpose: reports that changed, and those that shared a sentence with one of them, or do now; with
--          them, not to be checked, what these share a sentence with
-- grain: One row per report.
-- key: report_id
-- inputs: reports, changed_reports, alike_before, reused_texts
with

checked as (
    select report_id from reports
    where report_id in (select report_id from changed_reports)

    union

    select report_id from alike_before

    union

    select report_id from reused_texts
    where other_report_id in (select report_id from changed_reports)
)

select
    report_id,
    true as is_checked
from checked

union all

select distinct
    other_report_id as report_id,
    false as is_checked
from reused_texts
where
    report_id in (select report_id from checked)
    and other_report_id not in (select report_id from checked)
