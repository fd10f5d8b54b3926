-- purpose: reports, with the key of the organisation that reported. A report is tied to a township,
--          county, city or province only where its identity is matched; any other report is an
--          organisation of its own, so that ambiguous reports are never merged, nor departments,
--          of which only the name is known.
-- grain: One row per report, current or not.
-- key: report_id
-- inputs: reports
select
    report_id,
    case
        when
            identity_status = 'matched'
            and township_code is not null
            and coalesce(org_level, 'township') = 'township'
            then township_code
        when identity_status = 'matched' and org_level in ('county', 'city', 'province')
            then org_level || ':' || concat_ws('/', province_name, city_name, county_name)
        else 'report:' || report_id
    end as organisation_id,

    -- identity
    org_name,
    org_level,
    township_code,
    township_name,
    county_name,
    city_name,
    province_name,
    identity_status,

    -- period
    report_year,
    published_on,

    -- how it was read
    source_path,
    format,
    script,
    status,
    is_current,
    superseded_by,
    coalesce(first_loaded_at, loaded_at) as first_loaded_at
from reports
