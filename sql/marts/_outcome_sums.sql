-- purpose: the outcomes of requests added up beside their stated total, by the rows of the report's
--          format, and how many cells of the sum hold no number
-- grain: One row per report with a table of requests and applicant column.
-- key: report_id, applicant
-- inputs: _report_tables, stg_facts, stg_applicants, stg_indicator_formats
with

tables as (
    select * from _report_tables
    where table_name = 'requests'
),

outcomes as (
    select * from stg_indicator_formats
    where sum_into = 'requests.processed_total'
),

outcome_counts as (
    select
        format,
        count(*) as count_outcomes
    from outcomes
    group by format
),

parts as (
    select
        facts.report_id,
        facts.applicant,
        sum(facts.value) as total,
        count(facts.value) as count_reported
    from stg_facts as facts
    inner join tables on facts.report_id = tables.report_id
    inner join outcomes
        on
            facts.indicator = outcomes.indicator
            and tables.format = outcomes.format
    group by facts.report_id, facts.applicant
),

stated as (
    select
        report_id,
        applicant,
        value
    from stg_facts
    where indicator = 'requests.processed_total'
)

select
    tables.report_id,
    tables.format,
    applicants.applicant,
    parts.total as expected,
    stated.value as actual,
    outcome_counts.count_outcomes
    - coalesce(parts.count_reported, 0)
    + if(stated.value is null, 1, 0) as count_missing
from tables
inner join outcome_counts on tables.format = outcome_counts.format
cross join stg_applicants as applicants
left join parts
    on
        tables.report_id = parts.report_id
        and applicants.applicant = parts.applicant
left join stated
    on
        tables.report_id = stated.report_id
        and applicants.applicant = stated.applicant
