"""`datapackage.json`: true, complete, valid for Frictionless, and proof against tampering."""

import hashlib
import json

import pytest
from frictionless import Package, validate

from flows.export_labels import read_labels
from sql import warehouse
from sql.scripts import script
from tests.export_support import make_warehouse, run
from tests.small_warehouse import INDICATORS

FORMATS = ("csv", "parquet", "xlsx")


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with make_warehouse(tmp_path_factory.mktemp("reference")) as con:
        yield con


@pytest.fixture(scope="module")
def exported(con, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    for kind in FORMATS:
        run(con, folder / kind, kind)
    run(con, folder / "zh", "csv", "zh")
    return folder


def package(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def resource(folder, name):
    (found,) = (each for each in package(folder)["resources"] if each["name"] == name)
    return found


def complaints(folder):
    """Kind and note of what Frictionless finds wrong when it reads every row."""
    report = validate(folder / "datapackage.json")
    return [tuple(found) for found in report.flatten(["type", "note"])]


# Frictionless reads no Parquet without packages nothing else here needs.
@pytest.mark.parametrize("kind", ["csv", "zh", "xlsx"])
def test_an_export_is_valid(exported, kind):
    assert complaints(exported / kind) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_every_file_is_described_and_every_description_has_its_file(con, exported, kind):
    folder = exported / kind
    # raises where the description breaks the standard
    assert [each.name for each in Package(folder / "datapackage.json").resources] == [
        each["name"] for each in package(folder)["resources"]
    ]
    described = {}
    for each in package(folder)["resources"]:
        parts = each.get("parts", [each])
        described |= {part["path"]: (part["bytes"], part["hash"]) for part in parts}
        assert each["rows"] == len(con.table(each["name"]))
    there = {
        path.relative_to(folder).as_posix(): (
            path.stat().st_size,
            f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        )
        for path in folder.rglob("*")
        if path.is_file() and path.name != "datapackage.json"
    }
    assert described == there


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        pytest.param(",2023,", ",2032,", {"hash-count"}, id="a digit"),
        pytest.param(",0.1,", ",lots,", {"hash-count", "byte-count", "type-error"}, id="a word"),
        pytest.param(
            "org_name", "name", {"incorrect-label", "hash-count", "byte-count"}, id="head"
        ),
        pytest.param("430102001,", ",", {"constraint-error", "hash-count", "byte-count"}, id="key"),
    ],
)
def test_a_tampered_file_is_found_out(con, tmp_path, old, new, kinds):
    run(con, tmp_path)
    path = tmp_path / "township_years.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    assert {kind for kind, _ in complaints(tmp_path)} == kinds


def test_a_row_twice_is_found_out_by_its_key(con, tmp_path):
    run(con, tmp_path)
    path = tmp_path / "coverage.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[-1]]))
    assert "primary-key" in {kind for kind, _ in complaints(tmp_path)}


def test_types_are_those_of_the_warehouse(exported):
    fields = {
        field["name"]: field["type"]
        for name in ("township_years", "timeliness", "carry_overs")
        for field in resource(exported / "csv", name)["schema"]["fields"]
    }
    expected = {
        "report_year": "integer",
        "township_code": "string",
        "published_on": "date",
        "is_late": "boolean",
        "requests_received": "number",
        "requests_denied": "number",
        "granted_rate": "number",
        "count_errors": "integer",
    }
    assert {name: fields[name] for name in expected} == expected
    assert {
        field["type"]
        for each in package(exported / "csv")["resources"]
        for field in each["schema"]["fields"]
    } == {"integer", "string", "date", "boolean", "number"}


def test_keys_are_those_of_the_views(exported):
    for view in warehouse.export_views():
        for kind in FORMATS:
            schema = resource(exported / kind, view)["schema"]
            key = ("source_path",) if view == "quarantine" else script("marts", view).key
            assert tuple(schema.get("primaryKey", ())) == key
    required = {
        field["name"]
        for field in resource(exported / "csv", "indicator_comparisons")["schema"]["fields"]
        if field.get("constraints") == {"required": True}
    }
    assert required == {"organisation_id", "report_year", "indicator"}


