-- purpose: how often each rule was broken in a county, and by how many of its reports: what a
--          county's office has to have mended. Reports that cannot be placed in a county are left
--          out; so are rules that no report of the county breaks.
-- grain: One row per county, year and rule that a current report of the county breaks.
-- key: county_code, report_year, rule
-- inputs: _current_reports, stg_findings, stg_rules
with

reports as (
    select * from _current_reports
    where county_code is not null and report_year is not null
),

counties as (
    select
        county_code,
        report_year,
        any_value(county_name) as county_name,
        any_value(city_code) as city_code,
        any_value(city_name) as city_name,
        any_value(province_code) as province_code,
        any_value(province_name) as province_name,
        count(*) as count_reports
    from reports
    group by county_code, report_year
),

broken as (
    select
        reports.county_code,
        reports.report_year,
        findings.rule,
        count(*) as count_findings,
        count(distinct findings.report_id) as count_reports_with_finding
    from stg_findings as findings
    inner join reports on findings.report_id = reports.report_id
    group by reports.county_code, reports.report_year, findings.rule
)

select
    broken.report_year,
    broken.county_code,
    counties.county_name,
    counties.city_code,
    counties.city_name,
    counties.province_code,
    counties.province_name,
    broken.rule,
    rules.severity,
    rules.title_zh as rule_title,
    broken.count_findings,
    broken.count_reports_with_finding,
    counties.count_reports,
    broken.count_reports_with_finding / counties.count_reports as share_of_reports
from broken
inner join counties
    on
        broken.county_code = counties.county_code
        and broken.report_year = counties.report_year
inner join stg_rules as rules on broken.rule = rules.rule
