-- purpose: what was gathered of changed reports with overruled cells goes, for it is not what they
--          hold now
-- inputs: corrections, changed_reports
delete from report_rows
where
    report_id in (
        select report_id from corrections
        where
            printed_status is not null
            and report_id in (select report_id from changed_reports)
    );

delete from report_totals
where
    report_id in (
        select report_id from corrections
        where
            printed_status is not null
            and report_id in (select report_id from changed_reports)
    );
