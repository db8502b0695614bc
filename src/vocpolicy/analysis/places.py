"""Where checks work: on a policy, a day, and one of its parts; and what they report from there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from vocpolicy import core
from vocpolicy.analysis.conditions import Line
from vocpolicy.analysis.engines import BOX, Engine
from vocpolicy.analysis.findings import NOT_SETTLED, VIOLATED, Shown
from vocpolicy.analysis.questions import BOXES, Ground, Reply
from vocpolicy.analysis.witnesses import witness_text
from vocpolicy.analysis.words import MESSAGES, OPEN, PIECES, filled
from vocpolicy.core import Labels
from vocpolicy.explain.terms import named as labelled
from vocpolicy.plain import json_value, plain
from vocpolicy.source import NOWHERE, Span


@frozen
class Problem:
    """What a check found that does not hold, or could not settle."""

    status: str
    message: Labels
    rules: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    witness: Mapping[str, Shown] = MappingProxyType({})
    span: Span = NOWHERE
    reading: str = ""
    """The reading that it is about, where it is about one."""


@frozen(eq=False)
class Place:
    """A policy on a day.

    Attributes:
        day: what is not in force on it is looked at on the first or last day on which it is.
        boxes: how many boxes one question may look at.
        engine: which engine is asked.
    """

    policy: core.Policy
    day: datetime.date
    boxes: int = BOXES
    engine: Engine = BOX

    def within(self, *periods: core.Period) -> datetime.date | None:
        """The day nearest to that of the place on which all periods run; None: there is none."""
        starts = [one.start for one in (self.policy.period, *periods) if one.start]
        ends = [one.end for one in (self.policy.period, *periods) if one.end]
        if starts and ends and max(starts) > min(ends):
            return None
        day = max([self.day, *starts])
        return min([day, *ends])

    def ground(self, day: datetime.date, entity: str | None = None) -> Ground:
        return Ground(self.policy, day, entity, boxes=self.boxes, engine=self.engine)

    # ---- what is reported

    def violated(
        self,
        key: str,
        args: Mapping[str, Labels],
        rules: Iterable[str],
        citations: Iterable[core.Citation] = (),
        witness: Mapping[str, core.Value] | None = None,
        span: Span = NOWHERE,
        reading: str = "",
    ) -> Problem:
        return Problem(
            VIOLATED,
            filled(MESSAGES[key], args),
            tuple(dict.fromkeys(rules)),
            clauses_of(citations),
            shown(self.policy, witness or {}),
            span,
            reading,
        )

    def open(
        self,
        reply: Reply,
        rules: Iterable[str],
        span: Span = NOWHERE,
        seeking: bool = True,
        day: datetime.date | None = None,
        reading: str = "",
    ) -> Problem:
        """What could not be settled.  `seeking`: a case would have been a violation."""
        why = "exists" if reply.why == "lists" and not seeking else reply.why
        on = (day or self.day).isoformat()
        message = filled(OPEN[why], {"day": Labels(on, on)})
        names = tuple(dict.fromkeys(rules))
        return Problem(NOT_SETTLED, message, names, span=span, reading=reading)


def number(value: int) -> Labels:
    return Labels(str(value), str(value))


def called(name: str, labels: Labels) -> Labels:
    """A part of a policy in a sentence: by its labels, or its name."""
    en, zh = labels.get("en") or name, labels.get("zh") or name
    return filled(PIECES["quote"], {"text": Labels(en, zh)})


def named(line: Line) -> Labels:
    """A statement in a sentence."""
    labels = line.body.labels if line.body.labels.get("en") else line.rule.labels
    name = called(line.rule.name, labels)
    if len(line.body.statements) == 1:
        return name
    return filled(PIECES["statement"], {"name": name, "number": number(line.place + 1)})


def quoted(expr: core.Expr | Span) -> Labels:
    """A condition in a sentence, as the rule file has it."""
    span = expr if isinstance(expr, Span) else expr.span
    text = " ".join(span.text.split())
    text = f"{text[:77]}…" if len(text) > 78 else text
    return filled(PIECES["quote"], {"text": Labels(text, text)})


def clauses_of(citations: Iterable[core.Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.document} {one.clause}" for one in citations))


def shown(policy: core.Policy, values: Mapping[str, core.Value]) -> Mapping[str, Shown]:
    """A case for programs and for people, the facts in the order of their declaration."""
    declared = {
        **policy.facts,
        **{name: one for kind in policy.entities.values() for name, one in kind.fields.items()},
    }
    found = {}
    for name in [one for one in declared if one in values]:
        fact, value = declared[name], values[name]
        text = witness_text(policy, value, fact.type)
        label = labelled(fact.labels, name)
        found[name] = Shown(json_value(plain(value, fact.type, policy)), text, label)
    return MappingProxyType(found)
