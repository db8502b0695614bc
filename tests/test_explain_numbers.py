"""Numbers, dates and units as each language writes them."""

from __future__ import annotations

import datetime
import string
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from vocpolicy.core import Labels, NumberType, Unit
from vocpolicy.explain import numbers
from vocpolicy.explain.sentences import TABLE, words
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say

RATIO = NumberType((), unit=Unit("%", Fraction(1, 100), Labels("%", "%")))
TEACHERS = NumberType(
    (("count:teacher", 1),),
    whole=True,
    unit=Unit("teachers", Fraction(1), Labels("teacher", "教师"), "teachers", "名"),
)
MONTHS = NumberType(
    (("month", 1),), unit=Unit("months", Fraction(1), Labels("month", "个月"), "months")
)


@pytest.mark.parametrize(
    ("term", "en", "zh"),
    [
        (Amount(Fraction(1000), TEACHERS), "1,000 teachers", "1,000 名"),
        (Amount(Fraction(1), TEACHERS), "1 teacher", "1 名"),
        (Amount(Fraction(45, 2), TEACHERS), "22.5 teachers", "22.5 名"),
        (Amount(Fraction(10), MONTHS), "10 months", "10 个月"),
        (Amount(Fraction(13, 20), RATIO), "65%", "65%"),
        (Amount(Fraction(3, 5), RATIO, 1), "60.0%", "60.0%"),
        (Amount(Fraction(-5), MONTHS), "-5 months", "-5 个月"),
        (Amount(Fraction(900), TEACHERS, noun_said=True), "900", "900 名"),
        (Band(Fraction(57, 100), Fraction(62, 100), RATIO), "57–62%", "57%～62%"),
        (Band(Fraction(18), Fraction(22), TEACHERS), "18–22 teachers", "18～22 名"),
        (Band(Fraction(30), Fraction(30), TEACHERS), "30 teachers", "30 名"),
        (Day(datetime.date(2025, 12, 31)), "2025-12-31", "2025年12月31日"),
        (Day(datetime.date(2020, 12, 31), year_end=True), "the end of 2020", "2020年底"),
        (Day(datetime.date(2020, 6, 30), year_end=True), "2020-06-30", "2020年6月30日"),
    ],
)
def test_written(term: Amount | Band | Day, en: str, zh: str) -> None:
    assert words(term, "en") == en
    assert words(term, "zh") == zh


def test_a_share_just_below_its_bound_does_not_look_like_it() -> None:
    bound = Fraction(65, 100)
    for value, text in [
        (Fraction(6497, 10000), "64.97%"),
        (Fraction(64996, 100000), "64.996%"),
        (Fraction(649, 1000), "64.9%"),
        (bound, "65.0%"),
        (Fraction(1, 3000), "0.03%"),
    ]:
        places = numbers.telling_places(value, RATIO, [bound])
        assert words(Amount(value, RATIO, places), "en") == text


@given(
    st.fractions(min_value=0, max_value=1, max_denominator=10**6),
    st.fractions(min_value=0, max_value=1, max_denominator=1000),
)
def test_figures_that_differ_look_different(value: Fraction, bound: Fraction) -> None:
    places = numbers.telling_places(value, RATIO, [bound])
    shown = numbers.figure(value * 100, places)
    assert (value == bound) == (shown == numbers.figure(bound * 100, places))


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_to_the_nearest(value: Fraction, places: int) -> None:
    assert abs(numbers.rounded(value, places) - value) <= Fraction(1, 2 * 10**places)


def test_years_between_dates_count_calendar_years() -> None:
    day = datetime.date
    assert numbers.years_between(day(2023, 12, 31), day(2025, 12, 31)) == 2
    assert numbers.years_between(day(2024, 2, 29), day(2025, 3, 1)) == 1
    half = numbers.years_between(day(2023, 1, 1), day(2023, 7, 2))
    assert half == Fraction(182, 365)


def test_chinese_sets_numbers_apart_from_characters_but_not_percentages_or_dates() -> None:
    deadline = Day(datetime.date(2025, 12, 31))
    for amount, text in [
        (Amount(Fraction(540), TEACHERS), "540 名。"),
        (Amount(Fraction(13, 20), RATIO), "65%。"),
    ]:
        goal = Say("goal.at_least", {"bound": amount})
        args = {"value": Listing(("甲",)), "date": deadline, "goal": goal, "deadline": deadline}
        said = words(Say("end", {"text": Say("measured", args)}), "zh")
        gap = "" if "%" in text else " "
        assert said.endswith(f"目标：到2025年12月31日不少于{gap}{text}")


def test_both_languages_of_a_sentence_have_the_same_places() -> None:
    """But for two that hold no figure: the word of an outcome, and what the unit names anyway."""
    for key, row in TABLE.items():
        en, zh = (
            {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            for text in row
        )
        assert en - {"wording", "records"} == zh - {"wording", "records"}, key
