-- purpose: changed reports whose facts are not gathered. As a table, so that it is known how few or
--          many they are before millions of facts are looked through for them.
-- inputs: reports, changed_reports, report_totals
create or replace temp table ungathered_reports as
select
    report_id,
    report_year
from reports
where
    report_id in (select report_id from changed_reports)
    and report_id not in (select report_id from report_totals)
