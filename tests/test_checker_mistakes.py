"""Every mistake that resolver and checker find: its code, its place, and words in both languages.

A case is a policy's rest, its code, and the text that the span covers.
"""

from __future__ import annotations

import re

import pytest

from vocpolicy.diagnostics import CATALOG, Diagnostic, PolicyError
from vocpolicy.driver import load_sources
from vocpolicy.source import Source

HEAD = 'language 1\npolicy p { title en "P"; document plan "P" }\n'

WORLD = """
kind teacher en "teacher" plural "teachers" zh "教师" counter "名"
kind school en "school" plural "schools" zh "学校" counter "所"
kind base en "base" plural "bases" zh "基地" counter "个"
kind studio en "studio" plural "studios" zh "工作室" counter "个"
choice medal { gold, silver }
choice colour { gold, red }
entity stay { from : date; to : date; where_ : text; score : points; won : medal }
entity pupil { stays : list of stay; mark : points; born : date }
fact teachers : count of teacher, at least 1
fact dual : count of teacher, at most teachers
fact schools : count of school
fact score : points
fact age : years
fact gap : days
fact share_ : ratio
fact won : medal
fact prize : medal or none
fact height : metres or none
fact ok : yes or no
fact start : date
fact label_ : text
fact stays : list of stay
fact medals : list of medal
fact pupils : list of pupil
"""


