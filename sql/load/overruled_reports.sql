-- purpose: reports of which a cell is overruled, whose facts are gathered again
-- grain: One row per report.
-- key: report_id
-- inputs: corrections
create or replace temp table chosen_reports as
select distinct report_id
from corrections
where printed_status is not null
