-- purpose: provinces and counties, told apart by the length of their codes
-- grain: One row per province and county.
-- key: code
-- inputs: stg_divisions
select
    code,
    name,
    case when level = 'county' then city_name end as city_name
from stg_divisions
where level in ('province', 'county')
order by code
