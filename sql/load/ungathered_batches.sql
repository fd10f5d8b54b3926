-- purpose: the batches in which facts are gathered
-- grain: One row per batch.
-- key: batch
-- inputs: ungathered_reports
select distinct batch
from ungathered_reports
order by batch
