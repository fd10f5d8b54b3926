-- purpose: how many units there are and how many reports are in, for each county, each province and
--          the country, whose code is empty
-- grain: One row per area and year.
-- key: area, report_year
-- inputs: coverage
select
    coalesce(county_code, province_code, '') as area,
    report_year,
    cast(sum(count_units) as bigint) as count_units,
    cast(sum(count_reports) as bigint) as count_reports
from coverage
group by
    grouping sets (
        (report_year),
        (report_year, province_code),
        (report_year, county_code)
    )
order by area, report_year
