-- purpose: what the prose says of requests, reviews and lawsuits must stand in the tables. Only
--          where the prose states one exact figure: of several nobody knows which is meant.
-- grain: One row per report and metric that says something else.
-- key: report_id, indicator
-- inputs: stg_narrative_facts, stg_facts
with

stated as (
    select
        report_id,
        metric,
        min(value) as value,
        min(sentence) as sentence
    from stg_narrative_facts
    where metric in ('requests_received', 'review_cases', 'litigation_cases')
    group by report_id, metric
    having count(distinct value) = 1 and not bool_or(is_approximate)
),

-- a figure is known only where every cell it is made of holds a number
printed as (
    select
        report_id,
        case
            when indicator like 'requests.%' then 'requests_received'
            when indicator like 'disputes.review.%' then 'review_cases'
            else 'litigation_cases'
        end as metric,
        min(indicator) as indicator,
        sum(value) filter (where indicator != 'requests.carried_in') as value,
        sum(value) as value_with_carried_in,
        count(value) = count(*) as is_known
    from stg_facts
    where
        (indicator in ('requests.received_new', 'requests.carried_in') and applicant = 'total')
        or indicator in (
            'disputes.review.total',
            'disputes.litigation_direct.total',
            'disputes.litigation_after_review.total'
        )
    group by all
)

select
    stated.report_id,
    case
        when stated.metric = 'requests_received' then 'requests.received_new'
        else printed.indicator
    end as indicator,
    if(stated.metric = 'requests_received', 'total', null) as applicant,
    printed_number(stated.value) as expected,
    printed_number(printed.value) as actual,
    printed.value - stated.value as difference,
    '正文写' || case stated.metric
        when 'requests_received' then '收到政府信息公开申请'
        when 'review_cases' then '行政复议'
        else '行政诉讼'
    end || printed_number(stated.value) || '件，表格合计' || printed_number(printed.value)
    || '件，两处应当一致。' as message,
    stated.sentence as evidence
from stated
inner join printed
    on stated.report_id = printed.report_id and stated.metric = printed.metric
where
    printed.is_known
    and stated.value != printed.value
    and (stated.metric != 'requests_received' or stated.value != printed.value_with_carried_in)
