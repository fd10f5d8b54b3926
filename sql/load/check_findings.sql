-- purpose: the rows a check gave, as findings of the reports that are checked
-- inputs: check_rows, rules, scope_reports
insert into findings by name
select
    check_rows.report_id,
    rules.rule,
    rules.severity,
    check_rows.indicator,
    check_rows.applicant,
    check_rows.expected,
    check_rows.actual,
    cast(check_rows.difference as decimal(20, 4)) as difference,
    check_rows.message,
    check_rows.evidence
from check_rows
inner join rules on rules.rule = getvariable('rule')
where
    check_rows.report_id in (
        select report_id from scope_reports
        where is_checked
    )