def test_comments_of_the_warehouse_are_its_descriptions(con, exported):
    comments = con.execute(
        "select column_name, comment from duckdb_columns() where table_name = 'quarantine'"
    ).fetchall()
    schema = resource(exported / "csv", "quarantine")["schema"]
    assert [(field["name"], field["description"]) for field in schema["fields"]] == comments
    assert resource(exported / "csv", "quarantine")["description"].startswith("One row per file")


def test_the_moment_is_the_end_of_the_last_run(exported, con, tmp_path):
    assert package(exported / "csv")["created"] == "2024-02-01T03:04:05Z"
    con.begin()
    con.execute("delete from runs")
    run(con, tmp_path)
    con.rollback()
    assert "created" not in package(tmp_path)


def test_a_restricted_export_says_to_what(con, tmp_path):
    run(con, tmp_path, counties=("431322",), years=(2023, 2022))
    assert package(tmp_path)["restricted_to"] == {
        "counties": [{"code": "431322", "name": "湖南省娄底市新化县"}],
        "years": [2022, 2023],
    }
    said = resource(tmp_path, "quarantine")["description"]
    assert said.endswith("not restricted: it has no county and no year")
    assert complaints(tmp_path) == []


# -- labels


def test_every_exported_column_has_a_label_and_no_label_is_unused(con):
    labels = read_labels().by_name
    used, missing = set(), []
    for view in warehouse.export_views():
        for column in ("", *con.table(view).columns):
            key = (view, column) if (view, column) in labels or not column else ("", column)
            used.add(key)
            missing += [] if key in labels else [(view, column)]
    assert missing == [], "add these to data/reference/column_labels.csv"
    assert set(labels) - used == set()


def test_labels_are_chinese_and_tell_the_columns_of_a_view_apart(con):
    labels = read_labels()
    titles = [labels.of_view(view) for view in warehouse.export_views()]
    assert len(set(titles)) == len(titles)
    for view in warehouse.export_views():
        found = [labels.of_column(view, column) for column in con.table(view).columns]
        assert len(set(found)) == len(found)
    for label in labels.by_name.values():
        assert any("一" <= character <= "鿿" for character in label)
        assert not set(label) & set("[]:*?/\\,\"'\r\n")
        assert label == label.strip()
    # Excel's limit for the names of sheets
    assert max(map(len, titles)) <= 31


@pytest.mark.parametrize(
    ("column", "indicator"),
    [
        ("requests_received", "requests.received_new"),
        ("requests_carried_in", "requests.carried_in"),
        ("requests_granted", "requests.granted"),
        ("requests_carried_out", "requests.carried_out"),
        ("requests_processed", "requests.processed_total"),
        ("reviews", "disputes.review.total"),
        ("reviews_corrected", "disputes.review.corrected"),
        ("lawsuits_direct", "disputes.litigation_direct.total"),
        ("lawsuits_after_review_corrected", "disputes.litigation_after_review.corrected"),
        ("licensing_decisions", "disclosure.licensing.decisions"),
        ("normative_documents_issued", "disclosure.normative_documents.issued"),
        ("fees_10k_yuan", "disclosure.fees.amount"),
        ("procurement_projects", "disclosure.procurement.projects"),
    ],
)
def test_columns_that_are_indicators_are_called_as_on_the_form(column, indicator):
    (row,) = (row for row in INDICATORS if row["indicator"] == indicator)
    official = (row["label_2021"] or row["label_2019"]).replace("单位：", "")
    label = read_labels().of_column("township_years", column)
    position = 0
    for character in label:
        position = official.find(character, position) + 1
        assert position, f"{label}: not in {official}"


def test_chinese_headers_are_the_names_of_fields(exported):
    lines = (exported / "zh" / "coverage.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("报告年度,县（市、区）代码,县（市、区）,")
    schema = resource(exported / "zh", "coverage")["schema"]
    assert schema["primaryKey"] == ["县（市、区）代码", "报告年度"]
    assert schema["fields"][0]["title"] == "report_year"
    assert resource(exported / "csv", "coverage")["schema"]["fields"][0]["title"] == "报告年度"
