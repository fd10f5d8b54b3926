-- purpose: which report stands for its organisation and year. A report whose file now holds another
--          report gives way to that one. Of several reports of one township for one year the one
--          with the fewest errors and warnings stands, then the complete one, the newer one, the
--          one that came last. Reports that are not matched, or state no year, all stand.
-- inputs: stg_reports, stg_findings, source_files
with

reports_in as (
    select * from stg_reports
),

finding_counts as (
    select
        report_id,
        count(*) as count_findings
    from stg_findings
    where severity in ('error', 'warning')
    group by report_id
),

replaced as (
    select
        reports_in.report_id,
        source_files.report_id as superseded_by
    from reports_in
    inner join source_files on reports_in.source_path = source_files.source_path
    semi join reports_in as successors on source_files.report_id = successors.report_id
    -- the same bytes may still lie under another path
    anti join source_files as still_there on reports_in.report_id = still_there.report_id
),

standing as (
    select
        reports_in.*,
        coalesce(finding_counts.count_findings, 0) as count_findings
    from reports_in
    left join finding_counts on reports_in.report_id = finding_counts.report_id
    anti join replaced on reports_in.report_id = replaced.report_id
),

ranked as (
    select
        report_id,
        first_value(report_id) over (
            partition by organisation_id, report_year
            order by
                count_findings asc,
                case status when 'complete' then 0 when 'partial' then 1 else 2 end asc,
                published_on desc nulls last,
                first_loaded_at desc,
                report_id asc
        ) as winner
    from standing
    where report_year is not null
),

decided as (
    select
        reports_in.report_id,
        coalesce(replaced.superseded_by, nullif(ranked.winner, reports_in.report_id))
            as superseded_by
    from reports_in
    left join replaced on reports_in.report_id = replaced.report_id
    left join ranked on reports_in.report_id = ranked.report_id
)

update reports
set
    is_current = decided.superseded_by is null,
    superseded_by = decided.superseded_by
from decided
where
    reports.report_id = decided.report_id
    and (
        reports.is_current is distinct from (decided.superseded_by is null)
        or reports.superseded_by is distinct from decided.superseded_by
    )
