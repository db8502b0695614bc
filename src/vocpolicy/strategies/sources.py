"""Random well-typed policies, as text and loaded: what the language's own laws are tried on.

A policy is drawn from the outside in: things and facts first, then definitions over them, then
rules, tables, targets and provisions over all of these.  Every draw is one that checks, so that
no example is thrown away; comments and both spellings of keywords are left to the formatter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from vocpolicy.policy import Policy

Draw = Callable[[st.SearchStrategy[Any]], Any]

HEAD = """language 1

policy random {
  title zh "随机政策" en "Random policy"
  document law "Law 1" dated 2020-01-01
  in force 2021-01-01 to 2025-12-31
  month end MONTH_END
}

kind school zh "学校" en "school" plural "schools" counter "所"
choice medal zh "奖牌" en "medal" { bronze, silver, gold }

entity stay zh "经历" en "stay" plural "stays" {
  place zh "单位" en "place" : text
  from zh "起" en "from" : date
  to zh "止" en "to" : date or none
}
entity pupil zh "学生" en "pupil" plural "pupils" counter "名" {
  marks zh "成绩" en "marks" : points, between 0 points and 100 points
  passed zh "合格" en "passed" : yes or no
  stays zh "经历" en "stays" : list of stay
}

fact asked zh "申请" en "asked" : yes or no
fact expelled zh "开除" en "expelled" : yes or no
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact whole zh "全部" en "whole" : count of school, at least 1
fact part zh "部分" en "part" : count of school, at most whole
fact income zh "收入" en "income" : yuan, at least 0 yuan
fact prize zh "奖项" en "prize" : medal or none
fact rank zh "等次" en "rank" : medal
fact born zh "出生" en "born" : date
fact enrolled zh "名册" en "register" : list of pupil
fact covered zh "已覆盖" en "covered" : list of medal

