"""Bytes of any file to one `Document`: paragraphs and tables in reading order.

Knows files and encodings; knows nothing of reports.
"""

from extract.document import Block, Cell, Document, Paragraph, Table
from extract.exceptions import ExtractError, UnreadableFileError
from extract.read import needs_conversion, read_document
from extract.word.office import to_docx

__all__ = [
    "Block",
    "Cell",
    "Document",
    "ExtractError",
    "Paragraph",
    "Table",
    "UnreadableFileError",
    "needs_conversion",
    "read_document",
    "to_docx",
]
