"""The installation: packages, programs, reference data, folders, disk, Prefect."""

import importlib.metadata
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
from packaging.requirements import Requirement

from extract.word.office import find_program
from flows.complaints import explain
from flows.discover import require_inbox
from flows.doctor.record import OK, WARNING, WRONG, Check, Patient
from flows.exceptions import FlowError
from flows.notify import read_target
from flows.prefect_server import ADDRESS
from flows.reference import REFERENCE_DIR, load_reference
from flows.version import VERSION

# A run writes a copy of the warehouse beside it, and sorts what does not fit in memory.
_COPIES = 3
_MEGABYTE = 1_000_000
_SPARE_BYTES = 1000 * _MEGABYTE
_LEAST_BYTES = 100 * _MEGABYTE
_REFRESH = "install gongkai again, with the versions of requirements.txt"
_SECONDS = 5.0


def packages(patient: Patient) -> Check:
    """Compare what is installed with the versions gongkai asks for."""
    asked = [Requirement(text) for text in importlib.metadata.requires("gongkai") or ()]
    needed = [each for each in asked if not each.marker or each.marker.evaluate({"extra": ""})]
    wrong = [text for each in needed for text in _mismatch(each)]
    if wrong:
        return Check("packages", WRONG, "; ".join(wrong), _REFRESH)
    return Check("packages", OK, f"gongkai {VERSION}, {len(needed)} packages as it asks for")


def _mismatch(asked: Requirement) -> Iterator[str]:
    try:
        version = importlib.metadata.version(asked.name)
    except importlib.metadata.PackageNotFoundError:
        yield f"{asked.name} is missing"
        return
    if not asked.specifier.contains(version, prereleases=True):
        yield f"{asked.name} is {version} where {asked.specifier} is asked for"


def libreoffice(patient: Patient) -> Check:
    """Look for the one program that is optional."""
    program = find_program()
    if program:
        return Check("libreoffice", OK, program)
    message = "not installed: DOC, WPS and RTF go into quarantine"
    return Check("libreoffice", WARNING, message, "install libreoffice-writer")


def reference(patient: Patient) -> Check:
    """Read the reference data."""
    try:
        load_reference()
    except (OSError, KeyError, ValueError) as error:
        return Check("reference", WRONG, f"data/reference: {explain(error)}", _REFRESH)
    return Check("reference", OK, str(REFERENCE_DIR))


def inbox(patient: Patient) -> Check:
    """See whether the inbox can be read."""
    try:
        folder = require_inbox(patient.inbox, patient.settings.warehouse)
        entries = sum(1 for _ in folder.iterdir())
    except FlowError as error:
        return Check("inbox", WARNING, explain(error), "name yours with --inbox")
    except OSError as error:
        return Check("inbox", WRONG, explain(error), "give this user the right to read it")
    return Check("inbox", OK, f"{folder}, {entries:,} files and folders in it")


def rights(patient: Patient) -> Check:
    """See whether a run may write where it must."""
    settings = patient.settings
    folders = (settings.warehouse.parent, settings.state, settings.prefect_home)
    closed = sorted({str(_there(each)) for each in folders if not _is_open(_there(each))})
    if closed:
        advice = "give this user the right to write there"
        return Check("folders", WRONG, f"{', '.join(closed)}: cannot be written", advice)
    return Check("folders", OK, f"{_there(settings.warehouse.parent)} can be written")


def disk(patient: Patient) -> Check:
    """See whether the disk has room for the next warehouse."""
    warehouse = patient.settings.warehouse
    size = warehouse.stat().st_size if warehouse.is_file() else 0
    free = shutil.disk_usage(_there(warehouse.parent)).free
    message = f"{free / _MEGABYTE:,.0f} MB free; the warehouse has {size / _MEGABYTE:,.0f} MB"
    if free < size + _LEAST_BYTES:
        return Check("disk", WRONG, message, "make room: a run writes a copy of the warehouse")
    if free < _COPIES * size + _SPARE_BYTES:
        return Check("disk", WARNING, message, "make room before the warehouse grows")
    return Check("disk", OK, message)


def prefect(patient: Patient) -> Check:
    """See whether Prefect's server answers, where there is one of the user's own."""
    address = os.environ.get(ADDRESS)
    if not address:
        home = patient.settings.prefect_home
        return Check("prefect", OK, f"a server of our own for each run, home {home}")
    try:
        httpx.get(f"{address}/health", timeout=_SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"{address} does not answer: {type(error).__name__}"
        return Check("prefect", WRONG, message, f"start that server, or unset {ADDRESS}")
    return Check("prefect", OK, f"server at {address}")


def notification(patient: Patient) -> Check:
    """See whether anybody is told of a run that fails."""
    try:
        target = read_target(os.environ)
    except FlowError as error:
        return Check("notice", WRONG, explain(error), "put it right")
    told = f"{target.host}, as {target.form}" if target else "nobody is told of a run that fails"
    return Check("notice", OK, told)


def _there(folder: Path) -> Path:
    """Give a folder, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)
