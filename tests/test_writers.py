"""Explanations as Markdown, as HTML and in a terminal's colours.

What they write of a target, an admission and a refusal is kept in `tests/golden/`, and written anew
with VOCPOLICY_WRITE_GOLDEN=1.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import vocpolicy
from vocpolicy.cli import main
from vocpolicy.cli.terminal import STYLES
from vocpolicy.explain import document, tree
from vocpolicy.markup import Document, Heading, Item, Items, KeyLine, Paragraph, Run, Section
from vocpolicy.outcome import Outcome
from vocpolicy.verdict import Verdict
from vocpolicy.writers import STYLE, element, escaped, fragment, markdown, mermaid, page, render

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(__file__).parents[1] / "examples" / "shanghai-plan-14"
ATTACK = "<script>alert('1')</script> & \"[x](javascript:1)\" `*_|_*`"

VOID = {"br", "col", "hr", "meta"}


@cache
def plan() -> vocpolicy.Policy:
    return vocpolicy.shipped("shanghai-plan-14")


@cache
def academy() -> vocpolicy.Policy:
    return vocpolicy.load(GOLDEN / "academy.vocp")


def of_academy(name: str, facts: dict[str, object], day: str) -> Verdict:
    return academy().evaluate(name, facts, as_of=datetime.date.fromisoformat(day))


PUPIL: dict[str, object] = {
    "score": 520,
    "from_place": "local",
    "born": "2008-01-01",
    "suits": True,
    "expelled": False,
    "pardoned": False,
    "medal": False,
    "fee_waived": False,
    "late": False,
}
BEHIND: dict[str, object] = {
    "workshops": {"2024-12-31": 50},
    "shared_workshops": {"2024-12-31": 20},
}

VERDICTS: dict[str, Callable[[], Verdict]] = {
    "target": lambda: of_academy("shared", BEHIND, "2025-06-01"),
    "admission": lambda: of_academy("entry", PUPIL, "2025-06-01"),
    "refusal": lambda: of_academy(
        "entry", {**PUPIL, "score": "509.5", "from_place": "far", "late": True}, "2025-06-01"
    ),
}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


def held(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("VOCPOLICY_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


# ---- golden files ------------------------------------------------------------------------


@pytest.mark.parametrize("name", VERDICTS)
def test_markdown_is_as_it_was_read(name: str) -> None:
    verdict = VERDICTS[name]()
    parts = [verdict.to_markdown(lang) for lang in ("en", "zh")]
    held(f"written-{name}.md", "\n\n".join(parts) + "\n")


@pytest.mark.parametrize("name", VERDICTS)
def test_html_is_as_it_was_read(name: str) -> None:
    explanation = tree(VERDICTS[name]())
    parts = [
        render(*fragment(document(explanation, lang))).replace("><", ">\n<")
        for lang in ("en", "zh")
    ]
    held(f"written-{name}.html", "\n\n".join(parts) + "\n")


@pytest.mark.parametrize("name", VERDICTS)
def test_flowcharts_are_as_they_were_seen(name: str) -> None:
    verdict = VERDICTS[name]()
    parts = [verdict.to_mermaid(lang) for lang in ("en", "zh")]
    held(f"written-{name}.mmd", "\n\n".join(parts) + "\n")


# ---- the same words in every form --------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", VERDICTS)
def test_every_form_says_the_same(name: str, lang: str) -> None:
    verdict = VERDICTS[name]()
    said = letters(re.sub(r"^\s*(?:\d+\.|-) ", "", verdict.explain(lang), flags=re.MULTILINE))
    in_markdown = re.sub(
        r"^\s*(?:#+|\d+\.|-) |\*\*|\\", "", verdict.to_markdown(lang), flags=re.MULTILINE
    )
    read_page = read(verdict.to_html(lang))
    title = f"{verdict.wording(lang)} · {verdict.label.get(lang)}"
    in_page = "".join(read_page.texts).partition(title)[2]
    assert letters(in_markdown) == said
    assert letters(in_page) == said


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_page_needs_nothing_else() -> None:
    for lang in ("en", "zh"):
        text = VERDICTS["refusal"]().to_html(lang)
        assert not re.search(r"https?:|//|<script|<link|<img|@import|url\(", text)
        assert text.startswith("<!DOCTYPE html>")
    assert not re.search(r"https?:|@import|url\(", STYLE)


def test_a_page_says_its_language() -> None:
    reader = read(VERDICTS["target"]().to_html("zh"))
    assert ("lang", "zh-Hans") in reader.attributes
    assert ("name", "viewport") in reader.attributes


def test_parts_fold() -> None:
    reader = read(VERDICTS["refusal"]().to_html("en"))
    assert reader.tags.count("details") >= 2
    assert reader.tags.count("summary") == reader.tags.count("details")


# ---- what users write does not become markup ---------------------------------------------


def hostile() -> Document:
    inner = Items((Item((Run(ATTACK),), (Run(ATTACK, "citation"),), (Paragraph((Run(ATTACK),)),)),))
    heading = Heading((Run(ATTACK, "outcome", "fails"), Run(ATTACK)), (Run(ATTACK, "aside"),))
    blocks = (Paragraph((Run(ATTACK),)), inner, KeyLine(f"{ATTACK}: ", (Run(ATTACK),)))
    return Document((Section(heading, blocks),))


def test_html_escapes_every_text() -> None:
    text = page(ATTACK, "en", element("p", ATTACK, title=ATTACK), *fragment(hostile()))
    reader = read(text)
    assert "script" not in reader.tags
    assert ("title", ATTACK) in reader.attributes
    assert [text.strip() for text in reader.texts].count(ATTACK) == 10


def test_markdown_escapes_every_text() -> None:
    text = markdown(hostile())
    assert "<" not in text
    assert not re.search(r"(?<!\\)\[x(?<!\\)\]", text)
    assert not re.search(r"(?<!\\)`", text)


CHART = re.compile(
    r'flowchart LR|  (n\d+)(?:\["[^"`\\]*"\]|\("[^"`\\]*"\))|  (n\d+) --> (n\d+)'
    r"|  classDef \w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}|  class (n\d+(?:,n\d+)*) \w+"
)


@pytest.mark.parametrize("name", [*VERDICTS, "hostile"])
def test_a_flowchart_joins_every_box_and_escapes_every_text(name: str) -> None:
    text = mermaid(hostile()) if name == "hostile" else VERDICTS[name]().to_mermaid("zh")
    lines = [CHART.fullmatch(line) for line in text.splitlines()]
    assert all(lines), text
    boxes = [found[1] for found in lines if found and found[1]]
    reached = [found[3] for found in lines if found and found[3]]
    assert len(set(boxes)) == len(boxes) > 1
    assert sorted(reached) == sorted(boxes[1:])  # each but the first has one line that leads to it
    assert "<script" not in text and "#quot" not in text.replace("#34;", "")
    coloured = {one for found in lines if found and found[4] for one in found[4].split(",")}
    assert boxes[0] in coloured <= set(boxes)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("two\nlines", "two lines"),
        ("a_name and _this_", r"a_name and \_this\_"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("-5 degrees", "-5 degrees"),
        ("学业考试总分518分", "学业考试总分518分"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, written: str) -> None:
    assert escaped(text) == written


def test_labels_and_facts_are_no_markup() -> None:
    policy = vocpolicy.Policy.from_text(
        "language 1\n"
        'policy hostile { title en "<b>title</b>" zh "<b>标题</b>" }\n'
        'fact place en "<i>place</i>" zh "<i>地点</i>" : text\n'
        'rule entry en "<u>entry</u>" zh "<u>入学</u>" { eligible when place is "here" }\n'
    )
    verdict = policy.evaluate("entry", {"place": "<script>alert(1)</script>"})
    for text in (verdict.to_html("en"), verdict._repr_html_(), policy._repr_html_()):
        assert not {"script", "b", "i", "u"} & set(read(text).tags)
    assert "&lt;script&gt;alert(1)" in verdict.to_html("zh")
    assert "<" not in verdict.to_markdown("en")


# ---- notebooks ---------------------------------------------------------------------------


def test_notebooks_show_verdicts_and_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    verdict = VERDICTS["target"]()
    assert verdict.wording("zh") in verdict._repr_html_()
    assert verdict._repr_markdown_() == verdict.to_markdown("zh")
    assert "上海市职业教育发展" in plan()._repr_html_()
    monkeypatch.setenv("LC_ALL", "C")
    assert verdict.wording("en").upper() in verdict._repr_html_()
    listed = plan()._repr_markdown_()
    assert all(one.name in listed.replace("\\", "") for one in plan().listing)
    assert read(plan()._repr_html_()).tags.count("li") == len(plan().listing)


# ---- the command line --------------------------------------------------------------------

FACTS = str(EXAMPLES / "applicants" / "secondary-to-bachelor-two-reasons.json")
EVALUATE = ["evaluate", "shanghai-plan-14", "--facts", FACTS, "--lang", "en"]
ONE = [*EVALUATE, "--rule", "secondary_to_bachelor", "--as-of", "2023-07-01"]


def output(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_colours_are_of_the_same_lines() -> None:
    plainly = output(*ONE)
    coloured = output(*ONE, "--color", "always")
    assert "\x1b[" in coloured and "\x1b[" not in plainly
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plainly
    assert output(*ONE, "--color", "never") == plainly


def test_every_outcome_has_its_colour() -> None:
    assert {one.value for one in Outcome} <= set(STYLES)


def test_evaluate_writes_every_form() -> None:
    facts = vocpolicy.load_facts(FACTS)
    verdict = plan().evaluate("secondary_to_bachelor", facts, datetime.date(2023, 7, 1))
    assert output(*ONE, "--format", "markdown") == verdict.to_markdown() + "\n"
    assert output(*ONE, "--format", "html") == verdict.to_html()
    assert output(*ONE, "--format", "mermaid") == verdict.to_mermaid() + "\n"
    charts = output(*EVALUATE, "--format", "mermaid", "--as-of", "2023-07-01")
    assert charts.count("flowchart") == 1
    several = output(*EVALUATE, "--format", "html", "--as-of", "2023-07-01")
    assert read(several).tags.count("section") > 1
    assert output(*EVALUATE, "--format", "markdown", "--as-of", "2023-07-01").startswith("# ")


def test_every_form_takes_advice() -> None:
    advised = output(*ONE, "--advice")
    assert advised != output(*ONE)
    for form in ("markdown", "html", "json", "mermaid"):
        text = output(*ONE, "--advice", "--format", form)
        assert "none of the facts that may change" in text.casefold()
