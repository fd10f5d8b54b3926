-- purpose: figures the prose states that the tables state too, beside each other. Where the prose
--          states several different figures of one metric nobody knows which is meant: value is
--          null. A table's figure is known only where every cell it is made of holds a number.
--          Requests in prose are at times all there were to deal with, so the sum with those
--          carried in stands beside them.
-- grain: One row per report, current or not, and metric the prose states and a table can state.
-- key: report_id, metric
-- inputs: stg_narrative_facts, stg_facts
with

-- which cells a metric is the sum of
cells (metric, indicator, applicant, is_carried_in) as (
    values
    ('requests_received', 'requests.received_new', 'total', false),
    ('requests_received', 'requests.carried_in', 'total', true),
    ('requests_answered', 'requests.processed_total', 'total', false),
    ('review_cases', 'disputes.review.total', null, false),
    ('litigation_cases', 'disputes.litigation_direct.total', null, false),
    ('litigation_cases', 'disputes.litigation_after_review.total', null, false)
),

stated as (
    select
        report_id,
        metric,
        if(count(distinct value) = 1, min(value), null) as value,
        bool_or(is_approximate) as is_approximate,
        min(sentence) as sentence
    from stg_narrative_facts
    where metric in (select metric from cells)
    group by report_id, metric
),

printed as (
    select
        stated.report_id,
        stated.metric,
        min(cells.indicator) filter (where not cells.is_carried_in) as indicator,
        min(cells.applicant) as applicant,
        sum(facts.value) filter (where not cells.is_carried_in) as value,
        count(facts.value) filter (where not cells.is_carried_in)
        = count(*) filter (where not cells.is_carried_in) as is_known,
        sum(facts.value) as value_with_carried_in,
        count(facts.value) = count(*) as is_known_with_carried_in
    from stated
    inner join cells on stated.metric = cells.metric
    left join stg_facts as facts
        on
            stated.report_id = facts.report_id
            and cells.indicator = facts.indicator
            and facts.applicant is not distinct from cells.applicant
    group by stated.report_id, stated.metric
)

select
    stated.report_id,
    stated.metric,
    stated.value,
    stated.is_approximate,
    stated.sentence,
    printed.indicator,
    printed.applicant,
    case when printed.is_known then printed.value end as table_value,
    case when printed.is_known_with_carried_in then printed.value_with_carried_in end
        as table_value_with_carried_in
from stated
inner join printed on stated.report_id = printed.report_id and stated.metric = printed.metric
