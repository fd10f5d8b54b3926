"""Every format and style a report can be rendered in, by name: one table for tests and benchmarks.

| format | styles |
|---|---|
| text | the layouts of `text_layouts`, without Markdown |
| markdown, html, mhtml, docx, xlsx, pdf | those of their modules |
| doc, wps, rtf, pdf by Word, xls | made of docx and xlsx by LibreOffice: `CONVERTED` |
"""

from collections.abc import Callable

from benchmarks.corpus import docx, html_pages, mhtml, pdf, sheet
from benchmarks.corpus.html import html
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.text_layouts import LAYOUTS

TextRenderer = Callable[[KnownReport], str]
BinaryRenderer = Callable[[KnownReport], bytes]

# Rendered as characters: any script, any encoding, any scars.
TEXTS: dict[tuple[str, str], TextRenderer] = {
    **{("text", name): layout for name, layout in LAYOUTS.items() if name != "markdown"},
    ("markdown", "markdown"): LAYOUTS["markdown"],
    ("html", "plain"): html,
    **{("html", name): page for name, page in html_pages.PAGES.items()},
}
BINARIES: dict[tuple[str, str], BinaryRenderer] = {
    **{("mhtml", name): style for name, style in mhtml.STYLES.items()},
    **{("docx", name): style for name, style in docx.STYLES.items()},
    **{("xlsx", name): style for name, style in sheet.STYLES.items()},
    **{("pdf", name): style for name, style in pdf.STYLES.items()},
}
# Format and style to the format and style it is converted from.
CONVERTED: dict[tuple[str, str], tuple[str, str]] = {
    ("doc", "word"): ("docx", "word"),
    ("doc", "layout"): ("docx", "layout"),
    ("wps", "wps"): ("docx", "wps"),
    ("rtf", "word"): ("docx", "word"),
    ("rtf", "numbered"): ("docx", "numbered"),
    ("pdf", "by_word"): ("docx", "word"),
    ("pdf", "by_wps"): ("docx", "wps"),
    ("xls", "one_sheet"): ("xlsx", "one_sheet"),
    ("xls", "sheets"): ("xlsx", "sheets"),
}
# Its XML is ASCII but for what is printed, so the script of a whole file can be changed.
PACKAGES = frozenset({"docx", "xlsx"})
