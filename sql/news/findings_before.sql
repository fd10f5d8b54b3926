-- purpose: remember what was found before a load
-- inputs: findings
create or replace temp table findings_before as
select
    report_id,
    rule,
    indicator,
    applicant,
    message
from findings
