-- purpose: current reports with the codes of their divisions
-- grain: One row per current report.
-- key: report_id
-- inputs: _located_reports
select
    report_id,
    organisation_id,
    report_year,
    org_name,
    org_level,
    township_code,
    township_name,
    county_code,
    county_name,
    city_code,
    city_name,
    province_code,
    province_name,
    division_code,
    identity_status,
    published_on,
    format,
    script,
    status
from _located_reports
where is_current
