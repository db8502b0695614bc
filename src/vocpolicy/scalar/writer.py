"""Code for conditions, definitions and conclusions, put together in one function's body.

There are two bodies.  One is for cases that lack no fact; there a condition is true or false.
The other knows three values: of each condition it has code for where it certainly holds and code
for where it certainly fails.  What a condition comes to while its fact is missing is asked of
the interpreter once, when the code is made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.facts.numbers import own_scale
from vocpolicy.interpreter import Facts, Scope, evaluate, new_scope
from vocpolicy.interpreter.expressions import definition
from vocpolicy.interpreter.known import relations
from vocpolicy.interpreter.values import truth
from vocpolicy.scalar import code, plans, values
from vocpolicy.scalar.code import Number, Truth, UnsupportedError, conjunction, disjunction
from vocpolicy.scalar.nodes import UNSUPPORTED

LONGEST = 20_000
"""Characters of one condition; a longer one is left to the interpreter."""

_OF_DATES = (
    core.AsOf,
    core.Compare,
    core.Const,
    core.DatesBetween,
    core.DefinitionRef,
    core.Equal,
    core.FactRef,
)
_FAR_APART = (datetime.date.min, datetime.date(2000, 2, 29), datetime.date.max)

T = TypeVar("T")


@define
class Writer:
    """Writes one body.

    Attributes:
        variables: names of the variables that hold the facts.
        known: whether every fact is there.
        space: what the code names: constants, tables, helpers.
        lines: what comes before the code at hand.
        touched: the facts that the condition at hand reads.
        dated: whether the condition at hand reads the date of evaluation.
        any_day: whether the code is for other days too, on which the policy reads the same.
        turns: days on which what the code was made from begins to read otherwise.
    """

    policy: core.Policy
    day: datetime.date
    readings: Mapping[str, str]
    entity: str | None
    declared: Mapping[str, core.Fact]
    variables: Mapping[str, str]
    known: bool
    space: dict[str, Any]
    lines: list[str] = Factory(list)
    touched: set[str] = Factory(set)
    truths: dict[str, Truth] = Factory(dict)
    numbers: dict[str, Number] = Factory(dict)
    dated: bool = False
    any_day: bool = False
    turns: set[datetime.date] = Factory(set)

    # ---- names

    def constant(self, value: Any) -> str:
        name = f"c{len(self.space)}"
        self.space[name] = value
        return name

    def nones(self, kind: core.ChoiceType) -> str:
        return self.constant(none_words(self.policy, kind))

    def fact(self, name: str) -> str:
        """The variable of a fact, which the rule at hand and the whole case take for the same."""
        fields = self.policy.entities[self.entity].fields if self.entity else {}
        meant = fields.get(name) or self.policy.facts.get(name)
        if meant is None or self.declared.get(name) is not meant:
            raise UnsupportedError("two facts share a name")
        self.touched.add(name)
        return self.variables[name]

    def today(self) -> str:
        """The date of evaluation."""
        self.dated = True
        self.space["today"] = self.day
        return "today"

    def turn(self, start: datetime.date | None, end: datetime.date | None) -> None:
        """Something is so from a day on, or until the end of one."""
        if start is not None:
            self.turns.add(start)
        if end is not None and end < datetime.date.max:
            self.turns.add(end + datetime.timedelta(days=1))

    def factor(self, name: str) -> Fraction:
        return factor(self.declared[name])

    def scope(self, day: datetime.date | None = None) -> Scope:
        """Where nothing is supplied, on the day or another one."""
        scope = new_scope(self.policy, Facts(), day or self.day, self.readings)
        return scope.enter(self.entity)

    # ---- conditions

    def truth(self, expr: core.Expr) -> Truth:
        match expr:
            case core.Const(value=bool() as value):
                return Truth(str(value), str(not value))
            case core.FactRef():
                return self._yes_no(expr)
            case core.Not(operand):
                inner = self.truth(operand)
                return Truth(inner.fails, inner.holds)
            case core.All(parts):
                several = [self.truth(part.expr) for part in parts]
                return conjunction(several)
            case core.Any(parts):
                several = [self.truth(part.expr) for part in parts]
                return disjunction(several)
            case core.Compare():
                return self._leaf(expr, values.compare(self, expr), False)
            case core.Equal(left, right, negated):
                return self._leaf(expr, values.equal(self, left, right), negated)
            case core.Within(negated=negated):
                return self._leaf(expr, values.within(self, expr), negated)
            case core.DefinitionRef():
                return self._defined_truth(expr)
            case core.ConclusionRef():
                return self.concluded_truth(expr.name)
            case _:
                raise UnsupportedError(UNSUPPORTED.get(type(expr), "is no condition"))

    def _yes_no(self, expr: core.FactRef) -> Truth:
        if not isinstance(expr.type, core.YesNoType):
            raise UnsupportedError("a yes or no that can be none")
        fact = self.fact(expr.name)
        self.touched.clear()
        if self.known:
            return Truth(fact, f"(not {fact})")
        return Truth(f"({fact} is True)", f"({fact} is False)")

    def _leaf(self, expr: core.Expr, text: str, negated: bool) -> Truth:
        """A comparison; `touched` are the facts that its code reads."""
        touched = sorted(self.touched)
        self.touched.clear()
        turning = self.dated and self.any_day
        self.dated = False
        if len(text) > LONGEST:
            raise UnsupportedError("is too long")
        both = Truth(text, code.negated(text))
        if negated:
            both = Truth(both.fails, both.holds)
        if self.known or not touched:
            return both
        names = [self.variables[name] for name in touched]
        turning = turning and not self._open_on_any_day(expr, touched[0])
        if len(names) > 1 or turning or self._related(touched[0]):
            absent = " or ".join(f"{name} is M" for name in names)
            guarded = f"(slow() if {absent} else {both.holds})"
            return Truth(guarded, f"(not {guarded})")
        answer = evaluate(self.scope(), expr).answer
        return _of_missing(both, names[0], truth(answer))

    def _open_on_any_day(self, expr: core.Expr, name: str) -> bool:
        """Whether a condition that reads the date of evaluation comes to the same on every day
        while its fact is missing: nothing is known of a date that is missing, nor of what lies
        between it and another, or that far from it."""
        if not isinstance(self.declared[name].type, core.DateType):
            return False
        if not all(map(_of_dates, self._through(expr))):
            return False
        answers = {truth(evaluate(self.scope(day), expr).answer) for day in _FAR_APART}
        return answers == {None}

    def _through(self, expr: core.Expr) -> Iterator[core.Expr]:
        """Every expression in one, and in the definitions that it names."""
        for one in within(expr):
            yield one
            if isinstance(one, core.DefinitionRef):
                dated = definition(self.scope(), self.policy.definitions[one.name]).dated
                if dated is not None:
                    yield from self._through(dated.value)

    def _related(self, name: str) -> bool:
        """Whether other facts bound it, so that more may be known of it than its own bounds."""
        fact = self.declared[name]
        fields = self.policy.entities[self.entity].fields if self.entity else {}
        return next(relations(fact, {**self.policy.facts, **fields}), None) is not None

    # ---- definitions

    def defined(self, expr: core.DefinitionRef, write: Callable[[Writer, core.Expr], T]) -> T:
        """Code for what a definition stands for on the day."""
        declared = self.policy.definitions[expr.name]
        for one in declared.values:
            self.turn(one.start, one.end)
        dated = definition(self.scope(), declared).dated
        if dated is None:
            raise UnsupportedError("no value is in force")
        around, self.entity = self.entity, declared.entity
        try:
            return write(self, dated.value)
        finally:
            self.entity = around

    def _defined_truth(self, expr: core.DefinitionRef) -> Truth:
        if expr.name not in self.truths:
            found = self.defined(expr, lambda _, value: self.truth(value))
            self.truths[expr.name] = self._kept(found)
        return self.truths[expr.name]

    def _kept(self, found: Truth) -> Truth:
        """The truth of something that others may ask for too, in a variable."""
        name = f"v{len(self.lines)}"
        if self.known:
            self.lines.append(f"{name} = {found.holds}")
            return Truth(name, f"(not {name})")
        self.lines.append(f"{name} = True if {found.holds} else False if {found.fails} else None")
        return Truth(f"({name} is True)", f"({name} is False)")

    # ---- conclusions

    def plan(self, name: str) -> plans.Plan:
        """The states of a conclusion's statements, written, and what they come to."""
        conclusion = self.policy.conclusions[name]
        around, self.entity = self.entity, conclusion.entity
        try:
            return plans.written(self, conclusion)
        finally:
            self.entity = around

    def concluded_truth(self, name: str) -> Truth:
        """Whether a conclusion holds: a conflict is left to the interpreter."""
        if name not in self.truths:
            found = self.plan(name)
            self.truths[name] = self._kept(found.truth(self))
        return self.truths[name]

    def concluded_number(self, expr: core.ConclusionRef) -> Number:
        """The number that rules give; None where they give none."""
        if expr.name not in self.numbers:
            outside, self.touched = self.touched, set()
            found = self.plan(expr.name).number(self)
            self.touched = outside
            name = f"v{len(self.lines)}"
            self.lines.append(f"{name} = {found.top}")
            self.numbers[expr.name] = Number(name, found.scale, optional=True)
        return self.numbers[expr.name]

    def guarded(self, text: str) -> str:
        """Code for a value that the interpreter gives where a fact that it reads is missing."""
        touched = sorted(self.touched)
        self.touched.clear()
        if self.known or not touched:
            return text
        absent = " or ".join(f"{self.variables[name]} is M" for name in touched)
        return f"(slow() if {absent} else {text})"


def _of_dates(expr: core.Expr) -> bool:
    """Whether it makes nothing more known than its operands are."""
    if isinstance(expr, core.Arithmetic):
        return expr.operator in ("shift", "add", "subtract")
    return isinstance(expr, _OF_DATES)


def _of_missing(both: Truth, name: str, answer: bool | None) -> Truth:
    """With what it comes to while its one fact is missing."""
    holds, fails = f"({name} is not M and {both.holds})", f"({name} is not M and {both.fails})"
    if answer is True:
        holds = f"({name} is M or {both.holds})"
    elif answer is False:
        fails = f"({name} is M or {both.fails})"
    return Truth(holds, fails)


def factor(fact: core.Fact) -> Fraction:
    """How many base units a bare number of the fact is."""
    kind = values.inner(fact.type)
    return own_scale(kind)[0] if isinstance(kind, core.NumberType) else Fraction(1)


def none_words(policy: core.Policy, kind: core.ChoiceType) -> frozenset[object]:
    """What says `none` of a choice, but for words that are values of it."""
    words = {"none", "无"} - set(policy.choices[kind.name].members)
    return frozenset({None, core.Nothing.NONE, *words})
