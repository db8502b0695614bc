"""Cases that look alike are explained as if each were the only one."""

from __future__ import annotations

import datetime
import itertools
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

import vocpolicy
from shapes import shaped
from vocpolicy import Policy, Verdict
from vocpolicy.diagnostics import FactError, UsageError
from vocpolicy.explain import explain, tree
from vocpolicy.facts import read_facts
from vocpolicy.source import shipped_policies
from vocpolicy.testing import boundary_cases
from vocpolicy.verdict import judge

DAY = datetime.date(2023, 2, 28)
MEDALS = ("bronze", "silver", "gold")

HEAD = """language 1
policy alike { title zh "相似" en "Alike"
  document plan "plan" dated 2022-01-01NOTE
}
choice medal zh "奖牌" en "medal" { bronze, silver, gold }
fact asked zh "申请" en "asked" : yes or no
fact expelled zh "开除" en "expelled" : yes or no, judged by zh "学校" en "the school"
fact score zh "分" en "score" : points, between 0 points and 100 points
fact again zh "分" en "score" : points, between 0 points and 100 points
fact prize zh "奖" en "prize" : medal
fact other zh "奖" en "prize" : medal
fact award zh "奖励" en "award" : medal or none
fact grant zh "补助" en "grant" : yuan or none
fact born zh "出生" en "born" : date, at least 1990-01-01
parameter line zh "线" en "line" : points {
  cite plan 二（四）4
  assumed because zh "以通知为准" en "set by notice"
  from 2022-06-01 = 40 points
}
parameter mark zh "标准" en "mark" : points {
  from 2022-06-01 = again - 10 points   cite plan 三（一）1   assumed because zh "待定" en "open"
}
define good zh "好" en "good" = prize is gold or award is gold
rule first zh "甲" en "first" { holds when good and not expelled }
"""

LEAVES = (
    "asked",
    "expelled",
    "good",
    "first",
    "score is at least 50 points",
    "again is at least 50 points",
    "score is more than again",
    "score is at least line",
    "score is at least mark",
    "prize is gold",
    "prize is silver",
    "other is gold",
    "prize is not silver",
    "prize in (bronze, silver)",
    "award is none",
    "award is gold",
    "award in (gold, silver)",
    "grant is at least 100 yuan",
    "born + 18 years is at most today",
)


def conditions() -> st.SearchStrategy[str]:
    return shaped(LEAVES, max_leaves=6)


NOTES = (
    "",
    '   assumed because zh "暂定" en "for now"',
    "   cite plan 一（一）2",
    '   cite plan 二（四）4   assumed because zh "转引" en "from a report"',
)


@st.composite
def grounds(draw: st.DrawFn) -> str:
    """A condition, or a block of several with what they rest on."""
    if draw(st.booleans()):
        return draw(conditions())
    kind = draw(st.sampled_from(("all of", "any of")))
    parts = draw(st.lists(st.tuples(conditions(), st.sampled_from(NOTES)), min_size=2, max_size=4))
    return "\n".join([f"{kind} {{", *(f"    {said}{note}" for said, note in parts), "  }"])


@st.composite
def policies(draw: st.DrawFn) -> str:
    note = draw(st.sampled_from(("", '   assumed because zh "摘要" en "a summary"')))
    text = HEAD.replace("NOTE", note)
    for place in range(draw(st.integers(1, 3))):
        lines = [
            f'rule r{place} decides entry zh "报考" en "entry" {{',
            f"  cite plan 三（{place}）1",
        ]
        if place and draw(st.booleans()):
            lines.append(f"  overrides r{draw(st.integers(0, place - 1))}")
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"  applies when {draw(conditions())}")
        wording = draw(st.sampled_from(("eligible", "not eligible")))
        lines.append(f"  {wording} when {draw(grounds())}")
        if draw(st.booleans()):
            because = draw(
                st.sampled_from(("", '   because zh "有例外" en "there is an exception"'))
            )
            lines.append(f"    except when {draw(conditions())}{because}")
        text += "\n".join([*lines, "}", ""])
    return text + f'rule rest zh "余" en "rest" {{ holds when {draw(conditions())} and entry }}\n'


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Of few values, so that cases look alike; sometimes a fact is missing."""
    medals = st.sampled_from(MEDALS)
    scores = st.sampled_from((30, 40, 49, 50, 51, 100))
    case = draw(
        st.fixed_dictionaries(
            {
                "asked": st.booleans(),
                "expelled": st.booleans(),
                "score": scores,
                "again": scores,
                "prize": medals,
                "other": medals,
                "award": st.one_of(medals, st.sampled_from(("none", "无", None))),
                "grant": st.sampled_from((50, 100, 101, None)),
                "born": st.dates(datetime.date(2004, 1, 1), datetime.date(2006, 12, 31)),
            }
        )
    )
    for name in draw(st.sets(st.sampled_from(sorted(case)), max_size=1)):
        del case[name]
    return case


def alone(policy: Policy, name: str, case: object) -> Verdict:
    """The verdict of a policy that was asked nothing before, as the interpreter has it."""
    core = evolve(policy.core)
    return judge(core, name, read_facts(core, case, name=name, as_of=DAY), DAY)


def assert_alike(policy: Policy, name: str, case: Mapping[str, Any]) -> bool:
    """Whether it was seen that the case looks like others; what is said is the same either way."""
    try:
        only = alone(policy, name, case)
    except FactError as error:
        with pytest.raises(FactError) as found:
            policy.evaluate(name, case, DAY)
        assert str(found.value) == str(error)
        return False
    verdict = policy.evaluate(name, case, DAY)
    assert verdict.outcome is only.outcome
    assert verdict.value == only.value and verdict.missing == only.missing
    assert verdict.citations == only.citations and verdict.assumptions == only.assumptions
    assert verdict.judged_by == only.judged_by and verdict.label == only.label
    assert tree(verdict) == tree(only)
    for lang in ("en", "zh"):
        assert explain(verdict, lang) == explain(only, lang)
    assert verdict.to_dict() == only.to_dict()
    assert verdict.trace == only.trace
    assert verdict.facts.values == only.facts.values
    return verdict.alike is not None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.lists(cases(), min_size=4, max_size=8), st.randoms(use_true_random=False))
def test_what_is_said_of_a_case_does_not_turn_on_others(
    text: str, several: list[dict[str, Any]], random: Random
) -> None:
    """Facts of few values, mixed, so that many cases look like one before."""
    policy = Policy.from_text(text)
    for _ in range(30):
        mixed = {name: value for one in random.sample(several, 2) for name, value in one.items()}
        case = {name: random.choice(several).get(name, value) for name, value in mixed.items()}
        for name in ("entry", "rest"):
            assert_alike(policy, name, case)


EXAMPLE = (
    HEAD.replace("NOTE", "")
    + """
