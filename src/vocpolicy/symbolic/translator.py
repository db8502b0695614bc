"""Expressions of the core as terms, for a date and the readings taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, reduce
from typing import assert_never

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core import Expr
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import Scope, dates, evaluate
from vocpolicy.interpreter.expressions import in_force
from vocpolicy.interpreter.known import relations, unknown_number
from vocpolicy.interpreter.names import names_in, parts_in, readings_in
from vocpolicy.symbolic import decisions, judging, terms, values
from vocpolicy.symbolic.calendar import Length, Moved
from vocpolicy.symbolic.store import FIRST, LAST, Store, Variable
from vocpolicy.symbolic.unsupported import UnsupportedError
from vocpolicy.symbolic.values import Made, Truth, Value
from vocpolicy.trace import UNKNOWN, Unknown


@frozen(eq=False)
class Translator:
    """Translates for one scope; what is made along the way is shared in `store`.

    Attributes:
        twins: facts that have a second value here, for questions about two cases.
        mark: what the names of those values end in.
        changed: names of definitions, conclusions and rules that mean something else here than
            for other translators of the same store; "" where anything may.
    """

    scope: Scope
    store: Store
    twins: frozenset[str] = frozenset()
    mark: str = ""
    changed: frozenset[str] = frozenset()

    def inside(self, entity: str | None) -> Translator:
        scope = self.scope.enter(entity)
        return self if scope is self.scope else evolve(self, scope=scope)

    def reading(self, readings: Mapping[str, str]) -> Translator:
        return evolve(self, scope=evolve(self.scope, readings=readings, memo={}))

    def with_twins(self, facts: Iterable[str], mark: str) -> Translator:
        return evolve(self, twins=frozenset(facts), mark=mark)

    def of_policy(self, scope: Scope, changed: Iterable[str]) -> Translator:
        """For another policy with the same facts, in which certain names mean something else."""
        return evolve(self, scope=scope, changed=frozenset(changed))

    # ---- for questions about more than one condition

    def every(self, parts: Iterable[Truth]) -> Truth:
        return values.every(parts)

    def some(self, parts: Iterable[Truth]) -> Truth:
        return values.some(parts)

    def no(self, part: Truth) -> Truth:
        return values.negation(part)

    def compare(self, operator: str, one: Value, other: Value) -> Truth:
        return values.compare(operator, one, other)

    def apart(self, name: str, one: Mapping[str, str], other: Mapping[str, str]) -> Truth:
        """Where two choices of readings certainly judge differently, and where not."""
        ways = [self.reading(readings).provided(name) for readings in (one, other)]
        return decisions.apart(*ways)

    def part(self, other: Translator, name: str, conflicts: bool = False) -> Truth:
        """Where something certainly comes out otherwise for another translator, and where not;
        `conflicts`: whether a conflict is an outcome like others.

        Raises:
            UnsupportedError: it has no terms.
        """
        return decisions.apart(self.provided(name), other.provided(name), conflicts=conflicts)

    def provided(self, name: str) -> decisions.Decision:
        """What becomes of a conclusion, target, provision or definition.

        Raises:
            UnsupportedError: it has no terms.
        """
        policy = self.scope.policy
        if name in policy.targets:
            target = policy.targets[name]
            return decisions.Decision(core.YesNoType(), judging.judged(self, target))
        if name in policy.provisions:
            shown = judging.shown(self, policy.provisions[name])
            return decisions.Decision(core.YesNoType(), shown)
        if name in policy.conclusions:
            return self.decided(policy.conclusions[name])
        definition = policy.definitions[name]
        made = self.made(core.DefinitionRef(name, definition.type))
        known = terms.some((made.yes, made.fails)) if isinstance(made, Truth) else made.known
        return decisions.Decision(definition.type, {decisions.DECIDED: known}, made)

    def left_open(self, expr: Expr) -> Truth:
        """Where it is not known what an expression comes to; a conflict of the conclusion that it
        names is known.

        Raises:
            UnsupportedError: it has no terms.
        """
        return Truth(terms.no(terms.some((self._known(expr), self._in_conflict(expr)))))

    def _known(self, expr: Expr) -> terms.Bool:
        made = self.made(expr)
        return terms.some((made.yes, made.fails)) if isinstance(made, Truth) else made.known

    def _in_conflict(self, expr: Expr) -> terms.Bool:
        if not isinstance(expr, core.ConclusionRef):
            return False
        conclusion = self.scope.policy.conclusions[expr.name]
        return self.decided(conclusion).ways.get(decisions.CONFLICT, False)

    # ---- expressions

    def truth(self, expr: Expr) -> Truth:
        """A condition.

        Raises:
            UnsupportedError: it has no terms.
        """
        return values.as_truth(self.made(expr))

    def value(self, expr: Expr) -> Value:
        return values.as_value(self.made(expr))

    def made(self, expr: Expr) -> Made:
        """The terms of an expression, made once; its parts are what questions have in common.

        Raises:
            UnsupportedError: it has none.
        """
        if isinstance(expr, core.All | core.Any | core.Not):
            return self._made(expr)
        key = (id(expr), self.about)
        if key not in self.store.made:
            self.store.made[key] = (
                expr,
                self._made(expr),
            )  # the expression lives as long as its id
        return self.store.made[key][1]

    @cached_property
    def about(self) -> object:
        """What terms rest on besides their expression."""
        subject = self.scope.subject
        readings = tuple(sorted(self.scope.readings.items()))
        others = tuple(sorted(self.twins)), tuple(sorted(self.changed))
        return subject and subject.entity, readings, self.scope.day, others

    def _made(self, expr: Expr) -> Made:
        match expr:
            case core.Const():
                return self.store.constant(expr.value, expr.type)
            case core.Range():
                return self._range(expr)
            case core.AsOf():
                return Value(Fraction(self.scope.day.toordinal()))
            case core.FactRef():
                return self.fact(expr)
            case core.FieldRef():
                return self.fact(expr) if expr.record is None else self.free(expr)
            case core.DefinitionRef():
                return self._definition(expr)
            case core.ConclusionRef():
                return self._conclusion(expr)
            case core.Negate():
                return values.negate(self.value(expr.operand))
            case core.Arithmetic():
                return self._arithmetic(expr)
            case core.Divide():
                other = None if expr.if_zero is None else self.value(expr.if_zero)
                return values.divide(self.value(expr.left), self.value(expr.right), other)
            case core.Compare():
                return self._compare(expr)
            case core.Equal():
                same = values.equal(self.made(expr.left), self.made(expr.right))
                return values.negation(same) if expr.negated else same
            case core.Within():
                return self._within(expr)
            case core.Not():
                return values.negation(self.truth(expr.operand))
            case core.All():
                return values.every([self.truth(part.expr) for part in expr.parts])
            case core.Any():
                return values.some([self.truth(part.expr) for part in expr.parts])
            case core.DatesBetween():
                return self._dates_between(expr)
            case core.Aggregate():  # of a list there may be any number of records
                return self.free(expr)
            case core.Round():
                grain = expr.grain.value
                assert isinstance(grain, Fraction)
                return values.rounded(expr.mode, self.value(expr.operand), grain, self.store.floor)
            case core.Choose():
                several = [self.value(member) for member in expr.members]
                return reduce(values.smaller if expr.kind == "smaller" else values.larger, several)
            case core.Scale():
                return self._scale(expr)
            case _:
                assert_never(expr)

    # ---- facts

    def fact(self, expr: core.FactRef | core.FieldRef) -> Made:
        """The variable of a fact, or its value where one was supplied."""
        found = self.scope.find(expr.name)
        if found.fact is None or isinstance(found.fact.type, core.ListType | core.RecordType):
            return self.free(expr)
        if found.value is not None:
            return self.store.constant(found.value, found.fact.type)
        return self._variable(found.fact).made

    def _variable(self, fact: core.Fact) -> Variable:
        twin = fact.name in self.twins
        key = ("fact", id(fact), twin)
        if key in self.store.variables:
            return self.store.variables[key]
        name = fact.name + self.mark if twin else fact.name
        free = unknown_number(fact, []) if isinstance(fact.type, core.NumberType) else UNKNOWN
        found = self.store.variable(key, name, fact.type, free, fact)
        self._relate(fact, values.as_value(found.made))
        return found

    def _relate(self, fact: core.Fact, made: Value) -> None:
        """Bounds between facts; a fact that nothing else reads counts where it is supplied."""
        if not isinstance(core.inner(fact.type), core.NumberType | core.DateType):
            return
        siblings = self.scope.siblings(self.scope.find(fact.name))
        day = isinstance(core.inner(fact.type), core.DateType)
        fixed = [(key, one) for key, one in fact.compares if day and isinstance(one, core.Const)]
        for operator, expr in (*fixed, *relations(fact, siblings)):
            bound = siblings.get(expr.name) if isinstance(expr, core.FactRef) else None
            if bound is None or self._read(bound):
                so = values.compare(operator, made, self.value(expr))
                self.store.sure.append(terms.some((so.yes, made.none)))

    def _read(self, fact: core.Fact) -> bool:
        """Whether something reads a fact, or it was supplied."""
        keys = (("fact", id(fact), twin) for twin in (False, True))
        read = any(key in self.store.variables for key in keys)
        return read or self.scope.find(fact.name).value is not None

    def free(self, expr: Expr) -> Made:
        """What the interpreter makes of a list or a record, as a variable of its own."""
        subject = self.scope.subject
        twin = tuple(sorted(self.twins.intersection(names_in(self.scope, expr))))
        names = {"", *(one.name for one in parts_in(self.scope, expr))}
        apart = readings_in(self.scope, expr), twin, tuple(sorted(names & self.changed))
        about = subject and subject.entity, self.scope.day, apart
        key = ("free", _told_apart(expr), about)
        if key in self.store.variables:
            return self.store.variables[key].made
        step = evaluate(self.scope, expr)
        if not isinstance(step.answer, Unknown):
            return self.store.constant(step.answer, type_of(expr))
        if not step.missing:
            return values.UNKNOWN
        free = self.store.variable(key, "", type_of(expr), step.answer, None, expr)
        return free.made

    # ---- names

    def _definition(self, expr: core.DefinitionRef) -> Made:
        declared = self.scope.policy.definitions[expr.name]
        inside = self.inside(declared.entity)
        dated = in_force(inside.scope, declared)
        return values.UNKNOWN if dated is None else inside.made(dated.value)

    def _conclusion(self, expr: core.ConclusionRef) -> Made:
        return decisions.answer(self.decided(self.scope.policy.conclusions[expr.name]))

    def decided(self, conclusion: core.Conclusion) -> decisions.Decision:
        """What becomes of a conclusion.

        Raises:
            UnsupportedError: it has no terms.
        """
        inside = self.inside(conclusion.entity)
        key = (conclusion.name, inside.about)
        if key not in self.store.decided:
            self.store.decided[key] = decisions.decide(inside, conclusion)
        return self.store.decided[key]

    # ---- numbers and dates

    def _range(self, expr: core.Range) -> Made:
        if expr.low is not None and expr.low == expr.high:
            return Value(expr.low)
        raise UnsupportedError("range")

    def _arithmetic(self, expr: core.Arithmetic) -> Made:
        left, right = self.value(expr.left), self.value(expr.right)
        match expr.operator:
            case "add":
                return values.add(left, right)
            case "subtract":
                return values.add(left, values.negate(right))
            case "multiply":
                return values.multiply(left, right)
            case "shift":
                return self._shift(left, right, type_of(expr.right))
            case _:
                raise ValueError(f"not an operator: {expr.operator}")

    def _shift(self, start: Value, length: Value, kind: core.Type) -> Made:
        """A date moved by a length that is the same in every case."""
        if not isinstance(length.num, Fraction) or length.known is not True or length.none:
            raise UnsupportedError("shift")
        policy, by = self.scope.policy, length.num / length.den
        if isinstance(start.num, Fraction):
            day = datetime.date.fromordinal(int(start.num))
            moved = dates.shifted(day, by, kind, policy.month_end)
            return values.UNKNOWN if moved is None else Value(Fraction(moved.toordinal()))
        months = isinstance(kind, core.NumberType) and kind.dimension == (("month", 1),)
        if months and policy.month_end == "refuse":
            raise UnsupportedError("shift")
        if not months:
            return evolve(
                start, num=terms.within(terms.plus(start.num, Fraction(int(by))), FIRST, LAST)
            )

        def move(day: datetime.date) -> datetime.date:
            return dates.shifted(day, by, kind, policy.month_end) or day

        result = self.store.dated_by(
            ("moved", terms.key(start.num), int(by)),
            lambda result: Moved(start.num, int(by), result, policy.month_end, move),
        )
        return evolve(start, num=result)

    def _dates_between(self, expr: core.DatesBetween) -> Made:
        start, end = self.value(expr.start), self.value(expr.end)
        none = terms.some((start.none, end.none))
        known = terms.every((start.known, end.known))
        days = terms.plus(end.num, terms.minus(start.num))
        if expr.unit == "days":
            return Value(days, terms.ONE, none, known)
        policy = self.scope.policy
        if isinstance(days, Fraction):
            first, last = (datetime.date.fromordinal(int(one.num)) for one in (start, end))
            length = Fraction(dates.between(expr.unit, first, last, policy.month_end))
            return Value(length * (12 if expr.unit == "years" else 1), terms.ONE, none, known)
        result = self.store.dated_by(
            (expr.unit, terms.key(start.num), terms.key(end.num)),
            lambda result: Length(start.num, end.num, result, expr.unit, policy.month_end),
        )
        made = 12 if expr.unit == "years" else 1
        return Value(terms.times(result, Fraction(made)), terms.ONE, none, known)

    def _scale(self, expr: core.Scale) -> Made:
        operand = self.value(expr.operand)
        starts = [self.value(band.start) for band in expr.bands]
        lines = [self.value(band.value) for band in expr.bands]
        known = terms.every((operand.known, *(one.known for one in starts)))
        if expr.kind == "marginal":
            return self._marginal(operand, starts, lines)
        optional = isinstance(expr.type, core.OptionalType)
        found = values.NONE if optional else values.UNKNOWN
        for start, line in zip(starts, lines, strict=True):
            on = values.compare("at_least", operand, start)
            found = values.pick(on.yes, line, found)
        return evolve(found, known=terms.every((found.known, known)))

    def _marginal(self, operand: Value, starts: list[Value], rates: list[Value]) -> Value:
        total = Value(terms.ZERO)
        for place, (start, rate) in enumerate(zip(starts, rates, strict=True)):
            top = (
                operand if place + 1 == len(starts) else values.smaller(operand, starts[place + 1])
            )
            part = values.larger(Value(terms.ZERO), values.add(top, values.negate(start)))
            total = values.add(total, values.multiply(part, rate))
        return total

    # ---- comparisons

    def _compare(self, expr: core.Compare) -> Truth:
        return values.compare(expr.operator, self.value(expr.left), self.value(expr.right))

    def _within(self, expr: core.Within) -> Truth:
        item = self.made(expr.item)
        one = values.some([values.equal(item, self.made(member)) for member in expr.members])
        return values.negation(one) if expr.negated else one


def _told_apart(expr: Expr) -> object:
    """What tells an expression from others: its value, or itself where it has parts without one."""
    try:
        hash(expr)
    except TypeError:
        return id(expr)
    return expr
