-- purpose: each reported value beside those of its peers: units of the same org_level that reported
--          the indicator for the same year in the same county, city, province and country. Peers
--          are counted before any filter of the query, so that a query for one province still gets
--          the right rank in the country. rank 1 is the highest value; percentile is the share of
--          the other peers with a smaller value, null where there are none. A division that is not
--          known has no statistics. Cells without a number, reports without a year and
--          organisations of unknown level are left out.
-- grain: One row per organisation, year, indicator and applicant with a reported value.
-- key: organisation_id, report_year, indicator, applicant
-- inputs: _current_reports, stg_facts, stg_indicators, stg_applicants, peer_statistics
with

reports as (
    select * from _current_reports
    where report_year is not null and org_level is not null
)

select
    reports.organisation_id,
    reports.report_year,
    facts.indicator,
    indicators.label as indicator_label,
    facts.applicant,
    applicants.label as applicant_label,

    -- who
    reports.org_name,
    reports.org_level,
    reports.township_code,
    reports.township_name,
    reports.county_code,
    reports.county_name,
    reports.city_code,
    reports.city_name,
    reports.province_code,
    reports.province_name,
    reports.report_id,

    -- what
    facts.value,
    facts.unit,

    -- peers
    peers.county_peers,
    peers.county_mean,
    peers.county_median,
    peers.county_rank,
    peers.county_percentile,
    peers.city_peers,
    peers.city_mean,
    peers.city_median,
    peers.city_rank,
    peers.city_percentile,
    peers.province_peers,
    peers.province_mean,
    peers.province_median,
    peers.province_rank,
    peers.province_percentile,
    peers.country_peers,
    peers.country_mean,
    peers.country_median,
    peers.country_rank,
    peers.country_percentile
from stg_facts as facts
inner join reports on facts.report_id = reports.report_id
-- left, so that facts meet their report first: the other order multiplies rows
left join stg_indicators as indicators on facts.indicator = indicators.indicator
left join stg_applicants as applicants on facts.applicant = applicants.applicant
left join peer_statistics as peers
    on
        facts.indicator = peers.indicator
        and facts.applicant is not distinct from peers.applicant
        and facts.value = peers.value
        and reports.report_year = peers.report_year
        and reports.org_level = peers.org_level
        and reports.division_code = peers.division_code
where facts.value is not null
