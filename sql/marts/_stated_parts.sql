-- purpose: totals of disclosure that the prose parts in the same sentence (共203条，其中17条、71条、
--          115条), beside the sum of the parts, by category and by channel. Only where every figure
--          of the sentence in this unit was read, and all of them are exact: a part that was not
--          read would look like a mistake.
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
        and count(distinct unit) = 1
        and not bool_or(is_approximate)
),

whole as (
    select * from sentences
    where
        len(regexp_extract_all(sentence, '[0-9０-９]\s*' || unit)) = count_figures
)

select
    whole.report_id,
    whole.sentence,
    parts.way,
    whole.unit,
    whole.total,
    sum(parts.value) as sum_of_parts,
    count(*) as count_parts,
    string_agg(printed_number(parts.value), ' + ') as addition
from whole
inner join figures as parts
    on
        whole.report_id = parts.report_id
        and whole.sentence = parts.sentence
where parts.way != 'total'
group by all
having count(*) > 1
