"""The law that more of a fact never makes an outcome worse, in one case."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from attrs import frozen

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.diagnostics import FactError
from vocpolicy.exercise.twins import step_of
from vocpolicy.outcome import Outcome
from vocpolicy.properties.certificates import wording
from vocpolicy.properties.model import Tried
from vocpolicy.properties.words import BROKEN, filled

STEPS = (1, 2, 5, 10, 50, 200)
"""By how many steps a value is made better."""


@frozen
class Rising:
    """`up`: the more of a fact, the better; `down`: the less."""

    fact: str
    direction: str

    def law(self, case: Tried) -> Labels | None:
        declared = {one.name: one for one in case.policy.facts(case.name)}
        if self.fact not in declared or self.fact not in case.facts:
            return None
        before = case.verdict()
        if before.outcome is not Outcome.HOLDS:
            return None
        for steps in STEPS:
            broken = self._broken(case, declared[self.fact], steps)
            if broken is not None:
                return broken
        return None

    def _broken(self, case: Tried, fact: core.Fact, steps: int) -> Labels | None:
        old = case.facts[self.fact]
        new = _moved(fact, old, steps if self.direction == "up" else -steps)
        try:
            after = case.verdict({**case.facts, self.fact: new})
        except FactError:
            return None
        if after.outcome not in (Outcome.FAILS, Outcome.NOT_APPLICABLE):
            return None
        words = {"before": wording(case.verdict()), "after": wording(after)}
        return filled(BROKEN["worse"], name=case.name, fact=self.fact, old=old, new=new, **words)


def declared_law(case: Tried) -> Labels | None:
    """The same of every fact of the policy that declares which way is better."""
    for fact in case.policy.facts(case.name):
        broken = Rising(fact.name, fact.better).law(case) if fact.better else None
        if broken is not None:
            return broken
    return None


def _moved(fact: core.Fact, value: Any, steps: int) -> Any:
    """A number so many of its steps further, a date so many days."""
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=steps)
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return value
    kind = core.inner(fact.type)
    unit = kind.unit if isinstance(kind, core.NumberType) else None
    moved = value + steps * step_of(fact) / (unit.factor if unit else Fraction(1))
    return int(moved) if moved.denominator == 1 else moved
