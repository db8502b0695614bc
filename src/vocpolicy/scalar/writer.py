"""Code for conditions, definitions and conclusions, put together in one function's body.

There are two bodies.  One is for cases that lack no fact; there a condition is true or false.
The other knows three values: of each condition it has code for where it certainly holds and code
for where it certainly fails.  What a condition comes to while its fact is missing is asked of
the interpreter once, when the code is made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from attrs import define

from vocpolicy import core
from vocpolicy.core.walk import type_of, within
from vocpolicy.interpreter import evaluate
from vocpolicy.interpreter.expressions import in_force
from vocpolicy.interpreter.known import relations
from vocpolicy.interpreter.values import truth
from vocpolicy.scalar import code, lists, plans, ranges, values
from vocpolicy.scalar.code import (
    Number,
    OpenError,
    Truth,
    UnsupportedError,
    conjunction,
    disjunction,
)
from vocpolicy.scalar.draft import Draft
from vocpolicy.scalar.nodes import UNSUPPORTED
from vocpolicy.scalar.places import Read

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
class Writer(Draft):
    """Writes one body."""

    # ---- facts

    def fact(self, expr: core.FactRef | core.FieldRef) -> str:
        """The code of a fact, which the rule at hand and the whole case take for the same; or of
        a field of the record at hand."""
        if isinstance(expr, core.FieldRef) and expr.record is not None:
            return self._field(expr, expr.record)
        place = self.where.record_of(expr, self.policy)
        if place is not None:
            text = f"{place.row}[{self.readers.place(place.entity, expr.name)}]"
            fact = self.policy.entities[place.entity].fields[expr.name]
            self.touched[text] = self.reads[text] = Read(fact, place.entity)
            return text
        subject = self.where.subject
        fields = self.policy.entities[subject.entity].fields if subject else {}
        meant = fields.get(expr.name) or self.policy.facts.get(expr.name)
        first = self.declared.get(expr.name)
        if meant is None or first is None or first.type != meant.type:
            raise UnsupportedError("two facts share a name")
        text = self.variables[expr.name]
        self.touched[text] = self.reads[text] = Read(meant)
        return text

    def _field(self, expr: core.FieldRef, record: core.Expr) -> str:
        """The code of a field of a record that stands alone, a list of one; where that is missing,
        so is the field."""
        if isinstance(record, core.DefinitionRef):
            return self.defined(record, lambda _, value: self._field(expr, value))
        kind = type_of(record)
        if not isinstance(record, core.FactRef | core.FieldRef):
            raise UnsupportedError("is a field of a record that rules make")
        if not isinstance(kind, core.RecordType) or self.where.record_of(record, self.policy):
            raise UnsupportedError("is a field of a record that can be none, or is in a list")
        around = self.fact(record)
        del self.touched[around]
        text = self.field_of(around, kind.entity, expr.name)
        fact = self.policy.entities[kind.entity].fields[expr.name]
        read = Read(fact, kind.entity, None if self.known else around)
        self.touched[text] = self.reads[text] = read
        return text

    def field_of(self, around: str, entity: str, field: str) -> str:
        """The code of a field of the record that a variable of the case holds."""
        text = f"{around}[0][{self.readers.place(entity, field)}]"
        return text if self.known else self.keep_for_case(f"M if {around} is M else {text}")

    def day_or_missing(
        self, touched: Mapping[str, Read], read: Mapping[str, Read], text: str
    ) -> str:
        """A variable for a day that there may not be; like a fact, it may be missing.

        Args:
            touched: what the condition at hand read before.
            read: what `text` reads.
        """
        absent = " or ".join(f"{name} is M" for name in sorted(read))
        name = self.keep_for_case(f"M if {absent} else {text}" if absent else text)
        self.open = True
        day = Read(core.Fact(name, core.Labels(), core.DateType()))
        self.touched = {**touched, name: day}
        return name

    # ---- conditions

    def truth(self, expr: core.Expr) -> Truth:
        match expr:
            case core.Const(value=bool() as value):
                return Truth(str(value), str(not value))
            case core.FactRef() | core.FieldRef():
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
                return self._comparison(expr, lambda: values.compare(self, expr), False)
            case core.Equal(left, right, negated):
                return self._comparison(expr, lambda: values.equal(self, left, right), negated)
            case core.Within(negated=negated):
                return self._comparison(expr, lambda: values.within(self, expr), negated)
            case core.DefinitionRef():
                return self._defined_truth(expr)
            case core.ConclusionRef():
                return self.concluded_truth(expr.name)
            case core.Aggregate():
                return self._comparison(expr, lambda: lists.holds(self, expr), False)
            case _:
                raise UnsupportedError(UNSUPPORTED.get(type(expr), "is no condition"))

    def _yes_no(self, expr: core.FactRef | core.FieldRef) -> Truth:
        if not isinstance(expr.type, core.YesNoType):
            raise UnsupportedError("a yes or no that can be none")
        fact = self.fact(expr)
        self.touched.clear()
        if self.known:
            return Truth(fact, f"(not {fact})")
        return Truth(f"({fact} is True)", f"({fact} is False)")

    def _comparison(self, expr: core.Expr, write: Callable[[], str], negated: bool) -> Truth:
        """What goes through lists is worked out with whatever records lack."""
        if not self.known and self.valueless(expr):
            return self._of_no_value(expr)
        worked_out = self.lists_in(expr) or self._concluding(expr)
        if not self.known and not isinstance(expr, core.Within) and worked_out:
            found = ranges.truth(self, expr)
            self.touched.clear()
            self.dated = False
            if found is not None:
                return found
        return self._leaf(expr, write(), negated)

    def _concluding(self, expr: core.Expr) -> bool:
        return any(isinstance(one, core.ConclusionRef) for one in self.through(expr))

    def _of_no_value(self, expr: core.Expr) -> Truth:
        """A comparison with a parameter that has no value: only bounds can tell."""
        found = ranges.truth(self, expr)
        self.touched.clear()
        self.dated = False
        if found is not None:
            return found
        several = isinstance(expr, core.Within) and not self.valueless(expr.item)
        if several or any(values.optional(type_of(one)) for one in self.through(expr)):
            raise UnsupportedError("no value is in force")
        return Truth("False", "False")

    def valueless(self, expr: core.Expr) -> bool:
        """Whether it names a parameter that has no value on the day."""
        return any(
            isinstance(one, core.DefinitionRef) and self.in_force(one.name) is None
            for one in self.through(expr)
        )

    def lists_in(self, expr: core.Expr) -> bool:
        return any(isinstance(one, core.Aggregate) for one in self.through(expr))

    def _leaf(self, expr: core.Expr, text: str, negated: bool) -> Truth:
        """A comparison; `touched` are the facts that its code reads."""
        touched = {**self.touched}
        names = sorted(touched)
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
        reads = [touched[name] for name in names]
        turning = turning and not self._open_on_any_day(expr, reads[0].fact)
        several = len(names) > 1 or self._concluding(expr)
        if several or turning or self._related(expr, reads[0]):
            absent = " or ".join(f"{name} is M" for name in names)
            found = ranges.truth(self, expr)
            self.touched.clear()
            self.dated = False
            if found is None:
                guarded = f"(slow() if {absent} else {both.holds})"
                return Truth(guarded, f"(not {guarded})")
            holds = f"({found.holds} if {absent} else {both.holds})"
            return Truth(holds, f"({found.fails} if {absent} else {both.fails})")
        answer = evaluate(self.scope(), expr).answer
        return code.of_missing(both, names[0], truth(answer))

    def _open_on_any_day(self, expr: core.Expr, fact: core.Fact) -> bool:
        """Whether a condition that reads the date of evaluation comes to the same on every day
        while its fact is missing: nothing is known of a date that is missing, nor of what lies
        between it and another, or that far from it."""
        if not isinstance(fact.type, core.DateType):
            return False
        if not all(map(_of_dates, self.through(expr))):
            return False
        answers = {truth(evaluate(self.scope(day), expr).answer) for day in _FAR_APART}
        return answers == {None}

    def through(self, expr: core.Expr) -> Iterator[core.Expr]:
        """Every expression in one, and in the definitions that it names."""
        for one in within(expr):
            yield one
            if isinstance(one, core.DefinitionRef):
                dated = self.in_force(one.name)
                if dated is not None:
                    yield from self.through(dated.value)

    def _related(self, expr: core.Expr, read: Read) -> bool:
        """Whether more may be known of it than its own bounds, by other facts, or less: nothing is
        known of the fields of a record that is missing."""
        kind = read.fact.type
        bounded = isinstance(kind, core.NumberType) or (
            isinstance(kind, core.ChoiceType) and isinstance(expr, core.Within)
        )
        if bounded and read.around is not None:
            return True
        return next(relations(read.fact, self.siblings(read)), None) is not None

    def siblings(self, read: Read) -> Mapping[str, core.Fact]:
        """The facts that may bound a fact: those of its record, or of the case."""
        if read.record is not None:
            return self.policy.entities[read.record].fields
        subject = self.where.subject
        fields = self.policy.entities[subject.entity].fields if subject else {}
        return {**self.policy.facts, **fields}

    # ---- lists

    def aggregated(self, expr: core.Aggregate) -> Number:
        """The number that the records of a list come to."""
        return lists.number(self, expr)

    def aggregated_truth(self, expr: core.Aggregate) -> Truth:
        """What holds of records that may lack fields."""
        return lists.open_truth(self, expr)

    def aggregated_range(self, expr: core.Aggregate) -> ranges.Range:
        """The bounds of what records come to that may lack fields."""
        return lists.open_range(self, expr)

    def different(self, several: list[core.Expr]) -> str | None:
        """Code that is true where numbers certainly differ; None where there is none."""
        try:
            if not self.known:
                codes, _ = ranges.same_scale(self, [ranges.ranged(self, one) for one in several])
                return f"differ(({', '.join(codes)},))"
            numbers = [values.some(values.number(self, one)) for one in several]
            codes, _ = code.same_scale(numbers)
            return f"len({{{', '.join(codes)}}}) == {len(codes)}"
        except UnsupportedError:
            return None
        finally:
            self.touched.clear()

    def bounds(self, value: core.Expr) -> str | None:
        """Code for the bounds of a number; None where there is none."""
        try:
            found = ranges.ranged(self, value)
            if found.optional:
                name = self.keep(found.code)
                return f"({name} or (0, 0))"
            return found.code
        except UnsupportedError:
            return None
        finally:
            self.touched.clear()

    def aggregated_date(self, expr: core.Aggregate) -> str:
        return lists.date(self, expr)

    # ---- definitions

    def defined(self, expr: core.DefinitionRef, write: Callable[[Writer, core.Expr], T]) -> T:
        """Code for what a definition stands for on the day."""
        dated = self.in_force(expr.name)
        if dated is None:
            raise OpenError("no value is in force")
        with self.naming("definition", expr.name, self.policy.definitions[expr.name].entity):
            return write(self, dated.value)

    def in_force(self, name: str) -> core.DatedValue | None:
        """The value of a definition on the day; None where a parameter has none."""
        declared = self.policy.definitions[name]
        for values_then in (declared.values, *declared.bodies.values()):
            for one in values_then:
                self.turn(one.start, one.end)
        if declared.form == "parameter":
            self.turn(self.policy.period.start, self.policy.period.end)
        found = in_force(self.scope(), declared)
        self.open = self.open or found is None
        return found

    def _defined_truth(self, expr: core.DefinitionRef) -> Truth:
        if not self.known and self.in_force(expr.name) is None:
            return Truth("False", "False")

        def write() -> Truth:
            return self._kept(self.defined(expr, lambda _, value: self.truth(value)))

        entity = self.policy.definitions[expr.name].entity
        return self._once(expr.name, entity, lambda: self.frame.truths, write)

    def _kept(self, found: Truth) -> Truth:
        """The truth of something that others may ask for too, in a variable."""
        if self.known:
            name = self.keep(found.holds)
            return Truth(name, f"(not {name})")
        name = self.keep(code.three_valued(found))
        return Truth(f"({name} is True)", f"({name} is False)")

    # ---- conclusions

    def plan(self, name: str) -> plans.Plan:
        """The states of a conclusion's statements, written, and what they come to."""
        conclusion = self.policy.conclusions[name]
        with self.naming("conclusion", name, conclusion.entity):
            return plans.written(self, conclusion)

    def concluded_truth(self, name: str) -> Truth:
        """Whether a conclusion holds; that is open where there is a conflict."""

        def write() -> Truth:
            return self._kept(self.plan(name).truth(self))

        entity = self.policy.conclusions[name].entity
        return self._once(name, entity, lambda: self.frame.truths, write)

    def concluded_number(self, expr: core.ConclusionRef) -> Number:
        """The number that rules give; None where they give none."""

        def write() -> Number:
            found = self.plan(expr.name).number(self)
            return Number(self.keep(found.top), found.scale, optional=True)

        entity = self.policy.conclusions[expr.name].entity
        return self._once(expr.name, entity, lambda: self.frame.numbers, write)

    def concluded_range(self, expr: core.ConclusionRef) -> ranges.Range:
        """The bounds of the number that rules give; none where they give none."""

        def write() -> ranges.Range:
            found = self.plan(expr.name).range(self)
            return ranges.Range(self.keep(found.code), found.scale, optional=True)

        entity = self.policy.conclusions[expr.name].entity
        return self._once(expr.name, entity, lambda: self.frame.ranges, write)

    def _once(
        self,
        name: str,
        entity: str | None,
        known: Callable[[], dict[str, tuple[T, Mapping[str, Read]]]],
        write: Callable[[], T],
    ) -> T:
        """What a name comes to, written once for the case or for the record that it is for."""
        with self.at(self.where.enter(entity)):
            if name not in known():
                outside, self.reads = self.reads, {}
                found = write()
                known()[name] = found, self.reads
                self.reads = outside
            found, reads = known()[name]
        self.reads = {**self.reads, **reads}
        return found

    def guarded(self, text: str) -> str:
        """Code for a value that the interpreter gives where a fact that it reads is missing."""
        touched = sorted(self.touched)
        self.touched.clear()
        if self.known or not touched:
            return text
        absent = " or ".join(f"{name} is M" for name in touched)
        return f"(slow() if {absent} else {text})"

    def certain(self, truth: Truth) -> str:
        """Code for a condition that the interpreter decides where it is open."""
        if self.known or truth.holds == "True":
            return truth.holds
        return f"(True if {truth.holds} else False if {truth.fails} else slow())"


def _of_dates(expr: core.Expr) -> bool:
    """Whether it makes nothing more known than its operands are."""
    if isinstance(expr, core.Arithmetic):
        return expr.operator in ("shift", "add", "subtract")
    return isinstance(expr, _OF_DATES)
