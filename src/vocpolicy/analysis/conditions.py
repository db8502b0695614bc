"""Conditions made of a policy's own: when a statement speaks, and how that reads with a change."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core import Expr
from vocpolicy.core.walk import within

YES_NO = core.YesNoType()
TRUE, FALSE = core.Const(True, YES_NO), core.Const(False, YES_NO)

STRICT = {
    "at_least": "more_than",
    "more_than": "at_least",
    "at_most": "less_than",
    "less_than": "at_most",
}


def every(*exprs: Expr | None) -> Expr:
    """True where all of them are; what is absent asks nothing."""
    return core.All(tuple(core.Part(expr) for expr in exprs if expr is not None))


def some(*exprs: Expr) -> Expr:
    return core.Any(tuple(core.Part(expr) for expr in exprs))


def no(expr: Expr) -> Expr:
    return core.Not(expr)


def differ(one: Expr, other: Expr) -> Expr:
    """True where one of two conditions is and the other is not."""
    return some(every(one, no(other)), every(no(one), other))


@frozen(eq=False)
class Line:
    """A statement of a rule, under the reading in use.

    `place` counts the statements of the rule from 0.
    """

    rule: core.Rule
    body: core.RuleBody
    statement: core.Statement
    place: int

    @property
    def asked(self) -> Expr:
        """What it asks before its exceptions."""
        return every(self.body.applies, self.statement.condition)

    @property
    def speaks(self) -> Expr:
        return self.without(None)

    def without(self, exception: core.Except | None) -> Expr:
        """Where it speaks, or would if it had not one of its exceptions."""
        left = [no(one.condition) for one in self.statement.exceptions if one is not exception]
        return every(self.body.applies, self.statement.condition, *left)

    @property
    def citations(self) -> tuple[core.Citation, ...]:
        """The clauses of the statement; those of its rule where it cites none itself."""
        own = list(self.statement.citations)
        parts = (self.statement.condition, *(one.condition for one in self.statement.exceptions))
        for expr in within(*parts):
            if isinstance(expr, core.All | core.Any):
                own += [one for part in expr.parts for one in part.citations]
        own += [one for exception in self.statement.exceptions for one in exception.citations]
        return tuple(own) or self.body.citations


def lines_of(policy: core.Policy, conclusion: core.Conclusion) -> list[Line]:
    """The statements that decide a conclusion, in order."""
    return [
        Line(rule, rule.bodies[rule.in_use], statement, place)
        for rule in (policy.rules[name] for name in conclusion.rules)
        for place, statement in enumerate(rule.bodies[rule.in_use].statements)
    ]


def removable(expr: Expr | None) -> Iterator[tuple[Expr, Expr]]:
    """The parts that a condition could do without, each with what stands for its absence."""
    match expr:
        case core.All(parts=parts):
            for part in parts if len(parts) > 1 else ():
                yield part.expr, TRUE
            for part in parts:
                yield from removable(part.expr)
        case core.Any(parts=parts):
            for part in parts if len(parts) > 1 else ():
                yield part.expr, FALSE
            for part in parts:
                yield from removable(part.expr)
        case core.Not(operand=operand):
            yield from removable(operand)
        case _:
            return


def comparisons(expr: Expr | None) -> Iterator[core.Compare]:
    """The comparisons that a condition consists of."""
    match expr:
        case core.All(parts=parts) | core.Any(parts=parts):
            for part in parts:
                yield from comparisons(part.expr)
        case core.Not(operand=operand):
            yield from comparisons(operand)
        case core.Compare():
            yield expr
        case _:
            return


def replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    """The condition with another one in place of a part of it."""
    if expr is old:
        return new
    match expr:
        case core.All(parts=parts) | core.Any(parts=parts):
            made = tuple(evolve(part, expr=replaced(part.expr, old, new)) for part in parts)
            return evolve(expr, parts=made)
        case core.Not(operand=operand):
            return core.Not(replaced(operand, old, new), span=expr.span)
        case _:
            return expr
