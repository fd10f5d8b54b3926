-- purpose: what the prose states, beside what the tables state and beside what peers state: units
--          of the same org_level whose prose states the metric for the same year in the same
--          county, city, province and country. value is null where the prose states several
--          different figures of one metric (count_values), for nobody knows which is meant; money
--          is in 元. table_value is null where no table states the metric or a cell of it holds no
--          number. agrees is true where value is what the table says, for requests also with those
--          carried in; it is null where the prose is not exact, and where what it would have to
--          agree with is not known. rank 1 is the highest value; figures that are not exact count
--          as stated. Categories are left out, for each office has its own, and so are the other
--          channels together.
-- grain: One row per organisation, year and metric that its prose states.
-- key: organisation_id, report_year, metric
-- inputs: _current_reports, stg_narrative_facts, stg_metrics, _prose_beside_tables
with

reports as (
    select * from _current_reports
    where report_year is not null
),

figures as (
    select
        report_id,
        metric,
        cast(if(unit = '万元', 10000 * value, value) as decimal(20, 4)) as value,
        if(unit = '万元', '元', unit) as unit,
        is_approximate,
        sentence
    from stg_narrative_facts
    where metric not in ('disclosed_category', 'disclosed_other_channel')
),

stated as (
    select
        report_id,
        metric,
        if(count(distinct value) = 1, min(value), null) as value,
        count(distinct value) as count_values,
        bool_or(is_approximate) as is_approximate,
        if(count(distinct unit) = 1, min(unit), null) as unit,
        min(sentence) as sentence
    from figures
    group by report_id, metric
),

described as (
    select
        reports.organisation_id,
        reports.report_year,
        stated.metric,
        metrics.title_zh as metric_label,

        -- who
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
        reports.report_id,

        -- what
        stated.value,
        stated.unit,
        stated.is_approximate,
        stated.count_values,
        stated.sentence,

        -- the table
        beside.table_value,
        stated.value - beside.table_value as difference,
        case
            when stated.is_approximate then null
            when stated.value < beside.table_value then false
            else stated.value in (beside.table_value, beside.table_value_with_carried_in)
        end as agrees,

        -- units of no known level have no peers
        if(reports.org_level is null, null, reports.county_code) as county_of_peers,
        if(reports.org_level is null, null, reports.city_code) as city_of_peers,
        if(reports.org_level is null, null, reports.province_code) as province_of_peers
    from stated
    inner join reports on stated.report_id = reports.report_id
    inner join stg_metrics as metrics on stated.metric = metrics.metric
    left join _prose_beside_tables as beside
        on
            stated.report_id = beside.report_id
            and stated.metric = beside.metric
)

-- a row that has no place in a division, or no value, has no rank in it
select
    * exclude (county_of_peers, city_of_peers, province_of_peers),
    if(county_of_peers is not null, count(value) over in_county, null) as county_peers,
    if(county_of_peers is not null, median(value) over in_county, null) as county_median,
    if(
        county_of_peers is not null and value is not null,
        rank() over (in_county order by value desc nulls last),
        null
    ) as county_rank,
    if(city_of_peers is not null, count(value) over in_city, null) as city_peers,
    if(city_of_peers is not null, median(value) over in_city, null) as city_median,
    if(
        city_of_peers is not null and value is not null,
        rank() over (in_city order by value desc nulls last),
        null
    ) as city_rank,
    if(province_of_peers is not null, count(value) over in_province, null) as province_peers,
    if(province_of_peers is not null, median(value) over in_province, null) as province_median,
    if(
        province_of_peers is not null and value is not null,
        rank() over (in_province order by value desc nulls last),
        null
    ) as province_rank,
    if(org_level is not null, count(value) over in_country, null) as country_peers,
    if(org_level is not null, median(value) over in_country, null) as country_median,
    if(
        org_level is not null and value is not null,
        rank() over (in_country order by value desc nulls last),
        null
    ) as country_rank
from described
window
    in_county as (partition by metric, report_year, org_level, county_of_peers),
    in_city as (partition by metric, report_year, org_level, city_of_peers),
    in_province as (partition by metric, report_year, org_level, province_of_peers),
    in_country as (partition by metric, report_year, org_level)
