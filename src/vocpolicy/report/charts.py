"""Charts of targets: what was observed, against the line from baseline to goal.

The library that draws makes SVG with text as text, so that the reader's browser has the fonts;
colours are those of the page, light or dark.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy.core import NumberType
from vocpolicy.diagnostics import Diagnostic, MissingExtraError
from vocpolicy.explain import numbers
from vocpolicy.report.data import Course
from vocpolicy.report.figures import goal_words, short
from vocpolicy.report.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 440, 220
_POINTS = 72
_FONT = 13
_MOST_TICKS = 4

# What the library takes for colours stands for a variable of the page's style.
OBSERVED, LINE, GOAL, SOFT, GRID = "#010101", "#010102", "#010103", "#010104", "#010105"
_VARIABLES = {
    OBSERVED: "var(--observed)",
    LINE: "var(--line)",
    GOAL: "var(--goal)",
    SOFT: "var(--soft)",
    GRID: "var(--rule)",
}
_SVG = re.compile(r"<svg .*</svg>", re.DOTALL)
_FURNITURE = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", re.DOTALL)
_OPENING = re.compile(r"<svg [^>]*>")
_FONTS = re.compile(r"font: ([\d.]+px) [^;\"]*")
_NAMES = re.compile(r'(\bid="|href="#|url\(#)')


@frozen
class _Frame:
    """What a chart spans: days, and numbers as floats, which nothing is decided by."""

    first: datetime.date
    last: datetime.date
    low: float
    high: float


def chart(course: Course, as_of: datetime.date, lang: str, prefix: str) -> str:
    """The course of a measure as an `<svg>` that stands in a page.

    Args:
        prefix: begins each name in it, so that no two charts of a page share one.

    Raises:
        MissingExtraError: the library that draws is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError([Diagnostic("V651")]) from None
    out = io.StringIO()
    # What fonts lack here the reader's browser has.
    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": "vocpolicy"}),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        figure = Figure(figsize=(WIDTH / _POINTS, HEIGHT / _POINTS), facecolor="none")
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0.12, 0.13, 0.71, 0.81), facecolor="none")
        _draw(axes, course, as_of, lang)
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return _inline(out.getvalue(), prefix)


def _draw(axes: Axes, course: Course, as_of: datetime.date, lang: str) -> None:
    frame = _frame(course, as_of)
    _goal(axes, course, frame, lang)
    if frame.first <= as_of <= frame.last:
        axes.axvline(_x(as_of), color=SOFT, linewidth=0.8, linestyle=(0, (1, 3)))
    _line(axes, course)
    _observed(axes, course, lang)
    _axes(axes, course.type, frame, lang)


def _frame(course: Course, as_of: datetime.date) -> _Frame:
    days = [day for day, _ in course.observed] + [point.date for point in course.line]
    days += [as_of] + ([course.deadline] if course.deadline else [])
    values = [value for _, value in course.observed]
    values += [end for point in course.line for end in (point.low, point.high)]
    values += [end for end in course.goal if end is not None]
    low, high = _y(min(values), course), _y(max(values), course)
    room = (high - low or abs(high) or 1.0) * 0.15
    # From zero, unless everything happens far above it.
    bottom = 0.0 if 0 <= low < 0.75 * high or high == 0 else low - 2 * room
    return _Frame(min(days), max(days), bottom, high + room)


def _x(day: datetime.date) -> float:
    return float(day.toordinal())


def _y(value: Fraction, course: Course) -> float:
    """A number in the unit that it is shown in."""
    return float(numbers.in_unit(value, course.type))


def _goal(axes: Axes, course: Course, frame: _Frame, lang: str) -> None:
    low, high = course.goal
    if low is not None and high is not None and low != high:
        axes.axhspan(_y(low, course), _y(high, course), color=GOAL, alpha=0.16, linewidth=0)
    for end in dict.fromkeys(end for end in course.goal if end is not None):
        axes.axhline(_y(end, course), color=GOAL, linewidth=1.1)
    bound = low if low is not None else high
    if bound is None:
        return
    axes.annotate(
        goal_words(course, lang),
        (1, _y(bound, course)),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        color=GOAL,
        va="center",
        fontsize=_FONT,
    )


