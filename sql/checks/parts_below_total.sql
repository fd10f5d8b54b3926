-- purpose: the parts of a total that the prose states add up to less than it. They need not be all
--          there are, and a sentence that says so (等, 主要, 其余) is left alone.
-- grain: One row per report, sentence and way to part a total.
-- key: report_id, message, evidence
-- scope: report
-- inputs: _stated_parts
select
    report_id,
    null as indicator,
    null as applicant,
    printed_number(sum_of_parts) as expected,
    printed_number(total) as actual,
    total - sum_of_parts as difference,
    '正文写共公开信息' || printed_number(total) || unit || '，所列各项相加为'
    || printed_number(sum_of_parts) || unit || '（' || addition || '），比总数少'
    || printed_number(total - sum_of_parts) || unit || '。还有未列出的，无须更改；没有的，请核对。'
        as message,
    sentence as evidence
from _stated_parts
where sum_of_parts < total and not regexp_matches(sentence, '等|主要|其余|部分|重点')
