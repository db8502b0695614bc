"""What a program or a person who asks is told: dates of evaluation, facts and their bounds."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from vocpolicy import FactError, Outcome, Policy, PolicyError, UsageError
from vocpolicy.schema import fact_lines

TEXT = """\
language 1
policy p { title en "P" zh "政策" }
kind van en "van" plural "vans" zh "货车" counter "辆"
choice power en "power" zh "动力" { electric en "electric" zh "电动", diesel en "diesel" zh "柴油" }
entity fine en "fine" zh "罚款" plural "fines" counter "笔" {
  amount en "amount" zh "金额" : pounds_sterling, at least 0 pounds_sterling
}
fact vans en "vans" zh "货车" : count of van, at least 1
fact clean en "clean vans" zh "清洁货车" : count of van, at most vans
fact kind_of_power en "power" zh "动力" : power
fact price en "price" zh "价格" : pounds_sterling, at least 0 pounds_sterling
fact fines en "fines" zh "罚款" : list of fine
rule most { holds when clean / vans is more than 50% }
rule fined { holds when any one of fines satisfies (amount is at least 500 pounds_sterling) }
"""
POLICY = Policy.from_text(TEXT)
FACTS = {"vans": 10, "clean": 6}


@pytest.mark.parametrize(
    "as_of",
    ["2024-06-01", "2024年6月1日", datetime.datetime(2024, 6, 1, 12), datetime.date(2024, 6, 1)],
)
def test_a_date_of_evaluation_may_be_text_or_a_time(as_of: datetime.date) -> None:
    verdict = POLICY.evaluate("most", FACTS, as_of)
    assert (verdict.outcome, verdict.as_of) == (Outcome.HOLDS, datetime.date(2024, 6, 1))
    assert POLICY.decide("most", FACTS, as_of) is Outcome.HOLDS
    assert len(POLICY.evaluate_all(FACTS, as_of)) == 1


@pytest.mark.parametrize("as_of", ["soon", 5, "2024-02-30"])
def test_what_is_no_date_is_told(as_of: datetime.date) -> None:
    with pytest.raises(UsageError) as caught:
        POLICY.evaluate("most", FACTS, as_of)
    assert [one.code for one in caught.value.diagnostics] == ["V410"]
    assert "as_of" in caught.value.render("en")


def test_lines_of_facts_have_the_facts_that_bound_them() -> None:
    english = list(fact_lines(POLICY.core, POLICY.facts(), "en"))
    chinese = list(fact_lines(POLICY.core, POLICY.facts(), "zh"))
    assert "clean: clean vans; count of van; at least 0; at most vans" in english
    assert "clean：清洁货车；货车数；不低于 0；不超过 vans" in chinese
    assert "kind_of_power: power; one of: electric, diesel" in english
    assert "kind_of_power：动力；以下之一：electric（电动）、diesel（柴油）" in chinese


def test_a_wrong_unit_and_a_broken_bound_read_well() -> None:
    with pytest.raises(FactError) as caught:
        POLICY.evaluate("most", {"vans": 10, "clean": 11, "price": "5 metres"})
    english, chinese = caught.value.render("en"), caught.value.render("zh")
    assert "clean is 11; it must be at most vans (10)" in english
    assert "It takes: a number of pounds_sterling." in english
    assert "应为：以“英镑”计的数。" in chinese


def test_a_comparison_after_satisfies_is_to_stand_in_brackets() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.from_text(TEXT.replace("(amount is at least 500 pounds_sterling)", "amount >= 5"))
    assert "stands in brackets" in caught.value.render("en")
    assert "括号" in caught.value.render("zh")


def test_the_example_of_the_page_on_python_runs() -> None:
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "api.md", "exec"), {})


@pytest.mark.parametrize(
    ("line", "found", "write"),
    [
        ("holds when day is earlier 2020-01-01", "earlier", "is before"),
        ("gives max(price, 5 pounds_sterling)", "max", "larger of"),
        ("gives sum of fines.amount", "sum", "total of"),
        ("holds when vans >= 2\n  unless clean >= 1", "unless", "except when"),
    ],
)
def test_words_of_another_language_are_told_where_they_stand(
    line: str, found: str, write: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.from_text(f"{TEXT}\nfact day : date\nrule other {{ {line}\n}}\n")
    (one,) = caught.value.diagnostics
    assert one.span is not None
    assert (one.code, one.span.text) == ("V133", found)
    assert f"`{write}`" in caught.value.render("en")
