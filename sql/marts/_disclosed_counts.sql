-- purpose: how much the prose says was disclosed, in all and by channel. Of several different
--          figures nobody knows which is meant: the count is null then, as it is where none is
--          stated.
-- grain: One row per report whose prose states any such figure.
-- key: report_id
-- inputs: stg_narrative_facts
with

stated as (
    select
        report_id,
        metric,
        min(value) as value,
        bool_or(is_approximate) as is_approximate
    from stg_narrative_facts
    where
        metric in (
            'disclosed_total',
            'disclosed_website',
            'disclosed_wechat',
            'disclosed_weibo',
            'disclosed_bulletin_board'
        )
        and qualifier is null
    group by report_id, metric
    having min(value) = max(value)
)

select
    report_id,
    max(case when metric = 'disclosed_total' then value end) as disclosed_total,
    max(case when metric = 'disclosed_website' then value end) as disclosed_website,
    max(case when metric = 'disclosed_wechat' then value end) as disclosed_wechat,
    max(case when metric = 'disclosed_weibo' then value end) as disclosed_weibo,
    max(case when metric = 'disclosed_bulletin_board' then value end)
        as disclosed_bulletin_board,
    bool_or(is_approximate) as is_disclosed_approximate
from stated
group by report_id
