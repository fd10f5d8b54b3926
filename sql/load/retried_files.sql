-- purpose: files in quarantine as if an older version had read them, so that the next run does
-- inputs: source_files
update source_files
set version = ''
where outcome = 'quarantine';
