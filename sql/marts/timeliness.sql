-- purpose: when a report was published against the day it was due. Where no day of publication is
--          known, days_late and is_late are null: that is no report in time and none that is late.
-- grain: One row per organisation and year.
-- key: organisation_id, report_year
-- inputs: _current_reports, stg_deadlines
with

reports as (
    select
        *,
        coalesce(township_code, division_code) as place_code
    from _current_reports
    where report_year is not null
),

-- the deadline of the smallest division that sets one of its own
due as (
    select
        reports.report_id,
        make_date(
            reports.report_year + 1, stg_deadlines.month, stg_deadlines.day
        ) as due_on
    from reports
    inner join stg_deadlines
        on
            reports.org_level = stg_deadlines.org_level
            and starts_with(reports.place_code, stg_deadlines.division_code)
    qualify
        row_number() over (
            partition by reports.report_id
            order by length(stg_deadlines.division_code) desc
        ) = 1
)

select
    reports.organisation_id,
    reports.report_year,
    reports.org_name,
    reports.org_level,
    reports.township_code,
    reports.township_name,
    reports.county_code,
    reports.county_name,
    reports.city_code,
    reports.city_name,
    reports.province_code,
    reports.province_name,
    reports.published_on,
    due.due_on,
    reports.published_on - due.due_on as days_late,
    reports.published_on > due.due_on as is_late,
    reports.report_id
from reports
left join due on reports.report_id = due.report_id
