"""What is said otherwise in targets and in provisions without a figure."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.difference.changes import (
    Change,
    Pen,
    called_text,
    itself,
    reading_names,
    reading_place,
)
from vocpolicy.difference.meaning import bare, same
from vocpolicy.difference.phrasing import NOTHING, Voice, day, text
from vocpolicy.difference.words import GOALS, PLACES, VERBS
from vocpolicy.source import NOWHERE


def of_target(pen: Pen, old: core.Target, new: core.Target) -> Iterator[Change]:
    for name in [one for one in new.bodies if one in old.bodies]:
        here = pen.at(reading_place(new, name), (), NOWHERE)
        yield from _of_body(here, old.bodies[name], new.bodies[name])
    yield from reading_names(pen, old, new)


def _of_body(pen: Pen, old: core.TargetBody, new: core.TargetBody) -> Iterator[Change]:
    goal = pen.at(NOTHING, new.goal.citations, new.goal.span)
    yield from _of_goal(goal, "goal", old.goal, new.goal)
    yield from goal.said("deadline", old.goal.date, new.goal.date, day)
    yield from _of_baseline(pen, old.baseline, new.baseline)
    yield from _of_milestones(pen, old.milestones, new.milestones)
    yield from pen.said("flow", _kind(old), _kind(new), lambda kind: PLACES[kind])
    yield from pen.said("since", old.since, new.since, day)
    yield from _of_measures(pen, old, new)
    yield from pen.conditions("applies", old.applies, new.applies)
    yield from pen.periods(old.period, new.period)
    yield from pen.said("verb", old.modality, new.modality, lambda key: VERBS[key])
    yield from pen.each("hedge", old.hedges, new.hedges, text)
    yield from pen.each("note", old.notes, new.notes, itself)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def _of_goal(pen: Pen, part: str, old: core.Goal, new: core.Goal) -> Iterator[Change]:
    """What is to be reached, apart from the day."""
    one, other = pen.sides.voices()
    if _wanted(old) != _wanted(new):
        figure = old.comparator == new.comparator
        told = goal_text(one, old, part), goal_text(other, new, part)
        yield pen.row(part, *told, figure=figure)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))


def _wanted(goal: core.Goal) -> object:
    return bare((goal.comparator, goal.operands, goal.tolerance, goal.relative))


def goal_text(voice: Voice, goal: core.Goal, part: str = "goal") -> Labels:
    """`at least 65%`, as the goal is written; a baseline is a figure alone, or a range."""
    plain = part == "baseline" and goal.comparator == "exactly"
    row = PLACES["figure"] if plain else GOALS[goal.comparator]
    told = [voice.value(one) for one in goal.operands]
    args = {
        lang: {
            "one": told[0].get(lang) if told else "",
            "two": told[1].get(lang) if len(told) > 1 else "",
            "all": (", " if lang == "en" else "、").join(one.get(lang) for one in told),
            "tolerance": voice.value(goal.tolerance).get(lang),
        }
        for lang in ("en", "zh")
    }
    return Labels(row.en.format(**args["en"]), row.zh.format(**args["zh"]))


def _of_baseline(pen: Pen, old: core.Goal | None, new: core.Goal | None) -> Iterator[Change]:
    kept = new or old
    if kept is None:
        return
    here = pen.at(NOTHING, kept.citations, kept.span)
    one, other = pen.sides.voices()
    if old is None or new is None:
        before = NOTHING if old is None else goal_text(one, old, "baseline")
        now = NOTHING if new is None else goal_text(other, new, "baseline")
        yield here.row("baseline", before, now)
        return
    yield from _of_goal(here, "baseline", old, new)
    yield from here.said("baseline_day", old.date, new.date, day)


def _of_milestones(
    pen: Pen, old: tuple[core.Goal, ...], new: tuple[core.Goal, ...]
) -> Iterator[Change]:
    """Those of one day side by side."""
    before, now = ({one.date: one for one in several} for several in (old, new))
    one, other = pen.sides.voices()
    for date in sorted({*before, *now}, key=str):
        earlier, later = before.get(date), now.get(date)
        kept = later or earlier
        assert kept is not None
        here = pen.at(day(date), kept.citations, kept.span)
        if earlier is None or later is None:
            told = (
                NOTHING if earlier is None else goal_text(one, earlier),
                NOTHING if later is None else goal_text(other, later),
            )
            yield here.row("milestone", *told)
        else:
            yield from _of_goal(here, "milestone", earlier, later)


def _kind(body: core.TargetBody) -> str:
    return "flow" if body.since is not None else "stock"


def _of_measures(pen: Pen, old: core.TargetBody, new: core.TargetBody) -> Iterator[Change]:
    before, now = ({one.name: one for one in body.components} for body in (old, new))
    one, other = pen.sides.voices()
    for name in dict.fromkeys((*before, *now)):
        earlier, later = before.get(name), now.get(name)
        kept = later or earlier
        assert kept is not None
        here = pen.at(called_text(name, kept.labels) if name else NOTHING, (), kept.value.span)
        if earlier is None or later is None:
            told = (
                NOTHING if earlier is None else one.value(earlier.value),
                NOTHING if later is None else other.value(later.value),
            )
            yield here.row("measure", *told)
        elif not same(earlier.value, later.value):
            yield from here.conditions("measure", earlier.value, later.value)


def of_provision(pen: Pen, old: core.Provision, new: core.Provision) -> Iterator[Change]:
    yield from pen.said("verb", old.modality, new.modality, lambda key: VERBS[key])
    yield from pen.said("text", old.text, new.text, itself)
    yield from pen.each("hedge", old.hedges, new.hedges, text)
    yield from pen.each("evidence", old.evidence, new.evidence, text)
    yield from pen.periods(old.period, new.period)
    yield from pen.each("note", old.notes, new.notes, itself)
    yield from pen.sources(old.citations, new.citations, (old.assumptions, new.assumptions))
