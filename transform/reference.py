"""All reference data in one frozen object, built from the rows of the files in `data/reference`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transform.applicant_columns import Applicant
from transform.divisions import Divisions
from transform.formats import Format, Indicator, build_formats
from transform.labels import label_key
from transform.narrative_rules import NarrativeRules, build_narrative_rules
from transform.text.simplify import NameGuard

Rows = Sequence[Mapping[str, str]]


# Equal only to itself: there is one a process, and what it led to is remembered by it.
@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What the transform knows of the forms and of the country.

    `indicators` holds those of all forms by their code; `units` maps stored unit and printed
    spelling to the factor between them; `known_labels` holds the key of every label of every form;
    `headings` the official section headings by number.
    """

    formats: tuple[Format, ...]
    indicators: Mapping[str, Indicator]
    applicants: tuple[Applicant, ...]
    units: Mapping[str, Mapping[str, Decimal]]
    headings: Mapping[int, str]
    known_labels: frozenset[str]
    divisions: Divisions
    names: NameGuard
    narrative: NarrativeRules


def build_reference(tables: Mapping[str, Rows]) -> Reference:
    """Build the reference from rows by file name (`indicators`, `applicants`, `units`, `sections`,
    `provinces`, `cities`, `counties`, `townships`, `former_names`, `area_codes`, `postcodes`,
    `metrics`, `narrative_words`, `narrative_patterns`), each row a mapping of column to text.
    """  # noqa: D205
    formats = build_formats(tables["indicators"])
    applicants = tuple(
        Applicant(r["applicant"], label_key(r["label"])) for r in tables["applicants"]
    )
    units: dict[str, dict[str, Decimal]] = {}
    for row in tables["units"]:
        units.setdefault(row["unit"], {})[row["spelling"]] = Decimal(row["factor"])
    divisions = Divisions(
        tables["provinces"],
        tables["cities"],
        tables["counties"],
        tables["townships"],
        former=tables["former_names"],
        area_codes=tables["area_codes"],
        postcodes=tables["postcodes"],
    )
    return Reference(
        formats=formats,
        indicators={each.code: each for form in formats for each in form.indicators()},
        applicants=applicants,
        units=units,
        headings={int(r["section_no"]): r["heading"] for r in tables["sections"]},
        known_labels=_known_labels(formats, applicants),
        divisions=divisions,
        names=NameGuard(divisions.all_names()),
        narrative=build_narrative_rules(
            tables["metrics"], tables["narrative_words"], tables["narrative_patterns"]
        ),
    )


def _known_labels(formats: Sequence[Format], applicants: Sequence[Applicant]) -> frozenset[str]:
    keys = {applicant.key for applicant in applicants}
    for form in formats:
        for line in (*form.disclosure, *form.requests):
            keys |= {line.key, line.group_key, *(column for column, _ in line.columns)}
        keys |= {key for group, leaf, _ in form.disputes for key in (group, leaf)}
    return frozenset(keys - {""})
