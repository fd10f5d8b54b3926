-- purpose: what changed reports shared with others goes, and these are remembered
-- inputs: changed_reports, reused_texts
create or replace temp table alike_before as
select report_id
from reused_texts
where
    report_id in (select report_id from changed_reports)
    or other_report_id in (select report_id from changed_reports);

delete from reused_texts
where
    report_id in (select report_id from changed_reports)
    or other_report_id in (select report_id from changed_reports);
