"""Whether a command line that asks for a cluster can have one, told before anything is started."""

import argparse
import importlib.util
from collections.abc import Mapping

from flows.exceptions import ClusterError, RequestError
from flows.prefect_server import ADDRESS
from flows.settings import CLUSTERS


def require_cluster(args: argparse.Namespace, environment: Mapping[str, str]) -> None:
    """Raise RequestError for options that contradict, ClusterError where a package is missing."""
    if args.runner not in CLUSTERS:
        for option in ("address", "shards"):
            if getattr(args, option) is not None:
                message = f"--{option} is for a cluster: add --runner dask or --runner ray"
                raise RequestError(message)
        return
    if getattr(args, "direct", False):
        message = (
            f"--direct runs without Prefect, whose task runner is what reaches {args.runner}: "
            "leave out --direct, or take --runner processes"
        )
        raise RequestError(message)
    if args.address and ADDRESS not in environment:
        message = (
            "the workers of a cluster that is there must reach Prefect's server: "
            f"set {ADDRESS} to its address, as in http://HOST:4200/api"
        )
        raise RequestError(message)
    if not importlib.util.find_spec(f"prefect_{args.runner}"):
        message = (
            f"--runner {args.runner} needs packages that are not installed: "
            f"pip install 'gongkai[{args.runner}]'"
        )
        raise ClusterError(message)
