"""Mistakes in facts, gathered so that all of them are told at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from attrs import Factory, frozen

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.diagnostics.catalog.facts import BOUNDS, SHAPES
from vocpolicy.exact import shown
from vocpolicy.schema import describe_type

_LONGEST = 60


@frozen
class Mistakes:
    """Where readers report.  `found` grows; a reader that reports gives no value."""

    policy: core.Policy
    found: list[Diagnostic] = Factory(list)

    def add(self, code: str, place: str, **args: object) -> None:
        self.found.append(Diagnostic(code, args={"name": place, **args}, place=""))

    def wrong(self, code: str, place: str, raw: object, type_: core.Type, **args: object) -> None:
        """A value that is not of the fact's type; says what it takes."""
        takes = Words(*(describe_type(self.policy, type_, lang) for lang in ("en", "zh")))
        self.add(code, place, got=got(raw), takes=takes, **args)

    def out_of_bounds(self, place: str, value: Words, operator: str, bound: Words) -> None:
        words = BOUNDS[operator]
        said = Words(words.en.format(bound.en), words.zh.format(bound.zh))
        self.add("V405", place, got=value, bound=said)


def got(raw: object) -> Words | str:
    """What was found, as the user wrote it."""
    match raw:
        case None:
            return SHAPES["nothing"]
        case bool():
            return SHAPES["yes" if raw else "no"]
        case str():
            return f"“{_cut(raw)}”"
        case datetime.date():
            return raw.isoformat()
        case Mapping():
            return SHAPES["mapping"]
        case list() | tuple() | set() | frozenset():
            return SHAPES["list"]
        case core.Nothing():
            return SHAPES["nothing"]
        case Fraction():
            return shown(raw)
        case int() if raw.bit_length() > 256:
            return SHAPES["other"]
        case _:
            plain = isinstance(raw, int | float) or hasattr(raw, "as_tuple")
            plain = plain or hasattr(raw, "magnitude")
            return _cut(str(raw)) if plain else SHAPES["other"]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def number_shown(value: Fraction, type_: core.Type) -> Words:
    """A number in base units, in the unit that it is shown in, as that is called."""
    inner = core.inner(type_)
    unit = inner.unit if isinstance(inner, core.NumberType) else None
    if unit is None or (isinstance(inner, core.NumberType) and inner.whole):
        return Words(shown(value), shown(value))  # what is counted, the fact's name says
    number = shown(value / unit.factor)
    if unit.name == "%":
        return Words(f"{number}%", f"{number}%")
    return Words(f"{number} {unit.name}", f"{number} {unit.labels.zh or unit.name}")
