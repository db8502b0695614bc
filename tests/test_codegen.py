"""Classes made of a policy's facts: a type checker takes them, and so does whatever takes facts."""

from __future__ import annotations

import datetime
import importlib.util
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import MISSING, FactError, Outcome, Policy, UsageError
from vocpolicy.cli import main
from vocpolicy.codegen import python_classes
from vocpolicy.codegen.identifiers import class_name, identifiers
from vocpolicy.stored import content
from vocpolicy.stored.policy import StoredPolicy
from vocpolicy.stored.saving import compiled_form
from vocpolicy.testing import facts

ROOT = Path(__file__).parent.parent
POLICIES = ("rules/shanghai-plan-14", "examples/annual-leave", "examples/income-tax")
DAY = datetime.date(2023, 6, 1)

TEXT = """language 1
policy odd { title en "Odd names" zh "怪名" }
kind school en "school" plural "schools" zh "学校"
choice medal en "medal" { gold, `3d` en "a 3D \\"print\\"", 银牌 en "silver" }
entity stay en "stay" { from en "from" : date; to en "to" : date; place en "place" : text }
entity applicant en "applicant" {
  score en "score" : points, between 0 points and 750 points
  medal en "medal" : medal or none
  class en "class" : text
  field en "field" : yes or no
  stays en "stays" : list of stay
  share en "share" : ratio
}
fact line en "line" : points
fact schools en "schools" : count of school
fact `import` en "import" : yes or no
rule passed for applicant { satisfied when any of { score is at least line; medal is gold } }
define days for stay en "days" = days between `from` and `to`
rule stayed for applicant { holds when total of stays.days is at least 30 days }
rule named for applicant { holds when class is "7" and field and share is at least 65% }
rule enough { holds when schools is at least 3 and `import` }
"""

ODDEST = """language 1
policy `class` { title en "Quotes \\"\\"\\" and \\\\" zh "类" }
choice `None` en "none" { mro, name, `True`, `1`, `-`, ＡＢ, AB, `a b`, a_b }
choice Date en "date" { monday }
kind Number en "Number" plural "Numbers" zh "数"
entity Mapping en "mapping" {
  date en "date" : date
  `self` en "self" : yes or no
  `list` en "list" : list of text
  `int` en "int" : number or none
}
entity person en "person" {
  `cls` en "cls" : text or none
  `str` en "str" : date
  rest en "rest" : list of Mapping
  one en "one" : Mapping
  day en "day" : Date
  pay en "pay" : yuan per month
  picks en "picks" : list of `None`
  pick en "pick" : `None`
  n en "n" : count of Number or none
  `MISSING` en "MISSING" : yes or no
  `__init__` en "init" : yes or no
  `if` en "if" : yes or no
  姓名 zh "姓名" : text
}
fact `person` en "person" : yes or no
fact StrEnum en "enumeration" : yes or no
rule fit for person { holds when all of { `MISSING`; `if`; `person`; pick is AB } }
rule known { holds when StrEnum }
"""


def module(text: str, folder: Path, name: str = "made") -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


