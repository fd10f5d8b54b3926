"""The corrections file: what is taken, and what is refused in which words."""

import pytest

from flows.corrections import COLUMNS, Correction, read_corrections
from flows.exceptions import CorrectionsError
from tests.support import REPO

HEADER = "report_id,action,indicator,applicant,rule,old,new,who,corrected_on,why"
VALUE = "91a0aaa298d7007b,value,requests.received_new,total,,9,8,高田镇党政办,2026-03-02,来函更正"
DISMISS = "8f847f21d6ea6fff,dismiss,,,blank_cells,,,县政务公开办,2026-03-02,原件如此"


def value(**changed):
    """Give the line VALUE with other texts in some columns."""
    return ",".join({**dict(zip(COLUMNS, VALUE.split(","), strict=True)), **changed}.values())


def dismissal(**changed):
    return ",".join({**dict(zip(COLUMNS, DISMISS.split(","), strict=True)), **changed}.values())


@pytest.fixture
def read(tmp_path):
    """Give a function that writes lines below a header and reads the file."""

    def run(*lines, header=HEADER, encoding="utf-8", end="\n"):
        path = tmp_path / "corrections.csv"
        path.write_bytes(end.join([header, *lines, ""]).encode(encoding))
        return read_corrections(path)

    return run


# -- what is taken


def test_lines_come_with_their_number_and_what_is_empty_is_none(read):
    assert read(VALUE, DISMISS) == (
        Correction(
            line_no=2,
            report_id="91a0aaa298d7007b",
            action="value",
            indicator="requests.received_new",
            applicant="total",
            rule=None,
            old="9",
            new="8",
            who="高田镇党政办",
            corrected_on="2026-03-02",
            why="来函更正",
        ),
        Correction(
            line_no=3,
            report_id="8f847f21d6ea6fff",
            action="dismiss",
            indicator=None,
            applicant=None,
            rule="blank_cells",
            old=None,
            new=None,
            who="县政务公开办",
            corrected_on="2026-03-02",
            why="原件如此",
        ),
    )


def test_no_file_no_corrections(tmp_path):
    assert read_corrections(tmp_path / "corrections.csv") == ()


def test_the_file_of_the_project_is_empty():
    assert read_corrections(REPO / "data" / "corrections.csv") == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_excel_saves_is_taken(read, encoding, end):
    assert read(VALUE, encoding=encoding, end=end) == read(VALUE)


@pytest.mark.parametrize("empty", ["", "   ", ",,,,,,,,,", " ,,　,,,,,,,"])
def test_empty_lines_are_passed_over_and_counted(read, empty):
    assert [line.line_no for line in read(VALUE, empty, DISMISS)] == [2, 4]


def test_quoted_fields_may_hold_commas_and_quotes(read):
    (line,) = read(value(old='"1,234"', why='"来函更正，见""收文12号"",已存"'))
    assert (line.old, line.why) == ("1,234", '来函更正，见"收文12号",已存')


def test_spaces_about_a_field_are_none_of_it(read):
    assert read(value(who="　高田镇党政办 ", new=" 8 ")) == read(VALUE)


@pytest.mark.parametrize("new", ["0", "8", "-3", "42.8560", "9999999999999999.9999", "08", ""])
def test_numbers_that_are_taken(read, new):
    assert read(value(new=new))[0].new == (new or None)


@pytest.mark.parametrize(
    "lines",
    [
        (VALUE, value(applicant="natural_person")),
        (VALUE, value(indicator="requests.granted")),
        (VALUE, value(report_id="8f847f21d6ea6fff")),
        (DISMISS, dismissal(rule="jump")),
        (DISMISS, dismissal(report_id="91a0aaa298d7007b")),
        (dismissal(indicator="requests.granted"), dismissal(indicator="requests.carried_in")),
        (dismissal(applicant="total"), dismissal(applicant="enterprise")),
        # a cell overruled and a finding on it dismissed are two things
        (VALUE, dismissal(report_id="91a0aaa298d7007b", rule="jump")),
    ],
)
def test_lines_for_different_things_stand_side_by_side(read, lines):
    assert len(read(*lines)) == 2


# -- what is refused


