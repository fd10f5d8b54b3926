"""The file of sources: its form, what is wrong with one, and the example in the docs."""

import re
from dataclasses import fields

import pytest

from flows import cli
from flows.exceptions import SourcesError
from flows.fetch.manners import Manners
from flows.fetch.sources import read_sources
from tests.support import REPO

PAGE = (REPO / "docs" / "sources.md").read_text(encoding="utf-8")
ONE = '[[source]]\nurl = "https://www.example.gov.cn/a.html"\n'


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "sources.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_sources(path)

    return read


def test_the_example_of_the_docs(read):
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    manners, (report, with_files, listed) = read(example)
    assert manners == Manners(contact="https://www.example.org/gongkai")
    assert (report.follow, report.keep) == (None, True)
    assert with_files.follow.search("https://www.example.gov.cn/a/P020.DOCX")
    assert not with_files.follow.search("https://www.example.gov.cn/a/index.html")
    assert (with_files.follow_max, with_files.keep) == (20, True)
    assert listed.follow.search("https://www.example.gov.cn/zwgk/nb/202401/t20240115_123.html")
    assert (listed.follow_max, listed.keep) == (200, False)


def test_the_docs_give_every_setting_as_it_is(read):
    given = re.findall(r"^\| `(\w+ = .+?)` \|", PAGE, re.MULTILINE)
    assert {line.partition(" ")[0] for line in given} == {field.name for field in fields(Manners)}
    assert read("\n".join([*given, ONE])).manners == Manners()


def test_whole_numbers_do_for_times_and_a_mark_before_the_text_does_no_harm(read):
    assert read(f"\ufeffdelay = 3\n{ONE}").manners.delay == 3.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no source; begin each with the line [[source]]"),
        ("source = 3", "names no source"),
        ("source = [3]", "source 1: must be a table"),
        ("[[source]\nurl = 1", "is no TOML: "),
        ("x = \n", "(at line 1, column 5)"),
        ("# 年报\n".encode("gbk"), "is not UTF-8"),
        (f"dealy = 1\n{ONE}", "dealy: is not known here; there are contact, delay, "),
        (f'delay = "1"\n{ONE}', "delay: must be a number"),
        (f"delay = -1\n{ONE}", "delay: must be 0 or more"),
        (f"delay = nan\n{ONE}", "delay: must be 0 or more"),
        (f"timeout = inf\n{ONE}", "timeout: must be"),
        (f"retries = 1.5\n{ONE}", "retries: must be a whole number"),
        (f"retries = true\n{ONE}", "retries: must be a whole number"),
        (f"allow_private = 1\n{ONE}", "allow_private: must be true or false"),
        (f"hosts_at_once = 1000\n{ONE}", "hosts_at_once: must be 64 or less"),
        (f'contact = "a\\r\\nX: y"\n{ONE}', "contact: must be a short address in ASCII"),
        (f"{ONE}\n\n[[source]]\n", "source 2 (line 5): lacks url"),
        (f"{ONE}{ONE}", "source 2 (line 3): has the url of source 1 (line 1); keep one"),
        (f"{ONE}fellow = 'x'", "source 1 (line 1): has fellow, which is not known; there are url,"),
        (f"{ONE}follow = '('", "has follow that is no regular expression: "),
        (f"{ONE}follow = 1", "has follow that is no text"),
        (f"{ONE}follow = 'x'\nfollow_max = 0", "has follow_max that is no number from 1 on"),
        (f"{ONE}follow = 'x'\nkeep = 1.5", "has keep that is neither true nor false"),
        (f"{ONE}keep = false", "has follow_max or keep = false without follow"),
        ('[[source]]\nurl = "file:///etc/passwd"', "cannot be fetched: it is no address of http"),
        ('[[source]]\nurl = "http://a:b@c.cn/"', "it holds a name or password for c.cn"),
        ('source = [{url = "http://a.cn/"}, {}]', "source 2: lacks url"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(read, text, words):
    with pytest.raises(SourcesError) as caught:
        read(text)
    assert words in str(caught.value)
    assert "sources.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_command_fetches_nothing_by_a_list_that_is_wrong(tmp_path, capsys):
    (tmp_path / "s.toml").write_text("delay = -1", encoding="utf-8")
    for name in ("s.toml", "no.toml"):
        command = ["fetch", str(tmp_path / name), "--into", str(tmp_path / "in")]
        assert cli.main(command) == 1
        line = capsys.readouterr().err
        assert line.startswith("gongkai fetch: ")
        assert name in line
        assert line.count("\n") == 1
    assert not (tmp_path / "in").exists()
