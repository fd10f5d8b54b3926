-- purpose: how much of the overview (section 1) and of the problems (section 5) stands word for
--          word in the report of the year before (last_year) or in one of the same county and year
--          (neighbour). Counted are different sentences of 12 characters or more, for short ones
--          are alike by chance; share is null where there is none. Reports without a common
--          sentence are left out.
-- grain: One row per current report, section and other report with a sentence of it.
-- key: report_id, section_no, other_report_id
-- inputs: _current_reports, stg_sections
with

-- numbers in place of the text: millions of sentences are compared
sentences as (
    select distinct
        reports.report_id,
        reports.organisation_id,
        reports.report_year,
        reports.county_code,
        sections.section_no,
        hash(pieces.sentence) as sentence_hash,
        length(pieces.sentence) >= 12 as is_long
    from stg_sections as sections
    inner join _current_reports as reports on sections.report_id = reports.report_id
    cross join
        unnest(
            string_split_regex(
                regexp_replace(sections.body, '[\t\p{Zs}]', '', 'g'), '[。！？；!?;\r\n]+'
            )
        ) as pieces (sentence)
    where
        sections.section_no in (1, 5)
        and reports.report_year is not null
        and pieces.sentence != ''
),

counts as (
    select
        report_id,
        section_no,
        count(*) filter (where is_long) as count_sentences
    from sentences
    group by report_id, section_no
),

shared as (
    select
        mine.report_id,
        mine.section_no,
        others.report_id as other_report_id,
        'last_year' as relation,
        count(*) filter (where mine.is_long) as count_same
    from sentences as mine
    inner join sentences as others
        on
            mine.organisation_id = others.organisation_id
            and mine.report_year = others.report_year + 1
            and mine.section_no = others.section_no
            and mine.sentence_hash = others.sentence_hash
    group by mine.report_id, mine.section_no, others.report_id

    union all

    select
        mine.report_id,
        mine.section_no,
        others.report_id as other_report_id,
        'neighbour' as relation,
        count(*) filter (where mine.is_long) as count_same
    from sentences as mine
    inner join sentences as others
        on
            mine.county_code = others.county_code
            and mine.report_year = others.report_year
            and mine.section_no = others.section_no
            and mine.sentence_hash = others.sentence_hash
            and mine.organisation_id != others.organisation_id
    group by mine.report_id, mine.section_no, others.report_id
)

select
    reports.organisation_id,
    reports.report_year,
    reports.org_name,
    reports.county_code,
    reports.county_name,
    reports.province_code,
    reports.province_name,
    shared.section_no,
    shared.relation,
    other_reports.org_name as other_org_name,
    other_reports.report_year as other_report_year,
    counts.count_sentences,
    shared.count_same,
    shared.count_same / nullif(counts.count_sentences, 0) as share,
    shared.report_id,
    shared.other_report_id
from shared
inner join counts
    on
        shared.report_id = counts.report_id
        and shared.section_no = counts.section_no
inner join _current_reports as reports on shared.report_id = reports.report_id
inner join _current_reports as other_reports on shared.other_report_id = other_reports.report_id
