-- purpose: views count what the tables hold
-- grain: One row per count that differs.
-- scope: report
-- inputs: reports, township_years, report_overview
with

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
)

select
    view_name || ': ' || coalesce(count_view, 0) || ' rows for ' || count_table
    || ' in the tables' as breach
from counts
where coalesce(count_view, 0) != count_table
