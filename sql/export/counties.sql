-- purpose: the counties an export can be restricted to. A place is named with those it lies in, as
--          in 福州市鼓楼区, for names occur several times; a placeholder city has no name.
-- grain: One row per county.
-- key: code
-- inputs: divisions
select
    code,
    county_name as name,
    coalesce(city_name, '') as city_name,
    province_name
from divisions
where level = 'county'
order by code
