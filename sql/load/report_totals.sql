-- purpose: the totals of changed reports that are not here yet, side by side. Filled batch by
--          batch (variable batch), so that memory does not grow with the reports.
-- grain: One row per report.
-- key: report_id
-- inputs: report_rows, ungathered_reports
insert into report_totals by name
with

ungathered as (
    select report_id from ungathered_reports
    where batch = getvariable('batch')
),

totals as (
    select
        report_rows.report_id,
        report_rows.indicator,
        report_rows.total
    from report_rows
    semi join ungathered on report_rows.report_id = ungathered.report_id
)

select
    report_id,
    max(case when indicator = 'disclosure.regulations.issued' then total end) as regulations_issued,
    max(case when indicator = 'disclosure.regulations.newly_disclosed' then total end)
        as regulations_newly_disclosed,
    max(case when indicator = 'disclosure.regulations.disclosed_total' then total end)
        as regulations_disclosed_total,
    max(case when indicator = 'disclosure.regulations.repealed' then total end)
        as regulations_repealed,
    max(case when indicator = 'disclosure.regulations.in_force' then total end)
        as regulations_in_force,
    max(case when indicator = 'disclosure.normative_documents.issued' then total end)
        as normative_documents_issued,
    max(case when indicator = 'disclosure.normative_documents.newly_disclosed' then total end)
        as normative_documents_newly_disclosed,
    max(case when indicator = 'disclosure.normative_documents.disclosed_total' then total end)
        as normative_documents_disclosed_total,
    max(case when indicator = 'disclosure.normative_documents.repealed' then total end)
        as normative_documents_repealed,
    max(case when indicator = 'disclosure.normative_documents.in_force' then total end)
        as normative_documents_in_force,
    max(case when indicator = 'disclosure.licensing.items_last_year' then total end)
        as licensing_items_last_year,
    max(case when indicator = 'disclosure.licensing.items_change' then total end)
        as licensing_items_change,
    max(case when indicator = 'disclosure.licensing.decisions' then total end)
        as licensing_decisions,
    max(case when indicator = 'disclosure.other_services.items_last_year' then total end)
        as other_services_items_last_year,
    max(case when indicator = 'disclosure.other_services.items_change' then total end)
        as other_services_items_change,
    max(case when indicator = 'disclosure.other_services.decisions' then total end)
        as other_services_decisions,
    max(case when indicator = 'disclosure.penalties.items_last_year' then total end)
        as penalty_items_last_year,
    max(case when indicator = 'disclosure.penalties.items_change' then total end)
        as penalty_items_change,
    max(case when indicator = 'disclosure.penalties.decisions' then total end) as penalty_decisions,
    max(case when indicator = 'disclosure.coercion.items_last_year' then total end)
        as coercion_items_last_year,
    max(case when indicator = 'disclosure.coercion.items_change' then total end)
        as coercion_items_change,
    max(case when indicator = 'disclosure.coercion.decisions' then total end) as coercion_decisions,
    max(case when indicator = 'disclosure.fees.items_last_year' then total end)
        as fees_items_last_year,
    max(case when indicator = 'disclosure.fees.items_change' then total end) as fees_items_change,
    max(case when indicator = 'disclosure.fees.amount' then total end) as fees_10k_yuan,
    max(case when indicator = 'disclosure.procurement.projects' then total end)
        as procurement_projects,
    max(case when indicator = 'disclosure.procurement.amount' then total end)
        as procurement_10k_yuan,
    max(case when indicator = 'requests.received_new' then total end) as requests_received,
    max(case when indicator = 'requests.carried_in' then total end) as requests_carried_in,
    max(case when indicator = 'requests.granted' then total end) as requests_granted,
    max(case when indicator = 'requests.granted_in_part' then total end)
        as requests_granted_in_part,
    max(case when indicator = 'requests.denied.state_secret' then total end)
        as requests_denied_state_secret,
    max(case when indicator = 'requests.denied.prohibited_by_law' then total end)
        as requests_denied_prohibited_by_law,
    max(case when indicator = 'requests.denied.security_and_stability' then total end)
        as requests_denied_security_and_stability,
    max(case when indicator = 'requests.denied.third_party_rights' then total end)
        as requests_denied_third_party_rights,
    max(case when indicator = 'requests.denied.internal_affairs' then total end)
        as requests_denied_internal_affairs,
    max(case when indicator = 'requests.denied.deliberative' then total end)
        as requests_denied_deliberative,
    max(case when indicator = 'requests.denied.enforcement_files' then total end)
        as requests_denied_enforcement_files,
    max(case when indicator = 'requests.denied.administrative_inquiry' then total end)
        as requests_denied_administrative_inquiry,
    max(case when indicator = 'requests.unable.not_held' then total end)
        as requests_unable_not_held,
    max(case when indicator = 'requests.unable.must_be_created' then total end)
        as requests_unable_must_be_created,
    max(case when indicator = 'requests.unable.still_unclear' then total end)
        as requests_unable_still_unclear,
    max(case when indicator = 'requests.not_handled.petition' then total end)
        as requests_not_handled_petition,
    max(case when indicator = 'requests.not_handled.duplicate' then total end)
        as requests_not_handled_duplicate,
    max(case when indicator = 'requests.not_handled.publication' then total end)
        as requests_not_handled_publication,
    max(case when indicator = 'requests.not_handled.excessive' then total end)
        as requests_not_handled_excessive,
    max(case when indicator = 'requests.not_handled.reissue' then total end)
        as requests_not_handled_reissue,
    max(case when indicator = 'requests.other.all' then total end) as requests_other_all,
    max(case when indicator = 'requests.other.not_corrected_in_time' then total end)
        as requests_other_not_corrected_in_time,
    max(case when indicator = 'requests.other.not_paid_in_time' then total end)
        as requests_other_not_paid_in_time,
    max(case when indicator = 'requests.other.other' then total end) as requests_other_other,
    max(case when indicator = 'requests.processed_total' then total end) as requests_processed,
    max(case when indicator = 'requests.carried_out' then total end) as requests_carried_out,
    max(case when indicator = 'disputes.review.upheld' then total end) as reviews_upheld,
    max(case when indicator = 'disputes.review.corrected' then total end) as reviews_corrected,
    max(case when indicator = 'disputes.review.other' then total end) as reviews_other,
    max(case when indicator = 'disputes.review.pending' then total end) as reviews_pending,
    max(case when indicator = 'disputes.review.total' then total end) as reviews,
    max(case when indicator = 'disputes.litigation_direct.upheld' then total end)
        as lawsuits_direct_upheld,
    max(case when indicator = 'disputes.litigation_direct.corrected' then total end)
        as lawsuits_direct_corrected,
    max(case when indicator = 'disputes.litigation_direct.other' then total end)
        as lawsuits_direct_other,
    max(case when indicator = 'disputes.litigation_direct.pending' then total end)
        as lawsuits_direct_pending,
    max(case when indicator = 'disputes.litigation_direct.total' then total end) as lawsuits_direct,
    max(case when indicator = 'disputes.litigation_after_review.upheld' then total end)
        as lawsuits_after_review_upheld,
    max(case when indicator = 'disputes.litigation_after_review.corrected' then total end)
        as lawsuits_after_review_corrected,
    max(case when indicator = 'disputes.litigation_after_review.other' then total end)
        as lawsuits_after_review_other,
    max(case when indicator = 'disputes.litigation_after_review.pending' then total end)
        as lawsuits_after_review_pending,
    max(case when indicator = 'disputes.litigation_after_review.total' then total end)
        as lawsuits_after_review
from totals
group by report_id
