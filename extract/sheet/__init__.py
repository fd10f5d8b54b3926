"""Workbooks (XLSX, XLS, ODS) to blocks; `read.read_sheet` is the way in."""
