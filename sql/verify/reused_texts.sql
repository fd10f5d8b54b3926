-- purpose: two current reports share sentences of a section once
-- grain: One row per row that breaks this.
-- scope: alike
-- inputs: reports, reused_texts
select 'reused_texts: report ' || report_id || ' has the same neighbour twice' as breach
from reused_texts
group by report_id, section_no
having count(*) > count(distinct other_report_id)

union all

select 'reused_texts: report ' || report_id || ' is no current report' as breach
from reused_texts
anti join reports on reused_texts.report_id = reports.report_id and reports.is_current

union all

select 'reused_texts: report ' || other_report_id || ' is no current report' as breach
from reused_texts
anti join reports on reused_texts.other_report_id = reports.report_id and reports.is_current
