-- purpose: the parts of a total that the prose states must not add up to more than it
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
    || printed_number(sum_of_parts) || unit || '（' || addition || '），比总数多'
    || printed_number(sum_of_parts - total) || unit || '。'
    || if(way = 'channel', '同一信息经几个渠道发布而重复计数的，请在文中说明。', '') as message,
    sentence as evidence
from _stated_parts
where sum_of_parts > total
