"""What the checker makes of each construct: types, units folded in, nodes of the core."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from vocpolicy import core
from vocpolicy.core import Policy
from vocpolicy.driver import load_sources
from vocpolicy.source import Source

HEAD = 'language 1\npolicy p { title en "P"; document plan "P" dated 2022-02 }\n'

WORLD = """
kind school en "school" plural "schools" zh "学校" counter "所"
choice medal zh "奖牌" { gold zh "金牌", silver zh "银牌" }
choice stage { secondary, college }
entity stay { from : date; to : date or none; score : points, at least 0 points; won : medal }
entity teacher zh "教师" counter "名" { stays : list of stay; hired : date }
fact staff : count of teacher, at least 1
fact professional : count of teacher, at least 1, at most staff
fact dual : count of teacher, at most professional
fact schools : count of school
fact score : points, between 0 points and 750 points, in steps of 0.5 points
fact age : years
fact born : date
fact won : medal
fact prize : medal or none
fact pay : yuan per month, at most 12000 yuan / 1 year
fact ok : yes or no
fact teachers : list of teacher
fact medals : list of medal
"""


def load(text: str) -> Policy:
    return load_sources([Source("p.vocp", HEAD + WORLD + text)])


def value_of(text: str) -> core.Expr:
    return load(f"define it = {text}").definitions["it"].values[0].value


def condition_of(text: str) -> core.Expr:
    condition = (
        load(f"rule r {{ holds when {text} }}").rules["r"].bodies[""].statements[0].condition
    )
    assert condition is not None
    return condition


def number(node: core.Expr) -> Fraction:
    assert isinstance(node, core.Const) and isinstance(node.value, Fraction)
    return node.value


# ---- literals and arithmetic -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("2 years", 24),
        ("10个月", 10),
        ("65%", Fraction(13, 20)),
        ("5 percentage_points", Fraction(1, 20)),
        ("40万", 400_000),
        ("20所", 20),
        ("20学校", 20),
        ("-5 points", -5),
        ("90 minutes", Fraction(3, 2)),
        ("12000 yuan / 1 year", 1000),
    ],
)
def test_literals_are_in_base_units(text: str, base: Fraction) -> None:
    assert number(value_of(text)) == base


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("dual / staff", ()),
        ("dual / professional * 2", ()),
        ("schools / staff", (("count:school", 1), ("count:teacher", -1))),
        ("pay * 3 months", (("yuan", 1),)),
        ("2 * age", (("month", 1),)),
        ("staff + 1", (("count:teacher", 1),)),
        ("(staff + dual) / 2", (("count:teacher", 1),)),
        ("whole years between born and today", (("month", 1),)),
        ("count of teachers", (("count:teacher", 1),)),
        ("count of medals", ()),
    ],
)
def test_dimensions_of_results(text: str, dimension: core.Dimension) -> None:
    type_ = load(f"define it = {text}").definitions["it"].type
    assert isinstance(type_, core.NumberType)
    assert type_.dimension == dimension


def test_results_show_in_a_unit() -> None:
    policy = load("define a = schools / staff\ndefine b = dual / staff\ndefine c = age + 1 years")
    shown = []
    for name in "abc":
        type_ = policy.definitions[name].type
        assert isinstance(type_, core.NumberType) and type_.unit is not None
        shown.append(type_.unit.name)
    assert shown == ["schools per teacher", "%", "years"]


def test_a_date_moves_by_lengths_of_time() -> None:
    later, earlier = value_of("born + 2 years"), value_of("born - 10 days")
    assert isinstance(later, core.Arithmetic) and isinstance(earlier, core.Arithmetic)
    assert (later.operator, number(later.right)) == ("shift", 24)
    assert (earlier.operator, number(earlier.right)) == ("shift", -10)


def test_a_part_of_a_whole_is_known_through_a_chain_of_bounds() -> None:
    part, not_part = value_of("dual / staff"), value_of("schools / staff")
    assert isinstance(part, core.Divide) and part.part_of_whole
    assert isinstance(not_part, core.Divide) and not not_part.part_of_whole


def test_denominators_are_proved_or_say_what_then() -> None:
    proved = value_of("dual / (staff * 2 + dual)")
    said = value_of("dual / schools if zero (0 teachers / 1 school)")
    assert isinstance(proved, core.Divide) and proved.if_zero is None
    assert isinstance(said, core.Divide) and said.if_zero is not None


# ---- conditions --------------------------------------------------------------------------


def test_names_after_is_are_values_of_the_choice_on_the_left() -> None:
    for text in ("won is gold", "won in (gold, silver)", "prize is not gold", "won is medal.gold"):
        condition_of(text)
    node = condition_of("won is gold")
    assert isinstance(node, core.Equal)
    assert node.right == core.Const("gold", core.ChoiceType("medal"))


def test_a_value_of_the_choice_goes_before_a_fact_of_that_name() -> None:
    text = "fact gold : medal\nrule r { holds when won is gold }"
    node = load(text).rules["r"].bodies[""].statements[0].condition
    assert isinstance(node, core.Equal)
    assert isinstance(node.right, core.Const)


def test_none_is_a_value_where_the_type_allows_it() -> None:
    node = condition_of("prize is none")
    assert isinstance(node, core.Equal)
    assert node.right == core.Const(core.Nothing.NONE, core.OptionalType(core.ChoiceType("medal")))


@pytest.mark.parametrize(
    "text",
    [
        "staff is at least 1",
        "1 <= staff",
        "staff + 1 > dual",
        "schools is at least 20所",
        "dual / staff is at least 65%",
        "score between 5 points and 10 points",
        "born is more than 2001-01-01",
        "whole years between born and today is at least 18 years",
        "ok is no",
        "not ok or won is gold",
        "all of { ok; any of { ok; won is gold }; none of { ok } }",
        "count of teachers where (hired > 2020-01-01) >= 1",
    ],
)
def test_conditions_that_are_right(text: str) -> None:
    condition_of(text)


def test_runs_of_a_connective_are_one_node() -> None:
    node = condition_of("ok and ok and won is gold")
    assert isinstance(node, core.All)
    assert len(node.parts) == 3


def test_between_includes_both_ends() -> None:
    node = condition_of("score between 5 points and 10 points")
    assert isinstance(node, core.All)
    operators = [part.expr.operator for part in node.parts if isinstance(part.expr, core.Compare)]
    assert operators == ["at_least", "at_most"]


def test_conditions_keep_citations_of_their_lines() -> None:
    node = condition_of('all of { ok   cite plan 一 "1", plan 二; won is gold }')
    assert isinstance(node, core.All)
    assert node.parts[0].citations == (
        core.Citation("plan", "一", "1"),
        core.Citation("plan", "二"),
    )


# ---- lists -------------------------------------------------------------------------------


def test_fields_inside_an_aggregate_are_the_members() -> None:
    policy = load(
        "rule practice for teacher { fulfilled when "
        "total length of stays in the last 5 years where (won is gold and `from` > hired) "
        "(month of 30 days) is at least 10 months }"
    )
    node = policy.rules["practice"].bodies[""].statements[0].condition
    assert isinstance(node, core.Compare)
    length = node.left
    assert isinstance(length, core.Aggregate)
    assert isinstance(length.records, core.FactRef)
    assert (length.start, length.end) == ("from", "to")
    assert length.month_days == 30
    assert length.window is not None and number(length.window) == 60
    assert isinstance(length.where, core.All)
    _, second = (part.expr for part in length.where.parts)
    assert isinstance(second, core.Compare)
    assert isinstance(second.left, core.FieldRef) and second.left.record is None
    assert isinstance(second.right, core.FactRef)


def test_conclusions_about_members_are_conditions_inside_an_aggregate() -> None:
    policy = load(
        "rule practice for teacher { fulfilled when hired > 2020-01-01 }\n"
        "define share_ = share of teachers satisfies (practice is fulfilled) if empty 0%"
    )
    node = policy.definitions["share_"].values[0].value
    assert isinstance(node, core.Aggregate)
    assert isinstance(node.condition, core.ConclusionRef)
    assert policy.conclusions["practice"].entity == "teacher"


def test_what_is_taken_of_members_may_be_defined_for_them() -> None:
    policy = load(
        "define years_in for teacher = whole years between hired and today\n"
        "define most_ = most of teachers.years_in if empty 0 years"
    )
    node = policy.definitions["most_"].values[0].value
    assert isinstance(node, core.Aggregate)
    assert isinstance(node.value, core.DefinitionRef)


# ---- facts -------------------------------------------------------------------------------


def test_bounds_run_along_bounds_between_facts() -> None:
    facts = load("fact limited : count of teacher, at least staff, at most 500").facts
    assert facts["limited"].low == 1
    assert facts["staff"].high == 500
    assert facts["dual"].high == 500
    assert facts["dual"].low == 0
    assert facts["score"].step == Fraction(1, 2)
    assert facts["staff"].step == 1
    assert facts["pay"].high == 1000


def test_strict_bounds_stay_strict() -> None:
    facts = load("fact a : points, more than 0 points\nfact b : points, less than a").facts
    assert facts["a"].low == 0 and facts["a"].low_strict
    assert facts["b"].low is None
    assert [operator for operator, _ in facts["b"].compares] == ["less_than"]


def test_units_are_known_by_every_spelling() -> None:
    units = load("").units
    assert units["年"].unit == units["years"].unit
    assert units["所"] == units["school"] == units["学校"]
    assert units["分"].dimension == (("point", 1),)
    assert units["%"].dimension == ()


# ---- definitions -------------------------------------------------------------------------


def test_parameters_have_values_by_date() -> None:
    line = load(
        'parameter line : points { from 2023 = 525 points   assumed because "press"\n'
        " from 2022-01-01 to 2022 = 520 points }"
    ).definitions["line"]
    dates = [(value.start, value.end) for value in line.values]
    assert dates == [
        (datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)),
        (datetime.date(2023, 1, 1), None),
    ]
    assert line.values[1].assumptions == (core.Assumption(core.Labels("press", "press"), "line"),)


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("between 10 and 20", 10, 20),
        ("nearly 3000 tolerance 10%", 2700, 3000),
        ("about 20 tolerance 2", 18, 22),
        ("at least 5", 5, None),
        ("at most 5", 0, 5),
        ("some", 1, None),
    ],
)
def test_recorded_figures_may_be_ranges(figure: str, low: int, high: int | None) -> None:
    made = load(f"recorded it : count of school = {figure} at end of 2020").definitions["it"]
    node = made.values[0].value
    assert isinstance(node, core.Range)
    assert (node.low, node.high) == (low, high)
    assert made.values[0].start == datetime.date(2020, 12, 31)


def test_recorded_figures_may_be_exact() -> None:
    node = load("recorded it : count of school = 183 at end of 2020").definitions["it"]
    assert number(node.values[0].value) == 183


# ---- rules -------------------------------------------------------------------------------


def test_the_opposite_of_a_single_statement_is_implied() -> None:
    conclusion = load("rule a { eligible when ok }").conclusions["a"]
    assert conclusion.implied
    assert conclusion.otherwise == core.Result("not_eligible")


def test_nothing_is_implied_beside_a_second_statement_or_an_otherwise() -> None:
    two = load("rule a { eligible when ok; not eligible when won is gold }").conclusions["a"]
    said = load("rule a { eligible when ok; otherwise not applicable }").conclusions["a"]
    assert two.otherwise is None and not two.implied
    assert said.otherwise == core.Result() and not said.implied


def test_overrides_are_closed_and_leave_the_implied_opposite() -> None:
    conclusion = load(
        "rule a decides c { eligible when ok }\n"
        "rule b decides c { overrides a; not eligible when won is gold }\n"
        "rule d decides c { overrides b; eligible when won is silver }"
    ).conclusions["c"]
    assert conclusion.overrides == {("b", "a"), ("d", "b"), ("d", "a")}
    assert conclusion.otherwise == core.Result("not_eligible")


def test_rules_may_give_values() -> None:
    conclusion = load("rule fee { gives 5 yuan when ok; otherwise gives 0 yuan }").conclusions[
        "fee"
    ]
    assert conclusion.type == core.NumberType((("yuan", 1),))
    best = load("rule best { gives gold when ok; gives silver when not ok }").conclusions["best"]
    assert best.type == core.ChoiceType("medal")


def test_readings_of_a_rule_share_what_stands_outside_them() -> None:
    rule = load(
        "rule a { applies when ok\n"
        "  reading strict in use { eligible when won is gold }\n"
        '  reading loose zh "宽" { applies when not ok; eligible when won is silver } }'
    ).rules["a"]
    assert rule.in_use == "strict"
    assert [reading.labels.zh for reading in rule.readings] == ["", "宽"]
    assert isinstance(rule.bodies["strict"].applies, core.FactRef)
    assert isinstance(rule.bodies["loose"].applies, core.Not)


def test_labels_fall_back_on_the_name() -> None:
    conclusion = load("rule entry_test { holds when ok }").conclusions["entry_test"]
    assert conclusion.labels.get("en") == conclusion.labels.get("zh") == "entry test"


# ---- targets, provisions -----------------------------------------------------------------


def test_what_is_in_a_reading_stands_over_the_target_and_citations_add_up() -> None:
    target = load(
        'target t {\n stock\n cite plan 一 "1"\n'
        " baseline between 57% and 62% at end of 2020\n goal at least 65% by end of 2025\n"
        ' reading all_ in use { measure dual / staff   cite plan 二 "2" }\n'
        " reading grown { flow since 2021-01-01; measure dual / professional; goal 70% by 2024 }\n"
        "}"
    ).targets["t"]
    first, second = target.bodies["all_"], target.bodies["grown"]
    assert [citation.clause for citation in first.citations] == ["一", "二"]
    assert first.stock and first.since is None
    assert not second.stock and second.since == datetime.date(2021, 1, 1)
    assert first.goal.date == datetime.date(2025, 12, 31)
    assert (second.goal.comparator, second.goal.date) == ("exactly", datetime.date(2024, 12, 31))
    assert first.baseline is not None
    assert [number(operand) for operand in first.baseline.operands] == [
        Fraction(57, 100),
        Fraction(62, 100),
    ]


@pytest.mark.parametrize(
    ("measure", "goal", "relative"),
    [
        ("schools", "about 20 tolerance 10%", True),
        ("schools", "about 20 tolerance 2", False),
        ("dual / staff", "about 20% tolerance 10%", True),
        ("dual / staff", "about 20% tolerance 2 percentage_points", False),
        ("schools", "nearly 3000 tolerance 5%", True),
        ("schools", "level with 5 tolerance 5%", True),
    ],
)
def test_tolerances_are_relative_or_amounts(measure: str, goal: str, relative: bool) -> None:
    made = load(f"target t {{ measure {measure}; goal {goal} }}").targets["t"].bodies[""].goal
    assert made.relative is relative
    assert made.tolerance is not None


def test_each_of_a_named_set_and_each_population() -> None:
    policy = load(
        "target a { measure medals; goal each of (gold, silver) }\n"
        'target b { measure each { x zh "甲" : dual / staff; y : dual / professional }; goal all }'
    )
    names = [operand.value for operand in policy.targets["a"].bodies[""].goal.operands]
    assert names == ["gold", "silver"]
    body = policy.targets["b"].bodies[""]
    assert [component.labels.get("zh") for component in body.components] == ["甲", "y"]


def test_evidence_of_a_provision_is_a_fact() -> None:
    policy = load("provision bank { cite plan 三; promote; evidence accounts : count of school }")
    assert policy.provisions["bank"].evidence == ("accounts",)
    assert policy.provisions["bank"].modality == "promote"
    assert "accounts" in policy.facts


def test_set_asides_and_documents() -> None:
    policy = load('set aside plan 一（二）4 "5G" "6G" because "names of technologies"')
    cited = [aside.citation.locator for aside in policy.set_asides]
    assert cited == ["5G", "6G"]
    assert policy.documents["plan"].dated == "2022-02"


# ---- cases -------------------------------------------------------------------------------


def test_cases_hold_raw_facts_and_keys_of_wordings() -> None:
    policy = load(
        "rule practice for teacher { fulfilled when count of stays >= 1 }\n"
        "target t { measure dual / staff; goal at least 65% by 2025 }\n"
        'case "c" {\n today 2023-06-01\n'
        " given score = 525 points, dual = 540 at 2022-12-31, dual = 600 at 2023-12-31\n"
        " given stays = [ { from = 2021-01-01; to = none; won = gold } ], age = 18岁, ok = yes\n"
        " expect practice is not fulfilled\n"
        " expect t is on track missing staff\n"
        " expect practice is 暂无法判定\n"
        "}"
    )
    case = policy.cases[0]
    assert case.today == datetime.date(2023, 6, 1)
    day = datetime.date
    assert case.facts == {
        "score": "525 points",
        "dual": {day(2022, 12, 31): 540, day(2023, 12, 31): 600},
        "stays": [{"from": day(2021, 1, 1), "to": core.Nothing.NONE, "won": "gold"}],
        "age": "18 years",
        "ok": True,
    }
    wordings = [expect.wording for expect in case.expects]
    assert wordings == ["not_fulfilled", "on_track", "undetermined"]
    assert case.expects[1].missing == ("staff",)


def test_cases_may_expect_values() -> None:
    policy = load('rule fee { gives 5 yuan when ok }\ncase "c" { expect fee gives 5元 }')
    assert policy.cases[0].expects[0].value == 5


def test_a_policy_in_chinese_means_the_same() -> None:
    english = load(
        "rule r { eligible when all of { won in (gold); score is at least 525 points } }"
    ).rules["r"]
    chinese = load(
        "规则 r { 符合条件 当 同时满足 { won 属于（gold）; score 不低于 525分 } }"
    ).rules["r"]
    assert english == chinese


def test_long_chains_of_definitions_are_proved_step_by_step() -> None:
    chain = "".join(f"define d{at} = d{at + 1} + 1\n" for at in range(2000))
    node = value_of(f"1 / d0\n{chain}define d2000 = 1")
    assert isinstance(node, core.Divide) and node.if_zero is None
