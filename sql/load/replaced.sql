-- purpose: what is loaded again goes first. Where nothing is, no table is looked through.
-- inputs: chosen_reports
delete from reports
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from facts
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from sections
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from narrative_facts
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from findings
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from repairs
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from report_rows
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );

delete from report_totals
where
    report_id in (
        select report_id from chosen_reports
        where first_loaded_at is not null
    );
