"""What is said of rules over lists, against every list of up to three records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import Policy, core
from vocpolicy.difference import compare_rules
from vocpolicy.difference.joint import SAME
from vocpolicy.difference.moves import direction_of, way_between
from vocpolicy.interpreter import Facts, decide

DAY = datetime.date(2024, 1, 1)
HEAD = """language 1
policy p { title en "P" zh "甲" }
entity pupil en "pupil" zh "学生" {
  score en "score" zh "分" : points, between 0 points and 3 points, in steps of 1 points
  ill en "ill" zh "生病" : yes or no
}
fact pupils en "pupils" zh "学生名册" : list of pupil
fact line en "line" zh "线" : points, between 0 points and 3 points, in steps of 1 points
fact poor en "poor" zh "贫困" : yes or no
"""

ALLOWED: Mapping[str, frozenset[str]] = {
    "equivalent": frozenset(),
    "stricter": frozenset({"stricter", "other"}),
    "looser": frozenset({"looser", "other"}),
    "higher": frozenset({"higher"}),
    "lower": frozenset({"lower"}),
}

figures = st.integers(0, 3)
signs = st.sampled_from(["is at least", "is at most", "is more than", "is less than", "is"])


@st.composite
def of_a_record(draw: st.DrawFn) -> str:
    """A condition on one record, which may read a fact of the case."""
    held = f"score {draw(signs)} {draw(st.sampled_from(['line', f'{draw(figures)} points']))}"
    form = draw(
        st.sampled_from(["{0}", "{0}", "ill", "not ill", "{0} and ill", "passing", "not {0}"])
    )
    if form == "not {0}":
        return f"not ({held})"
    return "passing is eligible" if form == "passing" else form.format(held)


@st.composite
def of_a_list(draw: st.DrawFn) -> str:
    """A condition on the list."""
    one = draw(of_a_record())
    where = draw(st.sampled_from(["", f" where ({draw(of_a_record())})"]))
    number = draw(figures)
    share = draw(st.sampled_from([0, 33, 50, 100]))
    empty = draw(st.sampled_from([0, 100]))
    return draw(
        st.sampled_from(
            [
                f"every one of pupils{where} satisfies ({one})",
                f"any one of pupils{where} satisfies ({one})",
                f"no one of pupils{where} satisfies ({one})",
                f"count of pupils{where} {draw(signs)} {number}",
                f"share of pupils{where} satisfies ({one}) if empty {empty}%"
                f" {draw(signs)} {share}%",
                f"total of pupils.score{where} {draw(signs)} {2 * number} points",
                f"total of pupils.grant{where} {draw(signs)} {2 * number} points",
                f"least of pupils.score{where} if empty {number} points {draw(signs)} 2 points",
                f"most of pupils.score{where} if empty {number} points {draw(signs)} 1 points",
                f"distinct pupils.score{where} {draw(signs)} {number}",
            ]
        )
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    """What is decided for each record, and a rule over the list, or a value made of it."""
    passing = draw(st.sampled_from(["ill", "score is at least 2 points", "score is at least line"]))
    extra = draw(st.sampled_from(["", "; not eligible when score is 0 points"]))
    grant = draw(
        st.sampled_from(
            ["gives score when ill", "gives 1 points when ill; otherwise gives 0 points"]
        )
    )
    made = draw(of_a_list())
    if draw(st.booleans()):
        made = f"{draw(st.sampled_from(['all of', 'any of']))} {{ {made}; {draw(of_a_list())} }}"
    value = draw(st.sampled_from(["total of pupils.grant", "total of pupils.score where ill"]))
    rule = draw(
        st.sampled_from(
            [
                f"eligible when {made}",
                f"eligible when {made}",
                f"gives {value} when line is at least 0 points",
            ]
        )
    )
    return (
        f'rule passing for pupil en "passing" zh "合格" {{ eligible when {passing}{extra} }}\n'
        f'rule grant for pupil en "grant" zh "补助" {{ {grant} }}\n'
        f'rule r en "r" zh "甲" {{\n  {rule}\n  except when poor\n}}\n'
    )


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """Two versions: of one form mostly, so that they have something to do with each other."""
    old = draw(rules())
    changes = [("at least", "more than"), ("is 1", "is at most 1"), ("3", "2"), ("ill", "not ill")]
    changes += [
        ("every one", "any one"),
        ("line", "2 points"),
        (" where (ill)", ""),
        ("50%", "33%"),
    ]
    before, now = draw(st.sampled_from(changes))
    if draw(st.booleans()) and before in old:
        return old, old.replace(before, now, 1).replace("not not", "")
    return old, draw(rules())


def cases() -> Iterator[Facts]:
    records = [
        core.Record("pupil", {"score": Fraction(score), "ill": ill})
        for score, ill in product(range(4), (False, True))
    ]
    for size in range(4):
        for several in combinations_with_replacement(records, size):
            for line in (0, 2, 3) if size < 3 else (2,):
                yield Facts({"pupils": several, "line": Fraction(line), "poor": False})


def agree(pair: tuple[str, str]) -> None:
    old, new = (Policy.from_text(HEAD + text).core for text in pair)
    relation = compare_rules(old, new, "r", DAY, engine="box")
    for move in relation.moves:
        assert way_between(move.old.trace, move.new.trace) == move.way
    if relation.status not in ALLOWED:
        return
    for facts in cases():
        way = way_between(decide(old, "r", facts, DAY), decide(new, "r", facts, DAY))
        assert way == SAME or direction_of(way) in ALLOWED[relation.status], (way, facts)


few = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
slow = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(versions())
def test_no_list_says_otherwise(pair: tuple[str, str]) -> None:
    agree(pair)


@pytest.mark.slow
@slow
@given(versions())
def test_no_list_says_otherwise_often(pair: tuple[str, str]) -> None:
    agree(pair)
