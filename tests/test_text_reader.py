"""Plain text to blocks: whatever stands in it, reading ends and loses no character."""

from hypothesis import given
from hypothesis import strategies as st

from extract.document import Paragraph
from extract.text import read_text

lines = st.lists(st.text(alphabet="|\t 、-一0公开", max_size=12), max_size=12)


@given(lines)
def test_every_character_but_marks_and_spaces_is_kept(parts):
    text = "\n".join(parts)
    kept = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
        for block in read_text(text)
    )
    for char in "一0公开、":
        assert kept.count(char) == text.count(char)


@given(lines)
def test_rows_and_columns_are_in_order(parts):
    for block in read_text("\n".join(parts)):
        if not isinstance(block, Paragraph):
            places = [(cell.row, cell.column) for cell in block.cells]
            assert places == sorted(places)
            assert len(set(places)) == len(places)
