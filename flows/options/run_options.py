"""The options that `gongkai ingest` and `gongkai serve` share: how a run works, and who is told."""

import argparse
from pathlib import Path

from flows.log import FORMS
from flows.parser_kit import a_count, a_number, a_place
from flows.settings import KEPT, MOST_RETRIES, NOTICE_FORMS, RUNNERS

TELLING = """\
--notify posts a message, as JSON or as a chat robot takes it, when a run fails, when files come
into quarantine and when new errors are found in reports. Rather than on the command line, where
every user of the machine can read it, give its address as GONGKAI_NOTIFY."""


def add_run_options(parser: argparse.ArgumentParser, *, retries: int) -> None:
    """Add them; `retries` is the default for what may pass by itself."""
    parser.add_argument(
        "--runner",
        choices=RUNNERS,
        default="processes",
        help="work in this process, in worker processes, or on a cluster (default: processes)",
    )
    parser.add_argument(
        "--workers",
        type=a_count,
        metavar="N",
        help="number of worker processes (default: one for each core)",
    )
    parser.add_argument(
        "--keep",
        type=a_number,
        default=KEPT,
        metavar="N",
        help=f"warehouses to keep for gongkai rollback (default: {KEPT})",
    )
    parser.add_argument(
        "--sources", type=Path, metavar="FILE", help="fetch what this file lists before"
    )
    _add_cluster(parser)
    _add_telling(parser, retries)


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--address",
        metavar="A",
        help="the cluster to use, as in tcp://HOST:8786 or ray://HOST:10001 "
        "(default: one of N workers on this machine, for this run)",
    )
    parser.add_argument(
        "--shards",
        type=a_place,
        metavar="PLACE",
        help="folder or URL where the workers of a cluster leave what they read; they and this "
        "machine must share it (default: state/packs beside the warehouse)",
    )


def _add_telling(parser: argparse.ArgumentParser, retries: int) -> None:
    parser.add_argument(
        "--retries",
        type=a_number_of_retries,
        default=retries,
        metavar="N",
        help=f"try again so often, {MOST_RETRIES} at most, after 30 s, 2, 8, 32 minutes, where a "
        f"lock or a disk is in the way (default: {retries})",
    )
    parser.add_argument(
        "--notify", metavar="URL", help="tell this web address (default: GONGKAI_NOTIFY, or nobody)"
    )
    parser.add_argument(
        "--notify-form",
        choices=NOTICE_FORMS,
        help="what it takes: JSON, or 企业微信, 钉钉, 飞书 (default: GONGKAI_NOTIFY_FORM, or json)",
    )
    parser.add_argument(
        "--log", choices=FORMS, default="text", help="lines on stderr (default: text)"
    )


def a_number_of_retries(text: str) -> int:
    """Parse a number of tries more."""
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_RETRIES):
        message = f"{text!r} is not a number of retries: give 0 to {MOST_RETRIES}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
