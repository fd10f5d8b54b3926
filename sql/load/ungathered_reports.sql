-- purpose: reports of which nothing is gathered: those that came, those of which a cell is
--          overruled, or no longer, and those of a warehouse made before facts were gathered
-- grain: One row per report.
-- key: report_id
-- inputs: reports, report_totals
create or replace temp table chosen_reports as
select reports.report_id
from reports
anti join report_totals on reports.report_id = report_totals.report_id
