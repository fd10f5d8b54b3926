-- purpose: errors a load brought, as many as fit a message
-- grain: One row per finding.
-- key: -
-- inputs: news, reports
select
    reports.org_name,
    reports.report_year,
    news.rule,
    news.message,
    reports.source_path
from news
inner join reports on news.report_id = reports.report_id
where news.severity = 'error'
order by all
limit 20
