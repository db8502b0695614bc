"""Parts of a table judged, and what came of them counted on the way."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import Factory, define, frozen

from vocpolicy import core
from vocpolicy.policy import Policy
from vocpolicy.registers.texts import Column, Reader
from vocpolicy.registers.worded import Told, in_words

if TYPE_CHECKING:
    from vocpolicy.columnar import Condition

OPEN = "undetermined"
"""The outcome of which what is not known is counted."""

AGAINST = ("fails", OPEN)
"""Outcomes of which what speaks against is counted."""

FIRST_WRONG = 5
"""How many wrong cells are shown."""


@frozen
class WrongCell:
    """A cell that is no value of its fact: the row counts from 1, without the header."""

    row: int
    column: str
    text: str


@frozen
class Count:
    """How often a condition speaks against: it is not so (an exception: it is so); or how often
    it is not known where the outcome is open."""

    condition: Condition
    known: bool
    rows: int


@define
class Tally:
    """What came of the rows so far.

    Attributes:
        outcomes: of each name, rows by outcome, of a target by its wording; None of those whose
            facts are wrong.
        reasons: of each name, the conditions with what was counted.
        unnamed: facts that no column is, which are missing everywhere.
        wrong: how many cells are no value of their fact, with the first of them.
    """

    rows: int = 0
    outcomes: dict[str, Counter[str | None]] = Factory(dict)
    reasons: dict[str, list[Count]] = Factory(dict)
    unnamed: tuple[str, ...] = ()
    wrong: int = 0
    first_wrong: list[WrongCell] = Factory(list)


@define
class Judge:
    """Judges parts of one table.

    Attributes:
        columns: the column of each fact.
        needs: of each name, the facts whose wrong cells leave a row without an outcome.
        counting: whether reasons are counted.
        explain: the columns that say why, as `Policy.evaluate_frame` has them; "" for none.
        words: the language in which what came of a row is said in words; "" for names.
    """

    policy: Policy
    names: Sequence[str]
    day: datetime.date
    columns: Mapping[str, str]
    facts: Mapping[str, core.Fact]
    needs: Mapping[str, frozenset[str]]
    counting: bool
    explain: str = ""
    words: str = ""
    tally: Tally = Factory(Tally)
    _readers: dict[str, Reader] = Factory(dict)

    def judged(self, table: Any) -> pl.DataFrame:
        """The columns that are added to a part."""
        found = {name: self._column(name, table) for name in self.columns}
        height = table.num_rows
        series = [one.values.alias(name) for name, one in found.items()]
        frame = pl.DataFrame(series) if series else pl.DataFrame({"row": range(height)})
        first = "conditions" if self.counting else self.explain
        whole = self._without_wrong(self._evaluated(frame, first), found)
        self._count(whole)
        self._note_wrong(found, table)
        self.tally.rows += height
        wanted = "conditions" if self.words and self.explain == "text" else self.explain
        if wanted != first:
            whole = self._without_wrong(self._evaluated(frame, wanted), found)
        if self.words:
            told = Told(self.policy.core.on(self.day), self.words)
            return in_words(told, whole, self._asked(), self.explain)
        return whole.select([name for name in whole.columns if name.startswith(self._added())])

    def _asked(self) -> dict[str, tuple[Condition, ...]]:
        """The conditions of what is decided."""
        several = ((name, self.policy.frame_conditions(name, self.day)) for name in self.names)
        return {self._decided(name): conditions for name, conditions in several}

    def _evaluated(self, frame: pl.DataFrame, explain: str) -> pl.DataFrame:
        return self.policy.evaluate_frame(frame, self.names, self.day, explain or None)

    def _added(self) -> tuple[str, ...]:
        """How the names of the columns begin that are passed on."""
        ends = (".", ": ") if self.explain == "conditions" else (".",)
        return tuple(f"{self._decided(name)}{end}" for name in self.names for end in ends)

    def _decided(self, name: str) -> str:
        rules = self.policy.core.on(self.day).rules
        return rules[name].conclusion if name in rules else name

    def _column(self, name: str, table: Any) -> Column:
        if name not in self._readers:
            self._readers[name] = Reader(self.policy.core.on(self.day), self.facts[name])
        cells = pl.Series(name, pl.from_arrow(table.column(self.columns[name])))
        return self._readers[name].column(cells)

    def _without_wrong(self, frame: pl.DataFrame, found: Mapping[str, Column]) -> pl.DataFrame:
        for name in self.names:
            masks = [
                one.wrong
                for fact, one in found.items()
                if fact in self.needs[name] and one.wrong is not None
            ]
            if masks:
                wrong = pl.DataFrame(masks).select(pl.any_horizontal(pl.all())).to_series()
                ours = [one for one in frame.columns if one.startswith(f"{self._decided(name)}.")]
                frame = frame.with_columns(pl.when(~wrong).then(pl.col(ours)).name.keep())
        return frame

    # ---- counting

    def _count(self, frame: pl.DataFrame) -> None:
        for name in self.names:
            decided = self._decided(name)
            outcome = frame[f"{decided}.outcome"].cast(pl.String)
            worded = frame.get_column(f"{decided}.wording", default=outcome).cast(pl.String)
            counted = self.tally.outcomes.setdefault(name, Counter())
            counted.update(dict(worded.value_counts().iter_rows()))
            if self.counting:
                self._count_reasons(name, frame, outcome)

    def _count_reasons(self, name: str, frame: pl.DataFrame, outcome: pl.Series) -> None:
        asked = self.policy.frame_conditions(name, self.day)
        against = frame.filter(outcome.is_in(AGAINST).fill_null(False))
        open_ = frame.filter((outcome == OPEN).fill_null(False))
        cells = [against[one.column] for one in asked]
        so = [one if asked[at].exception else ~one for at, one in enumerate(cells)]
        now = [Count(one, True, _trues(so[at])) for at, one in enumerate(asked)]
        now += [Count(one, False, open_[one.column].null_count()) for one in asked]
        before = self.tally.reasons.get(name) or [Count(c.condition, c.known, 0) for c in now]
        self.tally.reasons[name] = [
            Count(one.condition, one.known, one.rows + other.rows)
            for one, other in zip(now, before, strict=True)
        ]

    def _note_wrong(self, found: Mapping[str, Column], table: Any) -> None:
        for fact, one in found.items():
            if one.wrong is None:
                continue
            self.tally.wrong += _trues(one.wrong)
            column = self.columns[fact]
            for at in one.wrong.arg_true()[: FIRST_WRONG - len(self.tally.first_wrong)]:
                text = str(table.column(column)[at].as_py())
                self.tally.first_wrong.append(WrongCell(self.tally.rows + at + 1, column, text))


def _trues(cells: pl.Series) -> int:
    return int(cells.sum() or 0)
