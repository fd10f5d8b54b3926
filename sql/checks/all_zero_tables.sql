-- purpose: three tables of which no cell holds anything but zero or nothing: perhaps never filled
--          in. A cell that cannot be read may hold a figure, so nothing is said then.
-- grain: One row per report with such tables.
-- key: report_id
-- scope: report
-- inputs: stg_facts, _official_tables, _report_tables
with

complete as (
    select report_id
    from _report_tables
    group by report_id
    having count(*) = (select count(*) from _official_tables)
),

cells as (
    select
        facts.report_id,
        count(*) as count_cells,
        count(*) filter (where facts.value = 0) as count_zero,
        count(*) filter (where facts.value_status = 'blank') as count_blank,
        count(*) filter (where facts.value_status = 'not_applicable') as count_none
    from stg_facts as facts
    semi join complete on facts.report_id = complete.report_id
    group by facts.report_id
)

select
    report_id,
    null as indicator,
    null as applicant,
    null as expected,
    '0' as actual,
    null as difference,
    '三张表共' || count_cells || '格，没有一格大于零：填零' || count_zero || '格，空白'
    || count_blank || '格，填“无”或划线' || count_none
    || '格。可能没有填报，请核对；全年确实没有发生的，无须更改。' as message,
    count_zero || ' + ' || count_blank || ' + ' || count_none || ' = ' || count_cells as evidence
from cells
where count_zero + count_blank + count_none = count_cells
