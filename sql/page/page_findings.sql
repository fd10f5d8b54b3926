-- purpose: the wording of the findings of current reports, errors and warnings first, then those of
--          the year the page opens with (variable page_year), then the newest, up to a number
--          (variable most_findings). Long words are cut (variable most_characters).
-- grain: One row per finding that is carried; findings have no key.
-- key: -
-- inputs: findings, page_reports
with

weighed as (
    select
        reports.report,
        findings.rule,
        findings.message,
        findings.evidence,
        row_number() over (
            order by
                array_position(['error', 'warning', 'info'], findings.severity) asc,
                reports.report_year is not distinct from getvariable('page_year') desc,
                reports.report_year desc nulls last,
                reports.report asc,
                findings.rule asc,
                findings.message asc,
                findings.evidence asc
        ) as weight
    from findings
    inner join page_reports as reports on findings.report_id = reports.report_id
)

select
    report,
    rule,
    if(
        length(message) > getvariable('most_characters'),
        left(message, getvariable('most_characters')) || '…',
        message
    ) as message,
    if(
        length(evidence) > getvariable('most_characters'),
        left(evidence, getvariable('most_characters')) || '…',
        evidence
    ) as evidence
from weighed
where weight <= getvariable('most_findings')
order by report, weight
