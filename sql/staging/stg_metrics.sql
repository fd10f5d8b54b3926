-- purpose: the figures that are read out of prose
-- grain: One row per metric.
-- key: metric
-- inputs: metrics
select
    metric,
    unit,
    title as title_zh,
    counts
from metrics
