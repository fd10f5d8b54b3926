-- purpose: what the townships of a province reported for a year, added up. The sums are over
--          reports of township level only, matched to their unit and so one a unit; reports of
--          counties, of cities and of the province itself are not added. A cell
--          without a number adds nothing: a column in _reports says how many reports had a number
--          for the sum and the median. granted_rate and denied_rate are shares of all requests
--          processed in the province, those in _rate_median the middle of the townships' own rates.
--          Units are all townships there are; years are those for which any report is in.
-- grain: One row per province and year.
-- key: province_code, report_year
-- inputs: _division_years
select
    report_year,
    province_code,
    province_name,

    -- reports
    count_units,
    count_reports,
    coverage_rate,
    count_dated,
    count_late,
    late_rate,
    count_with_errors,
    error_rate,

    -- figures
    requests_received_sum,
    requests_received_reports,
    requests_received_median,
    requests_processed_sum,
    requests_processed_reports,
    requests_processed_median,
    requests_granted_sum,
    requests_granted_reports,
    requests_granted_median,
    requests_denied_sum,
    requests_denied_reports,
    requests_denied_median,
    reviews_sum,
    reviews_reports,
    reviews_median,
    lawsuits_sum,
    lawsuits_reports,
    lawsuits_median,
    normative_documents_issued_sum,
    normative_documents_issued_reports,
    normative_documents_issued_median,
    licensing_decisions_sum,
    licensing_decisions_reports,
    licensing_decisions_median,
    penalty_decisions_sum,
    penalty_decisions_reports,
    penalty_decisions_median,
    coercion_decisions_sum,
    coercion_decisions_reports,
    coercion_decisions_median,
    fees_10k_yuan_sum,
    fees_10k_yuan_reports,
    fees_10k_yuan_median,
    disclosed_total_sum,
    disclosed_total_reports,
    disclosed_total_median,

    -- outcomes as a share of requests processed, 0 to 1
    granted_rate,
    granted_rate_median,
    denied_rate,
    denied_rate_median
from _division_years
where county_code is null
