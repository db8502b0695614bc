"""What a form says of facts that are spelled otherwise than programs have them, as words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, assert_never

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.facts.numbers import Scale, bounded_above, is_ratio, known_unit, own_scale, spellings
from vocpolicy.scalar.checks import Checker, constant_bounds
from vocpolicy.scalar.code import COMPARED, UnsupportedError
from vocpolicy.scalar.values import inner, optional
from vocpolicy.stored.encoding import Words
from vocpolicy.stored.nodes import OTHER


def encoded_kinds(policy: core.Policy, declared: Mapping[str, core.Fact]) -> str:
    """The text by which `vocpolicy.stored.reading` reads these facts."""
    return _Kinds(policy, declared).text()


@define
class _Kinds:
    """Writes words; `space` takes the constants that they name."""

    policy: core.Policy
    declared: Mapping[str, core.Fact]
    space: dict[str, Any] = Factory(dict)

    def text(self) -> str:
        words = Words(self.space)
        kinds, related = [], []
        for name, fact in self.declared.items():
            try:
                bounds = list(Checker(self.policy, self.declared, {}).relations(name))
            except UnsupportedError:  # its bound has to be worked out
                kinds.append([words.string(name), "always", "left", "T"])
                continue
            related += bounds
            kinds.append([words.string(name), *self._fact(words, fact)])
        code = list(self._units(words))
        code += [str(len(kinds)), *(word for one in kinds for word in one), str(len(related))]
        for name, other, text in related:
            bound = words.code(text.format("value", OTHER))
            code += [words.string(name), words.string(other), *bound]
        return words.text([*words.constants(), *code])

    def _fact(self, words: Words, fact: core.Fact) -> Iterator[str]:
        kind = inner(fact.type)
        yield "optional" if optional(fact.type) else "always"
        match kind:
            case core.YesNoType():
                yield from ("yes_no", "T")
            case core.TextType():
                yield from ("text", "T")
            case core.DateType():
                yield from ("date", *self._checked(words, fact, Fraction(1), []))
            case core.ChoiceType(name):
                yield from ("choice", "T", *self._members(words, name))
            case core.NumberType():
                yield "number"
                yield from self._number(words, fact, kind)
            case core.RecordType() | core.ListType():
                yield from ("left", "T")
            case core.OptionalType():
                raise AssertionError("none within none")
            case _:
                assert_never(kind)

    def _members(self, words: Words, name: str) -> Iterator[str]:
        members = self.policy.choices[name].members
        yield str(len(members))
        for one, labels in members.items():
            yield from map(words.string, (one, labels.en, labels.zh))

    def _number(self, words: Words, fact: core.Fact, kind: core.NumberType) -> Iterator[str]:
        one = own_scale(kind)[0]
        grains = [fact.step, Fraction(1) if kind.whole else None]
        steps = [one / grain for grain in grains if grain is not None]
        yield from self._checked(
            words, fact, one, [f"value * {of.numerator} % {of.denominator} == 0" for of in steps]
        )
        yield "bare" if is_ratio(kind) and not bounded_above(fact) else "any"
        yield from self._scale(words, own_scale(kind))
        unit = kind.unit
        yield from self._scale(words, (unit.factor if unit else Fraction(1), kind.dimension))
        names = spellings(unit) if unit else ()
        yield from (str(len(names)), *map(words.string, names))

    def _checked(
        self, words: Words, fact: core.Fact, one: Fraction, more: list[str]
    ) -> Iterator[str]:
        """Code that is true of a value within its bounds."""
        bounds: list[tuple[str, Fraction | datetime.date]] = list(constant_bounds(fact))
        if fact.low is not None:
            bounds.append(("more_than" if fact.low_strict else "at_least", fact.low))
        if fact.high is not None:
            bounds.append(("less_than" if fact.high_strict else "at_most", fact.high))
        tests = [
            f"value {COMPARED[operator]} {self._constant(bound, one)}" for operator, bound in bounds
        ]
        yield from words.code(" and ".join(dict.fromkeys([*tests, *more])) or "True")

    def _constant(self, bound: Fraction | datetime.date, one: Fraction) -> str:
        value = bound / one if isinstance(bound, Fraction) else bound
        if isinstance(value, Fraction) and value.denominator == 1:
            return str(value.numerator)
        name = f"k{len(self.space)}"
        self.space[name] = value
        return name

    # ---- units

    def _units(self, words: Words) -> Iterator[str]:
        """The units of all that these facts measure, by their spellings."""
        kinds = [inner(fact.type) for fact in self.declared.values()]
        bases = {
            base
            for kind in kinds
            if isinstance(kind, core.NumberType)
            for base, _ in kind.dimension
        }
        known = ((name, known_unit(self.policy, name)) for name in self.policy.units)
        found = [
            (name, scale)
            for name, scale in known
            if scale is not None and bases >= {base for base, _ in scale[1]}
        ]
        yield str(len(found))
        for name, scale in found:
            yield from (words.string(name), *self._scale(words, scale))

    def _scale(self, words: Words, scale: Scale) -> Iterator[str]:
        size, dimension = scale
        yield from (f"#{size.numerator}", f"#{size.denominator}", str(len(dimension)))
        for base, power in dimension:
            yield from (words.string(base), f"#{power}")
