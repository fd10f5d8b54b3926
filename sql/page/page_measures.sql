-- purpose: the measures of the page, each under its code in page_measures.csv. A measure is null
--          where the report holds no number for it; nothing is filled in. Of a figure in prose the
--          one that all sentences agree on is taken, and none where they differ; approximate names
--          those that the prose calls about, more than or nearly. A report that states no year has
--          none.
-- grain: One row per current report.
-- key: report
-- inputs: page_reports, township_years, timeliness, stg_facts, stg_narrative_facts
with

in_force as (
    select
        report_id,
        value
    from stg_facts
    where indicator = 'disclosure.normative_documents.in_force'
),

stated as (
    select
        report_id,
        metric,
        min(value) as value,
        bool_or(is_approximate) as is_approximate
    from stg_narrative_facts
    where
        metric in ('disclosed_total', 'disclosed_website', 'disclosed_wechat')
        and qualifier is null
    group by report_id, metric
    having count(distinct value) = 1
),

prose as (
    select
        report_id,
        max(value) filter (where metric = 'disclosed_total') as disclosed_total,
        max(value) filter (where metric = 'disclosed_website') as disclosed_website,
        max(value) filter (where metric = 'disclosed_wechat') as disclosed_wechat,
        string_agg(metric, ' ' order by metric) filter (where is_approximate) as approximate
    from stated
    group by report_id
)

select
    reports.report,
    cast(years.requests_received as double) as requests_received,
    cast(years.requests_processed as double) as requests_processed,
    cast(years.granted_rate as double) as granted_rate,
    cast(years.requests_denied as double) as requests_denied,
    cast(years.requests_unable as double) as requests_unable,
    cast(years.requests_carried_out as double) as requests_carried_out,
    cast(years.reviews as double) as reviews,
    cast(years.lawsuits_direct + years.lawsuits_after_review as double) as lawsuits,
    cast(years.disputes_corrected as double) as disputes_corrected,
    cast(years.normative_documents_issued as double) as normative_documents_issued,
    cast(in_force.value as double) as normative_documents_in_force,
    cast(years.licensing_decisions as double) as licensing_decisions,
    cast(years.penalty_decisions as double) as penalty_decisions,
    cast(years.fees_10k_yuan as double) as fees_10k_yuan,
    cast(prose.disclosed_total as double) as disclosed_total,
    cast(prose.disclosed_website as double) as disclosed_website,
    cast(prose.disclosed_wechat as double) as disclosed_wechat,
    cast(timeliness.days_late as double) as days_late,
    cast(years.count_errors + years.count_warnings as double) as errors_and_warnings,
    prose.approximate
from page_reports as reports
left join township_years as years on reports.report_id = years.report_id
left join in_force on years.report_id = in_force.report_id
left join prose on years.report_id = prose.report_id
left join timeliness on years.report_id = timeliness.report_id
order by reports.report
