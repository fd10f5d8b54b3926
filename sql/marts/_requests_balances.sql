-- purpose: both sides of the equation new + carried in = processed + carried out; a side is null
--          where a cell of it holds no number
-- grain: One row per report with a table of requests and applicant column.
-- key: report_id, applicant
-- inputs: _report_tables, stg_facts, stg_applicants
with

tables as (
    select * from _report_tables
    where table_name = 'requests'
),

cells as (
    select
        report_id,
        applicant,
        max(case when indicator = 'requests.received_new' then value end) as received_new,
        max(case when indicator = 'requests.carried_in' then value end) as carried_in,
        max(case when indicator = 'requests.processed_total' then value end) as processed,
        max(case when indicator = 'requests.carried_out' then value end) as carried_out
    from stg_facts
    where
        indicator in (
            'requests.received_new',
            'requests.carried_in',
            'requests.processed_total',
            'requests.carried_out'
        )
    group by report_id, applicant
)

select
    tables.report_id,
    applicants.applicant,
    cells.received_new,
    cells.carried_in,
    cells.processed,
    cells.carried_out,
    cells.received_new + cells.carried_in as expected,
    cells.processed + cells.carried_out as actual
from tables
cross join stg_applicants as applicants
left join cells
    on
        tables.report_id = cells.report_id
        and applicants.applicant = cells.applicant
