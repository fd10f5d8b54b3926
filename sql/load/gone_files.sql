-- purpose: mark files that are no longer in the inbox
-- inputs: incoming_paths
update source_files
set is_present = false
where source_path in (select source_path from incoming_paths)
