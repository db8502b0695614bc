"""Whatever is left out of the facts, what is then said of a value agrees with the whole facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import Outcome, Policy
from vocpolicy.interpreter import dates, scales, values
from vocpolicy.trace import Answer, ConclusionTrace, Unknown

DAY = datetime.date(2023, 6, 30)

POLICY = Policy.from_text("""\
language 1
policy p { title en "P" zh "政策" }
choice medal { gold, silver, bronze }
choice grade { low, middle, top }
entity stay plural "stays" {
  firm : text
  from : date
  to : date or none
  pay : yuan, between 0 yuan and 100 yuan
  prize : medal or none
  colour : medal
  abroad : yes or no
}
fact income : yuan, at least 0 yuan
fact score : points, between 0 points and 100 points
fact whole : count of stay, between 0 and 20
fact part : count of stay, at most whole
fact start : date
fact poor : yes or no
fact won : medal
fact stays : list of stay

define tax = marginal scale of income { from 0 yuan = 3%; from 20 yuan = 10%; from 60 yuan = 5% }
define fee = band of score {
  from 0 points = 9 yuan; from 40 points = 2 yuan; from 70 points = 5 yuan
}
define rating = band of score {
  from 30 points = low; from 60 points = middle; from 85 points = top
}
define tax_up = round up (tax) to 1 yuan
define tax_near = round half even (tax - 3 yuan) to 1 yuan
define capped = smaller of (tax, 4 yuan, income)
define floored = larger of (income - 50 yuan, fee)
define share = part / whole if zero 50%
define owed = fee * 2 - capped
define age = whole years between start and today
define due = start + 3 months
define how_many = count of stays
define recent = count of stays in the last 12 months
define abroad_ones = count of stays where (abroad)
define paid = total of stays.pay where (abroad)
define most_paid = most of stays.pay if empty 0 yuan
define least_paid = least of stays.pay where (abroad) if empty 7 yuan
define abroad_share = share of stays where (colour is gold) satisfies (abroad) if empty 25%
define first_day = least of stays.from if empty 2000-01-01
define colours = distinct stays.colour
define prizes = distinct stays.prize
define firms = distinct stays.firm in the last 24 months
define length = total length of stays
define recent_length = total length of stays in the last 12 months (month of 30 days)

rule r decides x { allowed when tax is at least 4 yuan and not poor except when won is gold }
rule s decides x { overrides r; not allowed when recent_length is at least 2 months }
rule t decides x { allowed when score is between 40 points and 70 points }
rule u { gives fee when poor; gives owed when won in (gold, silver); otherwise gives 0 yuan }
rule v { holds when every one of stays where abroad satisfies (colour is not bronze) }
rule w { holds when any one of stays satisfies (prize is gold) or rating is top }
rule y { holds when no one of stays in the last 12 months satisfies (pay is more than 50 yuan) }
""")
NAMES = [*POLICY.core.definitions, *POLICY.core.conclusions]

amounts = st.integers(0, 100)
days = st.dates(datetime.date(2021, 1, 1), datetime.date(2024, 3, 1))
medals = st.sampled_from(["gold", "silver", "bronze"])
stays = st.fixed_dictionaries(
    {
        "firm": st.sampled_from(["A", "B", "C"]),
        "from": days,
        "length": st.integers(0, 300) | st.none(),
        "pay": amounts.map("{} yuan".format),
        "prize": medals | st.just("none"),
        "colour": medals,
        "abroad": st.booleans(),
    }
)


def _stay(raw: Mapping[str, Any]) -> dict[str, Any]:
    stay = dict(raw)
    length = stay.pop("length")
    end = "none" if length is None else stay["from"] + datetime.timedelta(days=length)
    return {**stay, "to": end}


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole facts, and some of them."""
    whole = draw(st.integers(0, 20))
    facts: dict[str, Any] = {
        "income": f"{draw(amounts)} yuan",
        "score": f"{draw(amounts)} points",
        "whole": whole,
        "part": draw(st.integers(0, whole)),
        "start": draw(days),
        "poor": draw(st.booleans()),
        "won": draw(medals),
        "stays": [_stay(raw) for raw in draw(st.lists(stays, max_size=4))],
    }
    known = {name: value for name, value in facts.items() if draw(st.booleans())}
    if "stays" in known:
        known["stays"] = [
            {name: value for name, value in stay.items() if draw(st.integers(0, 3))}
            for stay in facts["stays"]
        ]
    return facts, known


