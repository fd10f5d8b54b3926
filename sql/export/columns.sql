-- purpose: what the warehouse knows of the columns of a view or table (variable view)
-- grain: One row per column, in their order.
-- key: column_name
-- inputs: -
select
    columns.column_name,
    columns.data_type,
    columns.comment,
    not columns.is_nullable as is_required
from duckdb_columns() as columns
where columns.table_name = getvariable('view') and not columns.internal
order by columns.column_index
