"""What a form says of facts that are spelled otherwise than programs have them, as words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.facts.numbers import Scale, bounded_above, is_ratio, known_unit, own_scale, spellings
from vocpolicy.scalar.checks import Checker, constant_bounds
from vocpolicy.scalar.code import COMPARED, UnsupportedError
from vocpolicy.scalar.values import inner, optional
from vocpolicy.stored.encoding import Words
from vocpolicy.stored.nodes import OTHER, VALUE

Around: TypeAlias = tuple[str, ...]
"""The entities of the records that something stands in, the outermost first."""


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
        named = list(self._named(words, self.declared, ()))
        return words.text([*words.constants(), *self._units(words), *named])

    def _named(
        self, words: Words, declared: Mapping[str, core.Fact], around: Around
    ) -> Iterator[str]:
        """Facts, or the fields of a record that is read among others (`around`)."""
        kinds, related = [], []
        for name, fact in declared.items():
            try:
                bounds = list(Checker(self.policy, declared, {}).relations(name))
                kind = list(self._kind(words, fact.type, fact, around))
            except UnsupportedError:
                if around:
                    raise
                bounds, kind = [], ["always", "left", "T"]
            related += bounds
            kinds.append([words.string(name), *kind])
        if around:
            related += _order(self.policy.entities[around[-1]])
        yield from (str(len(kinds)), *(word for one in kinds for word in one), str(len(related)))
        for name, other, text in related:
            bound = words.code(text.format(VALUE, OTHER))
            yield from (words.string(name), words.string(other), *bound)

    def _kind(
        self, words: Words, type_: core.Type, fact: core.Fact | None, around: Around
    ) -> Iterator[str]:
        """What reads a type: of a fact, or where none is given of the items of a list."""
        kind = inner(type_)
        yield "optional" if optional(type_) else "always"
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
            case core.ListType(item):
                yield from ("list", "T", *self._kind(words, item, None, around))
            case core.RecordType(name):
                if name in around:
                    raise UnsupportedError("is a record within its like")
                yield from ("record", "T")
                yield from self._named(words, self.policy.entities[name].fields, (*around, name))
            case core.OptionalType():
                raise AssertionError("none within none")
            case _:
                assert_never(kind)

    def _members(self, words: Words, name: str) -> Iterator[str]:
        members = self.policy.choices[name].members
        yield str(len(members))
        for one, labels in members.items():
            yield from map(words.string, (one, labels.en, labels.zh))

    def _number(self, words: Words, fact: core.Fact | None, kind: core.NumberType) -> Iterator[str]:
        one = own_scale(kind)[0]
        step = None if fact is None else fact.step
        grains = [step, Fraction(1) if kind.whole else None]
        steps = [one / grain for grain in grains if grain is not None]
        yield from self._checked(
            words, fact, one, [f"value * {of.numerator} % {of.denominator} == 0" for of in steps]
        )
        bare = fact is not None and is_ratio(kind) and not bounded_above(fact)
        yield "bare" if bare else "any"
        yield from self._scale(words, own_scale(kind))
        unit = kind.unit
        yield from self._scale(words, (unit.factor if unit else Fraction(1), kind.dimension))
        names = spellings(unit) if unit else ()
        yield from (str(len(names)), *map(words.string, names))

    def _checked(
        self, words: Words, fact: core.Fact | None, one: Fraction, more: list[str]
    ) -> Iterator[str]:
        """Code that is true of a value within its bounds."""
        bounds = [] if fact is None else list(_bounds(fact))
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
        kinds = _numbers(self.policy, self.declared.values(), set())
        bases = {base for kind in kinds for base, _ in kind.dimension}
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


def _numbers(
    policy: core.Policy, facts: Iterable[core.Fact], seen: set[str]
) -> Iterator[core.NumberType]:
    """The types of numbers in facts, those in records too; `seen` takes the entities."""
    for fact in facts:
        kind = inner(fact.type)
        while isinstance(kind, core.ListType):
            kind = inner(kind.item)
        if isinstance(kind, core.NumberType):
            yield kind
        elif isinstance(kind, core.RecordType) and kind.entity not in seen:
            seen.add(kind.entity)
            yield from _numbers(policy, policy.entities[kind.entity].fields.values(), seen)


def _bounds(fact: core.Fact) -> Iterator[tuple[str, Fraction | datetime.date]]:
    yield from constant_bounds(fact)
    if fact.low is not None:
        yield "more_than" if fact.low_strict else "at_least", fact.low
    if fact.high is not None:
        yield "less_than" if fact.high_strict else "at_most", fact.high


def _order(entity: core.Entity) -> Iterator[tuple[str, str, str]]:
    """That a record does not end before it starts."""
    if entity.start is None or entity.end is None or entity.start == entity.end:
        return
    yield entity.start, entity.end, "{0} is None or {1} is None or {0} <= {1}"
