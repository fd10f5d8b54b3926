-- purpose: the findings with who reported, for which year, and the Chinese titles of the rule, the
--          indicator and the applicant, so that they are read without another table. Findings of
--          reports that another one stands for are in too (duplicate_report is one): is_current
--          tells them apart.
-- grain: One row per finding; findings have no key.
-- key: -
-- inputs: _located_reports, stg_findings, stg_rules, stg_indicators, stg_applicants
select
    reports.report_year,
    reports.org_name,
    reports.org_level,
    reports.township_code,
    reports.township_name,
    reports.county_code,
    reports.county_name,
    reports.city_code,
    reports.city_name,
    reports.province_code,
    reports.province_name,

    -- what
    findings.severity,
    findings.rule,
    rules.title_zh as rule_title,
    findings.indicator,
    indicators.label as indicator_label,
    findings.applicant,
    applicants.label as applicant_label,
    findings.expected,
    findings.actual,
    findings.difference,
    findings.message,
    findings.evidence,

    -- where
    reports.report_id,
    reports.source_path,
    reports.is_current
from stg_findings as findings
inner join _located_reports as reports on findings.report_id = reports.report_id
left join stg_rules as rules on findings.rule = rules.rule
left join stg_indicators as indicators on findings.indicator = indicators.indicator
left join stg_applicants as applicants on findings.applicant = applicants.applicant
