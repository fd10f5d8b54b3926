"""What the page is made of: words in both languages, no markup made from text, colours to read."""

import csv
import json
import re
from pathlib import Path

import pytest

from tests.support import REPO

WEB = REPO / "flows" / "page" / "web"
SCRIPTS = {path.stem: path.read_text(encoding="utf-8") for path in (WEB / "scripts").glob("*.js")}
FILES = sorted(path for path in WEB.rglob("*") if path.suffix in {".js", ".css", ".html", ".json"})
MOST_LINES = 300

with (WEB / "words.csv").open(encoding="utf-8", newline="") as file:
    WORDS = {row["key"]: row for row in csv.DictReader(file)}

# What makes markup or code from text, or reaches out of the page.
FORBIDDEN = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "createContextualFragment",
    "DOMParser", "setHTML", "srcdoc", "eval(", "new Function", "javascript:", "fetch(",
    "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "import(", "localStorage",
)  # fmt: skip


def used_keys() -> tuple[set[str], list[re.Pattern[str]]]:
    """Give every text in quotes, and every template as a pattern, in the scripts and the page."""
    texts: set[str] = set(
        re.findall(r'data-word="([^"]+)"', (WEB / "page.html").read_text("utf-8"))
    )
    patterns = []
    for script in SCRIPTS.values():
        texts |= set(re.findall(r'"([^"\n]*)"', script))
        for template in re.findall(r"`([^`\n]*\$\{[^`\n]*)`", script):
            if re.fullmatch(r"[\w.]*\$\{[^}]*\}[\w.]*", template):
                before, after = re.split(r"\$\{[^}]*\}", template)
                patterns.append(re.compile(re.escape(before) + r"[\w.]+" + re.escape(after)))
    return texts, [pattern for pattern in patterns if pattern.pattern != r"[\w.]+"]


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_word_asked_for_is_there(name):
    asked = set(re.findall(r'\bt\(\s*"([^"]+)"', SCRIPTS[name]))
    assert asked <= set(WORDS)


def test_every_word_is_asked_for():
    texts, patterns = used_keys()
    unused = [
        key
        for key in WORDS
        if key.removesuffix(".one") not in texts
        and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


def test_both_languages_say_the_same_things():
    for key, row in WORDS.items():
        assert row["zh"], key
        assert row["en"], key
        names = [set(re.findall(r"\{\w+\}", row[each])) for each in ("zh", "en")]
        assert names[0] == names[1], key
        assert not re.search(r"[一-鿿]", row["en"]), key


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_script_makes_markup_from_text_or_reaches_out(name):
    assert [word for word in FORBIDDEN if word in SCRIPTS[name]] == []


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_script_imports_what_it_does_not_use(name):
    imports = re.compile(r'^import \{([^}]*)\} from "\./\w+\.js";$', re.MULTILINE)
    body = imports.sub("", SCRIPTS[name])
    names = [word.strip() for found in imports.findall(SCRIPTS[name]) for word in found.split(",")]
    # a key of an object is no use of the name
    unused = [each for each in names if each and not re.search(rf"(?<!\w\.)\b{each}\b(?!:)", body)]
    assert unused == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_read_in_one_sitting(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_script_says_what_it_is_for(name):
    assert SCRIPTS[name].startswith("// ")


def test_charts_name_no_address():
    for path in (WEB / "charts").glob("*.json"):
        spec = json.loads(path.read_text(encoding="utf-8"))
        assert spec.get("data", {"values": "@values"}) == {"values": "@values"}
        assert "http" not in path.read_text(encoding="utf-8")


# -- colours: https://www.w3.org/TR/WCAG22/#contrast-minimum


def tokens() -> dict[str, dict[str, str]]:
    """Give the colours of light and dark by name."""
    light, dark = re.findall(
        r":root \{([^}]*)\}", (WEB / "styles" / "tokens.css").read_text(encoding="utf-8")
    )
    read = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
        for name, text in (("light", light), ("dark", dark))
    }
    assert set(read["light"]) == set(read["dark"])
    return read


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("name", ["text", "muted", "accent", "error", "warning", "info"])
def test_words_stand_out_from_their_ground(scheme, ground, name):
    colours = tokens()[scheme]
    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["accent", "second", "third", "focus"])
def test_lines_of_charts_and_the_focus_stand_out(scheme, name):
    colours = tokens()[scheme]
    assert contrast(colours[name], colours["paper"]) >= 3
