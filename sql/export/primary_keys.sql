-- purpose: the primary keys of tables; those of views stand in their headers
-- grain: One row per table with a primary key.
-- key: table_name
-- inputs: -
select
    table_name,
    constraint_column_names
from duckdb_constraints()
where constraint_type = 'PRIMARY KEY'
