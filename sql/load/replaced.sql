-- purpose: what is loaded again goes first
-- inputs: chosen_reports
delete from reports
where report_id in (select report_id from chosen_reports);

delete from facts
where report_id in (select report_id from chosen_reports);

delete from sections
where report_id in (select report_id from chosen_reports);

delete from narrative_facts
where report_id in (select report_id from chosen_reports);

delete from findings
where report_id in (select report_id from chosen_reports);

delete from repairs
where report_id in (select report_id from chosen_reports);

delete from report_rows
where report_id in (select report_id from chosen_reports);

delete from report_totals
where report_id in (select report_id from chosen_reports);
