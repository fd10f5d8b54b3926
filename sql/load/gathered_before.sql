-- purpose: what was gathered of reports with overruled cells goes, for it is not what they hold now
-- inputs: corrections
delete from report_rows
where
    report_id in (
        select report_id from corrections
        where printed_status is not null
    );

delete from report_totals
where
    report_id in (
        select report_id from corrections
        where printed_status is not null
    );
