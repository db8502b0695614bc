"""What a policy says of the records of a whole register."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from vocpolicy.asking import chosen_readings
from vocpolicy.policy.judging import Judging

if TYPE_CHECKING:
    from vocpolicy.columnar import Condition

Frame = TypeVar("Frame")


@frozen(eq=False)
class Framed(Judging):
    """A policy that is asked about many records at once."""

    def evaluate_frame(
        self,
        frame: Frame,
        rules: str | Sequence[str],
        as_of: datetime.date | None = None,
        explain: str | None = None,
        columns: Mapping[str, str] | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Frame:
        """What rules come to for every row of a frame, as columns beside those it has.

        A frame of polars, pandas, pyarrow or DuckDB goes in and one of the same kind comes back;
        what is lazy stays lazy.  For each name there is a column `NAME.outcome` (null where a cell
        of the row is no value of its fact) and, where rules give a value, `NAME.value`.

        Args:
            rules: names of rules or conclusions.
            explain: `conditions` adds a Boolean column for each condition, null where it is not
                known; `codes` packs them into one integer, `text` into one text.
            columns: which column holds a fact, where it is not called as the fact is.

        Raises:
            UsageError: nothing has one of the names, or columns cannot do what a rule says.
            MissingExtraError: narwhals is not installed.
        """
        from vocpolicy.columnar import evaluate_frame

        day = as_of or datetime.date.today()
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, day)
        chosen = chosen_readings(self.core.on(day), readings)
        return evaluate_frame(self.core, frame, names, day, chosen, explain, columns)

    def frame_conditions(
        self,
        rules: str | Sequence[str],
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> tuple[Condition, ...]:
        """What the columns of `evaluate_frame(…, explain="conditions")` stand for, in the order of
        codes and texts: each with its words, its place and what is cited; raises as that does."""
        from vocpolicy.columnar import frame_conditions

        day = as_of or datetime.date.today()
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, day)
        return frame_conditions(self.core, names, day, chosen_readings(self.core.on(day), readings))
