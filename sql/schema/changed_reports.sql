-- Loads, corrections and whatever the checks rest on write it; the end of a load works off what
-- stands here and empties it.
create table if not exists changed_reports (
    report_id varchar not null,
    organisation_id varchar,
    report_year integer
);

comment on table changed_reports is
'One row per report that changed since the checks last ran, and place it had or has.';
comment on column changed_reports.report_id is 'Report that was loaded, corrected or superseded';
comment on column changed_reports.organisation_id is
'Organisation it was of before the change, or is of now; null where there is no such report';
comment on column changed_reports.report_year is 'Year it was for before the change, or is for now';
