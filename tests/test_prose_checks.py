"""Checks of the figures in prose: against the tables, and against each other."""

import pytest

from sql import warehouse
from tests.check_support import (
    ACTUAL,
    DIFFERENCE,
    EVIDENCE,
    EXPECTED,
    INDICATOR,
    MESSAGE,
    REPORT_ID,
    answers,
)
from tests.small_warehouse import GONE, Said, Small, write_reference

NEW, CARRIED = "requests.received_new/total", "requests.carried_in/total"
DIRECT = "disputes.litigation_direct.total"
AFTER_REVIEW = "disputes.litigation_after_review.total"


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        yield con


@pytest.fixture
def ask(con):
    """Give a function that loads reports, in place of the last, and gives what a rule says."""
    return lambda rule, *reports: answers(con, rule, *reports)


# -- prose against tables


def said(metric, value, *, is_approximate=False):
    return Said(metric, value, None, "件", is_approximate, f"共{value}件。")


@pytest.mark.parametrize(
    ("prose", "cells", "expected", "message"),
    [
        (
            said("requests_received", "30"),
            {},
            ("requests.received_new", "total", "30", "0"),
            "正文写收到政府信息公开申请30件，表格合计0件，两处应当一致。",
        ),
        (
            said("requests_received", "30"),
            {NEW: "31", CARRIED: "2"},
            ("requests.received_new", "total", "30", "31"),
            "正文写收到政府信息公开申请30件，表格合计31件，两处应当一致。",
        ),
        # less than the new ones, however many were carried in
        (
            said("requests_received", "30"),
            {NEW: "31", CARRIED: ""},
            ("requests.received_new", "total", "30", "31"),
            "正文写收到政府信息公开申请30件，表格合计31件，两处应当一致。",
        ),
        (
            said("review_cases", "2"),
            {},
            ("disputes.review.total", None, "2", "0"),
            "正文写行政复议2件，表格合计0件，两处应当一致。",
        ),
        (
            said("litigation_cases", "2"),
            {DIRECT: "1"},
            (AFTER_REVIEW, None, "2", "1"),
            "正文写行政诉讼2件，表格合计1件，两处应当一致。",
        ),
    ],
)
def test_prose_that_says_another_number_than_the_table(ask, prose, cells, expected, message):
    (row,) = ask("prose_against_table", Small("甲", cells=cells, prose=(prose,)))
    assert row[INDICATOR : ACTUAL + 1] == expected
    assert row[DIFFERENCE] == int(expected[3]) - int(expected[2])
    assert (row[MESSAGE], row[EVIDENCE]) == (message, prose.sentence)


@pytest.mark.parametrize(
    ("prose", "cells"),
    [
        ([said("requests_received", "3")], {NEW: "3"}),
        # with what was carried in
        ([said("requests_received", "3")], {NEW: "2", CARRIED: "1"}),
        ([said("litigation_cases", "2")], {DIRECT: "1", AFTER_REVIEW: "1"}),
        # stated twice alike
        ([said("requests_received", "3"), said("requests_received", "3")], {NEW: "3"}),
        # a figure that is not exact, or one of several, is no contradiction
        ([said("requests_received", "30", is_approximate=True)], {}),
        ([said("requests_received", "30"), said("requests_received", "20")], {}),
        # what the table does not say cannot contradict
        ([said("requests_received", "30")], {NEW: ""}),
        ([said("requests_received", "30")], {NEW: GONE}),
        ([said("requests_received", "30")], {NEW: "30余"}),
        # it may be all there were, but the table does not say how many were carried in
        ([said("requests_received", "30")], {NEW: "29", CARRIED: ""}),
        ([said("requests_received", "30")], {NEW: "29", CARRIED: GONE}),
        ([said("review_cases", "1")], {"disputes.review.total": "x"}),
        ([said("litigation_cases", "3")], {DIRECT: "1", AFTER_REVIEW: ""}),
        # the prose counts what was answered, the tables what was dealt with
        ([said("requests_answered", "30")], {}),
        ([], {NEW: "3"}),
    ],
)
def test_prose_that_agrees_or_leaves_it_open(ask, prose, cells):
    assert ask("prose_against_table", Small("甲", cells=cells, prose=tuple(prose))) == []


# -- the parts of a total


def parted(sentence, total, *, channels=(), unit="条", about=(), **categories):
    """Give the figures of a sentence: a total, channels and categories as they were read."""
    figures = [("disclosed_total", None, total)]
    figures += [(f"disclosed_{name}", None, value) for name, value in channels]
    figures += [("disclosed_category", name, value) for name, value in categories.items()]
    return tuple(
        Said(metric, str(value), qualifier, unit, value in about, sentence)
        for metric, qualifier, value in figures
    )


