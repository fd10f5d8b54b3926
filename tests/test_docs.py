"""The documentation says what the programs do."""

import pytest

from docs.make_warehouse_page import PAGE, page
from docs.run_examples import PAGES, with_output, without_durations


def test_the_page_of_the_warehouse_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_examples_print_what_the_page_shows(path):
    text = path.read_text(encoding="utf-8")
    assert without_durations(text) == without_durations(with_output(text)), "run make docs"
