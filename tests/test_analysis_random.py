"""What an analysis says of random small policies, against trying every case there is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import Policy, core
from vocpolicy.analysis import Report
from vocpolicy.analysis.conditions import Line, lines_of
from vocpolicy.interpreter import Facts, evaluate, new_scope
from vocpolicy.outcome import Outcome

DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy p { title en "P" zh "甲" }
kind staff en "member" plural "members" zh "人" counter "名"
choice colour zh "颜色" en "colour" { red zh "红" en "red", blue zh "蓝" en "blue" }
fact a : yes or no
fact c : colour
fact n : count of staff, at most 2
fact whole : count of staff, between 1 and 2
fact part : count of staff, at most whole
"""

CASES = [
    {"a": a, "c": c, "n": Fraction(n), "whole": Fraction(whole), "part": Fraction(part)}
    for a, c, n, whole, part in product((True, False), ("red", "blue"), range(3), (1, 2), range(3))
    if part <= whole
]
"""Every case that there is."""

LEAVES = (
    "a",
    "c is red",
    "c in (red, blue)",
    "n is at least 1",
    "n is more than 1",
    "n is less than 3",
    "part is at most n",
    "part / whole is at least 50%",
    "part / whole is more than 100%",
)


@st.composite
def conditions(draw: Any) -> str:
    leaves = draw(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3))
    leaves = [f"not ({one})" if draw(st.integers(0, 3)) == 0 else one for one in leaves]
    joint = draw(st.sampled_from((" and ", " or ")))
    return joint.join(f"({one})" for one in leaves)


@st.composite
def sources(draw: Any) -> str:
    rules = []
    for place in range(draw(st.integers(1, 3))):
        over = draw(st.sampled_from([None, *range(place)]))
        lines = [f'rule r{place} decides x en "X" {{']
        lines += [] if over is None else [f"  overrides r{over}"]
        lines.append(
            f"  {draw(st.sampled_from(('allowed', 'not allowed')))} when {draw(conditions())}"
        )
        if draw(st.booleans()):
            lines.append(f"    except when {draw(conditions())}")
        rules.append("\n".join([*lines, "}"]))
    return HEAD + "\n".join(rules)


def truth(policy: core.Policy, expr: core.Expr, case: dict[str, Any]) -> bool:
    answer = evaluate(new_scope(policy, Facts(MappingProxyType(case)), DAY), expr).answer
    assert isinstance(answer, bool)
    return answer


def found(report: Report, name: str) -> set[str]:
    assert not report.of("not_settled")
    return {rule for one in report.of("violated") if one.name == name for rule in one.rules}


def never(policy: core.Policy, lines: list[Line], of: Any) -> set[str]:
    return {
        line.rule.name for line in lines if not any(truth(policy, of(line), case) for case in CASES)
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(sources())
def test_findings_are_those_of_all_cases(source: str) -> None:
    policy = Policy.from_text(source)
    conclusion = policy.core.conclusions["x"]
    lines = lines_of(policy.core, conclusion)
    report = policy.check(as_of=DAY)

    assert found(report, "no_dead_rule") == never(policy.core, lines, lambda line: line.asked)
    outcomes = {policy.evaluate("x", case, DAY).outcome for case in CASES}
    assert bool(found(report, "no_conflict")) == (Outcome.CONFLICT in outcomes)
    for finding in report.of("violated"):
        if finding.name == "no_conflict":
            given_ = {name: one.value for name, one in finding.witness.items()}
            assert policy.evaluate("x", given_, DAY).outcome is Outcome.CONFLICT

    dead = never(policy.core, lines, lambda line: line.speaks)
    constant = {
        line.rule.name
        for line in lines
        if all(truth(policy.core, line.asked, case) for case in CASES)
    }
    assert found(report, "no_constant_rule") == constant
    unreachable = {
        line.rule.name
        for line in lines
        for one in line.statement.exceptions
        if not any(
            truth(policy.core, line.asked, case) and truth(policy.core, one.condition, case)
            for case in CASES
        )
    }
    assert found(report, "exception_reachable") == unreachable
    repeated = {
        frozenset((one.rule.name, other.rule.name))
        for one, other in combinations(lines, 2)
        if one.statement.result == other.statement.result
        for left, right in ((one, other), (other, one))
        if left.rule.name not in dead
        and all(
            truth(policy.core, right.speaks, case)
            for case in CASES
            if truth(policy.core, left.speaks, case)
        )
    }
    told = {
        frozenset(one.rules) for one in report.of("violated") if one.name == "no_redundant_rule"
    }
    assert told == repeated
