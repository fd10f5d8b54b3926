-- purpose: each reported value is one of its own peers, and stands among them once
-- grain: One row per key that occurs more than once, and one where the counts differ.
-- scope: year
-- inputs: reports, report_rows, peer_statistics, proved_years
with

proved as (
    select * from peer_statistics
    where report_year in (select report_year from proved_years)
),

compared as (
    select distinct
        report_year,
        org_level,
        indicator,
        applicant,
        country_peers
    from proved
),

numbers as (
    select
        count(report_rows.natural_person)
        + count(report_rows.enterprise)
        + count(report_rows.research_institution)
        + count(report_rows.public_interest_organization)
        + count(report_rows.legal_services)
        + count(report_rows.other_organization)
        + count(report_rows.total) as count_numbers
    from report_rows
    semi join reports
        on
            report_rows.report_id = reports.report_id
            and reports.is_current
            and reports.report_year in (select report_year from proved_years)
            and reports.org_level is not null
),

counts as (
    select
        (select coalesce(sum(country_peers), 0) from compared) as count_peers,
        (select count_numbers from numbers) as count_numbers
)

select 'peer_statistics: a key occurs ' || count(*) || ' times' as breach
from proved
group by report_year, org_level, division_code, indicator, applicant, value
having count(*) > 1

union all

select
    'peer_statistics: ' || count_peers || ' rows for ' || count_numbers
    || ' in the tables' as breach
from counts
where count_peers != count_numbers
