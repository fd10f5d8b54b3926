-- purpose: how much of the overview (section 1) and of the problems (section 5) stands word for
--          word in the report of the year before (last_year) or in one of the same county and year
--          (neighbour). Counted are different sentences of 12 characters or more, for short ones
--          are alike by chance. Reports without a common sentence are left out.
-- grain: One row per current report, section and other report with a sentence of it.
-- key: report_id, section_no, other_report_id
-- inputs: _current_reports, stg_reused_texts
select
    reports.organisation_id,
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
    reused.section_no,
    reused.relation,
    other_reports.org_name as other_org_name,
    other_reports.report_year as other_report_year,
    reused.count_sentences,
    reused.count_same,
    reused.count_same / reused.count_sentences as share,
    reused.report_id,
    reused.other_report_id
from stg_reused_texts as reused
inner join _current_reports as reports on reused.report_id = reports.report_id
inner join _current_reports as other_reports on reused.other_report_id = other_reports.report_id
