-- purpose: the six applicants of a row must add up to its stated total
-- grain: One row per report and row of the table of requests where they do not.
-- key: report_id, indicator
-- scope: report
-- inputs: _applicant_sums, stg_facts, stg_applicants, stg_indicators
with

broken as (
    select * from _applicant_sums
    where expected != actual
),

evidence as (
    select
        broken.report_id,
        broken.indicator,
        string_agg(
            applicants.label || ' ' || printed_number(facts.value), '；'
            order by applicants.applicant
        ) as evidence
    from broken
    inner join stg_facts as facts
        on
            broken.report_id = facts.report_id
            and broken.indicator = facts.indicator
    inner join stg_applicants as applicants on facts.applicant = applicants.applicant
    where facts.applicant != 'total' and facts.value != 0
    group by broken.report_id, broken.indicator
)

select
    broken.report_id,
    broken.indicator,
    'total' as applicant,
    printed_number(broken.expected) as expected,
    printed_number(broken.actual) as actual,
    broken.actual - broken.expected as difference,
    '“' || indicators.label || '”一行：六类申请人相加为' || printed_number(broken.expected)
    || '件，“总计”填' || printed_number(broken.actual)
    || '件，相差' || printed_number(abs(broken.actual - broken.expected)) || '件。' as message,
    coalesce(evidence.evidence, '各项均为零') as evidence
from broken
inner join stg_indicators as indicators on broken.indicator = indicators.indicator
left join evidence
    on
        broken.report_id = evidence.report_id
        and broken.indicator = evidence.indicator
