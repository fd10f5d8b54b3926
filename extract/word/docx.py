"""Word files (docx, docm) to blocks, as printed: changes accepted, hidden text left out.

What Word computes is computed too: the labels of automatic numbering. Headers, footers, notes and
comments are other parts of the file and stay there. A document of another format inside of it (web
systems put their pages into Word files so) is part of the text where it stands.
"""

from collections.abc import Callable, Iterator, Sequence

from extract.document import Block, Content, Paragraph
from extract.exceptions import UnreadableFileError
from extract.opc import Element, Package
from extract.word.numbering import Numbering
from extract.word.styles import Styles
from extract.word.tables import table_blocks
from extract.word.text import read_line, runs_on
from extract.word.xml import TBL, P, W, children, properties_of

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PICTURES = (W + "drawing", W + "pict", W + "object")
_FOREIGN = W + "altChunk"
_BLOCKS = frozenset({P, TBL, _FOREIGN})
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A file holds one such document, or a few; each is read with a reader of its own.
_MOST_FOREIGN = 20
# People nest a few tables and boxes; a file that nests more wants a stack, not a reader.
_DEEPEST = 25


def read_docx(
    data: bytes, read_foreign: Callable[[bytes], Sequence[Block]] = lambda _: ()
) -> Content:
    """Give the blocks of a Word file in reading order, and its title if it states one.

    `read_foreign` gives the blocks of a document of another format inside of it.
    """
    package = Package(data)
    main = package.main_part("word/document.xml")
    root = package.root(main)
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise UnreadableFileError(
            "UnsupportedFormat",
            "This Office file holds no Word document.",
            "Save it from Word as .docx.",
        )
    styles = Styles(_part(package, main, "styles"))
    numbering = Numbering(_part(package, main, "numbering"), styles)
    foreign = _Foreign(package, main, read_foreign)
    blocks = _Story(styles, numbering, foreign).blocks(body)
    if not blocks:
        raise _nothing_in(body)
    return Content(tuple(blocks), tuple(_metadata(package)))


def _part(package: Package, main: str, kind: str) -> Element | None:
    names = package.related(main, kind)
    return package.root(names[0]) if names else None


def _metadata(package: Package) -> Iterator[tuple[str, str]]:
    names = package.related("", "core-properties")
    try:
        title = package.root(names[0]).findtext(_TITLE) if names else None
    except UnreadableFileError:
        # Nothing that is printed stands there.
        return
    if title and title.strip():
        yield "title", title.strip()


def _nothing_in(body: Element) -> UnreadableFileError:
    """Say why a document has no text."""
    if next(body.iter(_FOREIGN), None) is not None:
        return UnreadableFileError(
            "UnsupportedFormat",
            "The text of this Word file is a foreign document inside it.",
            "Open it in Word and save it anew.",
        )
    if next(body.iter(*_PICTURES), None) is not None:
        return UnreadableFileError(
            "PictureOnly",
            "This Word file holds pictures only.",
            "Text recognition of pictures is not part of gongkai; find the report as text.",
        )
    return UnreadableFileError("EmptyFile", "This Word file holds no text.", "Fetch it again.")


class _Foreign:
    """The documents of other formats inside of a Word file."""

    def __init__(
        self, package: Package, main: str, read: Callable[[bytes], Sequence[Block]]
    ) -> None:
        self._package = package
        self._main = main
        self._read = read
        self._count = 0

    def blocks(self, chunk: Element) -> Sequence[Block]:
        """Give what a `w:altChunk` stands for, nothing where that cannot be read."""
        _, name = self._package.relationships(self._main).get(chunk.get(_ID) or "", ("", ""))
        self._count += 1
        if not name or self._count > _MOST_FOREIGN:
            return ()
        return self._read(self._package.read(name))


class _Story:
    """Reads containers of paragraphs and tables: the body, cells, text boxes."""

    def __init__(self, styles: Styles, numbering: Numbering, foreign: _Foreign) -> None:
        self._styles = styles
        self._numbering = numbering
        self._foreign = foreign
        self._depth = 0

    def blocks(self, container: Element, *, in_cell: bool = False) -> list[Block]:
        """Give the blocks of a container; `in_cell` keeps labels that stand alone."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFileError(
                "TooDeep",
                "This Word file nests tables or text boxes deeper than any page shows.",
                "Copy its text and tables into a new file.",
            )
        blocks: list[Block] = []
        begun = ""
        for node in children(container, _BLOCKS):
            if node.tag != P:
                is_table = node.tag == TBL
                inside = table_blocks(node, self._cell) if is_table else self._foreign.blocks(node)
                blocks += [*_lines(begun), *inside]
                begun = ""
                continue
            properties = properties_of(node, "pPr")
            line = read_line(node, properties, self._styles, self.blocks, in_cell=in_cell)
            blocks += line.before
            begun += line.text
            if not runs_on(properties):
                label = self._numbering.label(properties)
                blocks += _lines(label + begun if begun.strip() or in_cell else "")
                begun = ""
            blocks += line.after
        self._depth -= 1
        return [*blocks, *_lines(begun)]

    def _cell(self, cell: Element) -> list[Block]:
        return self.blocks(cell, in_cell=True)


def _lines(text: str) -> list[Paragraph]:
    lines = (line.strip() for line in text.split("\n"))
    return [Paragraph(line) for line in lines if line]
