-- purpose: what views and tables hold
-- grain: One row per view or table.
-- key: name
-- inputs: -
select
    view_name as name,
    comment
from duckdb_views()
where not internal

union all

select
    table_name as name,
    comment
from duckdb_tables()
where not internal
