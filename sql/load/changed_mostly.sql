-- purpose: whether so many of the reports have changed that all are taken as quickly
-- grain: One row.
-- key: -
-- inputs: reports, changed_reports
select 2 * count(*) filter (where report_id in (select report_id from changed_reports)) > count(*)
from reports
