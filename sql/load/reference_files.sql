-- purpose: remember what something that is made at every load was last made of
-- inputs: -
insert or replace into reference_files
select
    getvariable('reference_name') as name,
    getvariable('reference_digest') as digest
