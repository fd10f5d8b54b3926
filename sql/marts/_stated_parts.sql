-- purpose: totals of disclosure that the prose parts in the same sentence (共203条，其中17条、71条、
--          115条), beside the sum of the parts, by category and by channel. Only where every figure
--          of the sentence in this unit was read, and all of them are exact: a part that was not
--          read would look like a mistake. Behind the first figure 其中, 包括, a colon or a bracket
--          must open the list: of 公开政务信息135条，村务信息420条 neither is a part. A sentence that
--          opens a second list (其中80条，含…30条) is left out, for a part is parted there. The same
--          information may go out through several channels, so these part a total only where the
--          sentence says 其中 or 分别, says nothing of publishing again, and none of them has the
--          whole total.
-- grain: One row per report, sentence and way to part it.
-- key: report_id, sentence, way
-- inputs: stg_narrative_facts
with

figures as (
    select
        *,
        case
            when metric = 'disclosed_total' then 'total'
            when metric = 'disclosed_category' then 'category'
            else 'channel'
        end as way
    from stg_narrative_facts
    where starts_with(metric, 'disclosed_')
),

sentences as (
    select
        report_id,
        sentence,
        any_value(unit) as unit,
        min(value) filter (where way = 'total') as total,
        count(*) as count_figures
    from figures
    group by report_id, sentence
    having
        count(*) filter (where way = 'total') = 1
        -- with two parts at least, before any words are looked at
        and count(*) > 2
        and count(value) = count(*)
        and count(distinct unit) = 1
        and not bool_or(is_approximate)
),

marked as (
    select
        *,
        -- one pattern for all units: one that differs from row to row is compiled for each row
        replace(sentence, unit, chr(31)) as sentence_marked
    from sentences
),

whole as (
    select * from marked
    where
        len(
            regexp_extract_all(
                sentence_marked, '[0-9０-９零〇一二两三四五六七八九十百千万余多]\s*\x1f'
            )
        ) = count_figures
        and len(
            regexp_extract_all(
                sentence_marked,
                '[（(]?(?:其中|包括|包含|涵盖|含)+'
                || '|[（(][^）)]*[0-9０-９零〇一二两三四五六七八九十百千万余多]\s*\x1f'
            )
        ) < 2
        and regexp_matches(sentence_marked, '\x1f.*(?:其中|包括|涵盖|含|分别|分为|按|[：:（(])')
)

select
    whole.report_id,
    whole.sentence,
    parts.way,
    whole.unit,
    whole.total,
    sum(parts.value) as sum_of_parts,
    count(*) as count_parts,
    -- the sentence's own order is not kept; any fixed one gives the same text in every run
    string_agg(printed_number(parts.value), ' + ' order by parts.value desc) as addition
from whole
inner join figures as parts
    on
        whole.report_id = parts.report_id
        and whole.sentence = parts.sentence
where parts.way != 'total'
group by all
having
    count(*) > 1
    and (
        parts.way = 'category'
        or (
            regexp_matches(whole.sentence, '其中|分别')
            and not regexp_matches(whole.sentence, '同时|同步|转发|转载|再次')
            and not bool_or(parts.value = whole.total)
        )
    )
