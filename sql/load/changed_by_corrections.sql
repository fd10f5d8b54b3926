-- purpose: reports whose lines in the corrections file are not those they were
-- inputs: incoming_corrections, corrections, stg_reports
insert into changed_reports by name
with

lines_now as (
    select
        report_id,
        action,
        indicator,
        applicant,
        rule,
        old,
        new,
        who,
        cast(corrected_on as date) as corrected_on,
        why
    from incoming_corrections
),

lines_before as (
    select
        report_id,
        action,
        indicator,
        applicant,
        rule,
        old,
        new,
        who,
        corrected_on,
        why
    from corrections
),

differences as (
    (
        select * from lines_now
        except
        select * from lines_before
    )
    union
    (
        select * from lines_before
        except
        select * from lines_now
    )
)

select distinct
    differences.report_id,
    reports.organisation_id,
    reports.report_year
from differences
left join stg_reports as reports on differences.report_id = reports.report_id
