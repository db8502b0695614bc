"""A report on a whole policy: what it says, in three forms, and what it is written to."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import vocpolicy
from vocpolicy.cli import main
from vocpolicy.facts import load_facts, merge_facts
from vocpolicy.outcome import WORDS
from vocpolicy.report import Report, TargetReport, make_report, to_dict, to_html, to_markdown

EXAMPLES = Path(__file__).parents[1] / "examples" / "shanghai-plan-14"
FACTS = EXAMPLES / "facts-2023.json"
MID_TERM = datetime.date(2023, 12, 31)
SMALL_POLICY = """language 1
policy small {
  title en "Small plan" zh "小计划"
  document plan "小计划"
  in force 2021-01-01 to 2025-12-31
}
kind school en "school" plural "schools" zh "学校" counter "所"
fact built en "schools built" zh "建成学校" : count of school
fact inspected en "was inspected" zh "已验收" : yes or no, judged by en "the bureau" zh "主管部门"
fact files en "files" zh "案卷" : yes or no
target schools_built en "Schools built" zh "学校建设" {
  measure built
  baseline 2 schools at end of 2020
  goal at least 10 schools by end of 2025   cite plan 一 "10所"
}
rule passed en "inspection" zh "验收" { satisfied when inspected   cite plan 二 }
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@cache
def plan() -> vocpolicy.Policy:
    return vocpolicy.shipped("shanghai-plan-14")


@cache
def report() -> Report:
    return make_report(plan(), load_facts(FACTS), MID_TERM)


@cache
def page(lang: str) -> str:
    return to_html(report(), lang)


def target(name: str) -> TargetReport:
    return next(one for one in report().targets if one.verdict.name == name)


def test_advice_is_given_where_something_fails_or_is_open() -> None:
    facts = load_facts(FACTS)
    advised = to_markdown(make_report(plan(), facts, MID_TERM, advice=True), "en")
    assert "**Nearest change**" in advised
    assert "**Nearest change**" not in to_markdown(report(), "en")
    assert "Would change with" not in advised


# ---- what it says ------------------------------------------------------------------------


def test_every_target_and_provision_is_there() -> None:
    kinds = Counter(one.kind for one in plan().listing)
    assert len(report().targets) == kinds["target"]
    assert len(report().provisions) == kinds["provision"]
    assert len(report().rules) + len(report().not_asked) == kinds["rule"]


def test_verdicts_are_those_of_evaluate() -> None:
    told = {one.name: one.wording_key for one in report().verdicts}
    for verdict in plan().evaluate_all(load_facts(FACTS), as_of=MID_TERM):
        assert told[verdict.name] == verdict.wording_key
    assert sum(report().counts["target"].values()) == len(report().targets)


def test_targets_that_lag_come_worst_first() -> None:
    late = make_report(plan(), load_facts(EXAMPLES / "facts-2025.toml"), day("2026-01-31"))
    assert {one.wording_key for one in late.lagging} == {"missed"}
    assert {one.wording_key for one in report().lagging} == {"behind"}
    behind = {one.verdict.name for one in report().targets if one.verdict.wording_key == "behind"}
    assert {one.name for one in report().lagging} == behind


def test_observations_become_the_history() -> None:
    (course,) = target("online_courses_built").courses
    ends = [day("2020-12-31"), day("2022-12-31"), MID_TERM]
    assert course.observed == tuple(zip(ends, map(Fraction, (195, 310, 380)), strict=True))
    assert [(point.date, point.low) for point in course.line] == [
        (day("2020-12-31"), 195),
        (day("2025-12-31"), 500),
    ]
    assert course.goal == (500, None)
    assert course.deadline == day("2025-12-31")


def test_a_ratio_has_a_history_too() -> None:
    (course,) = target("dual_qualified_share").courses
    assert course.observed[-1] == (MID_TERM, Fraction(16, 25))
    start = course.line[0]
    assert (start.low, start.high) == (Fraction(57, 100), Fraction(62, 100))


def test_nothing_observed_later_than_the_day_counts() -> None:
    early = make_report(plan(), load_facts(FACTS), day("2023-06-30"))
    days = {seen for one in early.targets for course in one.courses for seen, _ in course.observed}
    assert max(days) == day("2022-12-31")


def test_what_is_missing_names_who_needs_it() -> None:
    policy = vocpolicy.Policy.from_text(SMALL_POLICY)
    made = make_report(policy, {"files": True}, MID_TERM)
    assert [(one.path, one.needed_by) for one in made.missing] == [("built", ("schools_built",))]
    assert made.not_asked == ("passed",)
    made = make_report(policy, {"inspected": None, "built": 4}, MID_TERM)
    assert made.missing == ()
    assert [one.name for one in make_report(policy, {"inspected": True}, MID_TERM).rules] == [
        "passed"
    ]


def test_readings_that_part_and_assumptions_are_gathered() -> None:
    parting = {one.verdict.name for one in report().targets if one.verdict.parts}
    assert {one.name for one in report().parting} == parting
    assert parting
    about = [one for one in report().relied_on if "10%" in one.text.en]
    assert len(about) == 1
    assert "class_teacher_studios_selected" in about[0].by


def test_coverage_is_measured_where_a_document_is_given() -> None:
    policy = vocpolicy.Policy.from_text(SMALL_POLICY)
    text = "一、目标\n到2025年，建成学校10所。\n二、验收\n逐一验收，共3次。\n"
    made = make_report(policy, {"built": 4}, MID_TERM, {"plan": text})
    assert made.coverage is not None
    assert not made.coverage.complete
    for lang, words in (("en", "clauses are accounted for"), ("zh", "已有着落")):
        assert words in to_html(made, lang)
        assert words in to_markdown(made, lang)
    assert to_dict(made)["coverage"]["complete"] is False
    assert report().coverage is None


