-- purpose: what checks found goes before these run again (variable rules), of the reports that are
--          checked again, dismissed or not
-- inputs: findings, dismissed_findings, scope_reports
delete from findings
where
    list_contains(getvariable('rules'), rule)
    and report_id in (
        select report_id from scope_reports
        where is_checked
    );

delete from dismissed_findings
where
    list_contains(getvariable('rules'), rule)
    and report_id in (
        select report_id from scope_reports
        where is_checked
    );
