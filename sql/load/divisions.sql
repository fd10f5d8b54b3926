-- purpose: all levels of the statistical divisions, each with the units it lies in. Cities that
--          are placeholders of the source (市辖区, 县, 省直辖县级行政区划) get no city_name, and
--          neither does what lies in them; the code stays.
insert into divisions by name
with

provinces as (
    select
        code,
        name
    from incoming_provinces
),

cities as (
    select
        code,
        name,
        provincecode as province_code,
        case
            when name not in ('市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划')
                then name
        end as city_name
    from incoming_cities
),

counties as (
    select
        code,
        name,
        citycode as city_code
    from incoming_counties
),

townships as (
    select
        code,
        name,
        areacode as county_code
    from incoming_townships
),

province_rows as (
    select
        code,
        name,
        'province' as level,
        code as province_code,
        name as province_name
    from provinces
),

city_rows as (
    select
        cities.code,
        cities.name,
        'city' as level,
        provinces.code as parent_code,
        cities.code as city_code,
        cities.city_name,
        provinces.code as province_code,
        provinces.name as province_name
    from cities
    inner join provinces on cities.province_code = provinces.code
),

county_rows as (
    select
        counties.code,
        counties.name,
        'county' as level,
        city_rows.code as parent_code,
        counties.code as county_code,
        counties.name as county_name,
        city_rows.city_code,
        city_rows.city_name,
        city_rows.province_code,
        city_rows.province_name
    from counties
    inner join city_rows on counties.city_code = city_rows.code
),

township_rows as (
    select
        townships.code,
        townships.name,
        'township' as level,
        county_rows.code as parent_code,
        townships.code as township_code,
        townships.name as township_name,
        county_rows.county_code,
        county_rows.county_name,
        county_rows.city_code,
        county_rows.city_name,
        county_rows.province_code,
        county_rows.province_name
    from townships
    inner join county_rows on townships.county_code = county_rows.code
)

select * from province_rows
union all by name
select * from city_rows
union all by name
select * from county_rows
union all by name
select * from township_rows
