-- purpose: changed reports whose facts are not gathered, in batches of reports_at_a_time (a
--          variable), for a bound to memory. As a table, so that it is known how few or many they
--          are before millions of facts are looked through for them.
-- inputs: reports, changed_reports, report_totals
create or replace temp table ungathered_reports as
select
    report_id,
    (row_number() over (order by report_year, report_id) - 1)
    // getvariable('reports_at_a_time') as batch
from reports
where
    report_id in (select report_id from changed_reports)
    and report_id not in (select report_id from report_totals)