def _line(axes: Axes, course: Course) -> None:
    days = [_x(point.date) for point in course.line]
    lows = [_y(point.low, course) for point in course.line]
    highs = [_y(point.high, course) for point in course.line]
    if lows != highs:
        axes.fill_between(days, lows, highs, color=LINE, alpha=0.22, linewidth=0)
    for ends in [lows] if lows == highs else [lows, highs]:
        axes.plot(days, ends, color=LINE, linewidth=1.4, linestyle=(0, (4, 3)))


def _observed(axes: Axes, course: Course, lang: str) -> None:
    if not course.observed:
        return
    days = [_x(day) for day, _ in course.observed]
    values = [_y(value, course) for _, value in course.observed]
    axes.plot(days, values, color=OBSERVED, linewidth=2, marker="o", markersize=5, clip_on=False)
    value = course.observed[-1][1]
    above = not _below_line(course, days[-1], values[-1])
    axes.annotate(
        short(value, course.type, lang),
        (days[-1], values[-1]),
        xytext=(-6, 4) if above else (5, -4),
        textcoords="offset points",
        color=OBSERVED,
        ha="right" if above else "left",
        va="bottom" if above else "top",
        fontsize=_FONT + 1.5,
        fontweight="bold",
    )


def _below_line(course: Course, day: float, value: float) -> bool:
    """Whether the line passes above, where the figure's label would stand."""
    for start, end in zip(course.line, course.line[1:], strict=False):
        first, last = _x(start.date), _x(end.date)
        if first <= day <= last and first < last:
            part = (day - first) / (last - first)
            low, high = _y(start.low, course), _y(end.low, course)
            return value < low + (high - low) * part
    return False


def _axes(axes: Axes, kind: NumberType, frame: _Frame, lang: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    span = max(1.0, _x(frame.last) - _x(frame.first))
    axes.set_xlim(_x(frame.first) - span * 0.03, _x(frame.last) + span * 0.03)
    axes.set_ylim(frame.low, frame.high)
    axes.set_xticks(
        [_x(day) for day in _year_ends(frame)],
        [say("year_end", lang, year=day.year) for day in _year_ends(frame)],
    )
    sign = "%" if numbers.is_ratio(kind) else ""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=kind.whole))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.6g}{sign}"))
    axes.tick_params(colors=SOFT, labelsize=_FONT - 1, length=3, color=GRID)
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)


def _year_ends(frame: _Frame) -> list[datetime.date]:
    """Ends of years to name: the last and the first, and those between that have room."""
    years = range(frame.first.year - 1, frame.last.year + 1)
    near = datetime.timedelta(days=2)
    ends = [datetime.date(year, 12, 31) for year in years]
    ends = [day for day in ends if frame.first - near <= day <= frame.last + near]
    room = (frame.last - frame.first) / _MOST_TICKS
    named: list[datetime.date] = []
    for day in [*ends[-1:], *ends[:1], *reversed(ends)]:
        if all(abs(day - other) >= room for other in named):
            named.append(day)
    return sorted(named)


# ---- into the page -----------------------------------------------------------------------


def _inline(svg: str, prefix: str) -> str:
    """The drawing as a part of a page: without what belongs to a file of its own."""
    found = _SVG.search(svg)
    text = _FURNITURE.sub("", found[0] if found else "")
    opening = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
    text = _OPENING.sub(opening, text, count=1)
    text = _FONTS.sub(r"font-size: \1", text)
    text = _NAMES.sub(rf"\g<1>{prefix}-", text).replace("xlink:href", "href")
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, variable)
    return re.sub(r"\n\s*", "\n", text)
