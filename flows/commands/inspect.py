"""`gongkai inspect`."""

import argparse

from flows.answers import data_stream
from flows.cells import to_json
from flows.inspect import as_mapping, inspect_file
from flows.inspection_page import print_inspection


def run(args: argparse.Namespace) -> int:
    """Show one file, stage by stage."""
    inspection = inspect_file(args.file)
    stream = data_stream()
    if args.json:
        stream.write(to_json(as_mapping(inspection)) + "\n")
    else:
        print_inspection(inspection, stream)
    stream.flush()
    return 0