rule entry zh "报考" en "entry" {
  cite plan 三（六）18
  eligible when any of {
    all of { asked; award in (gold, silver) or prize is gold }
    all of {
      any of {
        prize is silver and score is at least 50 points
        prize is bronze and score is at least 40 points
        prize is gold and score is more than 90 points
      }
      asked
      born + 18 years is at most today   assumed because zh "暂定" en "for now"
    }
  }
    except when expelled   because zh "有处分" en "there is a record"
}
"""
)


def many() -> Iterator[dict[str, Any]]:
    """Cases of which none comes twice and many look alike; of some a fact is missing."""
    for place in range(900):
        case = {
            "asked": place % 5 != 0,
            "expelled": place % 11 == 3,
            "score": 30 + place * 7 % 70,
            "prize": ("bronze", "silver", "gold")[place % 3],
            "award": ("none", "bronze", "silver", None)[place * 3 % 4],
            "born": datetime.date(2004, 1, 1) + datetime.timedelta(days=place),
        }
        if place % 7 == 0:
            del case[("expelled", "born", "asked", "prize")[place // 7 % 4]]
        yield case


def test_most_cases_of_a_rule_are_seen_to_look_alike() -> None:
    policy = Policy.from_text(EXAMPLE)
    seen = [assert_alike(policy, "entry", case) for case in many()]
    assert sum(seen) > 700
    shelf = policy._evaluating["entry", DAY].shelf
    assert shelf.served > 5 * shelf.learnt > 0


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        # Two facts of one label: what is said of them is one thing where their values are equal.
        ("any of { prize is gold\n other is gold }", {"prize": MEDALS, "other": MEDALS}),
        (
            "all of { score is at least 50 points\n again is at least 50 points\n asked }",
            {"score": (50, 60), "again": (50, 60), "asked": (False,)},
        ),
        # Where there is no award, nothing is said of what it is not.
        ("any of { award is gold\n award is silver }", {"award": ("none", *MEDALS)}),
        ("any of { award is gold\n prize is silver }", {"award": ("无", *MEDALS), "prize": MEDALS}),
        # One thing asked twice.
        (
            "all of { asked\n any of { score is at least 50 points\n expelled }\n"
            " score is at least 50 points }",
            {"asked": (True, False), "score": (40, 41, 50, 51), "expelled": (True, False)},
        ),
    ],
)
def test_where_the_form_of_a_tree_turns_on_values(
    condition: str, values: dict[str, tuple[Any, ...]]
) -> None:
    text = HEAD.replace("NOTE", "") + f'rule r zh "丙" en "third" {{ eligible when {condition} }}\n'
    every = [dict(zip(values, case, strict=True)) for case in itertools.product(*values.values())]
    for order in (every, every[::-1], every[1::2] + every[::2]):
        policy = Policy.from_text(text)
        for case in (*every[:1] * 4, *order, *order):
            assert_alike(policy, "r", case)
        assert assert_alike(policy, "r", every[-1])


CONCLUSIONS = [
    (folder, name)
    for folder in shipped_policies()
    for name in vocpolicy.shipped(folder).core.conclusions
]


@pytest.mark.parametrize(("folder", "name"), CONCLUSIONS)
def test_shipped_rules_are_explained_as_if_each_case_were_the_only_one(
    folder: str, name: str
) -> None:
    policy = vocpolicy.shipped(folder)
    found = boundary_cases(policy, name, as_of=DAY)
    for case in (*found, *found):
        assert_alike(policy, name, case)


# ---- what is kept ------------------------------------------------------------------------


def seen(policy: Policy, case: Mapping[str, Any]) -> Verdict:
    """The verdict on a case that is known by its look."""
    for _ in range(4):
        policy.evaluate("entry", case, DAY)
    verdict = policy.evaluate("entry", case, DAY)
    assert verdict.alike is not None
    return verdict


def test_facts_that_change_afterwards_change_no_verdict() -> None:
    policy = Policy.from_text(EXAMPLE)
    case = next(islice(many(), 1, None))
    verdict, only = seen(policy, case), alone(policy, "entry", {**case})
    case["score"], case["asked"] = 99, not case["asked"]
    del case["prize"]
    assert verdict.to_dict() == only.to_dict() and verdict.facts.values == only.facts.values


def test_mistakes_in_facts_are_told_of_a_case_that_looks_like_others() -> None:
    policy = Policy.from_text(EXAMPLE)
    case = next(islice(many(), 1, None))
    seen(policy, case)
    for wrong in ({"score": 101}, {"score": True}, {"prize": "tin"}, {"nobody": 1}, {"asked": 1}):
        with pytest.raises(FactError) as found:
            policy.evaluate("entry", case | wrong, DAY)
        with pytest.raises(FactError) as alone_found:
            alone(policy, "entry", case | wrong)
        assert str(found.value) == str(alone_found.value)


def test_names_dates_and_readings_are_checked_however_often_they_were_asked() -> None:
    policy = Policy.from_text(EXAMPLE)
    case = next(islice(many(), 1, None))
    seen(policy, case)
    assert policy.evaluate("entry", case, "2023-02-28").outcome.value
    for args in (("nothing", case, DAY), ("entry", case, []), ("entry", case, DAY, "strict")):
        with pytest.raises(UsageError):
            policy.evaluate(*args)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("alike", "templates"):
        monkeypatch.setattr(f"vocpolicy.explain.{module}.MOST", 20)
    monkeypatch.setattr("vocpolicy.once.Few.most", 10)
    policy = Policy.from_text(EXAMPLE)
    for case in islice(many(), 200):
        assert_alike(policy, "entry", case)
        seeing = policy._evaluating.get(("entry", DAY))
        if seeing is not None:
            shelf = seeing.shelf
            assert len(seeing.known) <= 10
            assert sum(len(one.leaves) for one in shelf.shown.values()) <= 20
            assert sum(len(maker.made) for maker in shelf.parts.makers) <= 20
            assert len(shelf.parts.makers) <= len(shelf.parts.known) <= 20 + 30  # of one tree
            assert len(shelf.marks.pieces) <= 20 + 300


def test_cases_may_be_explained_at_the_same_time() -> None:
    policy = Policy.from_text(EXAMPLE)
    several = list(islice(many(), 300))
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda case: policy.evaluate("entry", case, DAY).explain(), several))
    assert said == [explain(alone(policy, "entry", case)) for case in several]


def test_deciding_runs_no_line_of_explanations() -> None:
    code = f"""
