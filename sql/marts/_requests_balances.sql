-- purpose: both sides of the equation new + carried in = processed + carried out, and how many of
--          its four cells hold no number
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
        max(value) filter (where indicator = 'requests.received_new') as received_new,
        max(value) filter (where indicator = 'requests.carried_in') as carried_in,
        max(value) filter (where indicator = 'requests.processed_total') as processed,
        max(value) filter (where indicator = 'requests.carried_out') as carried_out,
        count(value) as count_reported
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
    cells.processed + cells.carried_out as actual,
    4 - coalesce(cells.count_reported, 0) as count_missing
from tables
cross join stg_applicants as applicants
left join cells
    on
        tables.report_id = cells.report_id
        and applicants.applicant = cells.applicant
