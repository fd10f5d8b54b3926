-- purpose: what the prose says of requests, reviews and lawsuits must stand in the tables. Only
--          where the prose states one exact figure: of several nobody knows which is meant.
-- grain: One row per report and metric that says something else.
-- key: report_id, indicator
-- scope: report
-- inputs: _prose_beside_tables
with

beside as (
    select
        *,
        case metric
            when 'requests_received' then '收到政府信息公开申请'
            when 'review_cases' then '行政复议'
            else '行政诉讼'
        end as metric_label
    from _prose_beside_tables
    where metric in ('requests_received', 'review_cases', 'litigation_cases')
)

select
    report_id,
    indicator,
    applicant,
    printed_number(value) as expected,
    printed_number(table_value) as actual,
    table_value - value as difference,
    '正文写' || metric_label || printed_number(value) || '件，表格合计'
    || printed_number(table_value) || '件，两处应当一致。' as message,
    sentence as evidence
from beside
where
    not is_approximate
    and value != table_value
    -- more than the new ones may be with those carried in; it is open where these are not known
    and (value < table_value or value != table_value_with_carried_in)
