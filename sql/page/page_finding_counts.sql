-- purpose: how many findings there are, all of them, whether the page carries their wording or not.
--          The code of an area that is not known is empty.
-- grain: One row per county, province and year, and rule that is broken there.
-- key: county_code, province_code, report_year, rule
-- inputs: _current_reports, stg_findings
select
    coalesce(reports.county_code, '') as county_code,
    coalesce(reports.province_code, '') as province_code,
    reports.report_year,
    findings.rule,
    count(*) as count_findings,
    count(distinct findings.report_id) as count_reports
from stg_findings as findings
inner join _current_reports as reports on findings.report_id = reports.report_id
group by all
order by all
