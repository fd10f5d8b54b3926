-- purpose: the administrative units, with the units they lie in
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
    city_code,
    city_name,
    province_code,
    province_name
from divisions
