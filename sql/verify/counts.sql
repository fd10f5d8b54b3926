-- purpose: views and statistics count what the tables hold
-- grain: One row per count that differs.
-- inputs: reports, facts, township_years, report_overview, peer_statistics
with

-- each reported value is one of its own peers
compared as (
    select distinct
        report_year,
        org_level,
        indicator,
        applicant,
        country_peers
    from peer_statistics
),

counts as (
    select
        'township_years' as view_name,
        (select count(*) from township_years) as count_view,
        (
            select count(*) from reports
            where is_current and report_year is not null
        ) as count_table

    union all

    select
        'report_overview' as view_name,
        (select count(*) from report_overview) as count_view,
        (
            select count(*) from reports
            where is_current
        ) as count_table

    union all

    select
        'peer_statistics' as view_name,
        (select sum(country_peers) from compared) as count_view,
        (
            select count(*) from facts
            semi join reports
                on
                    facts.report_id = reports.report_id
                    and reports.is_current
                    and reports.report_year is not null
                    and reports.org_level is not null
            where facts.value is not null
        ) as count_table
)

select
    view_name || ': ' || coalesce(count_view, 0) || ' rows for ' || count_table
    || ' in the tables' as breach
from counts
where coalesce(count_view, 0) != count_table
