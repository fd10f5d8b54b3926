-- purpose: a report must be published by its deadline; where no day is known nothing is said
-- grain: One row per current report published late.
-- key: report_id
-- scope: organisation
-- inputs: timeliness
select
    report_id,
    null as indicator,
    null as applicant,
    strftime(due_on, '%Y-%m-%d') as expected,
    strftime(published_on, '%Y-%m-%d') as actual,
    days_late as difference,
    report_year || '年度报告应当在' || year(due_on) || '年' || month(due_on) || '月' || day(due_on)
    || '日前公布，文中日期为' || year(published_on) || '年' || month(published_on) || '月'
    || day(published_on) || '日，迟了' || days_late || '天。' as message,
    strftime(published_on, '%Y-%m-%d') as evidence
from timeliness
where is_late
