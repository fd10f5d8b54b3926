-- purpose: cells left blank; a blank is not a zero
-- grain: One row per report and official table with blank cells.
-- key: report_id, evidence
-- scope: report
-- inputs: _report_tables, _official_tables
select
    found.report_id,
    null as indicator,
    null as applicant,
    null as expected,
    cast(found.count_blank as varchar) as actual,
    null as difference,
    '“' || tables.title || '”的表格有' || found.count_blank || '个单元格空白（表中共'
    || found.count_cells || '格）。空白不作零处理，请核对是没有发生还是漏填。' as message,
    found.table_name as evidence
from _report_tables as found
inner join _official_tables as tables on found.table_name = tables.table_name
where found.count_blank > 0
