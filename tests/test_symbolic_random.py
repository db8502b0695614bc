"""The search over thresholds and proofs come to the same on random rules, and every case that
either finds is so when the interpreter is asked."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

import pytest

from vocpolicy import Policy, core
from vocpolicy.analysis import Finding, Report
from vocpolicy.analysis.asked import Ground, condition as condition_of
from vocpolicy.analysis.conditions import every, lines_of, no
from vocpolicy.analysis.engines import Engine, engine_named
from vocpolicy.analysis.proving import proved
from vocpolicy.analysis.searching import searched
from vocpolicy.interpreter import Facts, evaluate, new_scope
from vocpolicy.outcome import Outcome

pytest.importorskip("z3")

DAY = datetime.date(2023, 6, 1)

HEAD = """language 1
policy random { title en "Random" zh "随机" }
choice letter { a, b, c }
fact f : yes or no
fact g : yes or no
fact sort_of : letter
fact prize : letter or none
fact marks : points, between 0 points and 100 points, in steps of 0.5 points
fact most : points, between 0 points and 120 points, in steps of 1 points
fact whole : number, between 1 and 60, in steps of 1
fact part : number, at least 0, at most whole, in steps of 1
fact income : yuan, at least 0 yuan, at most 90000 yuan, in steps of 0.01 yuan
fact born : date, at least 1950-01-01, at most 2020-12-31
define tax = marginal scale of income {
  from 0 yuan = 3%
  from 36000 yuan = 10%
}
define share = part / whole
"""

OPERATORS = ("is at least", "is at most", "is more than", "is less than", "is", "is not")

PROPERTIES = (
    "no_dead_rule",
    "no_constant_rule",
    "no_vacuous_condition",
    "exception_reachable",
    "exception_leaves_rule",
    "no_conflict",
    "no_redundant_rule",
    "boundary_observable",
    "never_errors",
    "monotone:marks:up",
    "monotone:income:down",
)

PLAIN = (
    lambda draw: draw.choice(
        ("f", "g", "not f", "sort_of is a", "sort_of in (a, b)", "prize is none")
    ),
    lambda draw: f"prize is {draw.choice('abc')}",
    lambda draw: f"marks {draw.choice(OPERATORS)} {draw.randint(0, 200) / 2} points",
    lambda draw: (
        f"whole years between born and today {draw.choice(OPERATORS)} {draw.randint(5, 70)} years"
    ),
    lambda draw: f"income {draw.choice(OPERATORS)} {draw.randint(0, 90)}000 yuan",
)

TIED = (
    lambda draw: f"marks {draw.choice(OPERATORS)} most",
    lambda draw: f"part / whole {draw.choice(OPERATORS[:4])} {draw.randint(0, 100)}%",
    lambda draw: f"share {draw.choice(OPERATORS[:4])} {draw.randint(1, 9)}/10",
    lambda draw: f"whole - part {draw.choice(OPERATORS)} {draw.randint(0, 60)}",
    lambda draw: f"tax {draw.choice(OPERATORS[:4])} {draw.randint(0, 6)}000 yuan",
    lambda draw: f"larger of (marks, most) {draw.choice(OPERATORS)} {draw.randint(0, 120)} points",
    lambda draw: (
        f"round {draw.choice(('up', 'down', 'half up', 'half even'))} (marks / 3) to "
        f"1 points {draw.choice(OPERATORS)} {draw.randint(0, 34)} points"
    ),
)


def leaf(draw: random.Random) -> str:
    return draw.choice(PLAIN if draw.random() < 0.8 else TIED)(draw)


def condition(draw: random.Random, depth: int = 2) -> str:
    if depth == 0 or draw.random() < 0.4:
        return leaf(draw)
    word = draw.choice((" and ", " or "))
    parts = [condition(draw, depth - 1) for _ in range(draw.randint(2, 3))]
    made = f"({word.join(parts)})"
    return f"not {made}" if draw.random() < 0.15 else made


def source(draw: random.Random) -> str:
    rules = []
    for place in range(draw.randint(1, 2)):
        lines = [f'rule r{place} decides x en "X" {{']
        if place and draw.random() < 0.4:
            lines.append(f"  overrides r{draw.randrange(place)}")
        word = draw.choice(("allowed", "not allowed"))
        lines.append(f"  {word} when {condition(draw)}")
        if draw.random() < 0.4:
            lines.append(f"    except when {condition(draw, 1)}")
        rules.append("\n".join([*lines, "}"]))
    return HEAD + "\n".join(rules)


# ---- one question to both ------------------------------------------------------------------------


def questions(policy: core.Policy) -> Iterator[core.Expr]:
    """When each statement speaks and when it does not, where an exception is met, and where two
    statements speak together."""
    lines = lines_of(policy, policy.conclusions["x"])
    for line in lines:
        yield line.speaks
        yield no(line.speaks)
        for one in line.statement.exceptions:
            yield every(line.without(one), one.condition)
    for one, other in combinations(lines, 2):
        yield every(one.speaks, other.speaks)
        yield every(one.speaks, no(other.speaks))


def agreed(policy: core.Policy, expr: core.Expr, engine: Engine, boxes: int) -> tuple[bool, bool]:
    """Whether the search and a proof settle a question; where both do, they say the same, and
    each case is one when the interpreter is asked."""
    ground = Ground(policy, DAY, boxes=boxes, engine=engine)
    found, proved_ = (way(ground, condition_of(expr), Facts())[0] for way in (searched, proved))
    for reply in (found, proved_):
        if reply.found is not None:
            scope = new_scope(policy, Facts(reply.found), DAY)
            assert evaluate(scope, expr).answer is True
            assert not out_of_bounds(policy, reply.found)
    if found.settled and proved_.settled:
        assert found.never is proved_.never
    return found.settled, proved_.settled


def out_of_bounds(policy: core.Policy, values: Mapping[str, core.Value]) -> list[str]:
    return [
        name
        for name, value in values.items()
        for fact in (policy.facts[name],)
        if isinstance(value, Fraction)
        and (
            (fact.low is not None and value < fact.low)
            or (fact.high is not None and value > fact.high)
            or (fact.step is not None and (value / fact.step).denominator != 1)
        )
    ]


def compared(seeds: range, boxes: int) -> Counter[str]:
    """Three questions at most about each policy: several policies say more than one does."""
    counted: Counter[str] = Counter()
    for seed in seeds:
        text = source(random.Random(seed))
        policy = Policy.from_text(text).core
        engine = engine_named("z3")
        several = list(questions(policy))
        for expr in random.Random(seed).sample(several, min(3, len(several))):
            try:
                found, proved_ = agreed(policy, expr, engine, boxes)
            except AssertionError:
                raise AssertionError(f"seed {seed} in\n{text}") from None
            counted["questions"] += 1
            counted["both"] += found and proved_
            counted["proofs alone"] += proved_ and not found
            counted["search alone"] += found and not proved_
    return counted


@pytest.mark.slow
def test_engines_agree_on_thousands_of_random_policies() -> None:
    counted = compared(range(2000), 100)
    assert counted["both"] > 0.8 * counted["questions"]
    assert counted["proofs alone"] > 0
    assert counted["search alone"] < counted["questions"] / 1000


# ---- whole analyses ------------------------------------------------------------------------------


def told(report: Report) -> set[tuple[object, ...]]:
    return {(one.name, one.rules, str(one.span)) for one in report.of("violated")}


def replays(policy: Policy, finding: Finding) -> bool:
    facts = {name: one.value for name, one in finding.witness.items()}
    return policy.evaluate("x", facts, DAY).outcome is Outcome.CONFLICT


def test_analyses_say_the_same_where_nothing_is_left_open() -> None:
    counted: Counter[str] = Counter()
    for seed in range(5000, 5024):
        text = source(random.Random(seed))
        policy = Policy.from_text(text)
        search, proof = (policy.check(PROPERTIES, DAY, 200, engine=one) for one in ("box", "z3"))
        assert not proof.of("not_settled"), text
        if not search.of("not_settled"):
            assert told(search) == told(proof), text
            counted["settled"] += 1
        conflicts = [one for one in proof.of("violated") if one.name == "no_conflict"]
        assert all(replays(policy, one) for one in conflicts), text
        counted["conflicts"] += len(conflicts)
    assert counted["settled"] > 5 and counted["conflicts"] > 0
