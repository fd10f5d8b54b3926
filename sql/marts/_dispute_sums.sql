-- purpose: the results of reviews and lawsuits added up beside their stated total; null where a
--          cell of the sum holds no number
-- grain: One row per report with a table of disputes and kind of dispute.
-- key: report_id, indicator
-- inputs: _report_tables, stg_report_totals
with

tables as (
    select * from _report_tables
    where table_name = 'disputes'
),

kinds (indicator) as (
    values
    ('disputes.review.total'),
    ('disputes.litigation_direct.total'),
    ('disputes.litigation_after_review.total')
)

select
    tables.report_id,
    kinds.indicator,
    case kinds.indicator
        when 'disputes.review.total'
            then
                totals.reviews_upheld
                + totals.reviews_corrected
                + totals.reviews_other
                + totals.reviews_pending
        when 'disputes.litigation_direct.total'
            then
                totals.lawsuits_direct_upheld
                + totals.lawsuits_direct_corrected
                + totals.lawsuits_direct_other
                + totals.lawsuits_direct_pending
        else
            totals.lawsuits_after_review_upheld
            + totals.lawsuits_after_review_corrected
            + totals.lawsuits_after_review_other
            + totals.lawsuits_after_review_pending
    end as expected,
    case kinds.indicator
        when 'disputes.review.total' then totals.reviews
        when 'disputes.litigation_direct.total' then totals.lawsuits_direct
        else totals.lawsuits_after_review
    end as actual
from tables
cross join kinds
left join stg_report_totals as totals on tables.report_id = totals.report_id
