-- purpose: requests that last year's report carried over (结转下年度继续办理) beside those this
--          year's report took over (上年结转), all applicants. Where one of them is no number the
--          difference is null: that is neither right nor wrong. Years without the year before are
--          left out.
-- grain: One row per organisation and year of which the year before is in, too.
-- key: organisation_id, report_year
-- inputs: _current_reports, _carry_overs
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
    carried.carried_out_last_year,
    carried.carried_in,
    carried.difference,
    reports.report_id
from _current_reports as reports
inner join _carry_overs as carried on reports.report_id = carried.report_id
where carried.applicant = 'total'
