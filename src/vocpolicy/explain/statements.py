"""What a leaf condition says: what is the case, or what is still open."""

from __future__ import annotations

from fractions import Fraction

from vocpolicy.core import Compare, Const, Equal, FactRef, FieldRef, Nothing, Within
from vocpolicy.explain.nodes import Side
from vocpolicy.explain.phrases import CONTRARY, MIRRORED, Scope, asked, family, noun
from vocpolicy.explain.terms import Listing, Say, Term
from vocpolicy.explain.values import bound_of, interval_of, known, standard, value_of
from vocpolicy.trace import Step

# ---- what is the case --------------------------------------------------------------------


def statement(step: Step, scope: Scope) -> tuple[Term, tuple[Side, ...]]:
    """What is the case where a condition is settled, and the values that it compared."""
    match step.expr:
        case Compare() if all(known(child.answer) for child in step.children):
            return _compared(step, scope)
        case Equal() if known(step.children[0].answer):
            return _equal(step, step.expr, scope)
        case Within() if known(step.children[0].answer):
            return _within(step, step.expr, scope)
        case Compare() | Equal() | Within():
            answer = Say("yes" if step.answer else "no")
            return Say("answer", {"name": asked(step.expr, scope), "value": answer}), ()
        case _:
            name = noun(step.expr, scope)
            value = value_of(step, scope)
            return Say("answer", {"name": name, "value": value}), (Side(name, value),)


def _compared(step: Step, scope: Scope) -> tuple[Term, tuple[Side, ...]]:
    left, right = step.children
    operator = step.expr.operator if isinstance(step.expr, Compare) else "at_least"
    if not step.answer:
        operator = CONTRARY[operator]
    if standard(left) and not standard(right):
        left, right, operator = right, left, MIRRORED[operator]
    if Nothing.NONE in (left.answer, right.answer):
        sides = tuple(Side(noun(one.expr, scope), value_of(one, scope)) for one in (left, right))
        none = left if left.answer is Nothing.NONE else right
        return Say("has_none", {"name": noun(none.expr, scope)}), sides
    beside = (right.answer,) if isinstance(right.answer, Fraction) else ()
    value = value_of(left, scope, beside)
    bound = bound_of(right, scope)
    name = noun(left.expr, scope)
    says = Say(f"{family(left.expr)}.{operator}", {"left": name, "value": value, "bound": bound})
    against = bound if isinstance(right.expr, Const) else value_of(right, scope)
    return says, (Side(name, value), Side(noun(right.expr, scope), against))


def _equal(step: Step, expr: Equal, scope: Scope) -> tuple[Term, tuple[Side, ...]]:
    left, right = step.children
    name, value = noun(left.expr, scope), value_of(left, scope)
    side = Side(name, value)
    same = step.answer is not expr.negated
    if left.answer is Nothing.NONE:
        return Say("has_none", {"name": name}), (side,)
    if isinstance(left.answer, bool):
        return Say("answer", {"name": name, "value": value}), (side,)
    if not known(right.answer) or (same and isinstance(right.expr, Const)):
        return Say("is", {"left": name, "value": value}), (side,)
    other = Side(noun(right.expr, scope), value_of(right, scope))
    args: dict[str, Term] = {"left": name, "value": value, "right": other.name}
    if same:
        return Say("is_same", args), (side, other)
    if isinstance(right.expr, Const):
        key = "is" if right.answer is Nothing.NONE else "is_other"
        return Say(key, {"left": name, "value": value, "asked": other.value}), (side, other)
    return Say("differs", args | {"other": other.value}), (side, other)


def _within(step: Step, expr: Within, scope: Scope) -> tuple[Term, tuple[Side, ...]]:
    left = step.children[0]
    name, value = noun(left.expr, scope), value_of(left, scope)
    members = tuple(noun(member, scope) for member in expr.members)
    sides = (Side(name, value), Side(Say("the_list"), Listing(members)))
    args: dict[str, Term] = {"left": name, "value": value}
    if left.answer is Nothing.NONE:
        return Say("has_none", {"name": name}), sides
    if step.answer is not expr.negated:
        return Say("is", args), sides
    if len(members) == 1:
        return Say("is_other", args | {"asked": members[0]}), sides
    return Say("not_among", args | {"members": Listing(members, "joint.nor")}), sides


# ---- what is open ------------------------------------------------------------------------


def open_statement(step: Step, scope: Scope) -> tuple[Term, tuple[Side, ...]]:
    """What is asked where it is not settled, and what is known so far."""
    question = asked(step.expr, scope)
    if not isinstance(step.expr, Compare):
        return Say("open", {"asked": question}), ()
    left, right = step.children
    args: dict[str, Term] = {"left": noun(left.expr, scope), "bound": bound_of(right, scope)}
    question = Say(f"ask.{family(left.expr)}.{step.expr.operator}", args)
    sides = tuple(Side(noun(one.expr, scope), value_of(one, scope)) for one in (left, right))
    so_far = interval_of(left)
    if so_far is None or isinstance(left.expr, FactRef | FieldRef):
        return Say("open", {"asked": question}), sides
    return Say("open_known", {"asked": question, "known": so_far}), sides