import datetime, sys
from vocpolicy import Policy
ran = []
def trace(frame, event, _):
    name = frame.f_globals.get("__name__", "")
    if name.startswith("vocpolicy.explain") or name in ("vocpolicy.seeing", "vocpolicy.trace"):
        ran.append(name)
policy = Policy.from_text({EXAMPLE!r})
case = dict(asked=True, expelled=False, score=60, prize="silver", award="none",
    born=datetime.date(2004, 1, 1))
day = datetime.date(2023, 2, 28)
policy.decide("entry", case, day)
sys.setprofile(trace)
outcome = policy.decide("entry", case, day)
partly = policy.decide("entry", dict(asked=True), day)
sys.setprofile(None)
assert not any(name.startswith("vocpolicy.explain") for name in sys.modules), "imported"
print(outcome.value, partly.value, ran)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "holds undetermined []"


def test_what_is_missing_may_turn_on_values_of_cases_that_look_alike() -> None:
    """Of nothing every part is nothing, whatever the whole is."""
    policy = Policy.from_text(
        'language 1\npolicy p { title zh "甲" en "P" }\n'
        'kind school zh "学校" en "school" plural "schools"\n'
        'fact whole zh "全" en "whole" : count of school, between 1 and 1000\n'
        'fact part zh "部" en "part" : count of school, between 0 and 9\n'
        'fact quota zh "比" en "quota" : ratio, between 0% and 900%\n'
        'rule r zh "规" en "r" { holds when part / whole is at least quota }\n'
    )
    for _ in range(9):
        assert policy.evaluate("r", {"part": 2}, DAY).missing == ("whole", "quota")
        assert policy.evaluate("r", {"part": 0}, DAY).missing == ("quota",)
