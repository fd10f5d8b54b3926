-- purpose: a figure far above what the organisation reports in its other years: a digit too many,
--          元 for 万元. With three other years or more: above their median by more than ten times
--          their spread (the median absolute deviation, 1.4826 times, which is the standard
--          deviation of a normal distribution), at least five times the median and at least 20
--          more; the spread of figures that never change is nothing, so it cannot decide alone.
--          One or two other years have no spread: twenty times the largest and at least 50 more.
--          Compared are years whose formats both have the indicator, and totals only, for the
--          applicants would say it again.
-- grain: One row per current report and indicator with such a figure.
-- key: report_id, indicator
-- scope: organisation
-- inputs: _current_reports, stg_report_rows, stg_indicators, stg_indicator_formats
with

figures as (
    select
        reports.organisation_id,
        reports.report_year,
        reports.report_id,
        cells.indicator,
        if(formats.by_applicant, 'total', null) as applicant,
        cells.total as value
    from stg_report_rows as cells
    inner join _current_reports as reports on cells.report_id = reports.report_id
    inner join stg_indicator_formats as formats
        on
            cells.indicator = formats.indicator
            and reports.format = formats.format
    where cells.total is not null and reports.report_year is not null
),

others as (
    select
        figures.report_id,
        figures.indicator,
        figures.applicant,
        figures.value,
        count(*) as count_years,
        median(other_years.value) as middle,
        mad(other_years.value) as spread,
        max(other_years.value) as highest,
        string_agg(
            other_years.report_year || '年 ' || printed_number(other_years.value), '；'
            order by other_years.report_year
        ) as evidence
    from figures
    inner join figures as other_years
        on
            figures.organisation_id = other_years.organisation_id
            and figures.indicator = other_years.indicator
            and figures.report_year != other_years.report_year
    -- both thresholds below ask for at least as much; most figures are smaller
    where figures.value >= 20
    group by figures.report_id, figures.indicator, figures.applicant, figures.value
),

jumps as (
    select
        *,
        if(count_years >= 3, middle, highest) as usual
    from others
    where
        (
            count_years >= 3
            and value - middle > 10 * 1.4826 * spread
            and value >= 5 * middle
            and value - middle >= 20
        )
        or (
            count_years < 3
            and value >= 20 * highest
            and value - highest >= 50
        )
)

select
    jumps.report_id,
    jumps.indicator,
    jumps.applicant,
    printed_number(cast(jumps.usual as decimal(20, 4))) as expected,
    printed_number(jumps.value) as actual,
    jumps.value - jumps.usual as difference,
    '“' || indicators.label || '”填' || printed_number(jumps.value) || indicators.unit
    || '，远多于本单位其他年度（' || jumps.evidence || '）。请核对是否多写了数位'
    || if(indicators.unit = '万元', '，或者把元当成了万元', '') || '；确实如此的，无须更改。' as message,
    jumps.evidence
from jumps
inner join stg_indicators as indicators on jumps.indicator = indicators.indicator
where not indicators.is_signed