REFUSED = {
    "no indicator": (value(indicator=""), "lacks the indicator of the cell"),
    "no report": (value(report_id=" "), "lacks report_id"),
    "no action": (value(action=""), "lacks action"),
    "no who": (value(who=""), "lacks who"),
    "no who in a dismissal": (dismissal(who="　"), "lacks who"),
    "no when": (value(corrected_on=""), "lacks corrected_on"),
    "no why": (dismissal(why=""), "lacks why"),
    "unknown action": (value(action="drop"), "has action drop; it is value or dismiss"),
    "a rule for a value": (
        value(rule="jump"),
        "names the rule jump; a value has none, leave it empty",
    ),
    "no rule": (dismissal(rule=""), "lacks the rule of the finding"),
    "old in a dismissal": (
        dismissal(old="9"),
        "has old or new; a finding has no value, leave them empty",
    ),
    "new in a dismissal": (
        dismissal(new="8"),
        "has old or new; a finding has no value, leave them empty",
    ),
    "a field too few": (VALUE.rpartition(",")[0], "has 9 fields, not 10"),
    "a field too many": (VALUE + ",", "has 11 fields, not 10"),
    "a comma not quoted": (value(why="来函更正,收文12号"), "has 11 fields, not 10"),
    "an open quote": (value(why='"来函更正'), "is no CSV: unexpected end of data"),
    "text behind a quote": (
        value(who='"高田镇"党政办'),
        "is no CSV: ',' expected after '\"'",
    ),
}
REFUSED |= {
    f"day {day}": (value(corrected_on=day), f"has corrected_on {day}; write it as 2026-01-31")
    for day in (
        "2026/3/2",
        "2026-3-2",
        "20260302",
        "2026-W10-1",
        "2026-02-30",
        "3月2日",
        "２０２６-03-02",
    )
}
REFUSED |= {
    f"number {number}": (
        value(new=number),
        f"has new {number}; write a plain number, or leave it empty where none is known",
    )
    for number in (
        *("八", "NaN", "Infinity", "1e5", "1E-2", "1_000", "８", "+8", "8.", ".5", "8件", "--8"),
        *("0.00001", "12345678901234567", "1 000", "0x8"),
    )
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_has_not_the_form_is_named(read, tmp_path, name):
    line, wrong = REFUSED[name]
    with pytest.raises(CorrectionsError) as refusal:
        read(dismissal(report_id="0000000000000000"), line)
    assert str(refusal.value) == f"{tmp_path / 'corrections.csv'}, line 3: the line {wrong}"


@pytest.mark.parametrize(
    "header",
    [
        "",
        VALUE,
        HEADER.replace(",why", ""),
        HEADER + ",note",
        HEADER.replace("old,new", "new,old"),
        HEADER.replace(",", ";"),
        HEADER.upper(),
    ],
)
def test_another_header_is_refused(read, tmp_path, header):
    with pytest.raises(CorrectionsError) as refusal:
        read(header=header)
    path = tmp_path / "corrections.csv"
    assert str(refusal.value) == f"{path}, line 1: the line must be the header {HEADER}"


def test_a_file_of_no_bytes_lacks_its_header(tmp_path):
    path = tmp_path / "corrections.csv"
    path.touch()
    with pytest.raises(CorrectionsError, match="line 1: the line must be the header report_id,"):
        read_corrections(path)


@pytest.mark.parametrize("byte_order_mark", [b"", b"\xef\xbb\xbf"])
def test_another_encoding_is_refused_at_its_first_line(tmp_path, byte_order_mark):
    path = tmp_path / "corrections.csv"
    lines = [HEADER.encode(), value(who="a", why="b").encode(), DISMISS.encode("gb18030")]
    path.write_bytes(byte_order_mark + b"\r\n".join(lines))
    with pytest.raises(CorrectionsError) as refusal:
        read_corrections(path)
    wrong = "the line is not UTF-8; save the file as “CSV UTF-8”"
    assert str(refusal.value) == f"{path}, line 3: {wrong}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (VALUE, VALUE),
        (VALUE, value(old="10", new="", who="另一人")),
        (value(applicant=""), value(applicant="")),
        (DISMISS, DISMISS),
        # a dismissal for all findings of a rule is also one for those of an indicator
        (DISMISS, dismissal(indicator="requests.granted")),
        (dismissal(indicator="requests.granted", applicant="total"), DISMISS),
        (dismissal(indicator="requests.granted"), dismissal(applicant="total")),
    ],
)
def test_two_lines_for_one_thing_are_refused(read, tmp_path, first, second):
    with pytest.raises(CorrectionsError) as refusal:
        read(first, "", second)
    wrong = "the line is for the same as line 2; keep one of them"
    assert str(refusal.value) == f"{tmp_path / 'corrections.csv'}, line 4: {wrong}"


def test_an_error_keeps_where_it_is(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(CorrectionsError, match="must be the header") as refusal:
        read_corrections(path)
    assert (refusal.value.path, refusal.value.line_no) == (path, 1)
