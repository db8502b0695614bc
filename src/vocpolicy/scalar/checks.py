"""Code that checks facts where they come as programs usually have them.

It passes plain Python values of the fact's own type and unit, within bounds.  What it does not
pass need not be wrong (`"525 points"`, a `Decimal`, observations by date): that is read and
judged by `vocpolicy.facts`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from vocpolicy import core
from vocpolicy.exact import MAX_DIGITS
from vocpolicy.facts import declarations
from vocpolicy.facts.numbers import ends
from vocpolicy.scalar.code import COMPARED, UnsupportedError, common, times
from vocpolicy.scalar.values import factor, inner, none_words, optional

LIMIT = 10**MAX_DIGITS - 1
"""No number with more digits is read."""


@frozen
class Checker:
    """Makes the code; `space` takes the tables that it names.

    `percent` says that a large bare number for a ratio is taken for a percentage without its
    sign, as it is of facts and fields, not of items of lists.
    """

    policy: core.Policy
    declared: Mapping[str, core.Fact]
    space: dict[str, Any]
    percent: bool = True

    def check(self, name: str, variable: str) -> str:
        """Code that is true for a value of the fact."""
        fact = self.declared[name]
        kind = inner(fact.type)
        match kind:
            case core.YesNoType():
                passed = f"({variable} is True or {variable} is False)"
            case core.NumberType():
                passed = self._number(fact, kind, variable)
            case core.ChoiceType():
                return self._choice(kind, optional(fact.type), variable)
            case core.DateType():
                bounds = [
                    f"{variable} {COMPARED[operator]} {self._constant(value)}"
                    for operator, value in constant_bounds(fact)
                ]
                passed = " and ".join([f"type({variable}) is date", *bounds])
            case core.TextType():
                passed = f"type({variable}) is str"
            case _:
                raise UnsupportedError("is a record or a list")
        return f"({variable} is None or {passed})" if optional(fact.type) else passed

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Bounds of a fact by others: its name, the other's name, and code with a place for the
        variable of each."""
        fact = self.declared[name]
        for operator, expr in fact.compares:
            if isinstance(expr, core.Const):
                continue
            if not isinstance(expr, core.FactRef | core.FieldRef):
                raise UnsupportedError("is bounded by more than another fact")
            other = self.declared.get(expr.name)
            if other is None or optional(fact.type) or optional(other.type) or _settled(other):
                raise UnsupportedError("is bounded by a fact that is not always there")
            scales = factor(fact.type), factor(other.type)
            scale = common(list(scales))
            own, its = (times("{}", one / scale) for one in scales)
            yield name, expr.name, f"{own} {COMPARED[operator]} {its}"

    def _number(self, fact: core.Fact, kind: core.NumberType, variable: str) -> str:
        bounds = constant_bounds(fact)
        low, high = ends(fact, bounds, factor(fact.type), LIMIT, self.percent)
        parts = [f"type({variable}) is int and {low} <= {variable} <= {high}"]
        step = fact.step
        whole = factor(fact.type) if kind.whole else None
        for grain in (step, None if whole in (None, 1) else Fraction(1)):
            if grain is not None and (factor(fact.type) / grain).denominator != 1:
                of = factor(fact.type) / grain
                parts.append(f"{variable} % {of.denominator} == 0")
        return " and ".join(parts)

    def _choice(self, kind: core.ChoiceType, none: bool, variable: str) -> str:
        allowed: set[object] = set(self.policy.choices[kind.name].members)
        if none:
            allowed |= none_words(self.policy, kind)
        return f"{variable} in {self._constant(frozenset(allowed))}"

    def _constant(self, value: Any) -> str:
        name = f"k{len(self.space)}"
        self.space[name] = value
        return name


def _settled(fact: core.Fact) -> bool:
    """Whether its bounds leave it one value, so that it is known even where it is missing."""
    return fact.low is not None and fact.low == fact.high


def constant_bounds(fact: core.Fact) -> Iterator[tuple[str, Fraction | datetime.date]]:
    """The declared bounds that are literals."""
    for operator, expr in fact.compares:
        if isinstance(expr, core.Const) and isinstance(expr.value, Fraction | datetime.date):
            yield operator, expr.value


def first_meant(policy: core.Policy, entity: str | None) -> dict[str, core.Fact]:
    """The fact that each name means first, where something of the entity is asked."""
    found: dict[str, core.Fact] = {}
    for name, fact in declarations(policy, entity):
        found.setdefault(name, fact)
    return found


def dates(declared: Mapping[str, core.Fact]) -> frozenset[str]:
    """The facts that are dates."""
    return frozenset(
        name for name, fact in declared.items() if isinstance(inner(fact.type), core.DateType)
    )


def alone(checker: Checker, name: str) -> str | None:
    """Code that is true where the `value` of a fact is right, or says that it is missing; None
    where code cannot say that of it alone."""
    fact = checker.declared[name]
    if any(not isinstance(expr, core.Const) for _, expr in fact.compares):
        return None
    return but_for_bounds(checker, name, "value")


def but_for_bounds(checker: Checker, name: str, variable: str) -> str | None:
    """The same for a variable, bounds by other facts left aside."""
    try:
        check = checker.check(name, variable)
    except UnsupportedError:
        return None
    return check if optional(checker.declared[name].type) else f"{variable} is None or {check}"


def raw(kind: core.Type, value: object) -> Any:
    """A value that was read as code has it: a number in its own unit, `None` for `none`."""
    if value is core.Nothing.NONE:
        return None
    if isinstance(value, Fraction):
        number = value / factor(kind)
        return number.numerator if number.denominator == 1 else number
    return value