# ---- the page ----------------------------------------------------------------------------


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "action"):
                raise AssertionError(f"{tag} asks for {value}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_asks_for_nothing_from_outside(lang: str) -> None:
    text = page(lang)
    assert not re.search(r"https?:|<script|<link|<iframe|<image|@import|url\((?!#)", text)
    reader = Reader()
    reader.feed(text)
    assert all(link.startswith("#") for link in reader.links)
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))


def test_every_target_with_figures_has_its_chart() -> None:
    drawable = [course for one in report().targets for course in one.courses if course.drawable]
    reader = Reader()
    reader.feed(page("zh"))
    assert reader.tags["svg"] == len(drawable) > 25
    assert "2020年底" in page("zh")
    assert "end 2020" in page("en")


def test_a_chart_has_text_as_text_and_the_colours_of_the_page() -> None:
    assert re.search(r"<text[^>]*>64%</text>", page("en"))
    assert "var(--observed)" in page("en")
    assert "#0101" not in page("en")


def test_the_same_report_is_the_same_page() -> None:
    again = make_report(plan(), load_facts(FACTS), MID_TERM)
    assert to_html(again, "en") == page("en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_and_markdown_name_every_target(lang: str) -> None:
    text = to_markdown(report(), lang).replace("\\", "")
    for one in report().targets:
        label = one.verdict.label.get(lang)
        assert label[1:] in text
        assert label[1:].replace("'", "&#x27;") in page(lang).replace("&amp;", "&")
    for key in report().counts["target"]:
        word = WORDS[key].zh if lang == "zh" else WORDS[key].en
        assert word in text


def test_labels_are_no_markup() -> None:
    policy = vocpolicy.Policy.from_text(
        SMALL_POLICY.replace("Schools built", "<script>alert(1)</script>").replace(
            "小计划", "<img src=x>"
        )
    )
    made = make_report(policy, {"built": {"2022-12-31": 3, "2023-12-31": 4}}, MID_TERM)
    for lang in ("en", "zh"):
        text = to_html(made, lang)
        assert "<script" not in text and "<img" not in text
        assert "<script" not in to_markdown(made, lang)
        assert "<img" not in to_markdown(made, lang)


def test_json_is_exact() -> None:
    found = to_dict(report())
    json.dumps(found)
    share = next(
        one for one in found["targets"] if one["verdict"]["name"] == "dual_qualified_share"
    )
    assert share["progress"][0]["observed"][-1] == {"date": "2023-12-31", "value": 64}
    assert share["progress"][0]["line"][0] == {"date": "2020-12-31", "low": 57, "high": 62}


# ---- several files of facts --------------------------------------------------------------


def test_observations_of_several_files_add_up() -> None:
    merged = merge_facts(
        {
            "a": {"built": {"2020-12-31": 2}, "files": True},
            "b": {"built": [{"date": "2023年12月31日", "value": 4}], "files": True},
        }
    )
    policy = vocpolicy.Policy.from_text(SMALL_POLICY)
    (course,) = make_report(policy, merged, MID_TERM).targets[0].courses
    assert course.observed == ((day("2020-12-31"), 2), (MID_TERM, 4))


@pytest.mark.parametrize(
    ("first", "second"),
    [(3, 4), ({"2022-12-31": 3}, {"2022": 4}), ({"2022-12-31": 3}, 3), ([1], [2])],
)
def test_files_that_differ_are_refused(first: object, second: object) -> None:
    with pytest.raises(vocpolicy.FactError) as caught:
        merge_facts({"a.json": {"built": first, "x": 1}, "b.json": {"built": second, "x": 2}})
    assert [one.code for one in caught.value.diagnostics] == ["V431", "V431"]
    assert "b.json" in caught.value.render("zh")


# ---- the command line --------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    command = ["report", "shanghai-plan-14", "--facts", str(FACTS), "--as-of", "2023-12-31"]
    result = CliRunner().invoke(main, [*command, "--lang", "en", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_the_command_writes_three_forms(tmp_path: Path) -> None:
    for name, text in {
        "report.html": page("en"),
        "report.md": to_markdown(report(), "en"),
        "report.json": json.dumps(to_dict(report()), ensure_ascii=False, indent=2) + "\n",
    }.items():
        assert run("-o", str(tmp_path / name))[0] == 0
        assert letters((tmp_path / name).read_text(encoding="utf-8")) == letters(text)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "report.html",
        "report.json",
        "report.md",
    ]


def letters(text: str) -> str:
    """Without places in rule files, which are as the policy's path was given."""
    return re.sub(r'"position": "[^"]*"', "", text)


def test_without_a_file_it_prints() -> None:
    assert run() == (0, to_markdown(report(), "en"))
    assert json.loads(run("--format", "json")[1])["policy"] == plan().name


def test_what_was_there_stays_if_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.md"
    file.write_text("before")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError()))
    code, said = run("-o", str(file))
    assert (code, "V652" in said) == (2, True)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_charts_need_their_extra_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, said = run("-o", str(tmp_path / "report.html"))
    assert code == 2
    assert "pip install 'vocpolicy[report]'" in said
    assert run("-o", str(tmp_path / "report.md"))[0] == 0
