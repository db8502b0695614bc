"""Expressions: from what is written to typed nodes of the core, in one pass.

`infer` gives the node and, with it, the type.  The hint is the type that the surroundings
would like; it decides what a name after `is` or a number without a unit means, and never
changes the type of anything else.  A node that is a mistake, or that rests on one, is None.
"""

from __future__ import annotations

from typing import assert_never

from vocpolicy import core, syntax
from vocpolicy.checker import aggregates, arithmetic, scales
from vocpolicy.checker.agreement import as_condition, as_type, equal, ordered
from vocpolicy.checker.context import Env
from vocpolicy.checker.literals import number
from vocpolicy.checker.paths import path
from vocpolicy.checker.types import DATE, TEXT, YES_NO, describe, type_of
from vocpolicy.checker.words import assumptions, citations
from vocpolicy.diagnostics import Words
from vocpolicy.operators import COMPARING
from vocpolicy.outcome import WORDS, opposite
from vocpolicy.quantities import DAYS, MONTHS, YEARS
from vocpolicy.source import Span

_LENGTHS = {"years": YEARS, "months": MONTHS, "days": DAYS}


def infer(env: Env, expr: syntax.Expr, hint: core.Type | None = None) -> core.Expr | None:
    """The checked node; None where it is a mistake, which has been reported."""
    match expr:
        case syntax.Number():
            return number(env.context, expr, hint)
        case syntax.Date(moment=moment):
            return core.Const(moment.last, DATE, span=expr.span)
        case syntax.String(value=text):
            return core.Const(text, TEXT, span=expr.span)
        case syntax.YesNo(value=yes):
            return core.Const(yes, YES_NO, span=expr.span)
        case syntax.Nothing():
            return _nothing(env, expr, hint)
        case syntax.AsOf():
            return core.AsOf(span=expr.span)
        case syntax.Path():
            return path(env, expr, hint)
        case syntax.Group():
            return infer(env, expr.inner, hint)
        case syntax.Prefix(operator="not"):
            operand = condition(env, expr.operand)
            return core.Not(operand, span=expr.span) if operand else None
        case syntax.Prefix():
            return arithmetic.negated(env.context, infer(env, expr.operand, hint), expr.span)
        case syntax.Infix():
            return _infix(env, expr, hint)
        case syntax.Ratio():
            return _ratio(env, expr)
        case syntax.Membership():
            return _membership(env, expr)
        case syntax.Between():
            return _between(env, expr)
        case syntax.Concluded():
            return _concluded(env, expr)
        case syntax.Conditions():
            return _conditions(env, expr)
        case syntax.DatesBetween():
            return _dates_between(env, expr)
        case syntax.Aggregate():
            return aggregates.aggregate(env, expr, hint, infer)
        case syntax.Rounded():
            return scales.rounded(env, expr, hint, infer)
        case syntax.Chosen():
            return scales.chosen(env, expr, hint, infer)
        case syntax.Scale():
            return scales.scale(env, expr, hint, infer)
        case _:
            assert_never(expr)


def condition(env: Env, expr: syntax.Expr) -> core.Expr | None:
    """An expression that is yes or no."""
    return as_condition(env.context, infer(env, expr, YES_NO))


def typed(env: Env, expr: syntax.Expr, type_: core.Type) -> core.Expr | None:
    """An expression of a given type."""
    return as_type(env.context, infer(env, expr, type_), type_)


def _nothing(env: Env, expr: syntax.Nothing, hint: core.Type | None) -> core.Expr | None:
    if isinstance(hint, core.OptionalType):
        return core.Const(core.Nothing.NONE, hint, span=expr.span)
    found = describe(env.context, hint) if hint else Words("something else", "别的值")
    env.context.mistakes.add("V347", expr.span, found=found)
    return None


def is_open(env: Env, expr: syntax.Expr) -> bool:
    """Whether what an expression means depends on what it is held against."""
    match expr:
        case syntax.Number(unit=unit, percent=percent):
            counter = unit is not None and unit.text in env.context.counters
            return not percent and (unit is None or counter)
        case syntax.Nothing():
            return True
        case syntax.Group(inner=part) | syntax.Prefix(operator="negate", operand=part):
            return is_open(env, part)
        case syntax.Path(parts=(name,)):
            choices = env.context.choices_of.get(name.text)
            return bool(choices) and _absent(env, name)
        case _:
            return False


