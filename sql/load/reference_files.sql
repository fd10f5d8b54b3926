-- purpose: remember what a reference table was loaded from
-- inputs: -
insert or replace into reference_files
select
    getvariable('reference_table') as name,
    getvariable('reference_digest') as digest
