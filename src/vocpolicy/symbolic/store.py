"""What a question is about, as z3 sees it: variables, what is so of them in every case, and what
the calendar says.

A number is a real; that it is a multiple of its step is asked for apart (`steps`), since most
proofs do without, and ratios of reals are far easier than those of whole numbers.  A value of a
choice and a text is a whole number, a date its day.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.symbolic import terms, values
from vocpolicy.symbolic.calendar import Dated
from vocpolicy.symbolic.decisions import Decision
from vocpolicy.symbolic.terms import Bool
from vocpolicy.symbolic.unsupported import UnsupportedError
from vocpolicy.symbolic.values import Made, Truth, Value
from vocpolicy.trace import Answer, Unknown

FIRST, LAST = Fraction(datetime.date.min.toordinal()), Fraction(datetime.date.max.toordinal())


@frozen(eq=False)
class Variable:
    """Something that varies, and its terms.

    Attributes:
        name: of the fact; "" for what is made of a list.
        fact: its declaration; None for what is made of a list.
        expr: for what is made of a list, the expression.
        type: of its value.
        made: its terms.
    """

    name: str
    fact: core.Fact | None
    expr: core.Expr | None
    type: core.Type
    made: Made


@define(eq=False)
class Store:
    """What translating collects.

    Attributes:
        variables: by what they stand for.
        sure: conditions that are so in every case; those before `given` are with the solver.
        steps: that numbers are multiples of their steps.
        dated: lengths and dates that the calendar works out.
        texts: texts that conditions name.
        made: terms that were made before, by what they were made of, with their expressions.
        decided: conclusions that were decided before.
    """

    policy: core.Policy
    variables: dict[object, Variable] = Factory(dict)
    sure: list[Bool] = Factory(list)
    steps: list[Bool] = Factory(list)
    dated: dict[object, Dated] = Factory(dict)
    texts: dict[str, int] = Factory(dict)
    made: dict[object, tuple[core.Expr, Made]] = Factory(dict)
    decided: dict[object, Decision] = Factory(dict)
    count: int = 0

    def fresh(self, name: str) -> str:
        self.count += 1
        return f"{name}!{self.count}"

    # ---- variables

    def variable(
        self,
        key: object,
        name: str,
        type_: core.Type,
        free: Answer,
        fact: core.Fact | None = None,
        expr: core.Expr | None = None,
    ) -> Variable:
        """The variable of something; `free` says what is known of it."""
        if key not in self.variables:
            made = self._terms(name or "list", type_, free, fact)
            self.variables[key] = Variable(name, fact, expr, type_, made)
        return self.variables[key]

    def _terms(self, name: str, type_: core.Type, free: Answer, fact: core.Fact | None) -> Made:
        label = self.fresh(name)
        match type_:
            case core.YesNoType():
                return Truth(terms.truth_named(label))
            case core.OptionalType(inner=inner):
                made = values.as_value(self._terms(name, inner, free, fact))
                return Value(made.num, made.den, terms.truth_named(f"{label} is none"))
            case core.NumberType():
                return self._number(label, type_, free, fact)
            case core.DateType():
                return self._whole(label, FIRST, LAST)
            case core.TextType():
                return self._whole(label, Fraction(0), None)
            case core.ChoiceType(name=choice):
                return self._whole(label, Fraction(0), Fraction(len(self._members(choice)) - 1))
            case core.RecordType() | core.ListType():
                raise UnsupportedError("list")

    def _whole(self, label: str, low: Fraction, high: Fraction | None) -> Value:
        variable = terms.whole_named(label)
        self.sure.append(terms.at_least(variable, low))
        if high is not None:
            self.sure.append(terms.at_least(high, variable))
        return Value(variable)

    def _number(
        self, label: str, type_: core.NumberType, free: Answer, fact: core.Fact | None
    ) -> Value:
        variable = terms.number_named(label)
        low, high = (free.low, free.high) if isinstance(free, Unknown) else (None, None)
        if low is not None:
            self.sure.append(terms.at_least(variable, low))
        if high is not None:
            self.sure.append(terms.at_least(high, variable))
        step = fact.step if fact is not None else None
        if step is None and type_.whole:
            step = Fraction(1)
        if step is not None:
            count = terms.whole_named(f"{label} in steps")
            self.steps.append(terms.equal(variable, terms.times(step, terms.real(count))))
        elif fact is not None:
            self._apart(variable, fact)
        return Value(variable)

    def _apart(self, variable: Any, fact: core.Fact) -> None:
        """A bound that is itself left out."""
        for end, strict in ((fact.low, fact.low_strict), (fact.high, fact.high_strict)):
            if end is not None and strict:
                self.sure.append(terms.no(terms.equal(variable, end)))

    # ---- values

    def constant(self, value: core.Value, type_: core.Type) -> Made:
        """A value as terms.

        Raises:
            UnsupportedError: it is a list or a record.
        """
        match value:
            case bool():
                return values.TRUE if value else values.FALSE
            case Fraction():
                return Value(value)
            case datetime.date():
                return Value(Fraction(value.toordinal()))
            case core.Nothing():
                return values.NONE
            case str():
                return Value(self._place(value, type_))
            case _:
                raise UnsupportedError("list")

    def _place(self, value: str, type_: core.Type) -> Fraction:
        inner = core.inner(type_)
        if isinstance(inner, core.ChoiceType):
            return Fraction(self._members(inner.name).index(value))
        return Fraction(self.texts.setdefault(value, len(self.texts)))

    def _members(self, choice: str) -> tuple[str, ...]:
        return tuple(self.policy.choices[choice].members)

    def value(self, type_: core.Type, number: Fraction) -> core.Value:
        """What a number stands for, the contrary of `constant`."""
        match type_:
            case core.YesNoType():
                return bool(number)
            case core.OptionalType(inner=inner):
                return self.value(inner, number)
            case core.DateType():
                return datetime.date.fromordinal(int(number))
            case core.ChoiceType(name=choice):
                return self._members(choice)[int(number)]
            case core.TextType():
                named = {place: text for text, place in self.texts.items()}
                return named.get(int(number), f"{OTHER_TEXT}{int(number) or ''}")
            case _:
                return number

    # ---- what is worked out

    def dated_by(self, key: object, made: Callable[[Any], Dated]) -> Any:
        """The result of what the calendar works out, the same for the same days."""
        if key not in self.dated:
            found = self.dated[key] = made(terms.whole_named(self.fresh("calendar")))
            self.sure += found.sure()
        return self.dated[key].result

    def floor(self, value: Value) -> terms.Number:
        """The whole number at or below; of a ratio, one that its parts hold fast."""
        if value.den is terms.ONE:
            return terms.floor(value.num)
        count = terms.whole_named(self.fresh("floor"))
        least = terms.times(count, value.den)
        self.sure.append(terms.at_least(value.num, least))
        self.sure.append(terms.no(terms.at_least(value.num, terms.plus(least, value.den))))
        return count


OTHER_TEXT = "\N{HORIZONTAL ELLIPSIS}"
"""Begins a text that no rule names."""
