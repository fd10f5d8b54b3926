-- purpose: an organisation reports once a year. A report that another one stands for is named with
--          that one. An older edition of the same file is no second report.
-- grain: One row per report that is not current, for another file of its organisation and year is.
-- key: report_id
-- scope: organisation
-- inputs: _current_reports, stg_reports
with

copies as (
    select
        reports.report_id,
        reports.source_path,
        current_ones.source_path as current_path,
        reports.report_year,
        current_reports.org_name,
        count(*) over (partition by reports.superseded_by) as count_copies
    from stg_reports as reports
    inner join _current_reports as current_reports
        on
            reports.superseded_by = current_reports.report_id
            and reports.organisation_id = current_reports.organisation_id
            and reports.report_year = current_reports.report_year
    inner join stg_reports as current_ones
        on
            reports.superseded_by = current_ones.report_id
            and reports.source_path != current_ones.source_path
)

select
    report_id,
    null as indicator,
    null as applicant,
    '1' as expected,
    cast(count_copies + 1 as varchar) as actual,
    count_copies as difference,
    coalesce(org_name, '本单位') || report_year || '年度的报告有' || (count_copies + 1)
    || '份，统计时采用“' || current_path || '”，不采用本份“' || source_path
    || '”。请核对应以哪一份为准。' as message,
    current_path as evidence
from copies
