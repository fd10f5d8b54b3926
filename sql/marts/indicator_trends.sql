-- purpose: each cell beside the same cell of the year before. A change is given only where both
--          years hold a number and the indicator is in the formats of both; relative_change is
--          null on a base of zero. Organisations that cannot be told have no year before.
-- grain: One row per organisation, year, indicator and applicant.
-- key: organisation_id, report_year, indicator, applicant
-- inputs: _current_reports, stg_facts, stg_indicator_formats
with

reports as (
    select * from _current_reports
    where report_year is not null
),

formats as (
    select * from stg_indicator_formats
),

pairs as (
    select
        reports.*,
        last_year.report_id as last_report_id,
        last_year.format as last_format
    from reports
    left join reports as last_year
        on
            reports.organisation_id = last_year.organisation_id
            and reports.report_year = last_year.report_year + 1
),

comparable as (
    select
        formats.indicator,
        formats.format,
        last_formats.format as last_format
    from formats
    inner join formats as last_formats on formats.indicator = last_formats.indicator
),

beside as (
    select
        pairs.organisation_id,
        pairs.report_year,
        facts.indicator,
        facts.applicant,
        pairs.org_name,
        pairs.org_level,
        pairs.township_code,
        pairs.township_name,
        pairs.county_code,
        pairs.county_name,
        pairs.city_code,
        pairs.city_name,
        pairs.province_code,
        pairs.province_name,
        facts.unit,
        facts.value,
        last_facts.value as last_value,
        comparable.indicator is not null as is_comparable
    from stg_facts as facts
    inner join pairs on facts.report_id = pairs.report_id
    left join stg_facts as last_facts
        on
            pairs.last_report_id = last_facts.report_id
            and facts.indicator = last_facts.indicator
            and facts.applicant is not distinct from last_facts.applicant
    left join comparable
        on
            facts.indicator = comparable.indicator
            and pairs.format = comparable.format
            and pairs.last_format = comparable.last_format
)

select
    *,
    case when is_comparable then value - last_value end as change,
    case when is_comparable then (value - last_value) / nullif(last_value, 0) end
        as relative_change
from beside