parameter line zh "控制线" en "line" : points {
  from 2021-01-01 = 500 points   assumed because "made up"
  from 2023-01-01 = 510.5 points   cite law 1
}
recorded before zh "原有" en "before" : count of school = 30 at end of 2020   cite law 2 "30"
"""

LENGTHS = ("in the last 3 years", "in the last 10 months", "in the last 90 days", "")

CONDITIONS = (
    "asked",
    "expelled",
    "rank is gold",
    "rank in (silver, gold)",
    "prize is none",
    "prize is not bronze",
    "today is at least 2023-01-01",
    "every one of enrolled satisfies (passed)",
    "any one of enrolled satisfies (marks is at least 60 points)",
    "no one of enrolled where (passed) satisfies (marks is less than 60 points)",
)
"""Conditions with no figure of their own; the others are drawn with one."""


def _number(least: int, most: int, unit: str, fraction: str = "") -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda number: f"{number}{fraction} {unit}".strip())


POINTS = _number(0, 750, "points") | _number(0, 749, "points", ".5") | st.just("line")
COUNTS = _number(0, 60, "schools") | st.just("before")
MONEY = _number(0, 90_000, "yuan")
RATIOS = st.integers(0, 100).map(lambda percent: f"{percent}%")
OPERATORS = st.sampled_from(
    ("is at least", "is at most", "is more than", "is less than", ">=", "<")
)


def _pair(left: st.SearchStrategy[str], right: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(left, OPERATORS, right).map(" ".join)


def amounts() -> st.SearchStrategy[str]:
    """Sums of money worked out in every way there is."""
    plain = st.just("income") | MONEY
    return st.one_of(
        plain,
        st.tuples(plain, RATIOS).map(lambda two: f"{two[0]} * {two[1]}"),
        st.tuples(plain, plain).map(lambda two: f"smaller of ({two[0]}, {two[1]})"),
        st.tuples(plain, plain).map(lambda two: f"larger of ({two[0]}, {two[1]})"),
        st.tuples(st.sampled_from(("up", "down", "half up", "half even")), RATIOS).map(
            lambda two: f"round {two[0]} (income * {two[1]}) to 1 yuan"
        ),
        st.tuples(RATIOS, RATIOS).map(
            lambda two: (
                f"marginal scale of income {{\n  from 0 yuan = {two[0]}\n"
                f"  from 36000 yuan = {two[1]}\n}}"
            )
        ),
    )


def comparisons() -> st.SearchStrategy[str]:
    """Conditions that compare a figure."""
    window = st.sampled_from(LENGTHS)
    ratio = st.just("part / whole") | st.just("share of enrolled satisfies (passed) if empty 0%")
    return st.one_of(
        _pair(st.just("score"), POINTS),
        _pair(st.sampled_from(("part", "whole", "whole - part", "before + part")), COUNTS),
        _pair(amounts(), MONEY),
        _pair(ratio, RATIOS),
        st.lists(st.integers(0, 750), min_size=2, max_size=2, unique=True).map(
            lambda two: f"score between {min(two)} points and {max(two)} points"
        ),
        _pair(st.just("whole years between born and today"), _number(0, 8, "years")),
        _pair(st.just("whole months between born and today"), _number(0, 99, "months")),
        _pair(st.just("days between born and today"), _number(0, 9000, "days")),
        window.map(
            lambda last: (
                "any one of enrolled satisfies (total length of stays "
                f"{last} (month of 30 days) is at least 10 months)"
            )
        ),
    )


def conditions(leaves: tuple[str, ...] = CONDITIONS) -> st.SearchStrategy[str]:
    """Conditions of any shape over the facts of the random policy."""

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            two.map(lambda parts: f"({' and '.join(parts)})"),
            two.map(lambda parts: f"({' or '.join(parts)})"),
            inner.map(lambda part: f"not ({part})"),
            st.tuples(st.sampled_from(("all of", "any of", "none of")), two).map(
                lambda drawn: f"{drawn[0]} {{\n" + "\n".join(drawn[1]) + "\n}"
            ),
        )

    return st.recursive(st.sampled_from(leaves) | comparisons(), grown, max_leaves=5)


# ---- declarations ---------------------------------------------------------------------------


def _rule(draw: Draw, index: int, earlier: list[str]) -> str:
    """A rule that decides for itself, may rest on earlier ones, and may have exceptions above."""
    leaves = CONDITIONS + tuple(f"{name} is fulfilled" for name in earlier)
    name = f"decided_{index}"
    lines = [
        f'rule base_{index} decides {name} zh "规则{index}" en "rule {index}" {{',
        "  cite law 3",
    ]
    if draw(st.booleans()):
        lines.append(f"  applies when {draw(conditions(leaves))}")
    lines.append(f"  fulfilled when {draw(conditions(leaves))}   cite law 4")
    if draw(st.booleans()):
        lines.append(f'    except when {draw(conditions(leaves))}   because "e"')
    if draw(st.booleans()):
        lines.append(f"  otherwise {draw(st.sampled_from(('not fulfilled', 'not applicable')))}")
    lines.append("}")
    under = f"base_{index}"
    for level in range(draw(st.integers(0, 2))):
        above = f"above_{index}_{level}"
        wording = draw(st.sampled_from(("fulfilled", "not fulfilled")))
        overrides = f"  overrides {under}\n" if draw(st.integers(0, 3)) else ""
        lines.append(
            f"rule {above} decides {name} {{\n{overrides}"
            f"  {wording} when {draw(conditions(leaves))}\n}}"
        )
        under = above
    return "\n".join(lines)


def _amount_rule(draw: Draw, index: int) -> str:
    body = f"  gives {draw(amounts())} when {draw(conditions())}\n"
    if draw(st.booleans()):
        body += f"  otherwise gives {draw(MONEY | amounts())}\n"
    return f'rule amount_{index} zh "金额{index}" en "amount {index}" {{\n{body}}}'


def _table(draw: Draw, index: int) -> str:
    policy = draw(st.sampled_from(("unique", "first", "any", "priority", "collect list")))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        medal = draw(st.sampled_from(("gold", "silver", "in (bronze, silver)", "-")))
        score = draw(st.sampled_from(("-", "at least 500 points", "[400 points, 500 points)")))
        output = draw(st.sampled_from(("bronze", "silver", "gold")))
        rows.append(f"  | {medal} | {score} | {output} |")
    body = "\n".join(rows)
    labels = f'zh "表{index}" en "table {index}"'
    return (
        f"table chosen_{index} decides class_{index} {policy} {labels} {{\n"
        f"  | rank | score | class_{index} |\n{body}\n}}"
    )


def _target(draw: Draw, index: int) -> str:
    lines = [f'target goal_{index} zh "指标{index}" en "target {index}" {{', "  cite law 5"]
    kind = draw(st.sampled_from(("share", "count", "flow", "each")))
    if kind == "share":
        lines += [
            "  measure part / whole",
            f"  baseline {draw(RATIOS)} at end of 2020",
            f"  goal {draw(st.sampled_from(('at least 65%', 'all', 'between 60% and 70%')))} "
            "by end of 2025",
        ]
    elif kind == "count":
        goal = draw(
            st.sampled_from(
                ("at least 20", "about 20 tolerance 10%", "level with before tolerance 5%", "some")
            )
        )
        lines += ["  stock", "  measure part", f"  goal {goal} by end of 2025"]
    elif kind == "flow":
        lines += ["  flow since 2021-01-01", "  measure part", "  goal at least 20 by 2025"]
    else:
        lines += ["  measure covered", "  goal each of (gold, silver) by end of 2025"]
    if kind in ("count", "flow") and draw(st.booleans()):
        lines.remove("  measure part")
        lines.append('  reading one in use zh "甲" en "one" { measure part }')
        lines.append('  reading other zh "乙" en "other" { measure whole }')
    lines.append("}")
    return "\n".join(lines)


@st.composite
def _sources(draw: Draw, rules: int) -> str:
    parts = [HEAD.replace("MONTH_END", draw(st.sampled_from(("round down", "round up", "refuse"))))]
    parts.append(f'define worth zh "所值" en "worth" = {draw(amounts())}')
    earlier: list[str] = []
    for index in range(draw(st.integers(1, rules))):
        parts.append(_rule(draw, index, earlier))
        earlier.append(f"decided_{index}")
    parts.append(_amount_rule(draw, 0))
    if draw(st.booleans()):
        parts.append(_table(draw, 0))
    parts.append(_target(draw, 0))
    parts.append(
        'provision bank zh "银行" en "bank" {\n  cite law 6\n  promote\n'
        '  evidence opened zh "已开" en "opened" : count of school\n}'
    )
    return "\n\n".join(parts) + "\n"


def policy_sources(*, rules: int = 3) -> st.SearchStrategy[str]:
    """The text of random policies that check.

    Args:
        rules: how many rules at the most decide on conditions; beside them stand one that
            gives an amount, a target, a provision and often a table.
    """
    return _sources(rules)


def policies(*, rules: int = 3) -> st.SearchStrategy[Policy]:
    """Random policies, loaded; `rules` as for `policy_sources`."""
    return policy_sources(rules=rules).map(Policy.from_text)