def _absent(env: Env, name: syntax.Name) -> bool:
    return name.text not in set(env.visible())


def pair(env: Env, left: syntax.Expr, right: syntax.Expr) -> tuple[core.Expr, core.Expr] | None:
    """Two operands that are held against each other; each may say what the other means."""
    if is_open(env, left) and not is_open(env, right):
        second = infer(env, right)
        first = infer(env, left, type_of(second)) if second else None
    else:
        first = infer(env, left)
        second = _against(env, first, right)
    return (first, second) if first and second else None


def _against(env: Env, first: core.Expr | None, expr: syntax.Expr) -> core.Expr | None:
    """The other operand.  Where the first is a mistake, a name or a bare number that takes its
    meaning from it is not looked at."""
    if first is not None:
        return infer(env, expr, type_of(first))
    known = isinstance(expr, syntax.Path) and not _absent(env, expr.parts[0])
    if isinstance(expr, syntax.Path | syntax.Nothing | syntax.Number) and not known:
        return None
    return infer(env, expr)


def _infix(env: Env, expr: syntax.Infix, hint: core.Type | None) -> core.Expr | None:
    match expr.operator:
        case "and" | "or":
            return _connected(env, expr)
        case "multiply":
            left, right = infer(env, expr.left), infer(env, expr.right)
            if left is None or right is None:
                return None
            return arithmetic.multiplied(env.context, left, right, expr.span)
        case "add" | "subtract":
            return _sum(env, expr, hint)
        case "is" | "is_not":
            operands = pair(env, expr.left, expr.right)
            if operands is None or not equal(env.context, *operands, expr.span):
                return None
            return core.Equal(*operands, expr.operator == "is_not", span=expr.span)
        case operator:
            assert operator in COMPARING, operator
            operands = pair(env, expr.left, expr.right)
            if operands is None or not ordered(env.context, *operands, expr.span):
                return None
            return core.Compare(operator, *operands, span=expr.span)


def _sum(env: Env, expr: syntax.Infix, hint: core.Type | None) -> core.Expr | None:
    if is_open(env, expr.left) and is_open(env, expr.right):
        operands = infer(env, expr.left, hint), infer(env, expr.right, hint)
    else:
        operands = _summands(env, expr)
    left, right = operands
    if left is None or right is None:
        return None
    return arithmetic.total(env.context, expr.operator, left, right, expr.span)


def _summands(env: Env, expr: syntax.Infix) -> tuple[core.Expr | None, core.Expr | None]:
    return pair(env, expr.left, expr.right) or (None, None)


def _connected(env: Env, expr: syntax.Infix) -> core.Expr | None:
    """`a and b and c` as one node with three parts."""
    parts = [condition(env, part) for part in _chain(expr, expr.operator)]
    kept = tuple(core.Part(part) for part in parts if part is not None)
    if len(kept) < len(parts):
        return None
    node = core.All if expr.operator == "and" else core.Any
    return node(kept, span=expr.span)


def _chain(expr: syntax.Expr, operator: str) -> list[syntax.Expr]:
    """The operands of a run of one connective, left to right."""
    parts: list[syntax.Expr] = []
    while isinstance(expr, syntax.Infix) and expr.operator == operator:
        parts.append(expr.right)
        expr = expr.left
    return [expr, *reversed(parts)]


def _ratio(env: Env, expr: syntax.Ratio) -> core.Expr | None:
    left, right = infer(env, expr.numerator), infer(env, expr.denominator)
    if left is None or right is None:
        return None
    if_zero = None
    if expr.if_zero is not None:
        one, other = type_of(left), type_of(right)
        hint: core.Type | None = None
        if isinstance(one, core.NumberType) and isinstance(other, core.NumberType):
            hint = arithmetic.quotient(env.context, one, other)
        if_zero = expr.if_zero, infer(env, expr.if_zero, hint)
    return arithmetic.divided(env, left, right, if_zero, expr.span)


