-- purpose: the township-level units of the country, numbered for the other tables of the page
-- grain: One row per township-level unit.
-- key: township
-- inputs: stg_divisions
select
    row_number() over (order by code) - 1 as township,
    code,
    name
from stg_divisions
where level = 'township'
order by code
