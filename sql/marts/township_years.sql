-- purpose: what an organisation reported for a year, side by side. A blank is not a zero: a cell
--          that holds no number is null, a sum is null if any of its parts is, a rate is null where
--          nothing was processed. Other levels than townships are in too: filter on org_level
--          before adding up. Reports that state no year are left out; report_overview has them.
-- grain: One row per organisation and year.
-- key: organisation_id, report_year
-- inputs: _current_reports, _disclosed_counts, stg_report_totals, stg_findings
with

reports as (
    select * from _current_reports
    where report_year is not null
),

sums as (
    select
        report_id,
        requests_denied_state_secret
        + requests_denied_prohibited_by_law
        + requests_denied_security_and_stability
        + requests_denied_third_party_rights
        + requests_denied_internal_affairs
        + requests_denied_deliberative
        + requests_denied_enforcement_files
        + requests_denied_administrative_inquiry as requests_denied,
        requests_unable_not_held
        + requests_unable_must_be_created
        + requests_unable_still_unclear as requests_unable,
        requests_not_handled_petition
        + requests_not_handled_duplicate
        + requests_not_handled_publication
        + requests_not_handled_excessive
        + requests_not_handled_reissue as requests_not_handled,
        -- one row in the format of 2019, three in that of 2021
        coalesce(
            requests_other_all,
            requests_other_not_corrected_in_time
            + requests_other_not_paid_in_time
            + requests_other_other
        ) as requests_other,
        nullif(requests_processed, 0) as rate_base
    from stg_report_totals
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
    totals.requests_received,
    totals.requests_carried_in,
    totals.requests_granted,
    totals.requests_granted_in_part,
    sums.requests_denied,
    sums.requests_unable,
    sums.requests_not_handled,
    sums.requests_other,
    totals.requests_processed,
    totals.requests_carried_out,

    -- outcomes as a share of requests processed, 0 to 1
    totals.requests_granted / sums.rate_base as granted_rate,
    totals.requests_granted_in_part / sums.rate_base as granted_in_part_rate,
    sums.requests_denied / sums.rate_base as denied_rate,
    sums.requests_unable / sums.rate_base as unable_rate,
    sums.requests_not_handled / sums.rate_base as not_handled_rate,
    sums.requests_other / sums.rate_base as other_rate,

    -- reviews and lawsuits, and how they ended
    totals.reviews,
    totals.reviews_upheld,
    totals.reviews_corrected,
    totals.reviews_other,
    totals.reviews_pending,
    totals.lawsuits_direct,
    totals.lawsuits_direct_upheld,
    totals.lawsuits_direct_corrected,
    totals.lawsuits_direct_other,
    totals.lawsuits_direct_pending,
    totals.lawsuits_after_review,
    totals.lawsuits_after_review_upheld,
    totals.lawsuits_after_review_corrected,
    totals.lawsuits_after_review_other,
    totals.lawsuits_after_review_pending,
    totals.lawsuits_direct + totals.lawsuits_after_review as lawsuits,
    totals.reviews + totals.lawsuits_direct + totals.lawsuits_after_review as disputes,
    totals.reviews_corrected
    + totals.lawsuits_direct_corrected
    + totals.lawsuits_after_review_corrected as disputes_corrected,

    -- documents
    totals.regulations_issued,
    totals.regulations_repealed,
    totals.regulations_in_force,
    totals.normative_documents_issued,
    totals.normative_documents_repealed,
    totals.normative_documents_in_force,

    -- administration
    totals.licensing_decisions,
    totals.penalty_decisions,
    totals.coercion_decisions,
    totals.fees_10k_yuan,
    totals.procurement_projects,
    totals.procurement_10k_yuan,

    -- what the prose says was disclosed
    disclosed.disclosed_total,
    disclosed.disclosed_website,
    disclosed.disclosed_wechat,
    disclosed.disclosed_weibo,
    disclosed.disclosed_bulletin_board,
    disclosed.is_disclosed_approximate,

    -- findings
    coalesce(finding_counts.count_errors, 0) as count_errors,
    coalesce(finding_counts.count_warnings, 0) as count_warnings,
    coalesce(finding_counts.count_infos, 0) as count_infos
from reports
left join stg_report_totals as totals on reports.report_id = totals.report_id
left join sums on reports.report_id = sums.report_id
left join _disclosed_counts as disclosed on reports.report_id = disclosed.report_id
left join finding_counts on reports.report_id = finding_counts.report_id
