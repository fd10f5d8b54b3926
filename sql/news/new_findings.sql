-- purpose: how many findings of each rule a load brought, errors first
-- grain: One row per rule.
-- key: rule
-- inputs: news, rules
select
    news.rule,
    news.severity,
    rules.title_zh as title,
    count(*) as count_new
from news
left join rules on news.rule = rules.rule
group by news.rule, news.severity, rules.title_zh
order by
    list_position(['error', 'warning', 'info'], news.severity) asc,
    count_new desc,
    news.rule asc
