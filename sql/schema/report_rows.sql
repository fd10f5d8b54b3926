-- The facts again, a row of a form a row; sql/load/report_rows.sql fills it. What adds up the cells
-- of a report, or sets them beside those of another year, reads a quarter of the rows.
create table if not exists report_rows (
    report_id varchar not null,
    indicator varchar not null,
    natural_person decimal(20, 4),
    enterprise decimal(20, 4),
    research_institution decimal(20, 4),
    public_interest_organization decimal(20, 4),
    legal_services decimal(20, 4),
    other_organization decimal(20, 4),
    total decimal(20, 4)
);

comment on table report_rows is
'One row per report and indicator found in it: the numbers of all applicants side by side.';
