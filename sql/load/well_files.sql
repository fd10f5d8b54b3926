-- purpose: files that are well now leave the quarantine
-- inputs: incoming_paths
delete from quarantine
where source_path in (select source_path from incoming_paths)
