"""Explanations as people read them, in both languages.

What they say is kept in `tests/golden/*.txt` and reviewed as text.  After a change that is meant,
write the files anew with

    VOCPOLICY_WRITE_GOLDEN=1 pytest tests/test_explain.py

and read the difference.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import vocpolicy
from vocpolicy.explain import Node, tree
from vocpolicy.outcome import Outcome

GOLDEN = Path(__file__).parent / "golden"
RULES = Path(__file__).parents[1] / "rules" / "shanghai-plan-14"
DAY = datetime.date(2025, 6, 1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def stay(first: str, last: str) -> dict[str, object]:
    return {"firm": "甲公司", "from": day(first), "to": day(last)}


def lecturer(name: str, certified: bool, *stays: object) -> dict[str, object]:
    return {"staff_name": name, "certified": certified, "stays": list(stays)}


REGISTER = [
    lecturer("李甲", True, stay("2023-01-01", "2023-06-01")),
    lecturer("王乙", False, stay("2024-01-01", "2024-02-01"), stay("2024-01-20", "2024-02-10")),
    lecturer("张丙", True),
    lecturer("赵丁", True),
    lecturer("钱戊", True),
]
PUPIL: dict[str, object] = {
    "score": 520,
    "from_place": "local",
    "born": day("2008-01-01"),
    "suits": True,
    "expelled": False,
    "pardoned": False,
    "medal": False,
    "fee_waived": False,
    "late": False,
}


def without(*names: str) -> dict[str, object]:
    return {name: value for name, value in PUPIL.items() if name not in names}


ACADEMY: dict[str, list[tuple[str, dict[str, object], datetime.date]]] = {
    "target-share": [
        ("shared", {"workshops": 50, "shared_workshops": 20}, DAY),
        ("shared", {"workshops": 50, "shared_workshops": 29}, DAY),
        ("shared", {"workshops": 1000, "shared_workshops": 700}, DAY),
        ("shared", {"workshops": 50}, DAY),
        (
            "shared",
            {
                "workshops": {"2027-12-31": 10000},
                "shared_workshops": {"2026-06-30": 5000, "2027-12-31": 5999},
            },
            day("2028-03-01"),
        ),
    ],
    "target-number": [
        ("quality", {"courses": 12}, DAY),
        ("quality", {"courses": 15}, DAY),
        ("quality", {"courses": 21}, DAY),
        ("quality", {"courses": 30}, DAY),
        ("course_number", {"online": 40, "offline": 45}, DAY),
        ("course_number", {"online": 40, "offline": 75}, DAY),
        ("course_number", {"online": 40}, DAY),
        ("leaving", {"dropouts": "3.12%"}, DAY),
        ("leaving", {"dropouts": "2%"}, DAY),
        ("core_subjects", {"subjects": ["maths"]}, DAY),
        ("core_subjects", {"subjects": ["maths", "computing", "language_arts"]}, DAY),
    ],
    "target-readings": [
        ("certified_lecturers", {"lecturers": REGISTER}, DAY),
        ("certified_lecturers", {"lecturers": [*REGISTER[:1], *REGISTER[2:]]}, DAY),
    ],
    "rule-admitted": [
        ("entry", PUPIL, DAY),
        ("entry", PUPIL | {"medal": True, "score": 400}, DAY),
        ("both_stages", PUPIL, DAY),
    ],
    "rule-refused": [
        ("entry", PUPIL | {"score": 509.5}, DAY),
        ("entry", PUPIL | {"score": 509.5, "from_place": "far", "late": True}, DAY),
        ("entry", PUPIL | {"expelled": True}, DAY),
        ("both_stages", PUPIL | {"score": 400}, DAY),
        ("good_standing", PUPIL | {"expelled": True, "late": True}, DAY),
    ],
    "rule-open": [
        ("entry", without("suits", "medal", "expelled"), DAY),
        ("entry", without("born"), DAY),
        ("yearly_fee", without("from_place"), DAY),
    ],
    "rule-other": [
        ("entry", PUPIL, day("2023-01-01")),
        ("pays", PUPIL, DAY),
        ("pays", PUPIL | {"from_place": "far"}, DAY),
        ("pays", PUPIL | {"from_place": "far", "fee_waived": True}, DAY),
        ("yearly_fee", PUPIL, DAY),
        ("all_courses", {"online": 3, "offline": 4}, DAY),
    ],
    "rule-records": [
        ("practice", REGISTER[1], DAY),
        ("everyone_practises", {"lecturers": REGISTER}, DAY),
        ("everyone_practises", {"lecturers": REGISTER[:1]}, DAY),
        (
            "everyone_practises",
            {"lecturers": [{"staff_name": "李甲", "stays": [{"from": day("2023-01-01")}]}]},
            DAY,
        ),
    ],
    "provision": [
        ("credit_bank", {"accounts": 12000, "bank_rules": True}, DAY),
        ("credit_bank", {"accounts": 0, "bank_rules": True}, DAY),
        ("credit_bank", {"bank_rules": True}, DAY),
    ],
}
CASES = [(name, place) for name, asked in ACADEMY.items() for place in range(len(asked))]


@cache
def academy() -> vocpolicy.Policy:
    return vocpolicy.load(GOLDEN / "academy.vocp")


def verdict(name: str, place: int) -> vocpolicy.Verdict:
    asked, facts, as_of = ACADEMY[name][place]
    return academy().evaluate(asked, facts, as_of)


def check_golden(name: str, verdicts: list[vocpolicy.Verdict]) -> None:
    texts = [one.explain(lang) for one in verdicts for lang in ("en", "zh")]
    text = "\n\n".join(texts) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("VOCPOLICY_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ACADEMY)
def test_reads_as_reviewed(name: str) -> None:
    check_golden(name, [verdict(name, place) for place in range(len(ACADEMY[name]))])


# ---- the plan's own rules ------------------------------------------------------------------------


@cache
def plan() -> vocpolicy.Policy:
    return vocpolicy.load(RULES)


EXAMPLES = RULES.parents[1] / "examples" / "shanghai-plan-14"
PLAN: list[tuple[str, str, str]] = [
    ("dual_qualified_share", "facts-2023.json", "2023-12-31"),
    ("secondary_to_bachelor", "applicants/secondary-to-bachelor.json", "2023-07-20"),
    ("secondary_to_bachelor", "applicants/secondary-to-bachelor-two-reasons.json", "2023-07-20"),
    ("secondary_to_bachelor", "applicants/secondary-to-bachelor-admitted-early.yaml", "2023-07-20"),
    ("secondary_to_bachelor", "applicants/secondary-to-bachelor-no-score.yaml", "2023-07-20"),
    (
        "transition_to_bachelor",
        "applicants/transition-to-bachelor-paper-below.yaml",
        "2024-06-01",
    ),
    ("world_skills_entry", "applicants/world-skills-secondary-to-bachelor.json", "2023-06-01"),
    ("world_skills_entry", "applicants/world-skills-two-reasons.yaml", "2023-06-01"),
    ("world_skills_entry", "applicants/world-skills-match-not-judged.json", "2023-06-01"),
    ("practice", "teachers/overlap.json", "2023-06-01"),
]


def test_the_plan_reads_as_reviewed() -> None:
    made_up = {"dual_qualified_teachers": 540, "full_time_teachers": 900}
    verdicts = [
        plan().evaluate("dual_qualified_share", made_up, day("2023-12-31")),
        plan().evaluate(
            "dual_qualified_share",
            {
                "dual_qualified_teachers": 6240,
                "full_time_teachers": 10000,
                "professional_teachers": 9000,
            },
            day("2025-12-31"),
        ),
    ]
    for name, file, as_of in PLAN:
        facts = vocpolicy.load_facts(EXAMPLES / file)
        verdicts.append(plan().evaluate(name, facts, day(as_of)))
    check_golden("plan", verdicts)


def test_every_verdict_of_the_plan_can_be_explained() -> None:
    """Without facts and with them: no name, place or object of the program shows."""
    facts = vocpolicy.load_facts(EXAMPLES / "facts-2023.json")
    policy = plan()
    given = policy.evaluate_all(facts, day("2023-12-31"))
    for one in (*given, *(policy.evaluate(name, {}, DAY) for name in policy.names)):
        for lang in ("en", "zh"):
            text = one.explain(lang)
            assert not re.search(r"Fraction|Labels|None|True|False|\{|\}|_", text), text
            assert text.split("  ")[0] == one.wording(lang).upper()
        json.dumps(tree(one).to_dict())


# ---- both languages say the same -----------------------------------------------------------------

DOCUMENTS = {"示教〔2024〕1号": "act", "《示例学院工作指引》": "guide "}


def in_english_names(text: str) -> str:
    for title, name in DOCUMENTS.items():
        text = text.replace(title, name)
    return text


def cited(text: str) -> list[str]:
    """The clauses in the order in which they are cited, with their documents."""
    found = re.findall(r"[\[（]((?:act|guide) +[^\]）]*)[\]）]", in_english_names(text))
    return [re.sub(r"[；;、，, ]+", " ", one) for one in found]


def figures(text: str) -> Counter[str]:
    """Every number, dates as year, month and day."""
    text = re.sub(r"[\[（](?:act|guide)[^\]）]*[\]）]", "", in_english_names(text))
    text = re.sub(r"(\d+)-(\d+)-(\d+)", r"\1 \2 \3", text).replace(",", "")
    return Counter(number.lstrip("0") or "0" for number in re.findall(r"\d+(?:\.\d+)?", text))


@pytest.mark.parametrize(("name", "place"), CASES)
def test_both_languages_carry_the_same_figures_and_clauses(name: str, place: int) -> None:
    one = verdict(name, place)
    en, zh = one.explain("en"), one.explain("zh")
    assert figures(en) == figures(zh)
    assert cited(en) == cited(zh)
    assert len(en.splitlines()) == len(zh.splitlines())


# ---- the tree ------------------------------------------------------------------------------------


def parts(one: vocpolicy.Verdict, form: str) -> list[Node]:
    return [node for node in tree(one).walk() if node.form == form]


def test_of_a_false_all_only_the_false_parts_are_reasons() -> None:
    refused = academy().evaluate(
        "good_standing", PUPIL | {"expelled": True, "late": True}, as_of=DAY
    )
    (reasons,) = parts(refused, "alternatives")
    assert len(reasons.children) == 2
    assert {node.outcome for node in parts(refused, "line") if node.values} == {
        Outcome.FAILS,
        Outcome.HOLDS,
    }


def test_nodes_hold_values_with_units_clauses_and_places() -> None:
    refused = academy().evaluate("entry", PUPIL | {"score": 509.5}, as_of=DAY)
    (score,) = [node for node in tree(refused).walk() if "509.5" in str(node.to_dict()["says"])]
    said = score.to_dict()
    assert said["outcome"] == "fails"
    assert [(side["value"], side["unit"]) for side in said["values"]] == [
        ("509.5", "points"),
        (510, "points"),
    ]
    assert said["assumptions"][0]["en"] == "set by each year's notice"
    place = str(said["position"])
    assert "academy.vocp" in place
    line = int(place.split(":")[-2])
    text = (GOLDEN / "academy.vocp").read_text(encoding="utf-8").splitlines()[line - 1]
    assert "score is at least entry_line" in text


def test_a_part_that_comes_again_points_to_where_it_was_shown() -> None:
    nodes = list(tree(academy().evaluate("both_stages", PUPIL, as_of=DAY)).walk())
    numbered = {node.number for node in nodes if node.number is not None}
    repeated = [node for node in nodes if node.same_as is not None]
    assert repeated
    assert {node.same_as for node in repeated} <= numbered
    assert not any(node.children for node in repeated)


def test_a_share_just_below_its_goal_does_not_look_like_it() -> None:
    facts = {"workshops": 10000, "shared_workshops": 5999}
    text = academy().evaluate("shared", facts, as_of=DAY).explain("en")
    assert "5,999 / 10,000 = 59.99%" in text
    assert "Short by 1 workshop with workshops at 10,000." in text


def test_shortfall_and_margin_are_exact() -> None:
    """Adding the shortfall reaches the goal and one less does not; the margin, the other way."""
    policy = academy()
    for shared in (0, 1, 17, 29, 30, 31, 47):
        facts = {"workshops": 47, "shared_workshops": shared}
        text = policy.evaluate("shared", facts, as_of=DAY).explain("en")
        gap = re.search(r"Short by (\d+)", text)
        spare = re.search(r"Margin: (\d+)", text)
        until = re.search(r"Holds until workshops reach (\d+)", text)
        if gap is not None:
            least = shared + int(gap[1])
        else:
            assert spare is not None and until is not None
            least = shared - int(spare[1])
            assert shared / int(until[1]) < 0.6 <= shared / (int(until[1]) - 1)
        assert least / 47 >= 0.6 > (least - 1) / 47


def test_deciding_runs_no_explanation() -> None:
    code = f"""
