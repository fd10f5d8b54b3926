"""Any number of files of known reports, over all formats, styles, scripts, encodings and damage.

The same seed gives the same reports in the same dress. Formats that only LibreOffice writes are
made of the others, all of one format in one call.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.corpus import office
from benchmarks.corpus.damage import DAMAGES, damaged
from benchmarks.corpus.generate import generate
from benchmarks.corpus.renderers import BINARIES, CONVERTED, PACKAGES, TEXTS
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.scripts import scar, to_traditional

SIMPLIFIED = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "gb18030")
TRADITIONAL = ("utf-8", "big5", "big5hkscs", "cp950", "gb18030")
SCARRED = ("utf-8", "utf-8", "gb18030")
CONFIGS = ("s2t", "s2tw", "s2hk")
# Every second file is undamaged, every fourth in another script.
_UNDAMAGED = 0.5
_OTHER_SCRIPT = 0.25
_CONVERSIONS_A_CALL = 60


@dataclass(frozen=True, slots=True)
class Dress:
    """How a report was printed; `encoding` is empty where the format fixes the characters."""

    format: str
    style: str
    script: str = "simplified"
    encoding: str = ""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file, what it says, and how."""

    name: str
    report: KnownReport
    dress: Dress
    data: bytes


def known_files(seed: int, n: int, *, converts: bool = True) -> Iterator[KnownFile]:
    """Give `n` files; without `converts` only of formats that need no LibreOffice."""
    kinds = [*TEXTS, *BINARIES, *(CONVERTED if converts else ())]
    waiting: dict[tuple[str, str], list[KnownFile]] = {}
    for position, report in enumerate(generate(seed, n)):
        file = _dressed(Random(f"{seed}:{position}:dress"), kinds[position % len(kinds)], report)
        if (file.dress.format, file.dress.style) not in CONVERTED:
            yield file
            continue
        source = CONVERTED[file.dress.format, file.dress.style][0]
        batch = waiting.setdefault((source, file.dress.format), [])
        batch.append(file)
        if len(batch) == _CONVERSIONS_A_CALL:
            yield from _converted(batch, source)
            batch.clear()
    for (source, _), batch in waiting.items():
        if batch:
            yield from _converted(batch, source)


def _dressed(random: Random, kind: tuple[str, str], report: KnownReport) -> KnownFile:
    damage = "" if random.random() < _UNDAMAGED else random.choice(list(DAMAGES))
    report = damaged(report, damage) if damage else report
    dress = Dress(*kind, damage=damage)
    has_other_script = random.random() < _OTHER_SCRIPT
    if kind in TEXTS:
        dress = _script_and_encoding(random, dress, has_other_script=has_other_script)
        data = text_file(report, dress)
    else:
        inner = CONVERTED.get(kind, kind)
        data = BINARIES[inner](report)
        if has_other_script and inner[0] in PACKAGES:
            dress = replace(dress, script=random.choice(CONFIGS))
            data = in_script(data, dress.script)
    name = f"{report.county_name}/{report.org_name}_{report.year}.{dress.format}"
    return KnownFile(name, report, dress, data)


def _script_and_encoding(random: Random, dress: Dress, *, has_other_script: bool) -> Dress:
    if not has_other_script:
        return replace(dress, encoding=random.choice(SIMPLIFIED))
    if random.random() < 0.5:
        return replace(dress, script="scarred", encoding=random.choice(SCARRED))
    return replace(dress, script=random.choice(CONFIGS), encoding=random.choice(TRADITIONAL))


def text_file(report: KnownReport, dress: Dress) -> bytes:
    """Render a report as text of a script and encoding; what Big5 lacks is left out."""
    text = TEXTS[dress.format, dress.style](report)
    if dress.script == "scarred":
        text = scar(text)
    elif dress.script != "simplified":
        text = to_traditional(text, dress.script)
    errors = "ignore" if dress.encoding in {"big5", "big5hkscs", "cp950"} else "strict"
    return text.encode(dress.encoding, errors)


def in_script(package: bytes, config: str) -> bytes:
    """Turn all that a Word or Excel file prints into traditional script."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xml"):
                part = to_traditional(part.decode("utf-8"), config).encode("utf-8")
            new.writestr(name, part)
    return changed.getvalue()


def _converted(files: Sequence[KnownFile], source: str) -> Iterator[KnownFile]:
    made = office.converted([file.data for file in files], source, files[0].dress.format)
    for file, data in zip(files, made, strict=True):
        yield replace(file, data=data)


def zipped(files: Sequence[KnownFile]) -> bytes:
    """Put files in an archive as Windows does: names in GBK, without a mark that says so."""
    stream = io.BytesIO()
    names = [file.name.encode("gbk", "replace") for file in files]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (file, name) in enumerate(zip(files, names, strict=True)):
            archive.writestr(_placeholder(number, name), file.data)
    data = stream.getvalue()
    for number, name in enumerate(names):
        data = data.replace(_placeholder(number, name).encode(), name)
    return data


def _placeholder(number: int, name: bytes) -> str:
    return f"\x7f{number:04}".ljust(len(name), "\x7f")
