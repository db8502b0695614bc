"""What a policy says of the records of a whole register."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from vocpolicy.asking import asked_day, chosen_readings
from vocpolicy.core import Expr, Policy as Core
from vocpolicy.diagnostics import FactError
from vocpolicy.policy.judging import Judging
from vocpolicy.policy.rows import answer_of
from vocpolicy.spelled.dates import day as day_of

if TYPE_CHECKING:
    from vocpolicy.columnar import Answer, Condition

Frame = TypeVar("Frame")


@frozen(eq=False)
class Framed(Judging):
    """A policy that is asked about many records at once."""

    def evaluate_frame(
        self,
        frame: Frame,
        rules: str | Sequence[str],
        as_of: datetime.date | str | None = None,
        explain: str | None = None,
        columns: Mapping[str, str] | None = None,
        readings: Mapping[str, str] | str | None = None,
        *,
        children: Mapping[str, Any] | None = None,
        missing: bool = False,
        engine: str | None = None,
    ) -> Frame:
        """What rules come to for every row of a frame, as columns beside those it has.

        A frame of polars, pandas, pyarrow, DuckDB or PySpark goes in, one of its kind comes back;
        what is lazy stays lazy.  For each name there is a column `NAME.outcome` (null where a cell
        of the row is no value of its fact) and, where rules give a value, `NAME.value`; of a
        target also `NAME.wording` and `NAME.shortfall`.

        Args:
            rules: names of rules, conclusions, targets, provisions or definitions.
            as_of: the date of evaluation, or the name of a column that has each row's.
            explain: `conditions` adds a Boolean column for each condition, null where it is not
                known; `codes` packs them into one integer, `text` into one text.
            columns: which column holds a fact, where it is not called as the fact is.
            children: tables that belong to the rows, as `{fact: (frame, key)}` or
                `(frame, key, key of the rows)`: the records of a list, or observations by date.
            missing: adds `NAME.missing`: the missing facts that the outcome can still turn on.
            engine: `columns`, or `rows` to evaluate one row after the other, which is slower and
                takes whatever `evaluate` takes; where nothing is said, columns, and rows where a
                frame is so small that these are quicker.

        Raises:
            UsageError: nothing has one of the names, or columns cannot do what a rule says.
            MissingExtraError: narwhals is not installed.
        """
        from vocpolicy.columnar import Call, evaluate_frame, full_answers

        names = (rules,) if isinstance(rules, str) else tuple(rules)
        day = self._frame_day(as_of)
        for name in names:
            self._known(name, None if isinstance(day, str) else day)
        edition = self.core if isinstance(day, str) else self.core.on(day)
        chosen = chosen_readings(edition, readings)
        call = Call(
            names,
            day,
            chosen,
            explain or "",
            columns or {},
            children or {},
            missing,
            engine or "",
        )
        full = full_answers(self.core, call)
        found: Frame = evaluate_frame(self.core, frame, call, Asking(self, call.readings, full))
        return found

    @staticmethod
    def _frame_day(as_of: datetime.date | str | None) -> datetime.date | str:
        """A date, written out or not; any other text is the name of a column."""
        named = isinstance(as_of, str) and day_of(as_of) is None
        return as_of if named and isinstance(as_of, str) else asked_day(as_of)

    def frame_conditions(
        self,
        rules: str | Sequence[str],
        as_of: datetime.date | str | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> tuple[Condition, ...]:
        """What the columns of `evaluate_frame(…, explain="conditions")` stand for, in the order of
        codes and texts: each with its words, its place and what is cited; of all days, where
        `as_of` is the name of a column.  Raises as that does."""
        from vocpolicy.columnar import frame_conditions

        day = self._frame_day(as_of)
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, None if isinstance(day, str) else day)
        edition = self.core if isinstance(day, str) else self.core.on(day)
        return frame_conditions(self.core, names, day, chosen_readings(edition, readings))


@frozen
class Asking:
    """Asks a policy for the answers of rows.

    Attributes:
        full: the names of which more than the outcome is asked.
    """

    policy: Framed
    readings: Mapping[str, str]
    full: frozenset[str]

    @property
    def rules(self) -> Core:
        return self.policy.core

    def __call__(
        self,
        name: str,
        facts: Mapping[str, Any],
        day: datetime.date,
        conditions: Sequence[Expr],
    ) -> Answer | None:
        """As `columnar.Ask` says."""
        from vocpolicy.columnar import Answer

        try:
            if name not in self.full:
                return Answer(self.policy.decide(name, facts, day, self.readings or None).value)
            verdict = self.policy.evaluate(name, facts, day, self.readings)
        except FactError:
            return None
        return answer_of(verdict, conditions)
