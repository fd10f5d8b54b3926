"""Whether a run can find anything new, told without reading a file: most nights nothing is.

A night on which nothing is new needs no server of Prefect, which takes several times as long to
start as it takes to see that.
"""

from pathlib import Path

from flows.corrections import read_corrections
from flows.discover import find_files, require_inbox
from flows.ingest import Options
from flows.places import Place
from flows.publish import read_known, read_known_corrections
from flows.settings import Settings
from flows.sightings import may_differ
from flows.version import code_version


def is_quiet(settings: Settings, inbox: Place, options: Options) -> bool:
    """Tell whether `flows.ingest.ingest` would leave the warehouse as it is.

    Names, sizes and times decide; of an inbox at a URL nothing is known. Raises InboxError, and
    what `read_corrections` raises.
    """
    if options.full or not isinstance(inbox, Path):
        return False
    found = find_files(require_inbox(inbox, settings.warehouse))
    there = {path: file for path, file in read_known(settings).items() if file.is_present}
    is_same = not may_differ(found, there, code_version())
    return is_same and read_corrections(settings.corrections) == read_known_corrections(settings)
