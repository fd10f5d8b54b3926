-- purpose: the rows of data/reference/metrics.csv
insert into metrics by name
select
    metric,
    unit,
    title,
    counts
from incoming_metrics
