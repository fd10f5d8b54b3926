-- purpose: what the townships of a county, and of a province, reported for a year, added up. The
--          sums are over reports of township level that are matched to their unit, so that nothing
--          counts twice: the report of a county itself is not added to those of its townships. A
--          cell without a number adds nothing, and a column in _reports says how many had one.
--          Years are those for which any report is in.
-- grain: One row per county or province and year.
-- key: division_code, report_year
-- inputs: township_years, timeliness, stg_divisions
with

townships as (
    select * from stg_divisions
    where level = 'township'
),

years as (
    select distinct report_year
    from township_years
),

reports as (
    select
        township_years.*,
        timeliness.is_late
    from township_years
    inner join timeliness on township_years.report_id = timeliness.report_id
    where township_years.organisation_id = township_years.township_code
),

added as (
    select
        years.report_year,
        townships.county_code,
        townships.county_name,
        townships.city_code,
        townships.city_name,
        townships.province_code,
        townships.province_name,
        count(*) as count_units,
        count(reports.report_id) as count_reports,
        count(reports.is_late) as count_dated,
        count(case when reports.is_late then 1 end) as count_late,
        count(case when reports.count_errors > 0 then 1 end) as count_with_errors,
        -- as double: between two decimals the median would be cut off
        sum(reports.requests_received) as requests_received_sum,
        count(reports.requests_received) as requests_received_reports,
        median(cast(reports.requests_received as double)) as requests_received_median,
        sum(reports.requests_processed) as requests_processed_sum,
        count(reports.requests_processed) as requests_processed_reports,
        median(cast(reports.requests_processed as double)) as requests_processed_median,
        sum(reports.requests_granted) as requests_granted_sum,
        count(reports.requests_granted) as requests_granted_reports,
        median(cast(reports.requests_granted as double)) as requests_granted_median,
        sum(reports.requests_denied) as requests_denied_sum,
        count(reports.requests_denied) as requests_denied_reports,
        median(cast(reports.requests_denied as double)) as requests_denied_median,
        sum(reports.reviews) as reviews_sum,
        count(reports.reviews) as reviews_reports,
        median(cast(reports.reviews as double)) as reviews_median,
        sum(reports.lawsuits) as lawsuits_sum,
        count(reports.lawsuits) as lawsuits_reports,
        median(cast(reports.lawsuits as double)) as lawsuits_median,
        sum(reports.normative_documents_issued) as normative_documents_issued_sum,
        count(reports.normative_documents_issued) as normative_documents_issued_reports,
        median(cast(reports.normative_documents_issued as double))
            as normative_documents_issued_median,
        sum(reports.licensing_decisions) as licensing_decisions_sum,
        count(reports.licensing_decisions) as licensing_decisions_reports,
        median(cast(reports.licensing_decisions as double)) as licensing_decisions_median,
        sum(reports.penalty_decisions) as penalty_decisions_sum,
        count(reports.penalty_decisions) as penalty_decisions_reports,
        median(cast(reports.penalty_decisions as double)) as penalty_decisions_median,
        sum(reports.coercion_decisions) as coercion_decisions_sum,
        count(reports.coercion_decisions) as coercion_decisions_reports,
        median(cast(reports.coercion_decisions as double)) as coercion_decisions_median,
        sum(reports.fees_10k_yuan) as fees_10k_yuan_sum,
        count(reports.fees_10k_yuan) as fees_10k_yuan_reports,
        median(cast(reports.fees_10k_yuan as double)) as fees_10k_yuan_median,
        sum(reports.disclosed_total) as disclosed_total_sum,
        count(reports.disclosed_total) as disclosed_total_reports,
        median(cast(reports.disclosed_total as double)) as disclosed_total_median,
        median(reports.granted_rate) as granted_rate_median,
        median(reports.denied_rate) as denied_rate_median,
        -- only reports that have both numbers can be part of a rate
        sum(case when reports.requests_processed is not null then reports.requests_granted end)
        / nullif(
            sum(case when reports.requests_granted is not null then reports.requests_processed end),
            0
        ) as granted_rate,
        sum(case when reports.requests_processed is not null then reports.requests_denied end)
        / nullif(
            sum(case when reports.requests_denied is not null then reports.requests_processed end),
            0
        ) as denied_rate
    from townships
    cross join years
    left join reports
        on
            townships.code = reports.organisation_id
            and years.report_year = reports.report_year
    group by
        grouping sets (
            (
                years.report_year,
                townships.province_code,
                townships.province_name
            ),
            (
                years.report_year,
                townships.province_code,
                townships.province_name,
                townships.city_code,
                townships.city_name,
                townships.county_code,
                townships.county_name
            )
        )
)

select
    *,
    coalesce(county_code, province_code) as division_code,
    count_reports / count_units as coverage_rate,
    count_late / nullif(count_dated, 0) as late_rate,
    count_with_errors / nullif(count_reports, 0) as error_rate
from added
