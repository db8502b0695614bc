"""What accounts for the clauses and figures of a document, and what does not."""

from __future__ import annotations

import json

import attrs
import pytest

from vocpolicy.core import (
    All,
    Citation,
    Const,
    Labels,
    Part,
    Period,
    Policy,
    Provision,
    Result,
    Rule,
    RuleBody,
    SetAside,
    Statement,
    YesNoType,
)
from vocpolicy.core.policy import Document
from vocpolicy.coverage import Report, measure, outline, split
from vocpolicy.coverage.squeeze import readable
from vocpolicy.coverage.text import listing, render
from vocpolicy.diagnostics import DocumentError, PolicyError, UsageError, VocPolicyError
from vocpolicy.source import Source, Span

TEXT = """前面的话。
一、基础
已有分馆 12 个，对接三大片区。
二、目标
（一）馆舍
1. 新建 2-4 个分馆，改造 20 个书屋，改造 20 个阅报栏。
2. 以 5G 改善服务。
"""

CARRIED = {
    "before": ["一 12个"],
    "branches": ["二（一）1 2-4个"],
    "rooms": ["二（一）1 20个书屋"],
    "stands": ["二（一）1 20个阅报栏"],
    "service": ["二（一）2"],
}
ASIDE = {"前言": "words of welcome", "一 三大": "names districts", "二（一）2 5G": "a technology"}


def citation(text: str) -> Citation:
    clause, _, locator = text.partition(" ")
    return Citation("plan", clause, locator or None)


def policy(carried: dict[str, list[str]], aside: dict[str, str]) -> Policy:
    """A policy of provisions that cite what they are given."""
    return Policy(
        "p",
        Labels(),
        Period(),
        documents={"plan": Document("plan", "")},
        provisions={
            name: Provision(name, Labels(), "shall", citations=tuple(map(citation, cites)))
            for name, cites in carried.items()
        },
        set_asides=tuple(
            SetAside(citation(text), Labels(en=reason)) for text, reason in aside.items()
        ),
    )


def measured(carried: dict[str, list[str]] = CARRIED, aside: dict[str, str] = ASIDE) -> Report:
    return measure(policy(carried, aside), {"plan": TEXT})


def gaps(report: Report) -> list[tuple[str, str | None]]:
    return [(gap.clause, gap.text) for gap in report.unaccounted]


def without(name: str) -> dict[str, list[str]]:
    return {key: cites for key, cites in CARRIED.items() if key != name}


def codes(error: VocPolicyError) -> list[str]:
    return [diagnostic.code for diagnostic in error.diagnostics]


def test_complete() -> None:
    report = measured()
    assert gaps(report) == []
    assert report.complete


def test_the_json_form() -> None:
    found = measured().to_dict()
    assert list(found) == ["clauses", "unaccounted"]
    assert json.loads(json.dumps(found)) == found
    clauses = {clause["clause"]: clause for clause in found["clauses"]}
    assert clauses["二（一）1"]["provisions"] == ["branches", "rooms", "stands"]
    assert clauses["二（一）1"]["figures"] == [
        {"text": "1", "provisions": [], "set_aside": "item number"},
        {"text": "2-4个", "provisions": ["branches"], "set_aside": None},
        {"text": "20个", "provisions": ["rooms"], "set_aside": None},
        {"text": "20个", "provisions": ["stands"], "set_aside": None},
    ]
    assert clauses["二（一）2"]["figures"][1]["set_aside"] == "a technology"
    assert clauses["前言"]["set_aside"] == "words of welcome"


def test_a_heading_is_carried_by_what_carries_the_clauses_under_it() -> None:
    clauses = {item.clause.name: item for item in measured().clauses}
    assert clauses["二"].provisions == ("branches", "rooms", "stands", "service")


@pytest.mark.parametrize(
    ("gone", "gap"),
    [
        ("before", [("一", None), ("一", "12个")]),
        ("branches", [("二（一）1", "2-4个")]),
        ("rooms", [("二（一）1", "20个")]),
        ("service", [("二（一）2", None)]),
    ],
)
def test_a_provision_that_is_gone_leaves_a_gap(
    gone: str, gap: list[tuple[str, str | None]]
) -> None:
    report = measured(without(gone))
    assert gaps(report) == gap
    assert not report.complete


def test_a_figure_added_to_the_text_is_a_gap_with_context() -> None:
    text = TEXT.replace("改善服务", "改善服务，配备７ 名馆员")
    (gap,) = measure(policy(CARRIED, ASIDE), {"plan": text}).unaccounted
    assert (gap.clause, gap.text) == ("二（一）2", "７名")
    assert gap.context == "2.以5G改善服务，配备７名馆员。"


def test_a_set_aside_that_is_gone_leaves_a_gap() -> None:
    aside = {text: reason for text, reason in ASIDE.items() if text != "一 三大"}
    assert gaps(measured(aside=aside)) == [("一", "三大")]


def test_a_clause_set_aside_whole_takes_its_figures_along() -> None:
    report = measured(without("before"), {"前言": "welcome", "一": "setting", "二（一）2 5G": "x"})
    assert report.complete


@pytest.mark.parametrize("locator", ["4个", "个分馆", "2"])
def test_half_a_number_does_not_carry_a_goal(locator: str) -> None:
    carried = CARRIED | {"branches": [f"二（一）1 {locator}"]}
    assert ("二（一）1", "2-4个") in gaps(measured(carried))


