"""What a new policy says otherwise than the old one: what came, what went, and each figure,
condition, deadline, unit, citation and label that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.difference.expressions import changed
from vocpolicy.difference.meaning import NEVER, bare
from vocpolicy.difference.phrasing import (
    NOTHING,
    Voice,
    citation,
    day,
    joined,
    text,
)
from vocpolicy.difference.words import PLACES
from vocpolicy.source import NOWHERE, Span

ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"
T = TypeVar("T")


@frozen(eq=False)
class Change:
    """One thing that is said otherwise.

    Attributes:
        kind: what it belongs to: `policy`, `document`, `kind`, `choice`, `entity`, `fact`, `field`,
            `define`, `parameter`, `recorded`, `rule`, `table`, `target` or `provision`.
        name, label: of what it belongs to; where it was renamed, its new name.
        action: `added`, `removed`, `changed` or `renamed`.
        part: which part of it, a key of `vocpolicy.difference.words.PARTS`; "" for the whole.
        place: where in it: which statement, row or reading.
        old, new: what was said and what is said; empty where nothing was or is.
        figure: whether only figures differ.
        citations: the clauses of the part as it is now; as it was, where it is gone.
        span: the place in the rule file, of the new policy where it stands there.
    """

    kind: str
    name: str
    label: Labels
    action: str
    part: str = ""
    place: Labels = NOTHING
    old: Labels = NOTHING
    new: Labels = NOTHING
    figure: bool = False
    citations: tuple[core.Citation, ...] = ()
    span: Span = NOWHERE


@frozen(eq=False)
class Sides:
    """The two policies, and the voices that say their parts."""

    old: core.Policy
    new: core.Policy

    def voices(self, entity: str | None = None) -> tuple[Voice, Voice]:
        return Voice(self.old, entity), Voice(self.new, entity)


@frozen(eq=False)
class Pen:
    """Writes the changes of one thing that both policies have.

    Attributes:
        place: where in it.
        citations: what is cited there.
    """

    sides: Sides
    kind: str
    name: str
    label: Labels
    entity: str | None = None
    place: Labels = NOTHING
    citations: tuple[core.Citation, ...] = ()
    span: Span = NOWHERE

    def at(self, place: Labels, citations: tuple[core.Citation, ...], span: Span) -> Pen:
        return evolve(
            self,
            place=joined([self.place, place]),
            citations=citations or self.citations,
            span=span if span is not NOWHERE else self.span,
        )

    def row(self, part: str, old: Labels, new: Labels, figure: bool = False) -> Change:
        known = bool(old.get("en") or old.get("zh")), bool(new.get("en") or new.get("zh"))
        action = CHANGED if all(known) else (ADDED if known[1] else REMOVED)
        return Change(
            self.kind,
            self.name,
            self.label,
            action,
            part,
            self.place,
            old,
            new,
            figure,
            self.citations,
            self.span,
        )

    def said(
        self, part: str, old: T, new: T, say: Callable[[T], Labels], figure: bool = False
    ) -> Iterator[Change]:
        """A part that is one thing."""
        if bare(old) != bare(new) or (isinstance(old, Labels) and old != new):
            yield self.row(part, say(old), say(new), figure)

    def each(
        self, part: str, old: Iterable[T], new: Iterable[T], say: Callable[[T], Labels]
    ) -> Iterator[Change]:
        """A part that is a list: what came and what went."""
        ones, others = [say(one) for one in old], [say(one) for one in new]
        for one in ones:
            if one not in others:
                yield self.row(part, one, NOTHING)
        for one in others:
            if one not in ones:
                yield self.row(part, NOTHING, one)

    def periods(self, old: core.Period, new: core.Period) -> Iterator[Change]:
        """When a part is in force, within the periods of the policies."""
        one, other = within(self.sides.old, old), within(self.sides.new, new)
        if NEVER in (one, other) and one != other:
            told = [PLACES["never" if side == NEVER else "now"] for side in (one, other)]
            yield self.row("period", told[0], told[1])
        else:
            yield from self.said("period", one, other, period_text)

    def conditions(
        self, part: str, old: core.Expr | None, new: core.Expr | None
    ) -> Iterator[Change]:
        """A part that is a condition or a value: the smallest parts that differ."""
        one, other = self.sides.voices(self.entity)
        for pair in changed(old, new):
            here = self if not pair.citations else evolve(self, citations=pair.citations)
            before, now = one.of(pair.old), other.of(pair.new)
            if before == now:  # they are called alike: shown as they are written
                before, now = _written(pair.old), _written(pair.new)
            yield here.row("figure" if pair.figure else part, before, now, pair.figure)

    def sources(
        self,
        old: tuple[core.Citation, ...],
        new: tuple[core.Citation, ...],
        assumed: tuple[tuple[core.Assumption, ...], tuple[core.Assumption, ...]] = ((), ()),
    ) -> Iterator[Change]:
        known = {**self.sides.old.documents, **self.sides.new.documents}
        yield from self.each("citation", old, new, partial(citation, documents=known))
        yield from self.each("assumption", *assumed, lambda one: one.text)


def within(policy: core.Policy, period: core.Period) -> core.Period:
    """The part of a period on which the policy is in force."""
    if NEVER in (period, policy.period):
        return NEVER
    starts = [one for one in (policy.period.start, period.start) if one is not None]
    ends = [one for one in (policy.period.end, period.end) if one is not None]
    return core.Period(max(starts, default=None), min(ends, default=None))


def _written(part: core.Expr | core.Band | None) -> Labels:
    return NOTHING if part is None else text(" ".join(part.span.text.split()))


# ---- what has a name -----------------------------------------------------------------------------

Compare: TypeAlias = "Callable[[Pen, Any, Any], Iterator[Change]]"


def of_each(
    sides: Sides,
    kind: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    compare: Compare,
    renamed: Mapping[str, str],
    entity: str | None = None,
) -> Iterator[Change]:
    """The changes of things of one kind, by their old names; `renamed` gives the old name of what
    has a new one."""
    called = {before: now for now, before in renamed.items()}
    for name, one in old.items():
        if name not in new:
            yield whole(kind, one, REMOVED)
    for name, other in new.items():
        before = old.get(name)
        if before is None:
            yield whole(kind, other, ADDED)
            continue
        owner = entity or getattr(other, "entity", None)
        pen = Pen(sides, kind, called.get(name, name), other.labels, owner, span=other.span)
        if name in called:
            yield evolve(pen.row("name", text(name), text(called[name])), action=RENAMED)
        yield from pen.said("label", before.labels, other.labels, lambda one: one)
        yield from compare(pen, before, other)


def whole(kind: str, one: Any, action: str) -> Change:
    """Something that came or went as a whole."""
    citations = tuple(dict.fromkeys(_cited(one)))
    return Change(kind, one.name, one.labels, action, citations=citations, span=one.span)


def _cited(one: Any) -> Iterator[core.Citation]:
    yield from getattr(one, "citations", ())
    for body in getattr(one, "bodies", {}).values():
        parts = body if isinstance(body, tuple) else (body,)
        for part in parts:
            yield from getattr(part, "citations", ())
            for goal in (getattr(part, "goal", None), *getattr(part, "statements", ())):
                yield from getattr(goal, "citations", ())
    for value in getattr(one, "values", ()) if isinstance(one, core.Definition) else ():
        yield from value.citations


# ---- what several kinds of things have -----------------------------------------------------------


def called_text(name: str, label: Labels) -> Labels:
    return Labels(label.get("en") or name, label.get("zh") or name)


def itself(labels: Labels) -> Labels:
    return labels


def numbered(key: str, number: int) -> Labels:
    row = PLACES[key]
    return Labels(row.en.format(number=number), row.zh.format(number=number))


def reading_place(owner: core.Rule | core.Target | core.Definition, name: str) -> Labels:
    """Which reading a change is in; nowhere in particular where there is one."""
    labels = next((one.labels for one in owner.readings if one.name == name), None)
    if labels is None:
        return NOTHING
    called = called_text(name, labels)
    row = PLACES["reading"]
    return Labels(row.en.format(name=called.get("en")), row.zh.format(name=called.get("zh")))


def reading_names(
    pen: Pen,
    old: core.Rule | core.Target | core.Definition,
    new: core.Rule | core.Target | core.Definition,
) -> Iterator[Change]:
    def said(one: core.Reading) -> Labels:
        called = called_text(one.name, one.labels)
        return Labels(f"“{called.en}”", f"“{called.zh}”")

    yield from pen.each("reading", old.readings, new.readings, said)
    in_use = [
        next((said(one) for one in owner.readings if one.name == owner.in_use), NOTHING)
        for owner in (old, new)
    ]
    if old.in_use != new.in_use and old.readings and new.readings:
        yield pen.row("in_use", in_use[0], in_use[1])


def period_text(period: core.Period) -> Labels:
    """`from 1 March 2022 to …`, as dates are written."""
    if period.start is None and period.end is None:
        return PLACES["always"]
    start, end = day(period.start), day(period.end)
    key = "period" if period.start and period.end else ("since" if period.start else "until")
    row = PLACES[key]
    return Labels(
        row.en.format(day=start.get("en") or end.get("en"), end=end.get("en")),
        row.zh.format(day=start.get("zh") or end.get("zh"), end=end.get("zh")),
    )
