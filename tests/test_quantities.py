"""Units, dimensions and conversions."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from vocpolicy import quantities
from vocpolicy.core import Labels, NumberType

TEACHER = quantities.count_type("teacher", Labels("teacher", "教师"), "teachers", "名")
STUDENT = quantities.count_type("student", Labels("student", "学生"), "students", "名")


@pytest.mark.parametrize(
    ("one", "other"),
    [("points", "分"), ("years", "年"), ("months", "个月"), ("days", "天"), ("tonnes", "吨")],
)
def test_both_languages_name_the_same_unit(one: str, other: str) -> None:
    assert quantities.UNITS[one] == quantities.UNITS[other]
    assert quantities.UNITS[one].unit == quantities.UNITS[other].unit


def test_calendar_units_of_two_kinds() -> None:
    years, months, days = quantities.YEARS, quantities.MONTHS, quantities.DAYS
    assert years == months
    assert years.unit and years.unit.factor == 12
    assert months != days


def test_pint_agrees_with_the_table() -> None:
    day = quantities.UNITS["hours"]
    for name in ("week", "year", "hectare", "mu", "litre", "tonne", "minute"):
        type_ = quantities.UNITS[name]
        assert type_.unit is not None
        assert quantities.per(type_, day).unit.factor == type_.unit.factor


def test_compound_units_are_converted_exactly() -> None:
    rate = quantities.per(quantities.UNITS["yuan"], quantities.YEARS)
    assert rate.dimension == (("month", -1), ("yuan", 1))
    assert rate.unit is not None
    assert rate.unit.factor == Fraction(1, 12)
    assert (rate.unit.labels.en, rate.unit.labels.zh) == ("yuan per year", "元/年")


def test_counts_of_two_kinds_make_a_compound() -> None:
    assert quantities.kind_of(TEACHER.dimension) == "teacher"
    dimension = quantities.product(STUDENT.dimension, TEACHER.dimension, -1)
    assert quantities.kind_of(dimension) is None
    assert quantities.product(TEACHER.dimension, TEACHER.dimension, -1) == ()
    shown = quantities.unit_for(dimension, {"teacher": TEACHER, "student": STUDENT})
    assert (shown.plural, shown.labels.zh) == ("students per teacher", "学生/教师")


def test_ratios_are_told_from_plain_numbers() -> None:
    assert quantities.RATIO == quantities.NUMBER
    assert quantities.is_ratio(quantities.RATIO)
    assert quantities.is_ratio(quantities.UNITS["个百分点"])
    assert not quantities.is_ratio(quantities.NUMBER)


def test_pint_quantities_are_read_by_the_names_of_their_units() -> None:
    import pint

    registry = pint.UnitRegistry()
    assert quantities.from_pint(2.5 * registry.year) == (30, (("month", 1),))
    assert quantities.from_pint(3 * registry.hectare) == (30_000, (("metre", 2),))
    assert quantities.from_pint(5 * registry.parsec) is None
    assert quantities.from_pint("5 years") is None


def test_single_units_do_not_import_pint() -> None:
    code = (
        "import sys; from vocpolicy import quantities; quantities.UNITS['years'];"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_units_take_no_part_in_equality() -> None:
    bare = NumberType(quantities.MONTHS.dimension)
    assert bare == quantities.YEARS
