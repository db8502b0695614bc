"""What a policy's targets come to for the groups of a register."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from vocpolicy.asking import asked_day
from vocpolicy.needs import facts_needed
from vocpolicy.policy.framed import Framed

if TYPE_CHECKING:
    from vocpolicy.columnar import Checked, Count, Total


@frozen(eq=False)
class Measured(Framed):
    """A policy whose targets are measured from registers."""

    def measure_frame(
        self,
        frame: Any,
        targets: str | Sequence[str],
        as_of: datetime.date | None = None,
        *,
        by: str | None = None,
        register: str | None = None,
        measures: Mapping[str, Count | Total] | None = None,
        columns: Mapping[str, str] | None = None,
        readings: Mapping[str, str] | str | None = None,
        children: Mapping[str, Any] | None = None,
        missing: bool = False,
        engine: str | None = None,
    ) -> Any:
        """What targets come to, measured straight from the records of a frame: a frame of the same
        kind with one row for each group, or one in all, and the columns that `evaluate_frame`
        gives targets: outcome, wording, value and shortfall.

        Args:
            by: the column whose values are the groups.
            register: the list fact whose records the rows are, for a measure that looks at them
                (`count of teachers where …`).
            measures: facts that are counted or summed from the rows, as
                `{"teachers": Count(), "certified": Count("certified"), "spent": Total("cost")}`;
                a count can be of a rule too, which is then evaluated for every row.
            columns, readings, missing, engine: as for `evaluate_frame`; a column of a register is
                named `{"teachers.certified": …}`.
            children: tables that belong to the rows; those of the register's lists are named
                `{"teachers.stays": (stays, "teacher")}`.  What the targets themselves turn on,
                as observations by date, belongs to the groups.

        Raises as `evaluate_frame` does.
        """
        work = partial(
            self._measured,
            *(targets, as_of, by, register, measures or {}, columns or {}),
            *(readings, children or {}, missing, engine),
        )
        pandas = type(frame).__module__.startswith("pandas")
        return _of_pandas(frame, work) if pandas else work(frame)

    def _measured(
        self,
        targets: str | Sequence[str],
        as_of: datetime.date | None,
        by: str | None,
        register: str | None,
        measures: Mapping[str, Count | Total],
        columns: Mapping[str, str],
        readings: Mapping[str, str] | str | None,
        children: Mapping[str, Any],
        missing: bool,
        engine: str | None,
        frame: Any,
    ) -> Any:
        from vocpolicy.columnar.grouping import groups_of, rules_counted

        counted = rules_counted(frame, measures, self.core)
        judged = frame
        if counted:
            own = {name: table for name, table in children.items() if "." not in name}
            judged = self.evaluate_frame(
                frame, counted, as_of, None, _own(columns), readings, children=own, engine=engine
            )
        groups, register_frame, key = groups_of(judged, by, register, measures, self.core)
        tables = self._of_groups(targets, counted, children)
        theirs = {name: column for name, column in columns.items() if "." in name or name in tables}
        if register is not None:
            within = {name: table for name, table in children.items() if "." in name}
            tables = {**tables, register: (register_frame, key), **within}
        found = self.evaluate_frame(
            *(groups, targets, as_of, None, theirs, readings),
            children=tables,
            missing=missing,
            engine=engine,
        )
        return _without(found, key) if by is None else found

    def _of_groups(
        self, targets: str | Sequence[str], counted: Sequence[str], children: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The tables that hold facts of the groups: those that targets turn on, and what only
        bounds these; not those that only rules need which are counted row by row."""
        names = (targets,) if isinstance(targets, str) else targets
        needed = {fact for name in names for fact in facts_needed(self.core, name)}
        of_rows = {fact for name in counted for fact in facts_needed(self.core, name)} - needed
        own = {name: table for name, table in children.items() if "." not in name}
        return {name: table for name, table in own.items() if name not in of_rows}

    def check_frame(
        self,
        frame: Any,
        rules: str | Sequence[str],
        as_of: datetime.date | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> tuple[Checked, ...]:
        """What cannot be read of a frame: for every fact that the rules may turn on and that has a
        column, how many cells are empty, NaN, not exact, or wrong.  A lazy frame is computed.

        Raises as `evaluate_frame` does.
        """
        from vocpolicy.columnar import Call, check

        day = asked_day(as_of)
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, day)
        return check(self.core.on(day), frame, Call(names, day, columns=columns or {}))


def _own(columns: Mapping[str, str]) -> dict[str, str]:
    return {name: column for name, column in columns.items() if "." not in name}


def _without(frame: Any, key: str) -> Any:
    from vocpolicy.columnar.grouping import without

    return without(frame, key)


def _of_pandas(frame: Any, work: Callable[[Any], Any]) -> Any:
    import pandas as pd
    import pyarrow as pa

    from vocpolicy.columnar.intake import arrow_of

    found = work(arrow_of(frame))
    kinds = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}
    return found.to_pandas(types_mapper=kinds.get)