@pytest.fixture(scope="module")
def made(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return module(python_classes(policy.core), tmp_path_factory.mktemp("made"), "odd_facts")


@pytest.fixture(scope="module")
def texts(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for lang in ("en", "zh"):
        for path in POLICIES:
            core = Policy.load(ROOT / path).core
            text = python_classes(core, lang=lang)
            (folder / f"{Path(path).name.replace('-', '_')}_{lang}.py").write_text(text, "utf-8")
        (folder / f"odd_{lang}.py").write_text(python_classes(policy.core, lang=lang), "utf-8")
        oddest = python_classes(Policy.from_text(ODDEST).core, lang=lang)
        (folder / f"oddest_{lang}.py").write_text(oddest, "utf-8")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--isolated", "--check"],
        ["ruff", "check", "--isolated", "--select", "A,B,C4,E4,E7,E9,F,I,PIE,RET,SIM,UP,W"],
        pytest.param(["mypy", "--strict", "--no-error-summary"], marks=pytest.mark.slow),
    ],
    ids=("format", "check", "mypy"),
)
def test_tools_have_nothing_to_say(command: list[str], texts: Path) -> None:
    cache = ["--cache-dir", os.devnull] if command[0] == "mypy" else ["--no-cache"]
    done = subprocess.run(
        [sys.executable, "-m", *command, *cache, "."],
        cwd=texts,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_class_says_types_units_and_choices(made: ModuleType) -> None:
    applicant = made.Applicant
    assert attrs.has(applicant)
    assert [one.name for one in attrs.fields(applicant)] == [
        *("score", "medal", "class_", "field_", "stays", "share", "line"),
    ]
    assert "score: score; a number of points; at least 0; at most 750" in applicant.__doc__
    assert [one.value for one in made.Medal] == ["gold", "3d", "银牌"]
    assert applicant().score is None and applicant().medal is MISSING
    assert applicant.__annotations__["medal"] == "Medal | None | Missing"
    assert applicant.__annotations__["stays"] == "list[Stay] | tuple[Stay, ...] | None"
    assert attrs.fields(made.Stay).from_.metadata == {"fact": "from"}


def cases(made: ModuleType) -> list[tuple[Any, dict[str, Any]]]:
    """Instances, and what says the same as a mapping."""
    return [
        (
            made.Applicant(score=600, line=500, medal=None),
            {"score": 600, "line": 500, "medal": None},
        ),
        (
            made.Applicant(score=Decimal("499.5"), line=500),
            {"score": Decimal("499.5"), "line": 500},
        ),
        (made.Applicant(medal=made.Medal.GOLD), {"medal": "gold"}),
        (made.Applicant(medal=made.Medal("银牌"), score=1), {"medal": "银牌", "score": 1}),
        (made.Applicant(score=1, line=2, medal=None), {"score": 1, "line": 2, "medal": None}),
        (made.Applicant(), {}),
        (made.Applicant(score=751), {"score": 751}),
        (
            made.Applicant(class_="7", field_=True, share=Decimal("0.65")),
            {"class": "7", "field": True, "share": "65%"},
        ),
        (
            made.Applicant(stays=[made.Stay(from_=DAY, to=datetime.date(2023, 7, 15))]),
            {"stays": [{"from": "2023-06-01", "to": "2023-07-15"}]},
        ),
    ]


def answer(call: Any, *arguments: object) -> object:
    try:
        found = call(*arguments)
    except FactError as error:
        return str(error)
    return getattr(found, "outcome", found)


def test_instances_are_taken_wherever_facts_are(policy: Policy, made: ModuleType) -> None:
    form = StoredPolicy(content.read(compiled_form(policy, as_of=DAY).data), lambda: None)
    seen = set()
    for instance, mapping in cases(made):
        for name in ("passed", "stayed", "named"):
            expected = answer(policy.evaluate, name, mapping, DAY)
            seen.add(expected)
            for _ in range(2):
                assert answer(policy.evaluate, name, instance, DAY) == expected
                assert answer(policy.decide, name, instance, DAY) == expected
                assert answer(policy.compile(name, DAY), instance) == expected
                assert answer(form.decide, name, instance, DAY) == expected
    assert {Outcome.HOLDS, Outcome.FAILS, Outcome.UNDETERMINED} < seen and len(seen) > 3
    own = made.OddFacts(schools=3, import_=True)
    assert policy.decide("enough", own, DAY) is Outcome.HOLDS
    assert policy.decide("enough", made.OddFacts(schools=3), DAY) is Outcome.UNDETERMINED


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Policy, ModuleType]:
    policy = Policy.load(ROOT / "rules" / "shanghai-plan-14")
    folder = tmp_path_factory.mktemp("plan")
    return policy, module(python_classes(policy.core), folder, "plan_facts")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_mapping_says_an_instance_says(
    plan: tuple[Policy, ModuleType], data: st.DataObject
) -> None:
    policy, made = plan
    rules = [one for one in policy.core.conclusions.values() if one.entity is not None]
    rule = data.draw(st.sampled_from(rules))
    assert rule.entity is not None
    kind = getattr(made, class_name(rule.entity))
    names = {one.metadata.get("fact", one.name): one.name for one in attrs.fields(kind)}
    mapping = data.draw(facts(policy, rule.name, missing=True))
    assert mapping.keys() <= names.keys()
    instance = kind(**{names[name]: value for name, value in mapping.items()})
    expected = answer(policy.evaluate, rule.name, mapping, DAY)
    assert answer(policy.evaluate, rule.name, instance, DAY) == expected
    assert answer(policy.decide, rule.name, instance, DAY) == expected


