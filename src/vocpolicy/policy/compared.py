"""What another version of a policy says otherwise, and what that changes."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen

from vocpolicy import core
from vocpolicy.asking import asked_day
from vocpolicy.diagnostics import PolicyError, UsageError
from vocpolicy.needs import facts_needed
from vocpolicy.policy.loaded import Loaded
from vocpolicy.policy.measured import Measured

if TYPE_CHECKING:
    from typing import Self

    from vocpolicy.columnar.moving import Moved
    from vocpolicy.difference import Difference

P = TypeVar("P", bound=Measured)

BEFORE = "before."
"""What the columns of the old policy's answers begin with."""

EXAMPLES = 3
"""How many records of a register are shown of each rule, where nothing is said."""


@frozen(eq=False)
class Compared(Measured):
    """A policy that is held against another version of itself."""

    def diff(
        self,
        new: Compared,
        names: str | Sequence[str] | None = None,
        as_of: datetime.date | str | None = None,
        frame: Any = None,
        columns: Mapping[str, str] | None = None,
        examples: int = EXAMPLES,
        budget: int | None = None,
        engine: str = "auto",
    ) -> Difference:
        """How a new version differs from this one: what it says otherwise, and for each rule,
        table, target and provision whether it is equivalent, stricter, looser or neither.

        Args:
            new: the other version; for an amendment the amended policy (`amended_by`).
            names: what is looked at: rules, conclusions, tables, targets, provisions, definitions;
                None for all.
            as_of: the day on which both are read; where it is not given, the last day of the new
                one, and each rule on a day on which it is in force.
            frame: a register, as `evaluate_frame` takes it: how many of its records change, and
                which way.
            columns: which column holds a fact, where it is not called as the fact is.
            examples: how many records that change are shown of each rule.
            budget: how many boxes of cases one search may look at.
            engine: `box` searches over thresholds, `z3` proves (one case for each direction);
                `auto` searches, and puts to z3 what that leaves open, where z3 is installed.

        Raises:
            UsageError: neither policy has something of a name; or there is no engine of a name.
            MissingExtraError: a frame is given and narwhals is not installed; or z3 is asked for
                and not installed.
        """
        from vocpolicy.difference import difference

        asked = (names,) if isinstance(names, str) else names
        day = None if as_of is None else asked_day(as_of)
        found = difference(self.core, new.core, asked, day, budget, engine)
        if frame is None:
            return found
        moving = Moving[Measured](self, new, found, columns or {}, examples)
        return found.over(_register(moving, frame))

    def diff_days(
        self,
        first: datetime.date | str,
        last: datetime.date | str,
        names: str | Sequence[str] | None = None,
        budget: int | None = None,
        engine: str = "auto",
    ) -> Difference:
        """How this policy differs on two days; raises as `diff` does."""
        from vocpolicy.difference import between_days

        asked = (names,) if isinstance(names, str) else names
        return between_days(self.core, asked_day(first), asked_day(last), asked, budget, engine)

    @classmethod
    def load_after(cls, path: str | os.PathLike[str], old: Loaded) -> Self:
        """A new version of a policy: by itself, or on top of the old one where it amends that.

        Raises:
            UsageError, PolicyError: as `load` does.
        """
        try:
            return cls.load(path)
        except PolicyError as error:
            if all(one.code != "V615" for one in error.diagnostics):
                raise
        return cls.load(path, old)


@frozen(eq=False)
class Moving(Generic[P]):
    """Two versions of a policy whose answers to the records of a register are compared.

    Attributes:
        found: how they differ.
        columns: which column holds a fact, where it is not called as the fact is.
        examples: how many records that change are shown of each rule.
    """

    old: P
    new: P
    found: Difference
    columns: Mapping[str, str]
    examples: int

    def told(self) -> list[tuple[str, str]]:
        """The rules that are not shown to be equivalent, by their names in the two versions."""
        return [
            (one.name, self.found.new_name(one.name)) for one in self.found.relations if one.told
        ]

    def facts(self, names: tuple[str, str]) -> Mapping[str, core.Fact]:
        """What a rule rests on in either version."""
        return {**facts_needed(self.old.core, names[0]), **facts_needed(self.new.core, names[1])}


def _register(moving: Moving[P], frame: Any) -> list[Moved]:
    """How the records of a register move, under each rule that is not shown to be equivalent."""
    return [
        movement(moving, frame, names)
        for names in moving.told()
        if _shown_columns(moving, frame, names)
    ]


def movement(moving: Moving[P], frame: Any, names: tuple[str, str]) -> Moved:
    """How the records of a frame move under one rule, by its names in the two policies."""
    from vocpolicy.columnar.moving import columns_of, moved, set_aside

    days = moving.found.days_of(names[0])
    before = _answered(moving.old, frame, names[0], days.old, moving.columns)
    before = set_aside(before, (names[0],), BEFORE)
    both = _answered(moving.new, before, names[1], days.new, moving.columns)
    shown = _shown_columns(moving, frame, names)
    # The first column is likely to tell records apart.
    kept = dict.fromkeys((*columns_of(frame)[:1], *shown))
    return moved(both, names[0], names[1], BEFORE, kept, moving.examples)


def _shown_columns(moving: Moving[P], frame: Any, names: tuple[str, str]) -> list[str]:
    """The columns of a frame that are facts of a rule under either policy, in their order."""
    from vocpolicy.columnar.moving import columns_of

    wanted = {moving.columns.get(fact, fact) for fact in moving.facts(names)}
    return [one for one in columns_of(frame) if one in wanted]


def _answered(
    policy: Measured, frame: Any, name: str, day: datetime.date, columns: Mapping[str, str]
) -> Any:
    """What a policy says of every record; row by row what columns cannot do."""
    taken = columns_taken(policy, name, columns)
    try:
        return policy.evaluate_frame(frame, name, day, columns=taken)
    except UsageError:
        return policy.evaluate_frame(frame, name, day, columns=taken, engine="rows")


def columns_taken(policy: Measured, name: str, columns: Mapping[str, str]) -> Mapping[str, str]:
    """The columns of the facts that a rule of this policy needs."""
    needed = facts_needed(policy.core, name)
    return {fact: column for fact, column in columns.items() if fact in needed}
