-- purpose: requests of which only the total is filled in and every applicant left blank
-- grain: One row per report with such a table.
-- key: report_id
-- scope: report
-- inputs: stg_facts
with

cells as (
    select
        report_id,
        count(value) filter (where applicant = 'total') as count_totals,
        count(*) filter (where applicant != 'total') as count_others,
        count(*) filter (where applicant != 'total' and value_status = 'blank') as count_blank
    from stg_facts
    where applicant is not null
    group by report_id
)

select
    report_id,
    null as indicator,
    null as applicant,
    null as expected,
    cast(count_totals as varchar) as actual,
    null as difference,
    '“三、收到和处理政府信息公开申请情况”的表格只有“总计”一列填了数字（' || count_totals
    || '格），自然人和各类法人或其他组织共' || count_blank || '格全部空白，请按申请人分别填报。' as message,
    count_blank || '/' || count_others as evidence
from cells
where count_totals > 0 and count_others > 0 and count_blank = count_others