def test_chinese_policies_have_classes(tmp_path: Path) -> None:
    policy = Policy.load(ROOT / "examples" / "annual-leave")
    made = module(python_classes(policy.core, "职工", "zh"), tmp_path, "leave_facts")
    someone = made.职工(累计工作时间=12, 连续工作时间=3, 已休天数=4)
    assert policy.decide("年休假天数", someone, DAY) is Outcome.HOLDS
    assert policy.evaluate("年休假天数", someone, DAY).value == 10
    assert "累计工作时间" in made.职工.__doc__ and "年" in made.职工.__doc__


def test_names_become_identifiers_and_stay_apart() -> None:
    names = ["a", "class", "class_", "3d", "a b", "a_b", "整年数", "ｆｕｌｌ", "date"]
    made = identifiers(names, frozenset({"date"}))
    assert list(made.values()) == [
        *("a", "class_", "class__", "n3d", "a_b", "a_b_", "整年数", "full", "date_"),
    ]


def test_no_name_is_too_odd(tmp_path: Path) -> None:
    policy = Policy.from_text(ODDEST)
    made = module(python_classes(policy.core), tmp_path, "oddest_facts")
    values = [one.value for one in made.None_]
    assert values == ["mro", "name", "True", "1", "-", "ＡＢ", "AB", "a b", "a_b"]
    every = {"MISSING": True, "if": True, "person": True, "pick": "AB"}
    nested = {"date": DAY, "self": True, "list": ["x"], "int": None}
    pairs = [
        (made.Person(MISSING_=True, if_=True, person=True, pick=made.None_("AB")), every),
        (made.Person(if_=False, pay=3, n=None, 姓名="x"), {"if": False, "pay": 3, "姓名": "x"}),
        (
            made.Person(
                one=made.Mapping_(date_=DAY, self_=True, list_=["x"], int_=None),
                picks=[made.None_("1"), made.None_("ＡＢ")],
                rest=(made.Mapping_(self_=False),),
                init=True,
                day=made.Date.MONDAY,
            ),
            {
                "one": nested,
                "picks": ["1", "ＡＢ"],
                "rest": [{"self": False}],
                "__init__": True,
                "day": "monday",
            },
        ),
        (made.Person(picks=["no"]), {"picks": ["no"]}),
    ]
    form = StoredPolicy(content.read(compiled_form(policy, as_of=DAY).data), lambda: None)
    for instance, mapping in pairs:
        expected = answer(policy.evaluate, "fit", mapping, DAY)
        for call in (policy.evaluate, policy.decide, form.decide):
            assert answer(call, "fit", instance, DAY) == expected
        assert answer(policy.compile("fit", DAY), instance) == expected


def test_the_command_writes_a_module(tmp_path: Path) -> None:
    path = str(ROOT / "rules" / "shanghai-plan-14")
    file = tmp_path / "facts.py"
    arguments = ["codegen", path, "--entity", "teacher", "-o", str(file), "--lang", "en"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    text = file.read_text("utf-8")
    assert "class Teacher:" in text and "class Applicant" not in text
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2 and file.read_text("utf-8") == text
    with pytest.raises(UsageError, match="V670"):
        python_classes(Policy.load(path).core, "teachers")