import sys, vocpolicy
policy = vocpolicy.load({str(GOLDEN / "academy.vocp")!r})
one = policy.evaluate("credit_bank", {{"accounts": 3}})
one.outcome, one.value, one.missing, one.citations, one.assumptions, one.readings
assert not [name for name in sys.modules if name.startswith("vocpolicy.explain")]
one.explain()
assert "vocpolicy.explain" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("links", [30, 1500])
def test_a_long_chain_of_rules_is_unfolded_as_far_as_anyone_reads(links: int) -> None:
    """A chain of any length is explained; what lies deep is named, and explained by its name."""
    text = 'language 1\npolicy chain { title zh "链" en "Chain" }\n'
    text += 'fact begun zh "开始" en "begun" : yes or no\n'
    text += 'rule link_0 zh "环0" en "link 0" { eligible when begun }\n'
    text += "".join(
        f'rule link_{i} zh "环{i}" en "link {i}" {{ eligible when link_{i - 1} }}\n'
        for i in range(1, links)
    )
    policy = vocpolicy.Policy.from_text(text)
    said = policy.evaluate(f"link_{links - 1}", {"begun": True}).explain()
    assert f"link {links - 20}: eligible" in said
    assert "(not unfolded any further)" in said
    assert "begun" not in said
    assert "begun: yes" in policy.evaluate("link_1", {"begun": True}).explain()
