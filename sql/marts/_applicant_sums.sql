-- purpose: the applicants of a row added up beside its stated total; null where a cell of the row
--          holds no number
-- grain: One row per report with a table of requests and row of its format.
-- key: report_id, indicator
-- inputs: _report_tables, stg_report_rows, stg_indicator_formats
with

tables as (
    select * from _report_tables
    where table_name = 'requests'
),

official_rows as (
    select * from stg_indicator_formats
    where by_applicant
)

select
    tables.report_id,
    official_rows.indicator,
    cells.natural_person
    + cells.enterprise
    + cells.research_institution
    + cells.public_interest_organization
    + cells.legal_services
    + cells.other_organization as expected,
    cells.total as actual
from tables
inner join official_rows on tables.format = official_rows.format
left join stg_report_rows as cells
    on
        tables.report_id = cells.report_id
        and official_rows.indicator = cells.indicator
