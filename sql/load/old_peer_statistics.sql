-- purpose: statistics of years in which a report changed go, for each value counts in the country
-- inputs: changed_reports
delete from peer_statistics
where report_year in (select report_year from changed_reports);
