"""What the declared bounds prove: that a number is above zero, that a ratio is a part of a whole.

Sound, not complete: what these cannot prove has to say `if zero`.
"""

from __future__ import annotations

from fractions import Fraction

from vocpolicy import core
from vocpolicy.checker.context import Env, Sign


def sign_of(env: Env, definition: core.Definition) -> Sign:
    """What is proved of a definition, once, so that long chains need no deep recursion."""
    values = [dated.value for dated in definition.values]
    return Sign(
        all(above_zero(env, value) for value in values),
        all(not_below_zero(env, value) for value in values),
    )


def above_zero(env: Env, node: core.Expr) -> bool:
    """Whether the number is above zero whatever the facts are."""
    match node:
        case core.Const(value=Fraction() as value):
            return value > 0
        case core.Range(low=low):
            return low is not None and low > 0
        case core.FactRef() | core.FieldRef():
            fact = env.fact(node)
            return fact is not None and _above(fact)
        case core.DefinitionRef(name=name):
            return env.context.signs[name].above
        case core.Arithmetic(operator="add", left=left, right=right):
            return (above_zero(env, left) and not_below_zero(env, right)) or (
                not_below_zero(env, left) and above_zero(env, right)
            )
        case core.Arithmetic(operator="multiply", left=left, right=right):
            return above_zero(env, left) and above_zero(env, right)
        case core.Divide(left=left, right=right, if_zero=if_zero):
            over = above_zero(env, left) and above_zero(env, right)
            return over and (if_zero is None or above_zero(env, if_zero))
        case core.Round(mode="up", operand=operand):
            return above_zero(env, operand)
        case core.Choose(kind=kind, members=members):
            several = (above_zero(env, member) for member in members)
            return all(several) if kind == "smaller" else any(several)
        case core.Scale(kind="band", type=core.NumberType(), bands=bands):
            return all(above_zero(env, band.value) for band in bands)
        case _:
            return False


def not_below_zero(env: Env, node: core.Expr) -> bool:
    """Whether the number is zero or above whatever the facts are."""
    match node:
        case core.Const(value=Fraction() as value):
            return value >= 0
        case core.Range(low=low):
            return low is not None and low >= 0
        case core.FactRef() | core.FieldRef():
            fact = env.fact(node)
            return fact is not None and fact.low is not None and fact.low >= 0
        case core.DefinitionRef(name=name):
            return env.context.signs[name].not_below
        case core.Arithmetic(operator="add" | "multiply", left=left, right=right):
            return not_below_zero(env, left) and not_below_zero(env, right)
        case core.Divide(left=left, right=right, if_zero=if_zero):
            over = not_below_zero(env, left) and not_below_zero(env, right)
            return over and (if_zero is None or not_below_zero(env, if_zero))
        case core.Round(operand=operand):
            return not_below_zero(env, operand)
        case core.Choose(kind=kind, members=members):
            several = (not_below_zero(env, member) for member in members)
            return all(several) if kind == "smaller" else any(several)
        case core.Scale(type=core.NumberType(), bands=bands):
            return all(not_below_zero(env, band.value) for band in bands)
        case core.Aggregate(kind="count" | "share" | "distinct" | "total_length"):
            return True
        case _:
            return False


def at_or_above(env: Env, node: core.Expr, bound: Fraction) -> bool:
    """Whether the number is at or above a bound whatever the facts are."""
    fact = env.fact(node)
    if fact is not None and fact.low is not None and fact.low >= bound:
        return True
    return bound <= 0 and not_below_zero(env, node)


def _above(fact: core.Fact) -> bool:
    return fact.low is not None and (fact.low > 0 or (fact.low == 0 and fact.low_strict))


def part_of_whole(env: Env, part: core.Expr, whole: core.Expr) -> bool:
    """Whether the first is declared at most the second, and neither is below zero."""
    match part, whole:
        case core.Aggregate(kind="count"), core.Aggregate(kind="count", where=None):
            same = part.records == whole.records
            return same and whole.window in (None, part.window)
        case ((core.FactRef() | core.FieldRef()), (core.FactRef() | core.FieldRef())):
            small, large = env.fact(part), env.fact(whole)
            if small is None or large is None:
                return False
            over = all(fact.low is not None and fact.low >= 0 for fact in (small, large))
            same = small.entity == large.entity and _record(part) == _record(whole)
            return over and same and _reaches(env, small, large.name)
        case _:
            return False


def _record(node: core.Expr) -> core.Expr | None:
    return node.record if isinstance(node, core.FieldRef) else None


def _reaches(env: Env, small: core.Fact, large: str) -> bool:
    """Whether a chain of declared bounds leads from the small fact up to the large one."""
    seen: set[str] = set()
    waiting = [small.name]
    while waiting:
        name = waiting.pop()
        if name == large:
            return True
        if name not in seen:
            seen.add(name)
            waiting += _larger(env, small.entity, name)
    return False


def _larger(env: Env, entity: str | None, name: str) -> list[str]:
    """Facts that are declared at least as large as the named one."""
    facts = env.context.entities[entity].fields if entity else env.context.facts
    up = ("at_most", "less_than")
    above = [
        bound.name
        for operator, bound in facts[name].compares
        if operator in up and isinstance(bound, core.FactRef)
    ]
    return above + [
        other.name
        for other in facts.values()
        for operator, bound in other.compares
        if operator not in up and isinstance(bound, core.FactRef) and bound.name == name
    ]
