-- purpose: nothing belongs to a report that is not there
-- grain: One row per row without a report.
-- scope: report
-- inputs: reports, facts, sections, narrative_facts, findings, repairs, report_rows, report_totals
select 'facts: report ' || report_id || ' is not in reports' as breach
from facts
anti join reports on facts.report_id = reports.report_id

union all

select 'sections: report ' || report_id || ' is not in reports' as breach
from sections
anti join reports on sections.report_id = reports.report_id

union all

select 'narrative_facts: report ' || report_id || ' is not in reports' as breach
from narrative_facts
anti join reports on narrative_facts.report_id = reports.report_id

union all

select 'findings: report ' || report_id || ' is not in reports' as breach
from findings
anti join reports on findings.report_id = reports.report_id

union all

select 'repairs: report ' || report_id || ' is not in reports' as breach
from repairs
anti join reports on repairs.report_id = reports.report_id

union all

select 'report_rows: report ' || report_id || ' is not in reports' as breach
from report_rows
anti join reports on report_rows.report_id = reports.report_id

union all

select 'report_totals: report ' || report_id || ' is not in reports' as breach
from report_totals
anti join reports on report_totals.report_id = reports.report_id
