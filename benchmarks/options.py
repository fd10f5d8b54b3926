"""The options of benchmarks that run a corpus of files."""

import argparse
from pathlib import Path


def corpus_options(
    description: str | None, files: int, seed: int, arguments: list[str] | None
) -> argparse.Namespace:
    """Give `files`, `seed` and `keep`, with these numbers where the command line has none."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--files", type=int, default=files)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--keep", type=Path, help="folder for the inbox and the warehouse")
    return parser.parse_args(arguments)
