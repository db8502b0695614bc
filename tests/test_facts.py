"""Facts: every way to write them, and every mistake told at once in both languages."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vocpolicy import FactError, MissingExtraError, Policy, UsageError
from vocpolicy.core import Nothing
from vocpolicy.exact import exact, shown, written
from vocpolicy.facts import Facts, load_facts, read_facts

DAY = datetime.date(2023, 6, 1)

POLICY = Policy.from_text("""\
language 1
policy p { title en "P" zh "政策" }
kind school en "school" plural "schools" zh "学校" counter "所"
choice medal en "medal" zh "奖牌" { gold en "gold medal" zh "金牌", silver en "silver" zh "银牌" }
entity stay en "stay" zh "经历" plural "stays" counter "段" {
  place en "place" zh "地点" : text
  from en "from" zh "起" : date
  to en "to" zh "止" : date or none
}
entity applicant en "applicant" zh "考生" plural "applicants" counter "名" {
  age en "age" zh "年龄" : years
  stays en "stays" zh "经历" : list of stay
}
fact score en "exam score" zh "总分" : points,
  between 0 points and 750 points, in steps of 0.5 points
fact service en "service" zh "工龄" : months
fact pay en "pay" zh "津贴" : yuan per month
fact fee en "fee" zh "学费" : yuan, more than 0 yuan
fact share en "share" zh "占比" : ratio, at most 100%
fact whole en "all schools" zh "学校总数" : count of school, at least 1
fact part en "good schools" zh "优质学校" : count of school, at most whole
fact prize en "prize" zh "奖项" : medal or none
fact enrolled en "enrolled" zh "在读" : yes or no
fact born en "born" zh "出生日期" : date
define half = score / 2
rule x for applicant { eligible when age is at least 18 years }
""")


def read(name: str, raw: object) -> object:
    facts = read_facts(POLICY.core, {name: raw}, as_of=DAY)
    return facts.values.get(name)


class Quantity:
    """What a quantity of pint shows of itself."""

    def __init__(self, magnitude: object, units: dict[str, int]) -> None:
        self.magnitude = magnitude
        self.units = " * ".join(units)
        self.unit_items: Callable[[], object] = lambda: units.items()


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("score", 525, 525),
        ("score", 525.5, Fraction(1051, 2)),
        ("score", Decimal("525.5"), Fraction(1051, 2)),
        ("score", Fraction(1051, 2), Fraction(1051, 2)),
        ("score", "525", 525),
        ("score", "525 points", 525),
        ("score", "525分", 525),
        ("score", "５２５分", 525),
        ("score", Quantity(525, {"point": 1}), 525),
        ("service", "10 months", 10),
        ("service", "10个月", 10),
        ("service", "2 years", 24),
        ("service", Quantity(Decimal("1.5"), {"year": 1}), 18),
        ("pay", "40万元/月", 400000),
        ("pay", "1,200 yuan per month", 1200),
        ("pay", "12 yuan per year", 1),
        ("pay", Quantity(24, {"yuan": 1, "year": -1}), 2),
        ("share", 0.65, Fraction(13, 20)),
        ("share", "65%", Fraction(13, 20)),
        ("share", "65％", Fraction(13, 20)),
        ("share", "13/20", Fraction(13, 20)),
        ("whole", 20, 20),
        ("whole", 20.0, 20),
        ("whole", "20 schools", 20),
        ("whole", "20所", 20),
        ("prize", "gold", "gold"),
        ("prize", "金牌", "gold"),
        ("prize", "Gold medal", "gold"),
        ("prize", None, Nothing.NONE),
        ("prize", "无", Nothing.NONE),
        ("enrolled", True, True),
        ("enrolled", "否", False),
        ("enrolled", "Yes", True),
        ("born", datetime.date(2004, 2, 29), datetime.date(2004, 2, 29)),
        ("born", datetime.datetime(2004, 2, 29), datetime.date(2004, 2, 29)),
        ("born", "2004-02-29", datetime.date(2004, 2, 29)),
        ("born", "2004年2月29日", datetime.date(2004, 2, 29)),
        ("enrolled", None, None),
        ("age", "19周岁", 228),
        ("age", 19, 228),
    ],
)
def test_ways_to_write_a_value(name: str, raw: object, value: object) -> None:
    assert read(name, raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"scor": 1}, "V401"),
        ({"总分": 1}, "V413"),
        ({"half": 1}, "V406"),
        ({"x": True}, "V406"),
        ({"score": True}, "V402"),
        ({"score": "many"}, "V402"),
        ({"score": [1]}, "V402"),
        ({"enrolled": 1}, "V402"),
        ({"enrolled": "perhaps"}, "V402"),
        ({"stays": "none"}, "V402"),
        ({"score": "10 months"}, "V403"),
        ({"score": Quantity(1, {"metre": 1})}, "V403"),
        ({"score": "5 furlongs"}, "V403"),
        ({"share": "65 points"}, "V403"),
        ({"prize": "bronze"}, "V404"),
        ({"score": 751}, "V405"),
        ({"score": "-1"}, "V405"),
        ({"score": 0.25}, "V405"),
        ({"fee": 0}, "V405"),
        ({"share": "101%"}, "V405"),
        ({"whole": 0}, "V405"),
        ({"whole": 5, "part": 6}, "V405"),
        ({"score": "1234567890.1234567891"}, "V407"),
        ({"score": 10**5000 + 1}, "V407"),
        ({"score": Decimal("1e999999")}, "V407"),
        ({"score": float("nan")}, "V408"),
        ({"score": float("inf")}, "V408"),
        ({"score": Decimal("NaN")}, "V408"),
        ({"score": "1/0"}, "V408"),
        ({"whole": 2.5}, "V409"),
        ({"born": "2023/06/01"}, "V410"),
        ({"born": "2023-02-30"}, "V410"),
        ({"born": datetime.datetime(2023, 1, 1, 12)}, "V410"),
        ({"score": {"soon": 5}}, "V410"),
        ({"score": {"2022-12-31": 5, "2022年底": 6}}, "V411"),
        ({"stays": [{"from": "2023-02-01", "to": "2023-01-01"}]}, "V415"),
        ([1, 2], "V419"),
        ("score", "V419"),
    ],
)
def test_mistakes(raw: object, code: str) -> None:
    with pytest.raises(FactError) as caught:
        read_facts(POLICY.core, raw, as_of=DAY)
    assert [one.code for one in caught.value.diagnostics] == [code]
    for lang in ("en", "zh"):
        text = caught.value.render(lang)
        assert code in text
        assert "{" not in text.replace('{"exam_score": 525}', "")


def test_every_mistake_is_told_at_once_with_what_it_takes() -> None:
    raw = {
        "scores": 1,
        "score": "10 months",
        "prize": "golden",
        "whole": 5,
        "part": 6,
        "stays": [{}, {"from": "soon", "too": 1}],
    }
    with pytest.raises(FactError) as caught:
        read_facts(POLICY.core, raw, as_of=DAY)
    said = str(caught.value)
    assert [one.code for one in caught.value.diagnostics] == [
        "V401",
        "V403",
        "V404",
        "V410",
        "V401",
        "V405",
    ]
    for part in (
        "Close names: score",
        "“months” is no unit of it",
        "a number of point",
        "one of: gold (gold medal), silver",
        "part is 6; it must be at most whole (5)",
        "stays[1].from",
        "stays[1].too",
        "Close names: to",
    ):
        assert part in said
    chinese = caught.value.render("zh")
    assert "part 为 6，应不超过 whole（5）。" in chinese
    assert "以下之一：gold（金牌）、silver（银牌）" in chinese


def test_a_bound_is_told_in_the_units_of_each_language() -> None:
    policy = Policy.from_text(
        'language 1\npolicy p { title en "P" zh "P" }\nfact score : points, at most 750 points'
    )
    with pytest.raises(FactError) as caught:
        read_facts(policy.core, {"score": 800}, as_of=DAY)
    assert "score is 800 points; it must be at most 750 points." in caught.value.render("en")
    assert "score 为 800 分，应不超过 750 分。" in caught.value.render("zh")


def test_bounds_between_facts_hold_day_by_day() -> None:
    growing = {
        "whole": {"2021-12-31": 5, "2022-12-31": 9},
        "part": {"2021-12-31": 5, "2022-12-31": 9},
    }
    assert read_facts(POLICY.core, growing, as_of=DAY).series["part"][1].value == 9
    growing["part"]["2021-12-31"] = 6
    with pytest.raises(FactError) as caught:
        read_facts(POLICY.core, growing, as_of=DAY)
    assert "part[2021-12-31] is 6" in str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        {"2022-12-31": 5, "2021": 4},
        {datetime.date(2022, 12, 31): "5 points", 2021: 4},
        {"2022年底": 5, "end of 2021": 4},
        [{"date": "2022-12-31", "value": 5}, {"date": "2021-12", "value": "4分"}],
    ],
)
def test_observations_by_date(raw: object) -> None:
    series = read_facts(POLICY.core, {"score": raw}, as_of=DAY).series["score"]
    assert [(seen.date.isoformat(), seen.value) for seen in series] == [
        ("2021-12-31", 4),
        ("2022-12-31", 5),
    ]


def test_a_value_on_a_day_is_the_last_observation_up_to_it() -> None:
    facts = read_facts(POLICY.core, {"score": {"2021": 4, "2022": 5}, "whole": 1}, as_of=DAY)
    assert facts.on("score", datetime.date(2022, 6, 1), DAY) == (4, datetime.date(2021, 12, 31))
    assert facts.on("score", datetime.date(2020, 6, 1), DAY) is None
    assert facts.on("whole", DAY, DAY) == (1, None)
    assert facts.on("whole", datetime.date(2022, 1, 1), DAY) is None


@attrs.frozen
class Stay:
    place: str
    to: datetime.date | None = None


@dataclasses.dataclass
class Applicant:
    age: str
    stays: list[Stay]
    score: float | None = None


def test_instances_of_attrs_classes_and_dataclasses() -> None:
    facts = read_facts(POLICY.core, Applicant("19 years", [Stay("A")]), name="x", as_of=DAY)
    assert facts.values["age"] == 228
    assert "score" not in facts.values
    (stay,) = facts.values["stays"]
    assert dict(stay.values) == {"place": "A", "to": Nothing.NONE}


def test_a_quantity_of_pint() -> None:
    pint = pytest.importorskip("pint")
    units = pint.UnitRegistry()
    assert read("service", units.Quantity(2, "year")) == 24
    assert read("service", units.Quantity(2.5, "month")) == Fraction(5, 2)
    with pytest.raises(FactError, match="V403"):
        read("service", units.Quantity(1, "second"))


class Scalar:
    """What a scalar of numpy shows of itself."""

    shape = ()

    def __init__(self, value: object) -> None:
        self.value = value

    def item(self) -> object:
        return self.value


def test_a_scalar_of_an_array() -> None:
    assert read("share", Scalar(0.65)) == Fraction(13, 20)
    assert read("whole", Scalar(20)) == 20
    assert read("enrolled", Scalar(True)) is True


# ---- numbers -------------------------------------------------------------------------------


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_float_is_its_shortest_decimal(number: float) -> None:
    if number and abs(number) < 1e-20:
        return
    assert exact(number) == Fraction(repr(number))


@given(st.fractions(max_denominator=1000, min_value=-1000, max_value=1000))
def test_what_is_shown_reads_back(number: Fraction) -> None:
    text = shown(number)
    assert Fraction(text) == number
    assert written(text) == (number, "")


# ---- files ---------------------------------------------------------------------------------


def test_numbers_in_files_are_exact(tmp_path: Path) -> None:
    texts = {
        "f.json": '{"score": 0.1, "whole": 3}',
        "f.toml": "score = 0.1\nwhole = 3\n",
        "f.yaml": "score: 0.1\nwhole: 3\n",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert load_facts(path) == {"score": Decimal("0.1"), "whole": 3}


def test_an_open_file_and_a_format() -> None:
    assert load_facts(io.StringIO("score = 1"), "toml") == {"score": 1}
    assert load_facts(io.BytesIO('{"总分": 1}'.encode("utf-8-sig"))) == {"总分": 1}


@pytest.mark.parametrize(
    "text",
    [
        '{"score": 1}',
        '\n  {\n"score" : 1}',
        "score = 1",
        "# 总分\n\n'score' = 1",
        "score: 1",
        "---\nscore: 1",
        '"score": 1',
    ],
)
def test_facts_without_a_file_name_are_read_as_they_are_written(text: str) -> None:
    assert load_facts(io.StringIO(text)) == {"score": 1}


def test_what_is_in_no_format_is_told_as_json() -> None:
    with pytest.raises(FactError, match="JSON"):
        load_facts(io.StringIO("score"))


@pytest.mark.parametrize(
    ("text", "form", "place", "code"),
    [
        ('{"score": 1,\n "whole" 2}', "json", "<stream>:2:10", "V412"),
        ("", "json", "<stream>", "V412"),
        ("[" * 100_000, "json", "<stream>", "V412"),
        ('{"score": 1, "score": 2}', "json", "<stream>", "V414"),
        ("score = 1\nwhole = \n", "toml", "<stream>:2:", "V412"),
        ("score: 1\nwhole: [\n", "yaml", "<stream>:2:9", "V412"),
        ("a: &x [1]\nb: *x\n", "yaml", "<stream>:2:4", "V412"),
        ("score: 1\nscore: 2\n", "yaml", "<stream>", "V414"),
        ("[1, 2]", "json", "<stream>", "V419"),
    ],
)
def test_files_that_cannot_be_read(text: str, form: str, place: str, code: str) -> None:
    with pytest.raises(FactError) as caught:
        load_facts(io.StringIO(text), form)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert str(caught.value).startswith(place)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_bytes('{"score":\n "总"}'.encode("gb18030"))
    with pytest.raises(FactError) as caught:
        load_facts(path)
    assert "f.json:2: V412" in str(caught.value)


def test_many_digits_in_a_file_are_refused_by_name() -> None:
    facts = load_facts(io.StringIO('{"score": ' + "9" * 10_000 + "}"))
    with pytest.raises(FactError, match="score has more than 18 significant digits"):
        read_facts(POLICY.core, facts, as_of=DAY)


def test_no_such_file_and_no_such_format(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="V601"):
        load_facts(tmp_path / "none.json")
    path = tmp_path / "f.csv"
    path.write_text("score\n1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="V420"):
        load_facts(path)


def test_yaml_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtraError, match=r"vocpolicy\[yaml\]"):
        load_facts(io.StringIO("score: 1"), "yaml")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "2023", "date", "value", "?"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
NAMES = ["score", "share", "whole", "prize", "enrolled", "born", "stays", "pay", "age", "wrong"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_whatever_is_supplied_is_read_or_refused_with_a_reason(raw: dict[str, object]) -> None:
    try:
        facts = read_facts(POLICY.core, raw, as_of=DAY)
    except FactError as error:
        assert error.render("en") and error.render("zh")
    else:
        assert isinstance(facts, Facts)
        POLICY.evaluate("x", facts, DAY)


def test_json_text_of_a_file_round_trips(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"score": 525.5, "prize": None}), encoding="utf-8")
    facts = read_facts(POLICY.core, load_facts(path), as_of=DAY)
    assert facts.values == {"score": Fraction(1051, 2), "prize": Nothing.NONE}
