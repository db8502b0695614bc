"""Cells of text as values of facts: what `evaluate` makes of the same text.

Each text is read once, by the readers of facts; only plain numbers, of which a column may hold
millions of different ones, are read by a pattern.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.columnar.reading import digits, finest, inner
from vocpolicy.exact import MAX_DIGITS
from vocpolicy.facts.mistakes import Mistakes
from vocpolicy.facts.numbers import is_ratio, own_scale
from vocpolicy.facts.values import read_fact

MOST_TEXTS = 200_000
"""Texts of one fact whose values are remembered."""

WRONG = "\0"
"""What stands for a text that is no value of its fact."""


@frozen(eq=False)
class Column:
    """The values of a fact in some rows, and where a cell is none of them."""

    values: pl.Series
    wrong: pl.Series | None = None


@define
class Reader:
    """Reads the cells of one fact.  `known` says of each text that was met what it is, spelled as
    polars reads it; None of one that is missing."""

    policy: core.Policy
    fact: core.Fact
    known: dict[str, str | None] = Factory(dict)

    def column(self, cells: pl.Series) -> Column:
        """The values of cells of text; of any other type, the cells themselves."""
        if cells.dtype == pl.Categorical:
            cells = cells.cast(pl.String)
        kind = inner(self.fact.type)
        if cells.dtype != pl.String or isinstance(kind, core.ListType | core.RecordType):
            return Column(cells)
        if isinstance(kind, core.TextType):
            return Column(cells.replace({"": None}))
        plain = self._plain(kind, cells)
        rest = cells.filter(plain.is_null() & cells.is_not_null()).unique()
        spelled = self._read(rest.to_list())
        if spelled:
            found = cells.replace_strict(spelled, default=None, return_dtype=pl.String)
            plain = plain.fill_null(found)
        wrong = (plain == WRONG).fill_null(False)
        return Column(
            self._typed(kind, plain.replace({WRONG: None})), wrong if wrong.any() else None
        )

    def _plain(self, kind: core.Type, cells: pl.Series) -> pl.Series:
        """The cells that are spelled as polars reads them."""
        if isinstance(kind, core.NumberType) and not is_ratio(kind):
            places = self._places(kind)
            whole = MAX_DIGITS - places
            pattern = (
                rf"^-?\d{{1,{whole}}}(\.\d{{1,{places}}})?$" if places else rf"^-?\d{{1,{whole}}}$"
            )
        elif isinstance(kind, core.ChoiceType):
            names = self.policy.choices[kind.name].members
            return cells.set(~cells.is_in(list(names)).fill_null(False), None)
        elif isinstance(kind, core.YesNoType):
            pattern = "^(true|false)$"
        else:
            pattern = r"^\d{4}-\d{2}-\d{2}$"
            return cells.set(cells.str.to_date("%Y-%m-%d", strict=False).is_null(), None).set(
                ~cells.str.contains(pattern).fill_null(False), None
            )
        return cells.set(~cells.str.contains(pattern).fill_null(False), None)

    def _places(self, kind: core.NumberType) -> int:
        return digits(finest(self.fact, kind))

    def _read(self, texts: list[str]) -> Mapping[str, str | None]:
        if len(self.known) > MOST_TEXTS:
            self.known.clear()
        for text in texts:
            if text not in self.known:
                self.known[text] = self._spelled(text)
        return {text: self.known[text] for text in texts}

    def _spelled(self, text: str) -> str | None:
        if not text.strip():
            return None
        mistakes = Mistakes(self.policy)
        value = read_fact(mistakes, self.fact, text, self.fact.name)
        if value is None or mistakes.found:
            return WRONG
        match value:
            case core.Nothing.NONE:
                return "none" if isinstance(inner(self.fact.type), core.ChoiceType) else None
            case bool():
                return str(value).lower()
            case Fraction():
                return self._number(value)
            case datetime.date():
                return value.isoformat()
            case str():
                return value
            case _:
                return WRONG

    def _number(self, value: Fraction) -> str:
        """In the fact's own unit, to the places that columns keep."""
        kind = inner(self.fact.type)
        assert isinstance(kind, core.NumberType)
        places = self._places(kind)
        counts = value / own_scale(kind)[0] * 10**places
        if counts.denominator != 1 or abs(counts) >= 10**MAX_DIGITS:
            return WRONG
        whole, part = divmod(abs(counts.numerator), 10**places)
        sign = "-" if counts < 0 else ""
        return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"

    def _typed(self, kind: core.Type, texts: pl.Series) -> pl.Series:
        dtype: Any
        match kind:
            case core.YesNoType():
                return texts == "true"
            case core.NumberType():
                places = self._places(kind)
                dtype = pl.Decimal(MAX_DIGITS, places) if places else pl.Int64()
            case core.DateType():
                return texts.str.to_date("%Y-%m-%d")
            case core.ChoiceType():
                members = self.policy.choices[kind.name].members
                dtype = pl.Enum(list(dict.fromkeys([*members, "none"])))
            case _:
                return texts
        return texts.cast(dtype)