def test_a_locator_carries_every_place_where_it_stands() -> None:
    carried = without("stands") | {"rooms": ["二（一）1 20 个"]}
    assert measured(carried).complete


def test_goal_figures_and_goal_clauses_cannot_be_set_aside() -> None:
    aside = ASIDE | {"二（一）1 2-4个": "x", "二（一）2": "x"}
    with pytest.raises(PolicyError) as raised:
        measured(aside=aside)
    assert sorted(codes(raised.value)) == ["V503", "V507"]
    assert "2-4个" in raised.value.render("en")
    assert "目标数字" in raised.value.render("zh")


def test_a_clause_and_a_locator_that_do_not_stand_are_both_told() -> None:
    carried = CARRIED | {"branches": ["二（一）1 2-5个"], "service": ["二（一）3"]}
    with pytest.raises(PolicyError) as raised:
        measured(carried)
    assert sorted(codes(raised.value)) == ["V501", "V502"]
    text = raised.value.render("en")
    assert "The clause holds: 2-4个" in text
    assert "Close names: 二（一）, 二（一）2, 二（一）1." in text
    assert "相近的名称" in raised.value.render("zh")


def test_a_locator_of_another_clause_says_where_it_stands() -> None:
    with pytest.raises(PolicyError) as raised:
        measured(CARRIED | {"service": ["二（一）2 12个"]})
    assert "12个 stands in 一." in raised.value.render("en")


def test_an_error_shows_the_citation_in_the_rule_file() -> None:
    source = Source("library.vocp", 'provision p { cite plan 二（九） "9" }\n')
    cite = Citation("plan", "二（九）", "9", span=Span(source, 19, 28))
    wrong = Provision("p", Labels(), "shall", citations=(cite,))
    with pytest.raises(PolicyError) as raised:
        measure(
            attrs.evolve(policy(CARRIED, ASIDE), provisions={"p": wrong}),
            {"plan": TEXT},
        )
    assert raised.value.render("en").startswith("library.vocp:1:20: V502")


def test_a_citation_in_a_condition_carries_too() -> None:
    condition = All(
        (Part(Const(True, YesNoType()), citations=(citation("二（一）1 2-4个"),)),),
    )
    body = RuleBody((Statement(Result("holds"), condition),))
    rule = Rule("by_rule", Labels(), "by_rule", {"": body})
    whole = attrs.evolve(policy(without("branches"), ASIDE), rules={"by_rule": rule})
    report = measure(whole, {"plan": TEXT})
    assert report.complete
    clauses = {item.clause.name: item for item in report.clauses}
    assert clauses["二（一）1"].figures[1].provisions == ("by_rule",)


def test_a_document_that_the_policy_does_not_have() -> None:
    with pytest.raises(UsageError) as raised:
        measure(policy({}, {}), {"plam": TEXT})
    assert "Close names: plan" in raised.value.render("en")


def test_an_empty_text() -> None:
    with pytest.raises(DocumentError) as raised:
        measure(policy({}, {}), {"plan": " \n"})
    assert codes(raised.value) == ["V508"]


def test_citations_of_other_documents_are_left_alone() -> None:
    other = Provision("o", Labels(), "shall", citations=(Citation("law", "第一条", "x"),))
    whole = policy(CARRIED, ASIDE)
    whole = attrs.evolve(whole, provisions={**whole.provisions, "o": other})
    assert measure(whole, {"plan": TEXT}).complete


def test_text_of_a_complete_report_ends_with_the_totals() -> None:
    assert render(measured(), "en").splitlines()[-2:] == [
        "clauses: 6 of 6 accounted for (100 %), 1 of them set aside",
        "figures: 11 of 11 accounted for (100 %), 7 of them set aside",
    ]
    assert render(measured(), "zh").splitlines()[-1] == (
        "数字：共 11 处，已有着落 11 处（100%），其中不计入 7 处"
    )


def test_text_of_an_incomplete_report_lists_what_is_left() -> None:
    lines = render(measured(without("branches")), "en").splitlines()
    assert lines[-5:] == [
        "Not accounted for:",
        "    plan 二（一）1      2-4个 in: 1.新建2-4个分馆，改造20个书屋，改",
        "",
        "clauses: 6 of 6 accounted for (100 %), 1 of them set aside",
        "figures: 10 of 11 accounted for (90 %), 7 of them set aside",
    ]


def test_the_listing_marks_goals() -> None:
    lines = listing(outline(split(TEXT)), "en").splitlines()
    assert "    2-4个           measure, goal" in lines
    assert "    5G              technical name" in lines
    assert "二（一）        馆舍  [heading only, goal]" in lines


def test_what_is_quoted_keeps_the_spaces_that_readers_need() -> None:
    english = "no fewer than 65 % of “dual-qualified” teachers — and\n   30 of them each"
    assert readable(english).text == " ".join(english.split())
    assert (
        readable("不少于 65 %\n  的 教师，teachers each").text == "不少于65 %的教师，teachers each"
    )
    kept = readable("a  b\n双 师")
    assert [("a  b\n双 师"[one]) for one in kept.origins] == ["a", " ", "b", "双", "师"]