def mistakes(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(PolicyError) as raised:
        load_sources([Source("p.vocp", text)])
    return raised.value.diagnostics


def rule(condition: str) -> str:
    return f"rule r {{ holds when {condition} }}"


EXPRESSIONS = [
    # Scales.
    ("round up (score) to 0 points >= 5 points", "V360", "0 points"),
    ("round up (score) to score >= 5 points", "V360", "score"),
    ("round up (score) to 1 day >= 5 points", "V301", "round"),
    ("smaller of (score, 5 days) >= 5 points", "V301", "5 days"),
    (
        "band of score { from 5 points = 1 point; from 5 points = 2 points } >= 1 point",
        "V361",
        "5 points",
    ),
    ("band of score { } >= 1 point", "V362", "band"),
    ("marginal scale of score { from 0 points = yes } >= 1 point", "V309", "yes"),
    # Names.
    ("scroe >= 5 points", "V201", "scroe"),
    ("won is bronze", "V212", "bronze"),
    ("score.half >= 1 points", "V213", "half"),
    ("count of stays where (wher = ok) >= 1", None, ""),
    ("count of stays where (fro is start) >= 1", "V201", "fro"),
    ("total of stays.scor >= 1 points", "V227", "scor"),
    ("mark >= 1 points", "V228", "mark"),
    ("schools is at least 20 个", "V312", "个"),
    ("5 teachers + 20个 >= teachers", "V312", "个"),
    ("20 furlongs >= score", "V205", "furlongs"),
    ("20个 >= 10个", "V217", "个"),
    ("won is medal.bronze", "V212", "bronze"),
    # Agreement.
    ("score >= age", "V301", "score >= age"),
    ("teachers + schools >= 1", "V301", "teachers + schools"),
    ("teachers - score >= 1", "V301", "teachers - score"),
    ("teachers >= 5 schools", "V301", "teachers >= 5 schools"),
    ("won is ok", "V355", "won is ok"),
    ('won is "gold"', "V355", "won is"),
    ("share_ >= 65", "V302", "65"),
    ("dual / teachers >= 0.65", "V302", "0.65"),
    ("score >= 525", "V303", "525"),
    ("525 <= score", "V303", "525"),
    ("age >= gap", "V304", "age >= gap"),
    ("total length of stays >= 10 months", "V304", "total length of stays >= 10 months"),
    ("score", "V306", "score"),
    ("ok and won", "V306", "won"),
    ("won >= gold", "V307", "won"),
    ("won is gold or silver", "V356", "silver"),
    ("sc\u043ere >= 5 points", "V234", "sc\u043ere"),
    ("score / month >= 5 points", "V235", "month"),
    ("height + 1 metres >= 2 metres", "V308", "height"),
    ("ok + 1 >= 2", "V309", "ok"),
    ("start + 5 points >= start", "V344", "5 points"),
    ("won is none", "V347", "none"),
    ("stays is stays", "V348", "stays"),
    ("distinct pupils.stays >= 1", "V348", "stays"),
    ("score between 5 points and 1 points", "V319", "score between 5 points and 1 points"),
    # Ratios and lists.
    ("dual / schools >= 5 teachers / 1 school", "V310", "schools"),
    ("dual / teachers / share_ >= 5%", "V310", "share_"),
    ("teachers / dual if zero 1 points >= 5%", "V305", "1 points"),
    ("least of stays.score >= 5 points", "V311", "least of stays.score"),
    ("share of stays satisfies (won is gold) >= 5%", "V311", "share of stays satisfies"),
    ("count of score >= 1", "V323", "score"),
    ("total of stays >= 1", "V324", "stays"),
    ("total of medals >= 1", "V324", "medals"),
    ("every one of stays where (won is gold)", "V325", "every one of stays where (won is gold)"),
    ("count of stays.score >= 1", "V326", "score"),
    ("count of stays satisfies (won is gold) >= 1", "V327", "(won is gold)"),
    ("count of stays if empty 0 >= 1", "V327", "0"),
    ("count of stays in the last 5 points >= 1", "V328", "5 points"),
    ("count of stays in the last 0 days >= 1", "V328", "0 days"),
    ("total length of stays (month of 30 points) >= 1 months", "V329", "30 points"),
    ("total length of pupils >= 1 days", "V349", "pupils"),
    ("count of medals in the last 5 years >= 1", "V349", "medals"),
    ("total of stays.won >= 1", "V309", "won"),
    # Conclusions and the like.
    ("score is fulfilled", "V317", "score"),
    ("成绩不低于控制线", "V229", "成绩不低于控制线"),
]


@pytest.mark.parametrize(
    ("condition", "code", "text"),
    [case for case in EXPRESSIONS if case[1]],
    ids=[case[0] for case in EXPRESSIONS if case[1]],
)
def test_mistake_in_an_expression(condition: str, code: str, text: str) -> None:
    found = mistakes(HEAD + WORLD + rule(condition))
    assert [one.code for one in found] == [code]
    assert found[0].span is not None
    assert found[0].span.text.startswith(text)


DECLARATIONS = [
    # Names.
    ("fact a : points\nfact a : days", "V202", "a"),
    ("fact a : points\ndefine a = 5", "V202", "a"),
    ("choice c { x, x }", "V202", "x"),
    ("entity e { x : date; x : text }", "V202", "x"),
    ("entity e { x : date }\nkind e", "V202", "e"),
    ("fact a : date\nrule a { holds when yes }", "V202", "a"),
    ("rule a { holds when yes }\nrule a decides b { holds when yes }", "V202", "a"),
    ("fact a : furlongs", "V203", "furlongs"),
    ("fact a : count of furlong", "V204", "furlong"),
    ("fact a : yuan per furlong", "V205", "furlong"),
    ("fact a : school", "V346", "school"),
    (
        "fact a : number"
        + "".join(f"\ndefine a{n} = a{n - 1 or ''} * a{n - 1 or ''}" for n in range(1, 11)),
        "V363",
        "a9 * a9",
    ),
    ('define a = 5   cite paln 一（一）1 "5"', "V206", "paln"),
    ("define a = b\ndefine b = c + 1\ndefine c = a", "V207", "b"),
    ("define a = a + 1", "V207", "a"),
    ("rule a { holds when b }\nrule b { holds when a }", "V207", "b"),
    ("rule a { overrides b; holds when ok }", "V208", "b"),
    ("rule a { holds when ok }\nrule b { overrides a; holds when ok }", "V209", "a"),
    (
        "rule a decides c { overrides b; holds when ok }\n"
        "rule b decides c { overrides a; not holds when ok; otherwise holds }",
        "V210",
        "b",
    ),
    ("rule a for pupli { holds when ok }", "V211", "pupli"),
    ("rule a for pupil { holds when mark >= 5 points }\n" + rule("a"), "V215", "a"),
    ("define half for pupil = mark * 50%\ndefine a = half", "V215", "half"),
    ("define a = gold", "V216", "gold"),
    ("target t { measure dual; goal 5 }\n" + rule("t"), "V214", "t"),
    ("entity points_ { x : date }\nentity date { x : date }", "V226", "date"),
    ("fact a : days, at most b\nfact b : days, at most a", "V225", "b"),
    (
        "rule a decides c for pupil { holds when ok }",
        None,
        "",
    ),
    (
        "rule a for pupil decides c { holds when ok }\nrule b decides c { holds when ok }",
        "V224",
        "b",
    ),
    ("define a = stays.from", "V213", "from"),
    ("fact 年龄 : years\nrule r { holds when 年龄不低于十八 }", "V229", "年龄不低于十八"),
    # Readings.
    ("rule a { reading x { holds when ok }; reading y { holds when ok } }", "V219", "a"),
    (
        "target t { measure dual; goal 5; reading x in use { stock }; reading y in use { stock } }",
        "V218",
        "y",
    ),
    # Facts.
    ("define b = 5 days\nfact a : days, at most b", "V318", "b"),
    ("fact a : days, between 5 days and 1 days", "V319", "5 days and 1 days"),
    ("fact a : text, at most 5", "V320", "5"),
    ("fact a : days, at most 5 points", "V301", "5 points"),
    ("fact a : points, between 0 and 5 points", "V303", "0"),
    ("fact a : days, at least 5 days, at most b\nfact b : days, at most 2 days", "V321", None),
    ("fact a : points, in steps of 0 points", "V322", "0 points"),
    ("fact a : ok, at most 5", "V203", "ok"),
    # Parameters and records.
    ("parameter a : points { }", "V341", "a"),
    (
        "parameter a : points {\n from 2022-01-01 = 5 points\n from 2022-01-01 = 6 points\n}",
        "V342",
        "2022-01-01",
    ),
    (
        "parameter a : points {\n from 2022-01-01 to 2023-01-01 = 5 points\n"
        " from 2022-06-01 = 6 points\n}",
        "V342",
        "2022-06-01",
    ),
    ("parameter a : points { from 2022-02-01 to 2022-01-01 = 5 points }", "V345", "2022-02-01"),
    ("parameter a : points { from 2022-02-01 = 5 days }", "V305", "5 days"),
    ("recorded a : count of school = nearly 3000", "V332", "nearly 3000"),
    ("recorded a : count of school = about 3000 tolerance -5", "V333", "-5"),
    ("recorded a : count of school = schools", "V340", "schools"),
    # Rules.
    ("rule a { not applicable when ok }", "V313", "not applicable"),
    ("rule a { holds when ok; gives 5 when ok }", "V314", "gives 5"),
    ("rule a { eligible when ok; not fulfilled when ok }", "V315", "not fulfilled"),
    ("rule a { eligible when ok }\n" + rule("a is fulfilled"), "V316", "a is fulfilled"),
    ("rule a { gives 5 points when ok; gives 5 days }", "V305", "5 days"),
    (
        "rule a decides c { holds when ok; otherwise holds }\n"
        "rule b decides c { overrides a; holds when ok; otherwise not holds }",
        "V343",
        "not holds",
    ),
    ("rule a { in force 2022-02-01 to 2022-01-01; holds when ok }", "V345", "in force"),
    # Targets.
    ("target t { goal 5 }", "V330", "t"),
    ("target t { measure dual }", "V337", "t"),
    ("target t { measure dual; goal about 5 }", "V332", "about 5"),
    ("target t { measure dual; goal all }", "V334", "all"),
    ("target t { measure share_; goal some }", "V335", "some"),
    ("target t { measure dual; goal each of (gold) }", "V336", "each of (gold)"),
    ("target t { measure medals; goal each of (bronze) }", "V212", "bronze"),
    ("target t { measure medals; goal at least 5 }", "V307", "at least 5"),
    ("target t { measure dual / teachers; goal at least 65 }", "V302", "65"),
    ("target t { measure dual; goal at least 65% }", "V305", "65%"),
    ("target t { measure each { a : dual; b : schools }; goal 5 }", "V338", "schools"),
    ("target t { measure dual; goal 5 by 2025; baseline 1 }", "V339", "baseline 1"),
    ("target t { measure dual; goal 5 by 2025; milestone 1 }", "V350", "milestone 1"),
    ("target t { measure dual; goal 5 by 2020; baseline 1 at end of 2020 }", "V351", "end of 2020"),
    ("provision q { promote; evidence a : date }", "V352", "date"),
    # Cases.
    ('case "c" { given scroe = 5 points }', "V221", "scroe"),
    ('define d = score\ncase "c" { given d = 5 points }', "V222", "d"),
    ('case "c" { given score = 5 points, score = 6 points }', "V223", "score"),
    ('case "c" { given score = 525 }', "V303", "525"),
    ('case "c" { given score = score }', "V353", "score"),
    ('case "c" { given stays = 5 }', "V305", "5"),
    ('case "c" { given won = [ gold ] }', "V305", "[ gold ]"),
    ('case "c" { given stays = [ { fro = 2021-01-01 } ] }', "V227", "fro"),
    ('case "c" { expect score is met }', "V230", "score"),
    ('case "c" { expect nothing_known is met }', "V231", "nothing_known"),
    (rule("ok") + '\ncase "c" { expect r under x is undetermined }', "V232", "x"),
    (rule("ok") + '\ncase "c" { expect r is met }', "V233", "expect r is met"),
    (
        'target t { measure dual; goal 5 }\ncase "c" { expect t gives 5 }',
        "V354",
        "5",
    ),
    # Tables.
    ("table t decides m sometimes { | 1 | m | \n | 1 | 2 | }", "V703", "sometimes"),
]


@pytest.mark.parametrize(
    ("text", "code", "covered"),
    [case for case in DECLARATIONS if case[1]],
    ids=[case[0][:60] for case in DECLARATIONS if case[1]],
)
def test_mistake_in_a_declaration(text: str, code: str, covered: str | None) -> None:
    found = mistakes(HEAD + WORLD + text)
    assert [one.code for one in found] == [code]
    assert found[0].span is not None
    if covered is not None:
        assert found[0].span.text.startswith(covered)


def test_month_end_and_amendment_of_a_policy() -> None:
    found = mistakes("language 1\npolicy p { month end sideways }")
    assert {one.code for one in found} == {"V220"}
    found = mistakes("language 1\npolicy p { amends q }")
    assert {one.code for one in found} == {"V615"}


def test_every_mistake_is_worded_in_both_languages() -> None:
    """Filled in, without placeholders, class names or the other language's punctuation."""
    texts = [HEAD + WORLD + rule(case[0]) for case in EXPRESSIONS if case[1]]
    texts += [HEAD + WORLD + case[0] for case in DECLARATIONS if case[1]]
    for text in texts:
        with pytest.raises(PolicyError) as raised:
            load_sources([Source("p.vocp", text)])
        english, chinese = raised.value.render("en"), raised.value.render("zh")
        assert "{" not in english.replace(text, "").split("help: ")[0].split("\n")[0]
        assert "Type(" not in english + chinese
        head = chinese.split("\n")[0]
        assert re.search(r"[\u4e00-\u9fff]", head)


def test_several_mistakes_are_reported_at_once_and_each_once() -> None:
    found = mistakes(
        HEAD
        + WORLD
        + """
define bad = scroe + 5 points
define resting = bad * 2
rule a { holds when resting >= 5 points and share_ >= 65 }
rule b { holds when bad >= 5 }
"""
    )
    assert [one.code for one in found] == ["V201", "V302"]


def test_a_cycle_is_reported_with_its_chain_and_silences_what_rests_on_it() -> None:
    found = mistakes(HEAD + "define a = b\ndefine b = a\ndefine c = a + 1\nfact ok : date")
    assert [one.code for one in found] == ["V207"]
    assert found[0].args["chain"] == "a -> b -> a"
    assert len(found[0].notes) == 1


def test_close_names_are_proposed() -> None:
    (found,) = mistakes(HEAD + WORLD + rule("shcools >= 1"))
    assert "schools" in PolicyError([found]).render("en")
    assert "相近的名称：schools" in PolicyError([found]).render("zh")


def test_absent_names_are_not_reported_where_a_declaration_cannot_be_read() -> None:
    found = mistakes(HEAD + "fact broken : : points\n" + "define a = broken + score\n")
    assert all(one.code.startswith("V1") for one in found)
    assert found


def test_types_are_still_checked_where_another_declaration_cannot_be_read() -> None:
    found = mistakes(HEAD + WORLD + "fact broken : : points\n" + rule("share_ >= 65"))
    assert "V302" in {one.code for one in found}


def test_every_code_has_an_entry() -> None:
    used = {case[1] for case in (*EXPRESSIONS, *DECLARATIONS) if case[1]}
    assert used <= set(CATALOG)
    untested = {
        code for code in CATALOG if code[:2] in ("V2", "V3") and code not in used | {"V220"}
    }
    assert untested == set()
