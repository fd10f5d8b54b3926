-- purpose: corrections that fit nothing in the warehouse, each with the reason: the file was
--          replaced, the cell prints something else, or the finding is gone
-- grain: One row per line of the corrections file that fits nothing.
-- key: line_no
-- inputs: corrections, dismissed_findings, reports, facts
with

unmatched as (
    select * from corrections
    where
        (action = 'value' and printed_status is null)
        or (
            action = 'dismiss'
            and line_no not in (select line_no from dismissed_findings)
        )
)

select
    unmatched.line_no,
    case
        when reports.report_id is null
            then 'there is no report ' || unmatched.report_id
        when unmatched.action = 'dismiss'
            then
                'report ' || unmatched.report_id || ' has no finding ' || unmatched.rule
                || coalesce(' for ' || unmatched.indicator, '')
                || coalesce(' / ' || unmatched.applicant, '')
        when facts.report_id is null
            then
                'report ' || unmatched.report_id || ' has no cell ' || unmatched.indicator
                || coalesce(' / ' || unmatched.applicant, '')
        else
            'the cell ' || unmatched.indicator || coalesce(' / ' || unmatched.applicant, '')
            || ' of report ' || unmatched.report_id || ' prints "'
            || regexp_replace(coalesce(facts.raw_text, ''), '[\s\p{Z}]+', ' ', 'g')
            || '", not "' || coalesce(unmatched.old, '') || '"'
    end as reason
from unmatched
left join reports on unmatched.report_id = reports.report_id
left join facts
    on
        unmatched.report_id = facts.report_id
        and unmatched.indicator = facts.indicator
        and unmatched.applicant is not distinct from facts.applicant
order by unmatched.line_no
