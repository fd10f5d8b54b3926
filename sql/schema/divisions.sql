create table if not exists divisions (
    code varchar primary key,
    name varchar not null,
    level varchar not null,
    parent_code varchar,
    township_code varchar,
    township_name varchar,
    county_code varchar,
    county_name varchar,
    city_code varchar,
    city_name varchar,
    province_code varchar,
    province_name varchar
);

comment on table divisions is
'One row per administrative unit of any level, with the units it lies in.';
comment on column divisions.code is
'Statistical code: province 2, city 4, county 6, township 9 digits';
comment on column divisions.name is 'Name as in the source';
comment on column divisions.level is 'province, city, county or township';
comment on column divisions.parent_code is
'Code of the unit it lies in; null for provinces';
comment on column divisions.township_code is 'Code of the township';
comment on column divisions.township_name is 'Name of the township';
comment on column divisions.county_code is 'Code of the county';
comment on column divisions.county_name is 'Name of the county';
comment on column divisions.city_code is 'Code of the city; set for placeholders too';
comment on column divisions.city_name is
'Name of the city; null where the source has a placeholder no one says (市辖区)';
comment on column divisions.province_code is 'Code of the province';
comment on column divisions.province_name is 'Name of the province';
