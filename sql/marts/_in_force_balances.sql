-- purpose: what is in force beside what follows from last year: in force then, and issued less
--          repealed since. Only the format of 2021 asks for it, so both years must have it.
-- grain: One row per current report with a year before, both in the format of 2021, and kind of
--        document.
-- key: report_id, indicator
-- inputs: _last_years, stg_report_rows
with

years as (
    select * from _last_years
    where format = '2021' and last_format = '2021'
),

kinds (kind) as (
    values
    ('disclosure.regulations'),
    ('disclosure.normative_documents')
),

documents as (
    select
        report_id,
        regexp_replace(indicator, '[.][a-z_]+$', '') as kind,
        max(case when indicator like '%.issued' then total end) as issued,
        max(case when indicator like '%.repealed' then total end) as repealed,
        max(case when indicator like '%.in_force' then total end) as in_force
    from stg_report_rows
    where indicator like 'disclosure.%'
    group by all
)

select
    years.report_id,
    years.last_year,
    kinds.kind || '.in_force' as indicator,
    last_documents.in_force as last_in_force,
    documents.issued,
    documents.repealed,
    last_documents.in_force + documents.issued - documents.repealed as expected,
    documents.in_force as actual
from years
cross join kinds
left join documents
    on
        years.report_id = documents.report_id
        and kinds.kind = documents.kind
left join documents as last_documents
    on
        years.last_report_id = last_documents.report_id
        and kinds.kind = last_documents.kind
