"""Lines of the web page around a report: buttons, counters, and the advertising of hijacked pages.

Only whole paragraphs outside the report go, and only such as can say nothing of it; a breadcrumb,
an address or a publisher's line is evidence of who reported and stays.
"""

import re

from transform.text.outcome import BLOCK, Change, Outcome, spliced

# The report begins with its title or first heading and does not end before its last heading.
_TITLE = re.compile(r"(?:信息公开|信息公開|政务公开|政務公開).{0,12}(?:报告|報告|年报|年報)")
_FIRST_HEADING = re.compile(r"\s*[一1][、.．]\s*[总總][体體]情[况況]")
_LAST_HEADING = re.compile(r"\s*[五六56][、.．]\s*(?:存在|其他|其它)")
_BUTTONS = re.compile(
    r"\s*(?:[\[【（(<]?\s*(?:打印(?:本页|此页)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|上一页)?|收藏(?:本页)?"
    r"|设为首页|加入收藏|无障碍(?:浏览|阅读)?|适老化|长者模式|关怀版|手机版|电脑版|繁体(?:版|中文)?|简体(?:版|中文)?"
    r"|登录|注册|站内搜索|请输入关键字|分享(?:到|至)?|扫一扫.{0,16}|放大|缩小|默认|纠错|下载|大|中|小"
    r"|字(?:体|号)(?:大小)?|浏览(?:次数|量)|点击(?:数|量|率)|阅读(?:次数|量)|微信|微博|QQ空间)\s*[\]】）)>]?"
    r"[\s:：|/·\-]*(?:\d+\s*次?)?[\s|/]*)+"
)
_NEIGHBOURS = re.compile(r"\s*(?:上一篇|下一篇|上一条|下一条)\s*[:：].{0,60}")
# Words of gambling and pornography that no organ of the state prints in capitals of its pages.
_SPAM = re.compile(
    r"博彩|彩票(?:平台|官网|投注|app)|投注|赌场|百家乐|时时彩|六合彩|老虎机|棋牌(?:游戏|官网|app)|娱乐城|澳门新?葡京"
    r"|真人(?:娱乐|荷官)|体育(?:官网|投注|app|平台)|电竞下注|北京赛车|幸运飞艇|开户送|成人(?:视频|电影|网站)|无码|国产精品"
    r"|在线观看|免费观看|色情|约炮|AV",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"政府|信息公开|政务|办公室|街道|委员会|打击|整治|禁|查处|举报")
_FEWEST_SPAM_WORDS = 2
_LONGEST_BUTTONS = 80
_LONGEST_SPAM = 400


def drop_page_lines(text: str) -> Outcome:
    r"""Empty the paragraphs of buttons and advertising before and behind the report.

    >>> drop_page_lines("打印本页\x1f甲镇2021年政府信息公开工作年度报告\x1f无").text
    '\x1f甲镇2021年政府信息公开工作年度报告\x1f无'
    """
    blocks = text.split(BLOCK)
    begin, end = _extent(blocks)
    changes: list[Change] = []
    at = 0
    for index, block in enumerate(blocks):
        if not begin <= index <= end and block and _is_page_line(block):
            changes.append(Change(at, block, ""))
        at += len(block) + 1
    return Outcome(spliced(text, changes), changes)


def _extent(blocks: list[str]) -> tuple[int, int]:
    """Give the first and last paragraph of the report; all of them where that cannot be told."""
    begin = next(
        (i for i, b in enumerate(blocks) if _TITLE.search(b) or _FIRST_HEADING.match(b)), None
    )
    if begin is None:
        return 0, len(blocks)
    last = (i for i in range(len(blocks) - 1, begin, -1) if _LAST_HEADING.match(blocks[i]))
    return begin, next(last, len(blocks))


def _is_page_line(block: str) -> bool:
    if len(block) <= _LONGEST_BUTTONS:
        if _BUTTONS.fullmatch(block) or _NEIGHBOURS.fullmatch(block):
            return True
    elif len(block) > _LONGEST_SPAM:
        return False
    return len(_SPAM.findall(block)) >= _FEWEST_SPAM_WORDS and not _OFFICIAL.search(block)