def both(ask, *prose, **report):
    """Give what both rules on parts say of one report."""
    small = Small("甲", prose=sum(prose, ()), **report)
    return ask("parts_exceed_total", small), ask("parts_below_total", small)


def test_parts_that_make_more_than_their_total(ask):
    sentence = "共203条，其中：概况类17条、动态类71条、公告类125条，内容全面、及时。"
    more, less = both(ask, parted(sentence, 203, 概况类=17, 动态类=71, 公告类=125))
    assert less == []
    ((report_id, *rest),) = more
    assert report_id == Small("甲").report_id
    assert rest == [
        *(None, None, "213", "203", -10),
        "正文写共公开信息203条，所列各项相加为213条（125 + 71 + 17），比总数多10条。",
        sentence,
    ]


def test_parts_that_make_less_than_their_total(ask):
    sentence = "共203件，其中概况类17件，动态类71件。"
    more, less = both(ask, parted(sentence, 203, unit="件", 概况类=17, 动态类=71))
    assert more == []
    ((report_id, *rest),) = less
    assert report_id == Small("甲").report_id
    assert rest == [
        *(None, None, "88", "203", 115),
        "正文写共公开信息203件，所列各项相加为88件（71 + 17），比总数少115件。"
        "还有未列出的，无须更改；没有的，请核对。",
        sentence,
    ]


def test_channels_that_make_more_may_repeat_each_other(ask):
    sentence = "共203条，其中网站113条，微信公众号100条。"
    more, _ = both(ask, parted(sentence, 203, channels=[("website", 113), ("wechat", 100)]))
    ((*_, message, evidence),) = more
    assert message == (
        "正文写共公开信息203条，所列各项相加为213条（113 + 100），比总数多10条。"
        "同一信息经几个渠道发布而重复计数的，请在文中说明。"
    )
    assert evidence == sentence


