-- purpose: sentences of the overview (section 1) and of the problems (section 5) that stand word
--          for word in the report of the year before (last_year) or in one of the same county and
--          year (neighbour). Counted are different sentences of 12 characters or more, for short
--          ones are alike by chance. Kept as a table because every sentence of the country is cut
--          and compared for it. Filled for pairs of which one report changed, and year by year
--          (variable report_year), so that memory does not grow with the years.
-- grain: One row per current report, section and other report with a sentence of it.
-- key: report_id, section_no, other_report_id
-- inputs: _current_reports, stg_sections, changed_reports
insert into reused_texts by name
with

-- numbers in place of the text: millions of sentences are compared
sentences as (
    select distinct
        reports.report_id,
        reports.organisation_id,
        reports.report_year,
        reports.county_code,
        sections.section_no,
        reports.report_id in (select report_id from changed_reports) as is_changed,
        hash(pieces.sentence) as sentence_hash
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
        and reports.report_year between getvariable('report_year') - 1
        and getvariable('report_year')
        and length(pieces.sentence) >= 12
),

mine as (
    select
        *,
        count(*) over (partition by report_id, section_no) as count_sentences
    from sentences
    where report_year = getvariable('report_year')
),

shared as (
    select
        mine.report_id,
        mine.section_no,
        others.report_id as other_report_id,
        'last_year' as relation,
        mine.count_sentences,
        count(*) as count_same
    from mine
    inner join sentences as others
        on
            mine.organisation_id = others.organisation_id
            and mine.report_year = others.report_year + 1
            and mine.section_no = others.section_no
            and mine.sentence_hash = others.sentence_hash
            and (mine.is_changed or others.is_changed)
    group by all

    union all

    select
        mine.report_id,
        mine.section_no,
        others.report_id as other_report_id,
        'neighbour' as relation,
        mine.count_sentences,
        count(*) as count_same
    from mine
    inner join mine as others
        on
            mine.county_code = others.county_code
            and mine.section_no = others.section_no
            and mine.sentence_hash = others.sentence_hash
            and mine.organisation_id != others.organisation_id
            and (mine.is_changed or others.is_changed)
    group by all
)

select
    report_id,
    section_no,
    other_report_id,
    relation,
    count_sentences,
    count_same
from shared
