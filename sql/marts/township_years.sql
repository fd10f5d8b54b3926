-- purpose: what an organisation reported for a year, side by side. A blank is not a zero: a cell
--          that holds no number is null, a sum is null if any of its parts is, a rate is null where
--          nothing was processed. Other levels than townships are in too: filter on org_level
--          before adding up. Reports that state no year are left out; report_overview has them.
-- grain: One row per organisation and year.
-- key: organisation_id, report_year
-- inputs: _current_reports, stg_facts, stg_findings
with

reports as (
    select * from _current_reports
    where report_year is not null
),

totals as (
    select
        report_id,
        indicator,
        value
    from stg_facts
    where (applicant = 'total' or applicant is null) and value is not null
),

cells as (
    select
        report_id,
        max(value) filter (where indicator = 'requests.received_new') as requests_received,
        max(value) filter (where indicator = 'requests.carried_in') as requests_carried_in,
        max(value) filter (where indicator = 'requests.granted') as requests_granted,
        max(value) filter (where indicator = 'requests.granted_in_part')
            as requests_granted_in_part,
        max(value) filter (where indicator = 'requests.denied.state_secret') as denied_1,
        max(value) filter (where indicator = 'requests.denied.prohibited_by_law') as denied_2,
        max(value) filter (where indicator = 'requests.denied.security_and_stability') as denied_3,
        max(value) filter (where indicator = 'requests.denied.third_party_rights') as denied_4,
        max(value) filter (where indicator = 'requests.denied.internal_affairs') as denied_5,
        max(value) filter (where indicator = 'requests.denied.deliberative') as denied_6,
        max(value) filter (where indicator = 'requests.denied.enforcement_files') as denied_7,
        max(value) filter (where indicator = 'requests.denied.administrative_inquiry') as denied_8,
        max(value) filter (where indicator = 'requests.unable.not_held') as unable_1,
        max(value) filter (where indicator = 'requests.unable.must_be_created') as unable_2,
        max(value) filter (where indicator = 'requests.unable.still_unclear') as unable_3,
        max(value) filter (where indicator = 'requests.not_handled.petition') as not_handled_1,
        max(value) filter (where indicator = 'requests.not_handled.duplicate') as not_handled_2,
        max(value) filter (where indicator = 'requests.not_handled.publication') as not_handled_3,
        max(value) filter (where indicator = 'requests.not_handled.excessive') as not_handled_4,
        max(value) filter (where indicator = 'requests.not_handled.reissue') as not_handled_5,
        max(value) filter (where indicator = 'requests.other.all') as other_all,
        max(value) filter (where indicator = 'requests.other.not_corrected_in_time') as other_1,
        max(value) filter (where indicator = 'requests.other.not_paid_in_time') as other_2,
        max(value) filter (where indicator = 'requests.other.other') as other_3,
        max(value) filter (where indicator = 'requests.processed_total') as requests_processed,
        max(value) filter (where indicator = 'requests.carried_out') as requests_carried_out,
        max(value) filter (where indicator = 'disputes.review.total') as reviews,
        max(value) filter (where indicator = 'disputes.review.corrected') as reviews_corrected,
        max(value) filter (where indicator = 'disputes.litigation_direct.total')
            as lawsuits_direct,
        max(value) filter (where indicator = 'disputes.litigation_direct.corrected')
            as lawsuits_direct_corrected,
        max(value) filter (where indicator = 'disputes.litigation_after_review.total')
            as lawsuits_after_review,
        max(value) filter (where indicator = 'disputes.litigation_after_review.corrected')
            as lawsuits_after_review_corrected,
        max(value) filter (where indicator = 'disclosure.normative_documents.issued')
            as normative_documents_issued,
        max(value) filter (where indicator = 'disclosure.licensing.decisions')
            as licensing_decisions,
        max(value) filter (where indicator = 'disclosure.penalties.decisions')
            as penalty_decisions,
        max(value) filter (where indicator = 'disclosure.coercion.decisions')
            as coercion_decisions,
        max(value) filter (where indicator = 'disclosure.fees.amount') as fees_10k_yuan,
        max(value) filter (where indicator = 'disclosure.procurement.projects')
            as procurement_projects,
        max(value) filter (where indicator = 'disclosure.procurement.amount')
            as procurement_10k_yuan
    from totals
    group by report_id
),

sums as (
    select
        report_id,
        denied_1 + denied_2 + denied_3 + denied_4 + denied_5 + denied_6 + denied_7 + denied_8
            as requests_denied,
        unable_1 + unable_2 + unable_3
            as requests_unable,
        not_handled_1 + not_handled_2 + not_handled_3 + not_handled_4 + not_handled_5
            as requests_not_handled,
        -- one row in the format of 2019, three in that of 2021
        coalesce(other_all, other_1 + other_2 + other_3) as requests_other,
        reviews + lawsuits_direct + lawsuits_after_review as disputes,
        reviews_corrected + lawsuits_direct_corrected + lawsuits_after_review_corrected
            as disputes_corrected,
        nullif(requests_processed, 0) as rate_base
    from cells
),

finding_counts as (
    select
        report_id,
        count(*) filter (where severity = 'error') as count_errors,
        count(*) filter (where severity = 'warning') as count_warnings,
        count(*) filter (where severity = 'info') as count_infos
    from stg_findings
    group by report_id
)

select
    -- who and when
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
    reports.identity_status,

    -- the report
    reports.report_id,
    reports.format,
    reports.status,
    reports.published_on,

    -- requests, all applicants
    cells.requests_received,
    cells.requests_carried_in,
    cells.requests_granted,
    cells.requests_granted_in_part,
    sums.requests_denied,
    sums.requests_unable,
    sums.requests_not_handled,
    sums.requests_other,
    cells.requests_processed,
    cells.requests_carried_out,

    -- outcomes as a share of requests processed, 0 to 1
    cells.requests_granted / sums.rate_base as granted_rate,
    cells.requests_granted_in_part / sums.rate_base as granted_in_part_rate,
    sums.requests_denied / sums.rate_base as denied_rate,
    sums.requests_unable / sums.rate_base as unable_rate,
    sums.requests_not_handled / sums.rate_base as not_handled_rate,
    sums.requests_other / sums.rate_base as other_rate,

    -- reviews and lawsuits
    cells.reviews,
    cells.reviews_corrected,
    cells.lawsuits_direct,
    cells.lawsuits_direct_corrected,
    cells.lawsuits_after_review,
    cells.lawsuits_after_review_corrected,
    sums.disputes,
    sums.disputes_corrected,

    -- what was disclosed of its own accord
    cells.normative_documents_issued,
    cells.licensing_decisions,
    cells.penalty_decisions,
    cells.coercion_decisions,
    cells.fees_10k_yuan,
    cells.procurement_projects,
    cells.procurement_10k_yuan,

    -- findings
    coalesce(finding_counts.count_errors, 0) as count_errors,
    coalesce(finding_counts.count_warnings, 0) as count_warnings,
    coalesce(finding_counts.count_infos, 0) as count_infos
from reports
left join cells on reports.report_id = cells.report_id
left join sums on reports.report_id = sums.report_id
left join finding_counts on reports.report_id = finding_counts.report_id
