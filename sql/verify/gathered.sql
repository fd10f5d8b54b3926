-- purpose: what is gathered from the facts holds their numbers and no others
-- grain: One row per report or cell of the form whose numbers differ.
-- scope: report
-- inputs: facts, report_rows, report_totals
with

by_indicator as (
    select
        indicator,
        sum(columns(* exclude (report_id, indicator)))
    from report_rows
    group by indicator
),

by_cell as (
    unpivot by_indicator
    on columns(* exclude (indicator))
    into name applicant value total
),

numbers as (
    select
        report_id,
        list_value(*columns(* exclude (report_id))) as found
    from report_totals
),

-- by report, and by cell over all reports: a number in a wrong place shows in one or the other
gathered as (
    select
        'report_rows: report ' || report_id as place,
        count(natural_person)
        + count(enterprise)
        + count(research_institution)
        + count(public_interest_organization)
        + count(legal_services)
        + count(other_organization)
        + count(total) as count_numbers,
        coalesce(sum(natural_person), 0)
        + coalesce(sum(enterprise), 0)
        + coalesce(sum(research_institution), 0)
        + coalesce(sum(public_interest_organization), 0)
        + coalesce(sum(legal_services), 0)
        + coalesce(sum(other_organization), 0)
        + coalesce(sum(total), 0) as total
    from report_rows
    group by report_id

    union all

    select
        'report_rows: ' || indicator || ' ' || applicant as place,
        null as count_numbers,
        total
    from by_cell

    union all

    select
        'report_totals: report ' || report_id as place,
        list_count(found) as count_numbers,
        coalesce(list_sum(found), 0) as total
    from numbers
),

expected as (
    select
        'report_rows: report ' || report_id as place,
        count(value) as count_numbers,
        coalesce(sum(value), 0) as total
    from facts
    group by report_id

    union all

    select
        'report_rows: ' || indicator || ' ' || coalesce(applicant, 'total') as place,
        null as count_numbers,
        sum(value) as total
    from facts
    where value is not null
    group by indicator, applicant

    union all

    select
        'report_totals: report ' || report_id as place,
        count(value) as count_numbers,
        coalesce(sum(value), 0) as total
    from facts
    where coalesce(applicant, 'total') = 'total'
    group by report_id
)

select
    coalesce(gathered.place, expected.place) || ' has numbers that add up to '
    || coalesce(cast(gathered.total as varchar), 'nothing') || ', in facts to '
    || coalesce(cast(expected.total as varchar), 'nothing') as breach
from gathered
full join expected on gathered.place = expected.place
where
    gathered.total is distinct from expected.total
    or gathered.count_numbers is distinct from expected.count_numbers
