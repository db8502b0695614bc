"""A verdict that is settled whatever is missing says so beside its outcome, in every form."""

from __future__ import annotations

import datetime
import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings, strategies as st

from vocpolicy import Outcome, Policy
from vocpolicy.cli import main
from vocpolicy.needs import entangled

DAY = datetime.date(2023, 6, 1)
HEAD = 'language 1\npolicy p { title en "P" zh "甲" }\n'
TEXT = (
    HEAD
    + """fact suits en "programme suits" zh "专业对口" : yes or no
fact asked en "application made" zh "已申请" : yes or no
fact score en "score" zh "总分" : number, between 0 and 9, in steps of 1
rule entry en "entry" zh "入学资格" { eligible when asked and suits or asked and not suits }
rule fee en "fee" zh "学费" {
  gives 5 when score is at least 3
  gives 5 when score is less than 3
}
"""
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_it_is_said_first_and_nothing_contradicts_it(policy: Policy) -> None:
    verdict = policy.evaluate("entry", {"asked": True}, DAY)
    assert verdict.outcome is Outcome.UNDETERMINED
    english, chinese = verdict.explain("en"), verdict.explain("zh")
    assert english.splitlines()[1] == "  Settled whatever is missing: eligible."
    assert chinese.splitlines()[1] == "  不论所缺事项如何，结论均为：符合条件。"
    assert "Can still be" not in english and "Missing:" not in english
    assert "Does not matter any more: programme suits." in english
    assert "无需再查：专业对口。" in chinese


def test_every_form_says_it(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "p.vocp").write_text(TEXT, encoding="utf-8")
    (tmp_path / "facts.json").write_text('{"asked": true}', encoding="utf-8")
    arguments = ["evaluate", str(tmp_path / "p.vocp"), "--facts", str(tmp_path / "facts.json")]
    arguments += ["--rule", "entry", "--as-of", "2023-06-01", "--lang", "en"]
    for form in ("text", "markdown", "html", "json"):
        result = CliRunner().invoke(main, [*arguments, "--format", form])
        assert result.exit_code == 0, result.output
        said = " ".join(re.sub(r"<[^>]+>|\*\*", "", result.output).split())
        assert "ettled whatever is missing" in said, form
    verdict = json.loads(result.output)["verdicts"][0]
    assert verdict["outcome"] == "undetermined"
    assert verdict["settled"] == {
        "outcome": "holds",
        "wording": {"en": "eligible", "zh": "符合条件"},
        "value": True,
    }


@pytest.mark.parametrize(
    ("facts", "settled"),
    [({}, None), ({"asked": False}, "fails"), ({"asked": True, "suits": True}, "holds")],
)
def test_the_settled_outcome_of_what_is_decided_is_its_own(
    policy: Policy, facts: dict[str, Any], settled: str | None
) -> None:
    found = policy.evaluate("entry", facts, DAY).to_dict()["settled"]
    assert (found and found["outcome"]) == settled


def test_a_value_that_every_answer_gives_is_settled(policy: Policy) -> None:
    verdict = policy.evaluate("fee", {}, DAY)
    assert verdict.to_dict()["settled"]["value"] == "5"
    assert "Settled whatever is missing: 5." in verdict.explain("en")


def test_what_is_decided_is_not_searched(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a search was made")

    module = importlib.import_module("vocpolicy.advice.settled")
    monkeypatch.setattr(module, "_reached", refuse)
    assert policy.evaluate("entry", {"asked": False}, DAY).explain("en")
    assert policy.evaluate("fee", {"score": 4}, DAY).explain("en")
    plain = Policy.from_text(HEAD + "fact a : yes or no\nrule r { eligible when a }")
    assert plain.evaluate("r", {}, DAY).explain("en")  # each fact is read once: nothing to search
    with pytest.raises(AssertionError):
        policy.evaluate("entry", {"asked": True}, DAY).explain("en")


def test_facts_that_conditions_share_are_told() -> None:
    policy = Policy.from_text(
        HEAD + "kind school\nfact whole : count of school, at least 1\n"
        "fact part : count of school, at most whole\nfact a : yes or no\nfact b : yes or no\n"
        "fact c : yes or no\nfact n : number\nfact m : number\n"
        "define twice = n + n\ndefine once = m\n"
        "rule q { holds when a or c }\n"
        "rule r { eligible when q or (c and b) or twice is at least 2 or once is at least 2"
        " or part / whole is at least 50% }"
    )
    assert entangled(policy.core, "r") == {"whole", "part", "c", "n"}
    assert entangled(policy.core, "q") == set()


def test_a_chain_of_any_length_is_no_matter() -> None:
    links = "".join(f"define d{n} = d{n - 1} + 1\n" for n in range(1, 1500))
    rule = "rule r { holds when d1499 is at least 2 }"
    policy = Policy.from_text(f"{HEAD}fact a : number\ndefine d0 = a\n{links}{rule}")
    assert policy.evaluate("r", {}, DAY).foregone is None
    assert entangled(policy.core, "r") == {"a"}  # taken to be, where it is too long to follow


def test_evidence_that_is_a_number_can_be_none_or_some() -> None:
    policy = Policy.from_text(
        HEAD + "kind school\nprovision bank { promote; evidence opened : count of school }"
    )
    verdict = policy.evaluate("bank", {}, DAY)
    assert verdict.settled.settled is False
    assert [one.fact for one in verdict.questions] == ["opened"]
    assert [lead.ways[0].wording_key for lead in verdict.questions.questions[0].leads] == [
        "not_shown",
        "shown",
    ]


AGES = st.tuples(
    st.sampled_from(("years", "months", "days")),
    st.sampled_from(("at least", "at most", "more than", "less than")),
    st.integers(0, 40),
)


def _age(drawn: tuple[str, str, int]) -> str:
    unit, operator, number = drawn
    spoken = "days between" if unit == "days" else f"whole {unit} between"
    number = number if unit == "months" else number // 12 if unit == "years" else number * 30
    return f"{spoken} born and today is {operator} {number} {unit}"


@settings(max_examples=25, deadline=None)
@example(("months", "more than", 36), ("years", "at most", 36), "and")
@given(AGES, AGES, st.sampled_from(("and", "or", "and not")))
def test_what_ages_in_whole_months_can_come_to_is_what_some_day_shows(
    one: tuple[str, str, int], other: tuple[str, str, int], joint: str
) -> None:
    rule = f"fulfilled when {_age(one)} {joint} {_age(other)}"
    policy = Policy.from_text(
        f'{HEAD}fact born en "born" zh "出生" : date\nrule r en "r" zh "规" {{ {rule} }}\n'
    )
    decide = policy.compile("r", DAY)
    shown = {decide((DAY - datetime.timedelta(back),)) for back in range(-1600, 1600)}
    found = policy.evaluate("r", {}, DAY).settled
    ways = {"holds" if way.wording_key == "fulfilled" else "fails" for way in found.possible}
    assert ways == shown
