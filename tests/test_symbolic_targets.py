"""Targets and provisions as terms: every word that the interpreter says of a whole case is the one
that is so, and the search and proofs reach the same words."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from fractions import Fraction
from types import MappingProxyType

import pytest

from vocpolicy import Policy, core
from vocpolicy.box.model import model_of
from vocpolicy.box.search import Aim, Budget, find
from vocpolicy.interpreter import Facts, decide, new_scope
from vocpolicy.symbolic import Session, Translator, Truth
from vocpolicy.symbolic.store import Store

pytest.importorskip("z3")

HEAD = """language 1
policy p { title en "P" zh "甲"; in force 2021-01-01 to 2025-12-31 }
kind school zh "学校" en "school" plural "schools" counter "所"
fact schools : count of school, between 1 school and 40 schools
fact digital : count of school, at most schools
fact rural : count of school, at most schools
fact listed : yes or no
fact found : count of school or none
recorded before : ratio = between 20% and 30% at end of 2020 assumed because zh "估" en "guessed"
"""

GOALS = (
    "at least {a} schools",
    "more than {a} schools",
    "at most {a} schools",
    "less than {a} schools",
    "between {a} schools and {b} schools",
    "exactly {a} schools",
    "about {a} schools tolerance 10%",
    "nearly {a} schools tolerance 20%",
)
SHARES = (
    "at least {a}%",
    "at most {a}%",
    "between {a}% and {b}%",
    "level with before tolerance 5%",
)
COUNTED = ("digital", "schools - digital", "digital + rural", "larger of (digital, rural)")
DAYS = tuple(datetime.date(year, 6, 1) for year in range(2021, 2027))


def written(draw: random.Random) -> str:
    share = draw.random() < 0.4
    a = draw.randint(0, 60 if share else 30)
    goal = draw.choice(SHARES if share else GOALS).format(a=a, b=a + draw.randint(1, 20))
    lines = ["stock"]
    unit = "%" if share else " schools"
    if draw.random() < 0.7:
        low = draw.randint(0, 30)
        begun = (
            f"between {low}{unit} and {low + 9}{unit}" if draw.random() < 0.5 else f"{low}{unit}"
        )
        lines.append(f"baseline {begun} at end of 2020")
    end = " by end of 2025" if draw.random() < 0.9 else ""
    if end and goal.startswith("at least") and draw.random() < 0.5:
        lines.append(f"milestone at least {max(1, a // 2)}{unit} by end of 2023")
    lines.append(f"goal {goal}{end}")
    if draw.random() < 0.3:
        lines.append(f"applies when {draw.choice(('listed', 'rural is at least 5 schools'))}")
    measure = "{} / schools" if share else "{}"
    parts = draw.sample(COUNTED[:1] if share else COUNTED, 1)
    if draw.random() < 0.3:
        one, other = (measure.format(part) for part in (parts[0], "rural"))
        lines.append(f'measure each {{\n    one zh "一" : {one}\n    two zh "二" : {other}\n  }}')
    else:
        lines.append(f"measure {measure.format(parts[0])}")
    return HEAD + "target t {\n  " + "\n  ".join(lines) + "\n}\n" + PROVISION


PROVISION = """
provision q zh "乙" en "Q" {
  shall
  evidence lit zh "灯" en "lit" : yes or no
  evidence pupils zh "生" en "pupils" : count of school
}
"""


def whole_case(draw: random.Random) -> Facts:
    schools = draw.randint(1, 40)
    values: dict[str, core.Value] = {
        "schools": Fraction(schools),
        "digital": Fraction(draw.randint(0, schools)),
        "rural": Fraction(draw.randint(0, schools)),
        "listed": draw.random() < 0.5,
        "lit": draw.random() < 0.5,
        "pupils": Fraction(draw.randint(0, 2)),
    }
    return Facts(MappingProxyType(values))


def words_of(policy: core.Policy, name: str, facts: Facts, day: datetime.date) -> list[str]:
    """The words that are so in a case; every fact is known, so that nothing is left to solve."""
    scope = new_scope(policy, facts, day)
    ways = Translator(scope, Store(policy)).provided(name).ways
    assert all(isinstance(so, bool) for so in ways.values())
    return [word for word, so in ways.items() if so]


def whole_cases(seeds: range) -> Counter[str]:
    counted: Counter[str] = Counter()
    for seed in seeds:
        draw = random.Random(seed)
        text = written(draw)
        policy = Policy.from_text(text).core
        for day in DAYS[:5]:
            facts = whole_case(draw)
            for name in ("t", "q"):
                wording = decide(policy, name, facts, day).wording
                assert words_of(policy, name, facts, day) == [wording], (
                    f"seed {seed}, {day}, {text}"
                )
                counted[wording] += 1
    return counted


def test_the_word_of_a_whole_case_is_the_one_that_is_so() -> None:
    counted = whole_cases(range(100))
    words = {"met", "on_track", "behind", "not_due", "not_met", "undetermined", "not_applicable"}
    assert words | {"shown", "not_shown"} <= set(counted)


@pytest.mark.slow
def test_the_word_of_a_whole_case_thousands_of_times() -> None:
    whole_cases(range(1_000, 1_300))


# ---- the search and proofs -----------------------------------------------------------------------


def reached_by_search(policy: core.Policy, name: str, word: str, day: datetime.date) -> bool | None:
    """Whether some case comes to a word; None: that is not settled.  That nothing settles a case
    the search says of that case alone, and looks for none."""
    if word == "undetermined":
        return None
    model = model_of(policy, name, Facts(), day)
    aim = Aim(reach=lambda key: key[0] == word, single=True)
    found = find(model, model.given, aim, Budget(3_000))
    return True if found.vector is not None else (False if found.exact else None)


def compared(seeds: range) -> Counter[str]:
    counted: Counter[str] = Counter()
    for seed in seeds:
        draw = random.Random(seed)
        text = written(draw)
        policy = Policy.from_text(text).core
        day = draw.choice(DAYS[:5])
        session = Session(new_scope(policy, Facts(), day))
        for word in ("met", "on_track", "behind", "not_due", "undetermined", "not_applicable"):

            def so(translator: Translator, word: str = word) -> Truth:
                return Truth(translator.provided("t").ways.get(word, False))

            proof = session.find(so, None)
            assert not proof.why
            searched = reached_by_search(policy, "t", word, day)
            if searched is not None:
                assert searched is (proof.case is not None), f"seed {seed}, {day}, {word}, {text}"
            counted["both" if searched is not None else "proofs alone"] += 1
            if proof.case is not None:
                facts = Facts(MappingProxyType(proof.case.facts))
                assert decide(policy, "t", facts, day).wording == word, f"seed {seed}, {text}"
    return counted


def test_the_search_and_proofs_reach_the_same_words() -> None:
    counted = compared(range(25))
    assert counted["both"] > 0.7 * counted.total()


@pytest.mark.slow
def test_the_search_and_proofs_reach_the_same_words_often() -> None:
    compared(range(3_000, 3_050))
