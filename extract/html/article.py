"""The article of a page among its menus, side bars and footers.

The box that holds all prose and all large tables is the article. What stands around it is judged
piece by piece, and left out only if something says that it is furniture: losing the article is far
worse than keeping a menu.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.document import Block, Paragraph
from extract.html.boxes import Box, Line, blocks_of, lines_of

# With less prose and tables than this nothing on the page is surely the article.
LEAST_ARTICLE = 200
# A box with this share of all content is the article, if what is left looks like furniture.
_MOST_OF_ALL = 0.65
# A box that holds the title and no more than this is judged by its parts.
_LONGEST_BANNER = 1_000
_SHORTEST_TITLE = 8
# A link list inside the article has at least so many links.
_LEAST_LIST = 3

_FURNITURE = re.compile(
    r"(?:^|[^a-z])(?:aside|side|nav|menu|crumb|breadcrumb|foot|copyright|friend|related|share|"
    r"bdshare|counter|visit|calendar|weather|banner|toolbar|search|login|qrcode|ewm|hot|rank|bottom|"
    r"complementary|contentinfo)"
)
# The narrow column of a page; also the name of many a paragraph that is set to the right.
_COLUMN = re.compile(r"(?:^|[^a-z])[rl]?(?:right|left|side)(?![a-z])")
_ARTICLE = re.compile(
    r"(?:^|\s)(?:zoom|ucap-content|trs_editor|vsb_content\w*|articlebody|pages_content|"
    r"article-?(?:content|body)|news_?content|con_?text)(?:\s|$)"
)
_FURNITURE_TAGS = frozenset({"aside", "footer"})
_ARTICLE_TAGS = frozenset({"article", "main"})
_FURNITURE_LINE = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在|所处)?的?(?:位置|栏目)\s*[：:>]"
    r"|[上下]一[篇条页]|相关(?:新闻|链接|文章|阅读|信息)|分享(?:到|至|：|:)|扫一?扫|友情链接"
    r"|[【\[]?(?:打印|关闭|返回|顶部|收藏)"
    r"|.{0,40}(?:版权所有|主办单位|承办单位|技术支持|网站标识码|ICP备|公网安备|网站地图)"
    r"|(?:主办|承办|版权|copyright)\s*[：:©]?",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 120
# Between letters the last two are pieces of UTF-8 read as Latin-1: 主 is ä¸».
_TRAIL = re.compile(r"[>＞]|(?<![^\s\u4e00-\u9fff])[»›]|[»›](?![^\s\u4e00-\u9fff])")
_DAY = re.compile(r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")


def parted(root: Box, titles: Sequence[str] = ()) -> tuple[list[Block], list[str]]:
    """Give the blocks of the article, and the lines of the furniture around it.

    `titles` are the page's own words for its title: what repeats one is never furniture.
    """
    furniture = _Furniture(_path_to_article(root), titles)
    kept = [block for part in furniture.sifted(root) for block in blocks_of(part)]
    return (kept, furniture.lines) if kept else (list(blocks_of(root)), [])


def around(root: Box) -> list[Block]:
    """Give the lines of a page whose article stands elsewhere: its title, its date."""
    lines = (block for block in blocks_of(root) if isinstance(block, Paragraph))
    linked = {line.text for line in _lines(root) if line.is_link()}
    return [
        line
        for line in lines
        if line.text not in linked and len(line.text) <= _LONGEST_FURNITURE
        if not _is_furniture(line.text)
    ]


def _lines(root: Box) -> Iterator[Line]:
    waiting: list[Line | Box] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Line):
            yield part
        else:
            waiting.extend(part.parts)


def _path_to_article(root: Box) -> list[Box]:
    """Give the boxes from the page down to its article; only the page where none is sure."""
    path = [root]
    if root.mass < LEAST_ARTICLE:
        return path
    while inner := _holder(path[-1]):
        path.append(inner)
    return path


def _holder(box: Box) -> Box | None:
    """Give the part that holds all content of a box, but for content that is furniture."""
    heavy = [part for part in box.parts if isinstance(part, Box) and part.mass]
    largest = max(heavy, key=lambda part: part.mass, default=None)
    if largest is None or largest.table or largest.mass < _MOST_OF_ALL * box.mass:
        return None
    inside = sum(part.mass for part in heavy)
    others = [part for part in heavy if part is not largest]
    is_alone = inside == box.mass and all(_is_beside(part, box, largest) for part in others)
    return largest if is_alone else None


def _is_beside(part: Box, box: Box, article: Box) -> bool:
    """Tell whether a part with content of its own is furniture next to the article."""
    if _is_named(part) or part.is_links():
        return True
    # Articles do not go on sideways: another cell of the same layout row is another column.
    if box.tag == "row":
        return True
    is_more_prose = _is_named_article(article) and not part.cells
    return not _is_named_article(part) and (is_more_prose or bool(_COLUMN.search(part.name)))


def _is_named_article(box: Box) -> bool:
    return box.tag in _ARTICLE_TAGS or bool(_ARTICLE.search(box.name))


class _Furniture:
    """Sifts a page along the path to its article; remembers the lines it leaves out."""

    def __init__(self, path: list[Box], titles: Sequence[str]) -> None:
        self._titles = titles
        self._path = {id(box): index for index, box in enumerate(path)}
        self._article = path[-1] if len(path) > 1 else None
        self.lines: list[str] = []

    def sifted(self, root: Box) -> Iterator[Line | Box]:
        """Give what stays, in reading order."""
        is_behind = False
        waiting: list[tuple[Line | Box, Box]] = [(root, root)]
        while waiting:
            part, parent = waiting.pop()
            if part is self._article:
                yield from self._inside(self._article)
                is_behind = True
            elif isinstance(part, Box) and id(part) in self._path:
                waiting.extend((inner, part) for inner in reversed(part.parts))
            elif self._is_out(part, parent, is_behind=is_behind):
                self.lines += [part.text] if isinstance(part, Line) else lines_of(part)
            elif isinstance(part, Box) and part.table is None:
                waiting.extend((inner, part) for inner in reversed(part.parts))
            elif isinstance(part, Box) and self._article:
                yield from _as_lines(part)
            else:
                yield part

    def _is_out(self, part: Line | Box, parent: Box, *, is_behind: bool) -> bool:
        if isinstance(part, Line):
            is_stray_link = self._article and part.is_link() and not part.is_heading
            return bool(is_stray_link) or _is_furniture(part.text)
        if self._article is None:
            return part.links >= _LEAST_LIST and part.is_links()
        if part.table is not None:
            return is_behind or not any(_DAY.search(cell.text) for cell in part.table.cells)
        if self._has_title(part):
            return False
        is_column = parent.tag == "row" and id(parent) in self._path
        return is_column or _is_named(part) or part.is_links() or bool(part.mass)

    def _has_title(self, box: Box) -> bool:
        return box.chars <= _LONGEST_BANNER and any(
            len(line.text) >= _SHORTEST_TITLE and (line.text in title or title in line.text)
            for line in _lines(box)
            if line.linked == 0
            for title in self._titles
        )

    def _inside(self, article: Box) -> Iterator[Line | Box]:
        """Give the article without the link lists and bars at its two ends."""
        parts = article.parts
        weighty = [
            index
            for index, part in enumerate(parts)
            if (part.mass if isinstance(part, Box) else len(part.text) - part.linked >= 30)
        ]
        first, last = (weighty[0], weighty[-1]) if weighty else (0, len(parts))
        for index, part in enumerate(parts):
            if not first <= index <= last and _is_bar(part):
                self.lines += [part.text] if isinstance(part, Line) else lines_of(part)
            else:
                yield part


def _as_lines(box: Box) -> Iterator[Line]:
    """Give a table of particulars (who, when, number) as lines: it is none of the article's."""
    for row in box.table.rows() if box.table else []:
        if text := " ".join(cell.text for cell in row if cell.text):
            yield Line(text)


def _is_bar(part: Line | Box) -> bool:
    if isinstance(part, Line):
        return _is_furniture(part.text) or part.is_link()
    if part.mass:
        return False
    return part.is_links() or (_is_named(part) and (part.linked > 0 or part.cells > 0))


def _is_named(box: Box) -> bool:
    """Tell whether the page calls a box by a name of furniture."""
    return box.tag in _FURNITURE_TAGS or bool(_FURNITURE.search(box.name))


def _is_furniture(text: str) -> bool:
    return len(text) <= _LONGEST_FURNITURE and _reads_as_furniture(text)


# All pages of a site have the same lines around their articles.
@lru_cache(maxsize=4096)
def _reads_as_furniture(text: str) -> bool:
    return bool(_FURNITURE_LINE.match(text)) or len(_TRAIL.findall(text)) >= 2
