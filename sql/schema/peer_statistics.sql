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
