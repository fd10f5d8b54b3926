-- purpose: what the page says of itself: when the warehouse was last brought up to date and by
--          which version, how many files stand in quarantine, how many reports and findings there
--          are, and how many findings the page carries in words
-- grain: One row per warehouse.
-- key: -
-- inputs: runs, quarantine, page_reports, page_finding_counts, page_findings
select
    (select strftime(arg_max(finished_at, rowid), '%Y-%m-%d %H:%M') from runs) as finished_at,
    (select arg_max(version, rowid) from runs) as version,
    (select count(*) from quarantine) as count_quarantined,
    (select count(*) from page_reports) as count_reports,
    (select coalesce(sum(count_findings), 0) from page_finding_counts) as count_findings,
    (select count(*) from page_findings) as count_carried
