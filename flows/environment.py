"""Options handed on through the environment, which every process that a command starts inherits.

Parameters of a flow would do as well, but Prefect keeps and shows those, and the address of a robot
holds its password.
"""

import argparse
import os

from flows import log, notify


def hand_on(args: argparse.Namespace) -> None:
    """Put into the environment what the command line says; what it leaves out stays as it is."""
    os.environ[log.ENVIRONMENT] = args.log
    if args.notify:
        os.environ[notify.ADDRESS] = args.notify
    if args.notify_form:
        os.environ[notify.FORM] = args.notify_form
