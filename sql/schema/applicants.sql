create table if not exists applicants (
    applicant varchar primary key,
    label varchar not null,
    group_label varchar
);

comment on table applicants is 'One row per applicant column of the table of requests.';
comment on column applicants.applicant is 'Code';
comment on column applicants.label is 'Official label';
comment on column applicants.group_label is 'Official label of the columns it stands under';
