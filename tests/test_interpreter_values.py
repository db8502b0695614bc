"""Three-valued logic, intervals, calendar arithmetic and aggregates of doubtful rows."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, strategies as st

from vocpolicy.core import Nothing
from vocpolicy.interpreter import dates, values
from vocpolicy.interpreter.aggregates import Row, aggregate
from vocpolicy.trace import UNKNOWN, Answer, Unknown

numbers = st.fractions(min_value=-20, max_value=20, max_denominator=4)
days = st.dates(datetime.date(1999, 1, 1), datetime.date(2031, 12, 31))


@st.composite
def known_within(draw: st.DrawFn) -> tuple[Answer, Fraction]:
    """What is known of a number, and the number."""
    value = draw(numbers)
    low = draw(st.none() | st.fractions(min_value=-30, max_value=value, max_denominator=4))
    high = draw(st.none() | st.fractions(min_value=value, max_value=30, max_denominator=4))
    return draw(st.sampled_from([value, values.interval(low, high)])), value


def holds(answer: Answer, value: Fraction) -> bool:
    low, high = values.bounds(answer)
    return (low is None or low <= value) and (high is None or value <= high)


@given(known_within(), known_within())
def test_arithmetic_contains_the_true_value(
    left: tuple[Answer, Fraction], right: tuple[Answer, Fraction]
) -> None:
    (a, x), (b, y) = left, right
    assert holds(values.add(a, b), x + y)
    assert holds(values.negate(a), -x)
    assert holds(values.multiply(a, b), x * y)
    assert holds(values.divide(a, b, Fraction(7), False, False), x / y if y else Fraction(7))


@given(known_within(), known_within())
def test_comparisons_agree_with_the_true_values(
    left: tuple[Answer, Fraction], right: tuple[Answer, Fraction]
) -> None:
    (a, x), (b, y) = left, right
    truths = {"at_least": x >= y, "at_most": x <= y, "more_than": x > y, "less_than": x < y}
    for operator, truth in truths.items():
        assert values.compare(operator, a, b) in (truth, UNKNOWN)
    assert values.equal(a, b) in (x == y, UNKNOWN)


@given(st.lists(st.sampled_from([True, False, None]), max_size=4))
def test_logic_is_decided_where_every_completion_agrees(parts: list[bool | None]) -> None:
    answers: list[Answer] = [UNKNOWN if part is None else part for part in parts]
    ways = list(product(*[(True, False) if part is None else (part,) for part in parts]))
    for decide, whole in ((values.conjunction, all), (values.disjunction, any)):
        outcomes = {whole(way) for way in ways}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert values.truth(decide(answers)) == expected


def test_an_interval_of_one_point_is_a_value() -> None:
    assert values.multiply(Fraction(0), UNKNOWN) == 0
    assert values.add(Unknown(Fraction(1), Fraction(1)), Fraction(2)) == 3


def test_a_part_of_a_whole_is_at_most_all_of_it() -> None:
    share = values.divide(
        Unknown(low=Fraction(0)), Unknown(low=Fraction(1)), None, whole=True, part=True
    )
    assert values.bounds(share) == (0, 1)


def test_a_denominator_that_counts_things_is_at_least_one_where_it_is_not_zero() -> None:
    ratio = values.divide(Fraction(3), Unknown(low=Fraction(0)), Fraction(5), True, False)
    assert values.bounds(ratio) == (0, 5)


def test_conflicts_spread_unless_the_rest_decides() -> None:
    conflict = Unknown(conflict=frozenset({"c"}))
    assert values.conjunction([conflict, True]) == conflict
    assert values.conjunction([conflict, False]) is False
    assert values.disjunction([conflict, True]) is True
    assert values.negation(conflict) == conflict


def test_a_choice_is_decided_by_what_it_can_still_be() -> None:
    medal = Unknown(among=frozenset({"gold", "silver"}))
    assert values.equal(medal, "bronze") is False
    assert values.within(medal, ["gold", "silver"]) is True
    assert values.truth(values.within(medal, ["gold"])) is None
    assert values.equal(medal, Nothing.NONE) is False


def test_nothing_compares_with_none() -> None:
    assert values.compare("at_least", Nothing.NONE, Fraction(1)) is False
    assert values.compare("less_than", Nothing.NONE, Fraction(1)) is False


# ---- dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month_end", "expected"),
    [
        ("down", datetime.date(2023, 2, 28)),
        ("up", datetime.date(2023, 3, 1)),
        ("refuse", None),
    ],
)
def test_month_end(month_end: str, expected: datetime.date | None) -> None:
    assert dates.add_months(datetime.date(2023, 1, 31), 1, month_end) == expected


def test_a_birthday_on_29_february() -> None:
    born = datetime.date(2004, 2, 29)
    day = datetime.date(2023, 2, 28)
    assert dates.between("years", born, day, "down") == 19
    assert dates.between("years", born, day, "up") == 18
    assert dates.between("years", born, datetime.date(2023, 3, 1), "refuse") == 19


@given(days, days, st.sampled_from(["down", "up"]))
def test_whole_months_between_are_the_most_that_fit(
    start: datetime.date, end: datetime.date, month_end: str
) -> None:
    start, end = sorted((start, end))
    months = dates.between("months", start, end, month_end)
    reached = dates.add_months(start, months, month_end)
    beyond = dates.add_months(start, months + 1, month_end)
    assert reached is not None and beyond is not None
    assert reached <= end < beyond
    assert dates.between("months", end, start, month_end) == -months


@given(st.lists(st.tuples(days, days), max_size=5))
def test_days_that_several_stays_cover_count_once(
    stays: list[tuple[datetime.date, datetime.date]],
) -> None:
    ordered = [(min(stay), max(stay)) for stay in stays]
    counted = {
        start.toordinal() + place
        for start, end in ordered
        for place in range((end - start).days + 1)
    }
    assert dates.covered(ordered) == len(counted)


@given(days, days, days, days)
def test_what_is_certain_of_a_stay_lies_in_what_is_possible(
    start: datetime.date, end: datetime.date, after: datetime.date, last: datetime.date
) -> None:
    start, end = sorted((start, end))
    window = dates.Window(min(after, last), max(after, last))
    whole = dates.Stay(start, end)
    full = whole.certain(window)
    for part in (dates.Stay(start, None), dates.Stay(None, end), dates.Stay(None, None)):
        assert part.reaches(window) in (whole.reaches(window), None)
        possible, certain = part.possible(window), part.certain(window)
        if full:
            assert possible is not None
            assert possible[0] <= full[0] and full[1] <= possible[1]
        if certain:
            assert full is not None
            assert full[0] <= certain[0] and certain[1] <= full[1]


# ---- rows ----------------------------------------------------------------------------------

doubt = st.sampled_from([True, False, None])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for _ in range(draw(st.integers(0, 4))):
        condition = draw(doubt)
        answer: Answer = UNKNOWN if condition is None else condition
        value = draw(st.integers(-3, 3).map(Fraction) | st.just(Unknown(Fraction(-3), Fraction(3))))
        made.append(Row(draw(st.sampled_from([True, None])), answer, value))
    return made


def completions(made: list[Row]) -> list[list[Row]]:
    """Every way that doubtful rows can go."""
    ways = []
    for row in made:
        counts = [True, False] if row.counts is None else [True]
        conditions = [row.condition] if isinstance(row.condition, bool) else [True, False]
        known = [row.value] if isinstance(row.value, Fraction) else [Fraction(-3), Fraction(3)]
        ways.append(list(product(counts, conditions, known)))
    return [
        [Row(True, condition, value) for counts, condition, value in way if counts]
        for way in product(*ways)
    ]


@given(rows(), st.sampled_from(["count", "total", "share", "least", "most", "distinct"]))
def test_aggregates_contain_every_completion(made: list[Row], kind: str) -> None:
    answer = aggregate(kind, made, Fraction(9))
    outcomes = [aggregate(kind, way, Fraction(9)) for way in completions(made)]
    assert all(isinstance(outcome, Fraction) and holds(answer, outcome) for outcome in outcomes)


@given(rows())
def test_the_interval_of_a_share_is_no_wider_than_it_must_be(made: list[Row]) -> None:
    answer = aggregate("share", made, Fraction(1))
    outcomes = [aggregate("share", way, Fraction(1)) for way in completions(made)]
    found = [outcome for outcome in outcomes if isinstance(outcome, Fraction)]
    assert values.bounds(answer) == (min(found), max(found))


@given(rows(), st.sampled_from(["every", "some", "none"]))
def test_quantifiers_agree_with_every_completion(made: list[Row], kind: str) -> None:
    answer = values.truth(aggregate(kind, made, UNKNOWN))
    outcomes = {aggregate(kind, way, UNKNOWN) for way in completions(made)}
    assert answer == (outcomes.pop() if len(outcomes) == 1 else None)
