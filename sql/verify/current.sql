-- purpose: every report stands or points to one that exists; an organisation has one report a year
-- grain: One row per report that breaks this.
-- scope: warehouse
-- inputs: reports, stg_reports
select 'reports: report ' || report_id || ' has neither status, current nor superseded' as breach
from reports
where is_current is distinct from (superseded_by is null)

union all

select 'reports: report ' || reports.report_id || ' is superseded by one not there' as breach
from reports
anti join reports as others on reports.superseded_by = others.report_id
where reports.superseded_by is not null

union all

select
    'reports: ' || organisation_id || ' has ' || count(*) || ' current reports for '
    || report_year as breach
from stg_reports
where is_current and report_year is not null
group by organisation_id, report_year
having count(*) > 1
