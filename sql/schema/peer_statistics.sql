-- What indicator_comparisons reads its statistics from; sql/load/peer_statistics.sql fills it.
create table if not exists peer_statistics (
    report_year integer not null,
    org_level varchar not null,
    division_code varchar not null,
    indicator varchar not null,
    applicant varchar,
    value decimal(20, 4) not null,
    county_peers bigint,
    county_mean double,
    county_median double,
    county_rank bigint,
    county_percentile double,
    city_peers bigint,
    city_mean double,
    city_median double,
    city_rank bigint,
    city_percentile double,
    province_peers bigint,
    province_mean double,
    province_median double,
    province_rank bigint,
    province_percentile double,
    country_peers bigint,
    country_mean double,
    country_median double,
    country_rank bigint,
    country_percentile double
);

comment on table peer_statistics is
'One row per year, org_level, division, indicator, applicant and value: its standing among peers';
comment on column peer_statistics.division_code is
'Smallest division of the unit that is known: county, city or province code, else empty';
comment on column peer_statistics.county_peers is
'How many units of the county reported it, this one included';
comment on column peer_statistics.county_mean is
'Their mean';
comment on column peer_statistics.county_median is
'Their median';
comment on column peer_statistics.county_rank is
'1 for the highest; ties share a rank';
comment on column peer_statistics.county_percentile is
'Share of the other units with a smaller value, 0 to 100';
comment on column peer_statistics.city_peers is
'How many units of the city reported it, this one included';
comment on column peer_statistics.city_mean is
'Their mean';
comment on column peer_statistics.city_median is
'Their median';
comment on column peer_statistics.city_rank is
'1 for the highest; ties share a rank';
comment on column peer_statistics.city_percentile is
'Share of the other units with a smaller value, 0 to 100';
comment on column peer_statistics.province_peers is
'How many units of the province reported it, this one included';
comment on column peer_statistics.province_mean is
'Their mean';
comment on column peer_statistics.province_median is
'Their median';
comment on column peer_statistics.province_rank is
'1 for the highest; ties share a rank';
comment on column peer_statistics.province_percentile is
'Share of the other units with a smaller value, 0 to 100';
comment on column peer_statistics.country_peers is
'How many units of the country reported it, this one included';
comment on column peer_statistics.country_mean is
'Their mean';
comment on column peer_statistics.country_median is
'Their median';
comment on column peer_statistics.country_rank is
'1 for the highest; ties share a rank';
comment on column peer_statistics.country_percentile is
'Share of the other units with a smaller value, 0 to 100';
