-- purpose: every report as if it had changed
-- inputs: stg_reports
insert into changed_reports by name
select
    report_id,
    organisation_id,
    report_year
from stg_reports
