-- purpose: the outcomes of requests must add up to their stated total
-- grain: One row per report and applicant column where they do not.
-- key: report_id, applicant
-- scope: report
-- inputs: _outcome_sums, stg_facts, stg_applicants, stg_indicator_formats
with

broken as (
    select * from _outcome_sums
    where expected != actual
),

-- only what is not zero: the clerk looks for the figure that is wrong
evidence as (
    select
        broken.report_id,
        broken.applicant,
        string_agg(
            replace(formats.label, '三、本年度办理结果/', '') || ' ' || printed_number(facts.value),
            '；' order by formats.indicator
        ) as evidence
    from broken
    inner join stg_facts as facts
        on
            broken.report_id = facts.report_id
            and broken.applicant = facts.applicant
    inner join stg_indicator_formats as formats
        on
            facts.indicator = formats.indicator
            and broken.format = formats.format
    where formats.sum_into = 'requests.processed_total' and facts.value != 0
    group by broken.report_id, broken.applicant
)

select
    broken.report_id,
    'requests.processed_total' as indicator,
    broken.applicant,
    printed_number(broken.expected) as expected,
    printed_number(broken.actual) as actual,
    broken.actual - broken.expected as difference,
    '“' || applicants.label || '”一列：各项办理结果相加为' || printed_number(broken.expected)
    || '件，“（七）总计”填' || printed_number(broken.actual)
    || '件，相差' || printed_number(abs(broken.actual - broken.expected)) || '件。' as message,
    coalesce(evidence.evidence, '各项均为零') as evidence
from broken
inner join stg_applicants as applicants on broken.applicant = applicants.applicant
left join evidence
    on
        broken.report_id = evidence.report_id
        and broken.applicant = evidence.applicant
