"""`Document` to tidy long frames. Pure: no disk, no clock, no database, no Prefect."""
