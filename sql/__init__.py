"""Everything that happens inside DuckDB: schema, loading, views and checks as `.sql` files.

`warehouse` is what other layers call; `scripts` finds and orders the files, `connections` opens
warehouses, `shards` brings frames in, `ledger` keeps the books on files and runs.
"""
