-- purpose: the applicants of a row added up beside its stated total, and how many cells of the row
--          hold no number
-- grain: One row per report with a table of requests and row of its format.
-- key: report_id, indicator
-- inputs: _report_tables, stg_facts, stg_applicants, stg_indicator_formats
with

tables as (
    select * from _report_tables
    where table_name = 'requests'
),

official_rows as (
    select * from stg_indicator_formats
    where by_applicant
),

columns_needed as (
    select count(*) as count_columns
    from stg_applicants
),

cells as (
    select
        report_id,
        indicator,
        sum(value) filter (where applicant != 'total') as total,
        max(value) filter (where applicant = 'total') as stated,
        count(value) as count_reported
    from stg_facts
    where applicant is not null
    group by report_id, indicator
)

select
    tables.report_id,
    official_rows.indicator,
    cells.total as expected,
    cells.stated as actual,
    columns_needed.count_columns - coalesce(cells.count_reported, 0) as count_missing
from tables
inner join official_rows on tables.format = official_rows.format
cross join columns_needed
left join cells
    on
        tables.report_id = cells.report_id
        and official_rows.indicator = cells.indicator