NUMERALS = "共二百零三条，其中概况类十七条，动态类一百九十条。"
FULL_WIDTH = "共２０３条，其中概况类１７条，动态类１９０ 条。"
ADDED = {
    "in numerals": parted(NUMERALS, 203, 概况类=17, 动态类=190),
    "full-width": parted(FULL_WIDTH, 203, 概况类=17, 动态类=190),
    "in thousands": parted("共1,203条，其中甲类3条，乙类1,204条。", 1203, 甲类=3, 乙类=1204),
    "in brackets": parted("共10条（其中甲类6条，乙类5条）。", 10, 甲类=6, 乙类=5),
    "one of them is more": parted("共10条，其中甲类1条，乙类11条。", 10, 甲类=1, 乙类=11),
    "one channel is more": parted(
        "共10条，其中网站11条，微信公众号1条。", 10, channels=[("website", 11), ("wechat", 1)]
    ),
    "opened by a colon": parted("共10条：甲类6条，乙类5条。", 10, 甲类=6, 乙类=5),
    "opened by 包括": parted("共10条，包括甲类6条，乙类5条。", 10, 甲类=6, 乙类=5),
    "beside other figures": (
        *parted("举办培训2次，收到申请3件，公开10条，其中甲类6条，乙类5条。", 10, 甲类=6, 乙类=5),
        Said("trainings_held", "2", None, "次", sentence="举办培训2次，收到申请3件，公开10条，"),
    ),
    "等 in it": parted("共10条，其中甲类6条、乙类5条等。", 10, 甲类=6, 乙类=5),
    "another year's sentence beside": (
        *parted("共10条，其中甲类6条，乙类5条。", 10, 甲类=6, 乙类=5),
        *parted("另公开20条，其中丙类20条。", 20, 丙类=20),
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_more_is_seen_however_it_is_written(ask, name):
    more, less = both(ask, ADDED[name])
    assert len(more) == 1
    assert less == []


NO_BREACH = {
    "equal": parted("共88条，其中甲类17条，乙类71条。", 88, 甲类=17, 乙类=71),
    "no parts": parted("共203条。", 203),
    "one part": parted("共203条，其中概况类17条。", 203, 概况类=17),
    "one part, more than its total": parted("共17条，其中概况类203条。", 17, 概况类=203),
    "no total": parted("甲类17条，乙类71条。", 203, 甲类=17, 乙类=71)[1:],
    "two totals": parted("共203条，其中甲类17条，乙类71条，合计88条。", 203, 甲类=17, 乙类=71)
    + parted("共203条，其中甲类17条，乙类71条，合计88条。", 88),
    "the total is not exact": parted(
        "共200余条，其中甲类17条，乙类71条。", 200, 甲类=17, 乙类=71, about=(200,)
    ),
    "a part is not exact": parted(
        "共203条，其中甲类17条，乙类约71条。", 203, 甲类=17, 乙类=71, about=(71,)
    ),
    "a figure was not read": parted(
        "共203条，其中甲类17条，乙类71条，某类占115条。", 203, 甲类=17, 乙类=71
    ),
    "a figure in numerals was not read": parted(
        "共203条，其中甲类17条，乙类71条，某类占一百一十五条。", 203, 甲类=17, 乙类=71
    ),
    "a figure that is not exact was not read": parted(
        "共203条，其中甲类17条，乙类71条，某类占100多条。", 203, 甲类=17, 乙类=71
    ),
    "a figure is compared": parted(
        "共203条，比上年增加20条，其中甲类17条，乙类71条。", 203, 甲类=17, 乙类=71
    ),
    # what stands in one row is not always what is in the first
    "not opened by a word": parted("公开政务信息10条，甲类6条，乙类5条。", 10, 甲类=6, 乙类=5),
    "a colon in front of the total": parted(
        "主动公开：公开政务信息10条，甲类6条，乙类5条。", 10, 甲类=6, 乙类=5
    ),
    "parts in another unit": parted("共203条，其中甲类17条，乙类71件。", 203, 甲类=17)
    + parted("共203条，其中甲类17条，乙类71件。", 203, unit="件", 乙类=71)[1:],
    "parts in another sentence": parted("共203条。", 203)
    + parted("甲类170条，乙类71条。", 203, 甲类=170, 乙类=71)[1:],
    # parts of parts
    "其中 within 其中": parted(
        "共100条，其中甲类80条（其中乙类30条），丙类20条。", 100, 甲类=80, 乙类=30, 丙类=20
    ),
    "含 within 其中": parted(
        "共100条，其中甲类80条，含乙类30条，丙类20条。", 100, 甲类=80, 乙类=30, 丙类=20
    ),
    "brackets within 其中": parted(
        "共100条，其中甲类80条（乙类30条），丙类20条。", 100, 甲类=80, 乙类=30, 丙类=20
    ),
    # channels and categories each part the total
    "by channel and by category": parted(
        "共88条，其中网站80条、微信公众号8条，概况类17条、动态类71条。",
        88,
        channels=[("website", 80), ("wechat", 8)],
        概况类=17,
        动态类=71,
    ),
    "one channel and one category": parted(
        "共88条，其中网站80条，概况类17条。", 88, channels=[("website", 80)], 概况类=17
    ),
    # the same information may go out through several channels
    "channels that part nothing": parted(
        "共203条，网站150条，微信公众号100条。", 203, channels=[("website", 150), ("wechat", 100)]
    ),
    "channels that publish again": parted(
        "共203条，其中网站150条，同步推送微信公众号100条。",
        203,
        channels=[("website", 150), ("wechat", 100)],
    ),
    "a channel that has it all": parted(
        "共203条，其中网站203条，微信公众号100条。",
        203,
        channels=[("website", 203), ("wechat", 100)],
    ),
}


@pytest.mark.parametrize("name", NO_BREACH)
def test_parts_that_fit_or_leave_it_open(ask, name):
    assert both(ask, NO_BREACH[name]) == ([], [])


@pytest.mark.parametrize("word", ["等", "主要", "其余", "部分", "重点"])
def test_a_list_that_says_it_is_not_whole_may_be_less(ask, word):
    sentence = f"共203条，其中{word}甲类17条，乙类71条。"
    assert both(ask, parted(sentence, 203, 甲类=17, 乙类=71)) == ([], [])


def test_a_value_that_is_missing_is_no_total_and_no_part(ask):
    sentence = "共88条，其中甲类17条，乙类71条。"
    for lost in range(3):
        prose = list(parted(sentence, 80, 甲类=17, 乙类=71))
        prose[lost] = prose[lost]._replace(value=None)
        assert both(ask, tuple(prose)) == ([], [])


def test_each_way_to_part_a_total_has_its_own_finding(ask):
    sentence = "共10条，其中网站6条、微信公众号5条，甲类6条、乙类6条。"
    channels = [("website", 6), ("wechat", 5)]
    more, _ = both(ask, parted(sentence, 10, channels=channels, 甲类=6, 乙类=6))
    assert sorted(row[EXPECTED] for row in more) == ["11", "12"]


def test_reports_that_another_stands_for_are_checked_too(ask):
    prose = parted("共10条，其中甲类6条，乙类5条。", 10, 甲类=6, 乙类=5)
    second = Small("乙", prose=prose, findings=("row_missing",))
    found = ask("parts_exceed_total", Small("甲"), second)
    assert [row[REPORT_ID] for row in found] == [second.report_id]
