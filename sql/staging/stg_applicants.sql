-- purpose: the applicant columns of the table of requests
-- grain: One row per applicant column.
-- key: applicant
-- inputs: applicants
select
    applicant,
    label
from applicants
