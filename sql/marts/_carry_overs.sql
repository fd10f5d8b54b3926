-- purpose: requests carried out of last year beside those carried into this year. Where a cell
--          holds no number it is null, and so is the difference.
-- grain: One row per current report with a year before and applicant column.
-- key: report_id, applicant
-- inputs: _last_years, stg_report_rows, stg_applicants
with

cells as (
    unpivot (
        select * from stg_report_rows
        where indicator in ('requests.carried_out', 'requests.carried_in')
    )
    on columns(* exclude (report_id, indicator))
    into name applicant value total
)

select
    years.report_id,
    years.last_year,
    applicants.applicant,
    carried_out.total as carried_out_last_year,
    carried_in.total as carried_in,
    carried_in.total - carried_out.total as difference
from _last_years as years
cross join stg_applicants as applicants
left join cells as carried_out
    on
        years.last_report_id = carried_out.report_id
        and applicants.applicant = carried_out.applicant
        and carried_out.indicator = 'requests.carried_out'
left join cells as carried_in
    on
        years.report_id = carried_in.report_id
        and applicants.applicant = carried_in.applicant
        and carried_in.indicator = 'requests.carried_in'
