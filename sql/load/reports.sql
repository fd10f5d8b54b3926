-- purpose: the reports, each from its chosen copy
-- inputs: incoming_reports, chosen_reports
insert into reports by name
select
    incoming.report_id,
    incoming.source_path,
    incoming.source_sha256,
    incoming.source_bytes,
    incoming.reader,
    incoming.encoding,
    incoming.encoding_method,
    incoming.script,
    incoming.is_scarred,
    incoming.title,
    incoming.org_name,
    incoming.org_level,
    incoming.township_code,
    incoming.township_name,
    incoming.county_name,
    incoming.city_name,
    incoming.province_name,
    incoming.identity_status,
    incoming.report_year,
    incoming.period_start,
    incoming.period_end,
    incoming.published_on,
    incoming.format,
    incoming.status,
    getvariable('run_id') as run_id,
    getvariable('loaded_at') as loaded_at,
    coalesce(chosen.first_loaded_at, getvariable('loaded_at')) as first_loaded_at
from incoming_reports as incoming
inner join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
        and incoming.source_path = chosen.source_path
