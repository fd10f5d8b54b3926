-- purpose: when the warehouse was last brought up to date, by which version, and how many files
--          stand in quarantine
-- grain: One row per warehouse.
-- key: -
-- inputs: runs, quarantine
select
    (select strftime(max(finished_at), '%Y-%m-%d %H:%M') from runs) as finished_at,
    (select arg_max(version, finished_at) from runs) as version,
    (select count(*) from quarantine) as count_quarantined
