-- purpose: reports that come with a load, as they stand in the warehouse: run before they go, for
--          the organisation and year they leave, and after they came
-- inputs: stg_reports, chosen_reports
insert into changed_reports by name
select
    reports.report_id,
    reports.organisation_id,
    reports.report_year
from stg_reports as reports
semi join chosen_reports as chosen on reports.report_id = chosen.report_id