def agrees(known: Answer, true: Answer) -> bool:
    """Whether the true value is among those that are still possible."""
    if not isinstance(known, Unknown):
        return known == true
    if isinstance(true, Fraction):
        low, high = known.low, known.high
        return (low is None or low <= true) and (high is None or true <= high)
    return not known.among or true in known.among


@settings(max_examples=40, deadline=None)
@given(cases())
def test_what_is_said_of_partial_facts_is_true_of_the_whole(
    case: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    facts, known = case
    for name in NAMES:
        partial, whole = (POLICY.evaluate(name, given, DAY) for given in (known, facts))
        assert whole.missing == ()
        assert isinstance(partial.trace, ConclusionTrace)
        assert isinstance(whole.trace, ConclusionTrace)
        if partial.outcome is not Outcome.UNDETERMINED:
            assert (partial.outcome, partial.value) == (whole.outcome, whole.value), name
        else:
            assert partial.missing, name
            possible = {one.outcome for one in partial.trace.possible}
            assert whole.outcome in possible or name in POLICY.core.definitions, name
        if partial.trace.answer is not None and whole.trace.answer is not None:
            assert agrees(partial.trace.answer, whole.trace.answer), name


numbers = st.fractions(min_value=-20, max_value=90, max_denominator=4)


@st.composite
def known_within(draw: st.DrawFn) -> tuple[Answer, Fraction]:
    """What is known of a number, and the number."""
    value = draw(numbers)
    low = draw(st.none() | st.fractions(min_value=-30, max_value=value, max_denominator=4))
    high = draw(st.none() | st.fractions(min_value=value, max_value=99, max_denominator=4))
    return draw(st.sampled_from([value, values.interval(low, high)])), value


def true(answer: Answer) -> Fraction:
    assert isinstance(answer, Fraction)
    return answer


@given(known_within(), st.sampled_from(["up", "down", "half_up", "half_even"]))
def test_rounding(operand: tuple[Answer, Fraction], mode: str) -> None:
    known, value = operand
    grain = Fraction(1, 2)
    exact = true(scales.rounded(mode, value, grain))
    assert (exact / grain).denominator == 1
    assert abs(exact - value) <= (grain if mode in ("up", "down") else grain / 2)
    assert agrees(scales.rounded(mode, known, grain), exact)


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("up", [-2, -1, -1, 0, 1, 1, 2]),
        ("down", [-2, -2, -1, 0, 0, 1, 1]),
        ("half_up", [-2, -1, -1, 0, 1, 1, 2]),
        ("half_even", [-2, -2, -1, 0, 0, 1, 2]),
    ],
)
def test_halves(mode: str, rounded: list[int]) -> None:
    halves = [Fraction(text) for text in ("-2", "-3/2", "-1", "0", "1/2", "1", "3/2")]
    assert [scales.rounded(mode, half, Fraction(1)) for half in halves] == rounded


@given(st.lists(known_within(), min_size=1, max_size=4))
def test_smaller_and_larger(operands: list[tuple[Answer, Fraction]]) -> None:
    known = [answer for answer, _ in operands]
    exact = [value for _, value in operands]
    assert agrees(scales.chosen("smaller", known), min(exact))
    assert agrees(scales.chosen("larger", known), max(exact))


