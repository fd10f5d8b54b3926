-- purpose: each cell beside the same cell of the year before. is_comparable says whether both
--          reports are in a format that has the indicator, so that a change means something: only
--          then change and relative_change are given, and only where both years hold a number;
--          relative_change is null on a base of zero or below. Organisations that cannot be told
--          have no year before.
-- grain: One row per organisation, year, indicator and applicant.
-- key: organisation_id, report_year, indicator, applicant
-- inputs: _current_reports, _last_years, stg_facts, stg_report_rows, stg_indicators,
--         stg_indicator_formats, stg_applicants
with

reports as (
    select
        current_reports.*,
        last_years.last_report_id,
        last_years.last_year as last_report_year,
        last_years.last_format
    from _current_reports as current_reports
    left join _last_years as last_years
        on current_reports.report_id = last_years.report_id
    where current_reports.report_year is not null
),

-- with the year of the report they stand beside, so that a query for one year reads no other
last_rows as (
    select
        reports.report_id as later_report_id,
        reports.report_year as later_year,
        cells.*
    from stg_report_rows as cells
    inner join reports on cells.report_id = reports.last_report_id
),

comparable as (
    select
        formats.indicator,
        formats.format,
        last_formats.format as last_format
    from stg_indicator_formats as formats
    inner join stg_indicator_formats as last_formats
        on formats.indicator = last_formats.indicator
),

beside as (
    select
        reports.organisation_id,
        reports.report_year,
        facts.indicator,
        indicators.label as indicator_label,
        facts.applicant,
        applicants.label as applicant_label,
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
        facts.value,
        facts.unit,
        reports.format,
        reports.last_report_year,
        reports.last_format,
        case coalesce(facts.applicant, 'total')
            when 'natural_person' then last_rows.natural_person
            when 'enterprise' then last_rows.enterprise
            when 'research_institution' then last_rows.research_institution
            when 'public_interest_organization' then last_rows.public_interest_organization
            when 'legal_services' then last_rows.legal_services
            when 'other_organization' then last_rows.other_organization
            when 'total' then last_rows.total
        end as last_value,
        comparable.indicator is not null as is_comparable,
        reports.report_id,
        reports.last_report_id
    from stg_facts as facts
    inner join reports on facts.report_id = reports.report_id
    -- left, so that facts meet their report first
    left join stg_indicators as indicators on facts.indicator = indicators.indicator
    left join stg_applicants as applicants on facts.applicant = applicants.applicant
    left join last_rows
        on
            facts.report_id = last_rows.later_report_id
            and reports.report_year = last_rows.later_year
            and facts.indicator = last_rows.indicator
    left join comparable
        on
            facts.indicator = comparable.indicator
            and reports.format = comparable.format
            and reports.last_format = comparable.last_format
)

select
    *,
    case when is_comparable then value - last_value end as change,
    -- a share of what is below zero would have the wrong sign
    case when is_comparable and last_value > 0 then (value - last_value) / last_value end
        as relative_change
from beside
