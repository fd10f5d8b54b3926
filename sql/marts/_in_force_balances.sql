-- purpose: what is in force beside what follows from last year: in force then, and issued less
--          repealed since. Only the format of 2021 asks for it, so both years must have it.
-- grain: One row per current report with a year before, both in the format of 2021, and kind of
--        document.
-- key: report_id, indicator
-- inputs: _last_years, stg_facts
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

cells as (
    select
        years.report_id,
        years.last_year,
        kinds.kind || '.in_force' as indicator,
        last_facts.value as last_in_force,
        issued.value as issued,
        repealed.value as repealed,
        in_force.value as in_force
    from years
    cross join kinds
    left join stg_facts as last_facts
        on
            years.last_report_id = last_facts.report_id
            and kinds.kind || '.in_force' = last_facts.indicator
    left join stg_facts as issued
        on
            years.report_id = issued.report_id
            and kinds.kind || '.issued' = issued.indicator
    left join stg_facts as repealed
        on
            years.report_id = repealed.report_id
            and kinds.kind || '.repealed' = repealed.indicator
    left join stg_facts as in_force
        on
            years.report_id = in_force.report_id
            and kinds.kind || '.in_force' = in_force.indicator
)

select
    report_id,
    last_year,
    indicator,
    last_in_force,
    issued,
    repealed,
    last_in_force + issued - repealed as expected,
    in_force as actual
from cells
