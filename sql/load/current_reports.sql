-- purpose: which report stands for its organisation and year. A report whose file now holds another
--          report gives way to that one. Of several reports of one township for one year one that
--          covers the year stands before one that says it does not, then the one with the fewest
--          errors and warnings, the complete one, the newer one, the one that came last. Reports
--          that are not matched, or state no year, all stand. Findings of rules that ask which
--          report stands (variable later_rules) do not count. Decided over the whole warehouse,
--          which takes a second for a million reports: a file that changed may bear on any.
--          Reports of which something else is decided than before have changed.
-- inputs: stg_reports, stg_findings, source_files
create or replace temp table decided_reports as
with

reports_in as (
    select * from stg_reports
),

finding_counts as (
    select
        report_id,
        count(*) as count_findings,
        bool_or(rule = 'period_not_a_year') as is_part_of_year
    from stg_findings
    where
        severity in ('error', 'warning')
        and not list_contains(getvariable('later_rules'), rule)
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
        coalesce(finding_counts.count_findings, 0) as count_findings,
        coalesce(finding_counts.is_part_of_year, false) as is_part_of_year
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
                is_part_of_year asc,
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
        reports_in.organisation_id,
        reports_in.report_year,
        reports_in.is_current,
        reports_in.superseded_by as superseded_before,
        coalesce(replaced.superseded_by, nullif(ranked.winner, reports_in.report_id))
            as superseded_by
    from reports_in
    left join replaced on reports_in.report_id = replaced.report_id
    left join ranked on reports_in.report_id = ranked.report_id
)

select
    report_id,
    organisation_id,
    report_year,
    superseded_by
from decided
where
    is_current is distinct from (superseded_by is null)
    or superseded_before is distinct from superseded_by;

insert into changed_reports by name
select
    report_id,
    organisation_id,
    report_year
from decided_reports;

update reports
set
    is_current = decided_reports.superseded_by is null,
    superseded_by = decided_reports.superseded_by
from decided_reports
where reports.report_id = decided_reports.report_id;

drop table decided_reports;
