-- purpose: the official tables found in each report, with the format a table is to be checked
--          against: that of the report, else the one that alone has some of its rows, else the
--          newest
-- grain: One row per report and official table of which any cell was found.
-- key: report_id, table_name
-- inputs: stg_reports, stg_facts, stg_indicators
select
    reports.report_id,
    indicators.table_name,
    coalesce(any_value(reports.format), max(indicators.only_format), '2021') as format,
    count(*) as count_cells,
    count(*) filter (where facts.value_status = 'blank') as count_blank
from stg_facts as facts
inner join stg_reports as reports on facts.report_id = reports.report_id
inner join stg_indicators as indicators on facts.indicator = indicators.indicator
group by reports.report_id, indicators.table_name