def _membership(env: Env, expr: syntax.Membership) -> core.Expr | None:
    item = infer(env, expr.item)
    members = [_against(env, item, member) for member in expr.members]
    kept = tuple(member for member in members if member is not None)
    if item is None or len(kept) < len(members):
        return None
    fits = [equal(env.context, item, member, member.span) for member in kept]
    if not all(fits):
        return None
    return core.Within(item, kept, expr.negated, span=expr.span)


def _between(env: Env, expr: syntax.Between) -> core.Expr | None:
    """Both bounds included: the item is at least the one and at most the other."""
    item = infer(env, expr.item)
    low, high = _against(env, item, expr.low), _against(env, item, expr.high)
    if item is None or low is None or high is None:
        return None
    fits = [ordered(env.context, item, bound, expr.span) for bound in (low, high)]
    if not all(fits) or not in_order(env, low, high, expr.span):
        return None
    compared = (
        core.Compare("at_least", item, low, span=expr.span),
        core.Compare("at_most", item, high, span=expr.span),
    )
    return core.All(tuple(core.Part(part) for part in compared), span=expr.span)


def in_order(env: Env, low: core.Expr, high: core.Expr, span: Span) -> bool:
    """Whether the literal bounds of a range stand in their order."""
    match low, high:
        case core.Const(value=one), core.Const(value=other):
            if core.below(other, one):
                env.context.mistakes.add("V319", span, low=low.span.text, high=high.span.text)
                return False
    return True


def _concluded(env: Env, expr: syntax.Concluded) -> core.Expr | None:
    """`practice is fulfilled`: true where the conclusion holds."""
    found = infer(env, expr.conclusion)
    if found is None:
        return None
    context = env.context
    if not isinstance(found, core.ConclusionRef) or type_of(found) != YES_NO:
        context.mistakes.add("V317", expr.conclusion.span, name=expr.conclusion.span.text)
        return None
    positive = expr.wording.removeprefix("not_")
    spoken = wording_of(env, found.name)
    if spoken and positive != spoken:
        pairs = [WORDS[spoken], WORDS[opposite(spoken)]]
        words = Words(" / ".join(w.en for w in pairs), "／".join(w.zh for w in pairs))
        context.mistakes.add("V316", expr.span, name=found.name, words=words)
        return None
    negated = expr.negated != expr.wording.startswith("not_")
    return core.Not(found, span=expr.span) if negated else found


def wording_of(env: Env, conclusion: str) -> str | None:
    """The positive wording that the rules of a conclusion speak in."""
    for rule in env.context.scope.conclusions.get(conclusion, ()):
        for body in (rule.body, *(reading.body for reading in rule.readings)):
            for statement in body.statements:
                if statement.conclusion.wording:
                    return statement.conclusion.wording.removeprefix("not_")
    return None


def _conditions(env: Env, expr: syntax.Conditions) -> core.Expr | None:
    parts = []
    for part in expr.parts:
        checked = condition(env, part.expr)
        cited = citations(env.context, part.attributes.citations)
        assumed = assumptions(part.attributes.assumptions, part.expr.span.text)
        if checked is not None:
            parts.append(core.Part(checked, cited, assumed))
    if len(parts) < len(expr.parts):
        return None
    match expr.operator:
        case "all":
            return core.All(tuple(parts), span=expr.span)
        case "any":
            return core.Any(tuple(parts), span=expr.span)
        case _:
            return core.Not(core.Any(tuple(parts), span=expr.span), span=expr.span)


def _dates_between(env: Env, expr: syntax.DatesBetween) -> core.Expr | None:
    """None from or to a date that is none."""
    perhaps = core.OptionalType(DATE)
    start, end = typed(env, expr.start, perhaps), typed(env, expr.end, perhaps)
    if start is None or end is None:
        return None
    type_: core.Type = _LENGTHS[expr.unit]
    if perhaps in (type_of(start), type_of(end)):
        type_ = core.OptionalType(type_)
    return core.DatesBetween(expr.unit, start, end, type_, span=expr.span)
