-- purpose: prose that is four fifths word for word that of last year or of a neighbour says little
--          of this place and year. Named is the report it is most like, last year's first.
-- grain: One row per current report and section of five sentences or more that is.
-- key: report_id, evidence
-- scope: alike
-- inputs: text_reuse
with

reused as (
    select
        *,
        if(section_no = 1, '一、总体情况', '五、存在的主要问题及改进情况') as title,
        count(*) over section_of_report as count_others,
        row_number() over (
            section_of_report
            order by
                share desc,
                relation asc,
                other_report_id asc
        ) as likeness
    from text_reuse
    where count_sentences >= 5 and share >= 0.8
    window section_of_report as (partition by report_id, section_no)
)

select
    report_id,
    null as indicator,
    null as applicant,
    null as expected,
    cast(count_same as varchar) as actual,
    null as difference,
    '“' || title || '”部分' || count_sentences || '个句子中有' || count_same || '句与'
    || if(
        relation = 'last_year',
        '本单位' || other_report_year || '年度报告',
        '同县（区）“' || coalesce(other_org_name, '另一单位') || '”的同年度报告'
    )
    || '一字不差' || if(count_others > 1, '（另有' || (count_others - 1) || '份报告同样雷同）', '')
    || '。请按本单位本年度的实际情况撰写。' as message,
    title || '：' || other_report_id as evidence
from reused
where likeness = 1
