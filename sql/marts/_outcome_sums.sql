-- purpose: the outcomes of requests added up beside their stated total, by the rows of the report's
--          format; null where a cell of the sum holds no number
-- grain: One row per report with a table of requests and applicant column.
-- key: report_id, applicant
-- inputs: _report_tables, stg_report_rows, stg_applicants, stg_indicator_formats
with

tables as (
    select * from _report_tables
    where table_name = 'requests'
),

outcomes as (
    select
        format,
        indicator,
        count(*) over (partition by format) as count_outcomes
    from stg_indicator_formats
    where sum_into = 'requests.processed_total'
),

sums as (
    select
        cells.report_id,
        case
            when count(cells.natural_person) = any_value(outcomes.count_outcomes)
                then sum(cells.natural_person)
        end as natural_person,
        case
            when count(cells.enterprise) = any_value(outcomes.count_outcomes)
                then sum(cells.enterprise)
        end as enterprise,
        case
            when count(cells.research_institution) = any_value(outcomes.count_outcomes)
                then sum(cells.research_institution)
        end as research_institution,
        case
            when count(cells.public_interest_organization) = any_value(outcomes.count_outcomes)
                then sum(cells.public_interest_organization)
        end as public_interest_organization,
        case
            when count(cells.legal_services) = any_value(outcomes.count_outcomes)
                then sum(cells.legal_services)
        end as legal_services,
        case
            when count(cells.other_organization) = any_value(outcomes.count_outcomes)
                then sum(cells.other_organization)
        end as other_organization,
        case
            when count(cells.total) = any_value(outcomes.count_outcomes)
                then sum(cells.total)
        end as total
    from stg_report_rows as cells
    inner join tables on cells.report_id = tables.report_id
    inner join outcomes
        on
            cells.indicator = outcomes.indicator
            and tables.format = outcomes.format
    group by cells.report_id
),

parts as (
    unpivot sums
    on columns(* exclude (report_id))
    into name applicant value total
),

stated as (
    unpivot (
        select * exclude (indicator) from stg_report_rows
        where indicator = 'requests.processed_total'
    )
    on columns(* exclude (report_id))
    into name applicant value total
)

select
    tables.report_id,
    tables.format,
    applicants.applicant,
    parts.total as expected,
    stated.total as actual
from tables
cross join stg_applicants as applicants
left join parts
    on
        tables.report_id = parts.report_id
        and applicants.applicant = parts.applicant
left join stated
    on
        tables.report_id = stated.report_id
        and applicants.applicant = stated.applicant
