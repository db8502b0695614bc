"""Figures of reports in words: goals, histories, what a chart shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vocpolicy.core import NumberType
from vocpolicy.explain import numbers
from vocpolicy.explain.terms import Amount, Band, Day
from vocpolicy.report.data import Course
from vocpolicy.report.words import say


def goal_words(course: Course, lang: str) -> str:
    """`65%`, `18–22`, `≤ 30`: what the goal asks for, short."""
    low, high = course.goal
    if low is None and high is not None:
        return f"≤ {short(high, course.type, lang)}"
    if low is None or high is None or low == high:
        return short(low or Fraction(0), course.type, lang)
    if lang == "zh" or not numbers.is_ratio(course.type):
        joint = "～" if lang == "zh" else "–"
        return joint.join(short(end, course.type, lang) for end in (low, high))
    return numbers.band(Band(low, high, course.type), lang)


def short(value: Fraction, kind: NumberType, lang: str, places: int | None = None) -> str:
    """A number without its noun; a percentage keeps its sign."""
    if places is None and numbers.is_ratio(kind):
        places = numbers.telling_places(value, kind, ())
        whole = (value * 100).denominator == 1
        places = 0 if whole else places
    return numbers.amount(Amount(value, kind, places, bare=True), lang)


def described(name: str, course: Course, lang: str) -> str:
    """What a chart shows, for who does not see it."""
    goal = goal_words(course, lang)
    if not course.observed:
        return say("chart_unobserved", lang, name=name, goal=goal)
    observed = say("semicolon", lang).join(history(course, lang))
    return say("chart", lang, name=name, observed=observed, goal=goal)


def history(course: Course, lang: str) -> Iterator[str]:
    """`7 on 2023-12-31`, for each day on which something was observed."""
    for day, value in course.observed:
        shown = short(value, course.type, lang)
        yield say("on_day", lang, value=shown, date=numbers.day(Day(day), lang))


def line_words(course: Course, lang: str) -> Iterator[str]:
    """The points of the line: `57–62% on 2020-12-31`."""
    for point in course.line:
        ends = dict.fromkeys(short(end, course.type, lang) for end in (point.low, point.high))
        joint = "～" if lang == "zh" else "–"
        yield say("on_day", lang, value=joint.join(ends), date=numbers.day(Day(point.date), lang))