@given(known_within(), st.lists(known_within(), min_size=3, max_size=3), st.booleans())
def test_a_marginal_scale_with_open_rates_or_starts(
    operand: tuple[Answer, Fraction], rates: list[tuple[Answer, Fraction]], sure: bool
) -> None:
    starts = [Fraction(0), Fraction(10), Fraction(40)]
    begun: list[Answer] = [*starts[:2], starts[2] if sure else Unknown(Fraction(20), Fraction(50))]
    exact = scales.marginal(operand[1], starts, [value for _, value in rates])
    assert agrees(scales.marginal(operand[0], begun, [answer for answer, _ in rates]), exact)


@given(numbers)
def test_a_marginal_scale_of_one_rate_is_that_rate(value: Fraction) -> None:
    starts = [Fraction(0), Fraction(10), Fraction(40)]
    rate = Fraction(1, 10)
    assert scales.marginal(value, starts, [rate] * 3) == max(value, Fraction(0)) * rate


@given(st.dates(datetime.date(1960, 1, 1), datetime.date(2020, 12, 31)), st.data())
@pytest.mark.parametrize("month_end", ["down", "up"])
def test_an_age_is_the_years_that_can_be_added(
    month_end: str, born: datetime.date, data: st.DataObject
) -> None:
    leap = st.just(datetime.date(2004, 2, 29))
    born = data.draw(st.just(born) | leap)
    day = data.draw(st.dates(born, datetime.date(2030, 12, 31)))
    age = dates.between("years", born, day, month_end)
    reached = dates.add_months(born, 12 * age, month_end)
    later = dates.add_months(born, 12 * (age + 1), month_end)
    assert reached is not None and later is not None
    assert reached <= day < later


def test_a_date_that_a_policy_refuses_to_round_is_said_in_the_verdict() -> None:
    text = 'language 1\npolicy p { title en "P"; month end refuse }\nfact start : date\n'
    policy = Policy.from_text(
        text + "define due = start + 1 month\nrule r { holds when today is at most due }"
    )
    verdict = policy.evaluate("r", {"start": datetime.date(2023, 1, 31)}, DAY)
    assert (verdict.outcome, verdict.missing) == (Outcome.UNDETERMINED, ())
    assert [one.code for one in verdict.diagnostics] == ["V430"]
    assert verdict.to_dict()["diagnostics"][0]["code"] == "V430"
    assert "refuses to round" in verdict.explain("en")
    assert "不允许取整" in verdict.explain("zh")
    whole = policy.evaluate("r", {"start": datetime.date(2023, 1, 28)}, DAY)
    assert whole.diagnostics == ()


def test_none_is_no_value_among_distinct_ones() -> None:
    facts = {"stays": [{"prize": "gold"}, {"prize": "none"}]}
    assert POLICY.evaluate("prizes", facts, DAY).value == 1
    assert POLICY.evaluate("prizes", {"stays": [{"prize": "none"}]}, DAY).value == 0


def test_lines_of_a_scale_are_shown_and_cited() -> None:
    policy = Policy.from_text(
        'language 1\npolicy p { title en "P"; document law "L" }\n'
        "fact income : yuan, at least 0 yuan\n"
        "define tax = marginal scale of income {\n"
        "  from 0 yuan = 3%   cite law 一\n  from 36000 yuan = 10%   cite law 二\n}\n"
        "define part = band of income {\n"
        "  from 0 yuan = 1 yuan   cite law 三\n  from 10 yuan = 2 yuan   cite law 四\n}\n"
        "define rounded = round half up (tax) to 1 yuan\n"
    )
    tax = policy.evaluate("tax", {"income": "50000 yuan"}, DAY)
    assert "from 36,000 yuan: 14,000 yuan × 10% = 1,400 yuan" in tax.explain("en")
    assert [one.clause for one in tax.citations] == ["一", "二"]
    part = policy.evaluate("part", {"income": "10 yuan"}, DAY)
    assert [one.clause for one in part.citations] == ["四"]
    assert "10 元属 10 元起的一档" in part.explain("zh")
    rounded = policy.evaluate("rounded", {"income": "36000.05 yuan"}, DAY)
    assert "1,080.005 yuan, rounded to 1 yuan = 1,080 yuan" in rounded.explain("en")
