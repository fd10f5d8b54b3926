-- purpose: the rows of data/reference/applicants.csv
insert into applicants by name
select
    applicant,
    label,
    group_label
from incoming_applicants
