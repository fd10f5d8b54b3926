-- purpose: what was found while the reports were read, with the severity of the rule
-- inputs: incoming_findings, chosen_reports, rules
insert into findings by name
select
    incoming.report_id,
    incoming.rule,
    rules.severity,
    incoming.indicator,
    incoming.applicant,
    incoming.expected,
    incoming.actual,
    incoming.message,
    incoming.evidence
from incoming_findings as incoming
left join rules on incoming.rule = rules.rule
semi join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
