-- purpose: the last run in the warehouse, and how many there are. In the order in which they were
--          written, for a clock may be set back.
-- grain: One row, or none where there was no run.
-- key: -
-- inputs: runs, reports
select
    count(*) over () as number,
    runs.run_id,
    runs.finished_at,
    runs.status,
    (select count(*) from reports) as count_reports
from runs
order by runs.rowid desc
limit 1
