-- purpose: what was gathered of reports whose facts are gathered again goes first
-- inputs: chosen_reports
delete from report_rows
where report_id in (select report_id from chosen_reports);

delete from report_totals
where report_id in (select report_id from chosen_reports);
