"""Analysis: the search over thresholds against proofs by z3, and what whole analyses take.

Questions are those that checks ask of random rules (can it speak, is a condition idle, do two
statements meet); only those count that both settle.  Of the search and of proofs the time is taken
from the question to a case that the interpreter has confirmed; of z3 also that to its bare answer,
with no case read back.  A session of z3 keeps what earlier questions on the same rules taught it.
Times are of the processor, which others may share.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Any

from measuring import Row
from nearest import DAY, random_rule, source

from vocpolicy import Policy, core
from vocpolicy.analysis.asked import Ground, condition
from vocpolicy.analysis.conditions import (
    FALSE,
    TRUE,
    comparisons,
    differ,
    every,
    lines_of,
    no,
    removable,
    replaced,
)
from vocpolicy.analysis.engines import engine_named
from vocpolicy.analysis.proving import proved
from vocpolicy.analysis.questions import ask
from vocpolicy.analysis.searching import searched
from vocpolicy.interpreter import Facts, new_scope

PLAN = "shanghai-plan-14"
SEARCHED, PROVED, BARE = "search", "a proof with its case", "z3's bare answer"
ASKED = "search, then proof"
"""As an analysis asks where nothing is said of engines: proofs settle what a short search does
not."""


def measure(quick: bool) -> list[Row]:
    return [*engines(quick), *whole(quick), *tables(quick)]


# ---- the search against proofs -------------------------------------------------------------------


def engines(quick: bool) -> list[Row]:
    """Ratios of the medians and of the 95th percentiles over the same questions."""
    try:
        from vocpolicy.symbolic import Session
    except ImportError:
        note = "z3-solver is not installed: pip install 'vocpolicy[analysis]'"
        return [Row("one question", None, PROVED, None, None, note)]
    times: dict[str, list[float]] = {SEARCHED: [], ASKED: [], PROVED: [], BARE: []}
    left, asked_ = {SEARCHED: 0, PROVED: 0}, 0
    for seed in range(6 if quick else 60):
        policy = Policy.from_text(source(random_rule(random.Random(seed), 7 + seed % 6))).core
        ground = Ground(policy, DAY, engine=engine_named("z3"))
        default = Ground(policy, DAY, engine=engine_named("auto"))
        session = Session(new_scope(policy, Facts(), DAY))
        for expr in questions(policy):
            asked = condition(expr)
            calls: dict[str, Callable[[], Any]] = {
                SEARCHED: partial(searched, ground, asked, Facts()),
                ASKED: partial(ask, default, asked),
                PROVED: partial(proved, ground, asked, Facts()),
                BARE: partial(session.find, asked.terms, None),
            }
            found = {name: timed(call) for name, call in calls.items()}
            (one, _), (other, _) = found[SEARCHED][0], found[PROVED][0]
            asked_ += 1
            left[SEARCHED] += not one.settled
            left[PROVED] += not other.settled
            if one.settled and other.settled:
                if one.never is not other.never:
                    raise AssertionError(f"the engines differ on {expr}")
                for name, (_, took) in found.items():
                    times[name].append(took)
    note = f"of {asked_} questions {left[SEARCHED]} by the search, {left[PROVED]} by proofs"
    return [
        *(_row(times, SEARCHED, against, 50, 1.0) for against in (PROVED, BARE)),
        *(_row(times, ASKED, against, 50, 1.0) for against in (PROVED, BARE)),
        *(
            _row(times, one, against, 95, None)
            for one in (SEARCHED, ASKED)
            for against in (PROVED, BARE)
        ),
        Row("one question, left open", None, "", None, None, note),
    ]


def _row(
    times: Mapping[str, list[float]], one: str, against: str, part: int, goal: float | None
) -> Row:
    mine, other = (statistics.quantiles(times[each], n=100)[part - 1] for each in (one, against))
    name = f"one question by {one}, {'median' if part == 50 else f'{part}th percentile'}"
    return Row(name, mine / other, against, goal, mine * 1e6)


def questions(policy: core.Policy) -> Iterator[core.Expr]:
    """What checks of rules ask."""
    lines = lines_of(policy, policy.conclusions["entry"])
    for line in lines:
        yield line.asked
        yield no(line.asked)
        for part, neutral in removable(line.statement.condition):
            yield differ(line.speaks, replaced(line.speaks, part, neutral))
        for one in comparisons(line.statement.condition):
            for fixed in (TRUE, FALSE):
                yield differ(line.speaks, replaced(line.speaks, one, fixed))
    for one_, other in combinations(lines, 2):
        yield every(one_.speaks, other.speaks)


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


# ---- whole analyses ------------------------------------------------------------------------------


def fresh(
    name: str,
    load: Callable[[], Policy],
    check: Callable[[Policy], object],
    most: float,
    count: int,
) -> list[Row]:
    """An analysis of a policy that was just loaded, beside loading it, and in seconds, which are to
    stay under a figure on any machine."""
    check(load())
    loaded = [timed(load) for _ in range(count)]
    took = statistics.median(timed(partial(check, policy))[1] for policy, _ in loaded)
    loading = statistics.median(seconds for _, seconds in loaded)
    note = f"{took * 1e3:,.0f} ms, to stay under {most * 1e3:,.0f} ms"
    return [
        Row(name, took / loading, "loading the same policy", None, took * 1e6),
        Row(f"{name}, time", None, "", None, None, note),
    ]


def whole(quick: bool) -> list[Row]:
    """The shipped plan by every property, without z3."""
    return fresh(
        "the plan, every property",
        lambda: Policy.shipped(PLAN),
        lambda plan: plan.check(engine="box"),
        20.0,
        1 if quick else 5,
    )


# ---- tables --------------------------------------------------------------------------------------

HEAD = """language 1
policy tables { title en "Tables" zh "表格" }
choice shade { s0, s1, s2, s3, s4 }
fact tone : shade
fact score : points, between 0 points and 100 points, in steps of 1 points
fact age : years, between 0 years and 99 years
fact a : yes or no
"""


def table(last: str, second: str) -> str:
    """Fifty rows over four inputs: every shade, five bands of marks, yes and no."""
    rows = []
    for shade in range(5):
        for band in range(5):
            upper = f"{band + 1}0 points)" if band < 4 else last
            for answer in ("yes", "no"):
                years = second if answer == "yes" and shade else "-"
                rows.append(f"  | s{shade} | [{band}0 points, {upper} | {years} | {answer} | yes |")
    head = 'table t decides r en "r" zh "结果" unique {\n  | tone | score | age | a | r |\n'
    return HEAD + head + "\n".join(rows) + "\n}\n"


TABLES = {
    "table of 50 rows by 4 inputs, whole": table("100 points]", "-"),
    "table of 50 rows by 4 inputs, a gap": table("100 points)", "-"),
    "table of 50 rows by 4 inputs, many gaps": table("100 points]", "[18 years, 65 years]"),
}


def tables(quick: bool) -> list[Row]:
    """Gaps and overlaps of tables."""
    return [
        row
        for name, text in TABLES.items()
        for row in fresh(
            name,
            partial(Policy.from_text, text),
            lambda policy: policy.check(["no_gap", "no_overlap"], DAY, engine="box"),
            0.1,
            3 if quick else 15,
        )
    ]
