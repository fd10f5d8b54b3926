-- purpose: the administrative units, with the units they lie in. A placeholder city (市辖区) is no
--          city: its code is left out, so that nothing is grouped by it.
-- grain: One row per unit of any level.
-- key: code
-- inputs: divisions
select
    code,
    name,
    level,
    township_code,
    township_name,
    county_code,
    county_name,
    case when city_name is not null then city_code end as city_code,
    city_name,
    province_code,
    province_name
from divisions
