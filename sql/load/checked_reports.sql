-- purpose: nothing is left to check. What was checked is remembered for this connection, for the
--          proofs of the load.
-- inputs: changed_reports, scope_reports
create or replace temp table loaded_reports as
select distinct
    report_id,
    report_year
from changed_reports;

create or replace temp table alike_reports as
select report_id
from scope_reports
where is_checked;

delete from changed_reports;
