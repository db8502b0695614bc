"""Whether a condition can only become true, or only false, as one fact grows: read off its form.

Where every comparison points the same way there is nothing to search for.  What this does not see
(it does not multiply signs, nor look into lists) is left to the engines.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from vocpolicy import core
from vocpolicy.box.parts import read_by
from vocpolicy.core import Expr

RISES, FALLS, STAYS, MIXED = "rises", "falls", "stays", "mixed"

_TURNED = {RISES: FALLS, FALLS: RISES}
_UPWARD = ("at_least", "more_than")


def never_worse(policy: core.Policy, aim: Expr, fact: str, direction: str) -> bool:
    """Whether what is true stays so with more of a fact (`down`: with less)."""
    return _Reading(policy, fact).of(aim) in (STAYS, RISES if direction == "up" else FALLS)


def _together(trends: Iterable[str]) -> str:
    """What several come to of which each can only help."""
    found = {one for one in trends if one != STAYS}
    return STAYS if not found else found.pop() if len(found) == 1 else MIXED


def _turned(trend: str) -> str:
    return _TURNED.get(trend, trend)


def _is_rising(band: core.Band) -> bool:
    """Whether a line of a marginal scale takes no less of more, from a fixed start."""
    match band:
        case core.Band(start=core.Const(), value=core.Const(value=Fraction() as rate)):
            return rate >= 0
        case _:
            return False


@frozen(eq=False)
class _Reading:
    """A policy, and the fact that grows."""

    policy: core.Policy
    fact: str

    def of(self, expr: Expr | None) -> str:
        if expr is None or self.fact not in read_by(self.policy, expr):
            return STAYS
        match expr:
            case core.FactRef() | core.FieldRef(record=None):
                return RISES
            case core.DefinitionRef(name=name):
                definition = self.policy.definitions[name]
                several = (definition.values, *definition.bodies.values())
                return _together(self.of(one.value) for values in several for one in values)
            case core.ConclusionRef(name=name):
                return self._of_conclusion(self.policy.conclusions[name])
            case core.All(parts=parts) | core.Any(parts=parts):
                return _together(self.of(part.expr) for part in parts)
            case core.Not(operand=operand) | core.Negate(operand=operand):
                return _turned(self.of(operand))
            case core.Compare(operator=operator, left=left, right=right):
                trend = _together((self.of(left), _turned(self.of(right))))
                return trend if operator in _UPWARD else _turned(trend)
            case core.Round(operand=operand):
                return self.of(operand)
            case core.Choose(members=members):
                return _together(self.of(one) for one in members)
            case core.Arithmetic(operator=operator, left=left, right=right):
                return self._of_arithmetic(operator, left, right)
            case core.Divide(left=left, right=right):
                return self._of_ratio(left, right)
            case core.DatesBetween(start=start, end=end):
                return _together((self.of(end), _turned(self.of(start))))
            case core.Scale(kind="marginal", operand=operand, bands=bands):
                return self.of(operand) if all(map(_is_rising, bands)) else MIXED
            case _:
                return MIXED

    def _of_arithmetic(self, operator: str, left: Expr, right: Expr) -> str:
        match operator:
            case "add":
                return _together((self.of(left), self.of(right)))
            case "subtract":
                return _together((self.of(left), _turned(self.of(right))))
            case "shift":  # a later day is no earlier after so many months, where there is one
                refuses = self.policy.month_end == "refuse"
                return MIXED if refuses else _together((self.of(left), self.of(right)))
            case _:
                factors = (left, right), (right, left)
                fixed = (one for one, other in factors if self._is_positive(other))
                return next((self.of(one) for one in fixed), MIXED)

    def _of_ratio(self, left: Expr, right: Expr) -> str:
        """With what it is a share of, a share that is not below zero falls."""
        if not self._is_above_zero(right):
            return MIXED
        whole = self.of(right)
        if whole == STAYS:
            return self.of(left)
        return _together((self.of(left), _turned(whole))) if self._not_below_zero(left) else MIXED

    def _is_positive(self, expr: Expr) -> bool:
        """Whether it is a number above zero whatever the facts are, and the fact is not in it."""
        return self.of(expr) == STAYS and self._is_above_zero(expr)

    def _is_above_zero(self, expr: Expr) -> bool:
        match expr:
            case core.Const(value=Fraction() as value):
                return value > 0
            case core.FactRef(name=name) | core.FieldRef(name=name, record=None):
                low = self._low(name)
                return low is not None and low > 0
            case core.Arithmetic(operator="add", left=left, right=right):
                return any(
                    self._is_above_zero(one) and self._not_below_zero(other)
                    for one, other in ((left, right), (right, left))
                )
            case _:
                return False

    def _not_below_zero(self, expr: Expr) -> bool:
        match expr:
            case core.Const(value=Fraction() as value):
                return value >= 0
            case core.FactRef(name=name) | core.FieldRef(name=name, record=None):
                low = self._low(name)
                return low is not None and low >= 0
            case core.Arithmetic(operator="add" | "multiply", left=left, right=right):
                return self._not_below_zero(left) and self._not_below_zero(right)
            case _:
                return False

    def _low(self, name: str) -> Fraction | None:
        """The least that every fact of a name can be."""
        fields = [one.fields for one in self.policy.entities.values()]
        lows = [facts[name].low for facts in (self.policy.facts, *fields) if name in facts]
        known = [one for one in lows if one is not None]
        return min(known) if known and len(known) == len(lows) else None

    def _of_conclusion(self, conclusion: core.Conclusion) -> str:
        """What speaks for it may only speak more, what speaks against it only less."""
        if conclusion.table or not isinstance(conclusion.type, core.YesNoType):
            return MIXED
        bodies = [
            body for name in conclusion.rules for body in self.policy.rules[name].bodies.values()
        ]
        return _together(
            self._of_statement(body, one) for body in bodies for one in body.statements
        )

    def _of_statement(self, body: core.RuleBody, statement: core.Statement) -> str:
        wording = statement.result.wording
        speaks = _together(
            (
                self.of(body.applies),
                self.of(statement.condition),
                *(_turned(self.of(one.condition)) for one in statement.exceptions),
            )
        )
        for_it = wording is not None and not wording.startswith("not_")
        return speaks if for_it else _turned(speaks)
