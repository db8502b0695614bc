"""The policy as programs hold it, and what is asked of it as a whole."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import frozen

from vocpolicy.policy.compared import Compared
from vocpolicy.source import MOST_BYTES

if TYPE_CHECKING:
    from vocpolicy.analysis import Report
    from vocpolicy.cases import CaseResult


@frozen(eq=False)
class Policy(Compared):
    """A checked policy.  It never changes and may be shared between threads."""

    def check(
        self,
        properties: str | Iterable[str] = "default",
        as_of: datetime.date | None = None,
        budget: int | None = None,
        engine: str = "auto",
    ) -> Report:
        """Whether rules, tables and targets agree with one another and with themselves.

        Args:
            properties: names of properties, as `vocpolicy.analysis.DEFAULT` has them; all of
                them where nothing is said.
            as_of: the day on which to look; the policy's last day where it is not given, today
                where it has none.
            budget: how many boxes of cases one question may look at.
            engine: `box` searches over thresholds; `z3` proves, with the extra `analysis`;
                `auto` searches, and proves what the search leaves open where z3 is installed.

        Raises:
            UsageError: there is no property, or no engine, of a name.
            MissingExtraError: z3 is asked for and not installed.
        """
        from vocpolicy.analysis import analyse

        return analyse(self.core, properties, as_of, budget, engine)

    def test(self) -> tuple[CaseResult, ...]:
        """Run the policy's own cases.

        Returns:
            what came of each, in the order of the files: `passed`, and where it did not what
            came out otherwise, as diagnostics; mistakes in a case's facts are among them.
        """
        from vocpolicy.cases import run_cases

        return run_cases(self.core)


def load(
    path: str | os.PathLike[str],
    base: Policy | str | os.PathLike[str] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Policy:
    """A policy from a file or a folder of rule files; see `Policy.load`.

    Args:
        base: the policy that it amends, or where that is.
        most_bytes: size above which a file is not read.

    Raises:
        UsageError: there is no such file or folder.
        PolicyError: the rules do not compile; every mistake at once.
    """
    return Policy.load(path, base, most_bytes)


def shipped(name: str) -> Policy:
    """A policy that ships with the library, such as `shanghai-plan-14`.

    Raises:
        UsageError: none of that name does; the message says which there are.
    """
    return Policy.shipped(name)
