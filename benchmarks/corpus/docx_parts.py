"""The parts of a Word file that are alike in every report, and the ZIP they go into."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "o": "urn:schemas-microsoft-com:office:office",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
    }.items()
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OWN_PARTS = ("styles", "settings", "fontTable", "numbering", "header", "footer", "footnotes")

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>'
        for name in _OWN_PARTS
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(_OWN_PARTS, start=1)
    )
    + "</Relationships>"
)
_HEADER_ID, _FOOTER_ID = (f"rId{_OWN_PARTS.index(name) + 1}" for name in ("header", "footer"))
SECTION = (
    f'<w:sectPr><w:headerReference w:type="default" r:id="{_HEADER_ID}"/>'
    f'<w:footerReference w:type="default" r:id="{_FOOTER_ID}"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
    'w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr>'
    '<w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="a3"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)
_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}'
    '<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
)
_HEADING_LEVELS = (("chineseCountingThousand", "%1、", '<w:pStyle w:val="1"/>', "nothing"),)
_LABEL_LEVELS = (
    ("chineseCountingThousand", "%1、", "", "nothing"),
    ("chineseCountingThousand", "（%2）", "", "nothing"),
    ("decimal", "%3.", "", "tab"),
)


def _definition(at: int, levels: tuple[tuple[str, str, str, str], ...]) -> str:
    inner = "".join(
        _LEVEL.format(level=level, format=format_, text=text, style=style, suffix=suffix)
        for level, (format_, text, style, suffix) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>'
        f"{inner}</w:abstractNum>"
    )


_NUMBERING = (
    _definition(0, _HEADING_LEVELS)
    + _definition(1, _LABEL_LEVELS)
    + "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(2)
    )
)
_PAGE_NUMBER = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p>'
)
_NOTE = '<w:footnote w:id="1"><w:p><w:r><w:t>统计口径同上年。</w:t></w:r></w:p></w:footnote>'
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>Administrator</dc:creator></cp:coreProperties>"
)


def _root(name: str, inner: str) -> str:
    return f'{_HEAD}<w:{name} {NAMESPACES} mc:Ignorable="w14">{inner}</w:{name}>'


_COMMON = {
    "[Content_Types].xml": _HEAD + _CONTENT_TYPES,
    "_rels/.rels": _HEAD + _PACKAGE_RELATIONS,
    "word/_rels/document.xml.rels": _HEAD + _DOCUMENT_RELATIONS,
    "word/styles.xml": _root("styles", _STYLES),
    "word/settings.xml": _root("settings", '<w:defaultTabStop w:val="420"/>'),
    "word/fontTable.xml": _root("fonts", '<w:font w:name="仿宋_GB2312"/>'),
    "word/numbering.xml": _root("numbering", _NUMBERING),
    "word/footer.xml": _root("ftr", _PAGE_NUMBER),
    "word/footnotes.xml": _root("footnotes", _NOTE),
}


def package(body: str, *, title: str, header: str) -> bytes:
    """Put a document's body into a Word file; `title` is its property, `header` tops each page."""
    heading = f"<w:p><w:r><w:t>{escape(header)}</w:t></w:r></w:p>"
    parts = _COMMON | {
        "word/document.xml": _root("document", f"<w:body>{body}{SECTION}</w:body>"),
        "word/header.xml": _root("hdr", heading),
        "docProps/core.xml": _CORE.format(title=escape(title)),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip parts by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
