"""What generated code calls, where more is to be done than one line of Python says."""

import sys

from vocpolicy import bare_outcomes
from vocpolicy.bare_outcomes import EVERY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn

    from vocpolicy.outcomes import Outcome


class Missing:
    """Says that a fact is not supplied, where `None` says that there is no such thing."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()

TRUTHS: dict[str, bool | None] = {
    bare_outcomes.HOLDS: True,
    bare_outcomes.FAILS: False,
    bare_outcomes.NOT_APPLICABLE: False,
    bare_outcomes.UNDETERMINED: None,
}
"""How other rules see an outcome; a conflict is left to the interpreter."""


class SlowError(Exception):
    """Only the interpreter can say."""


LEFT = (SlowError, KeyError, TypeError, AttributeError)
"""What code raises where facts are out of the ordinary, or only the interpreter can say."""


def slow() -> "NoReturn":
    raise SlowError


def present(value: "Any") -> "Any":
    """A number that there is; of `none` the interpreter makes `none`."""
    if value is None:
        raise SlowError
    return value


def outcome(found: "Outcome | int | None") -> "Outcome":
    """What a table says, where it says an outcome."""
    if not isinstance(found, str):
        raise SlowError
    return found


def seen(found: "Outcome | int | None") -> bool | None:
    """How other rules see what is concluded, if that can be told."""
    if not isinstance(found, str) or found not in TRUTHS:
        raise SlowError
    return TRUTHS[found]


def seen_open(found: "Outcome | int | None") -> bool | None:
    """The same, where a conflict is told apart by who asks."""
    return None if found == bare_outcomes.CONFLICT else seen(found)


HELPERS = {
    "slow": "helpers",
    "present": "helpers",
    "outcome": "helpers",
    "seen": "helpers",
    "seen_open": "helpers",
    "least": "listed",
    "most": "listed",
    "stayed": "listed",
    "ratio": "fractional",
    "rounded": "fractional",
    "marginal": "fractional",
    "at_least": "ranged",
    "banded": "ranged",
    "bounded": "ranged",
    "collected": "ranged",
    "compared": "ranged",
    "marginal_ends": "ranged",
    "same_or_none": "ranged",
    "counted": "ranged",
    "differ": "ranged",
    "every": "ranged",
    "extreme": "ranged",
    "known": "ranged",
    "largest": "ranged",
    "minus": "ranged",
    "plus": "ranged",
    "product": "ranged",
    "quotient": "ranged",
    "rounded_ends": "ranged",
    "same": "ranged",
    "scaled": "ranged",
    "settled": "ranged",
    "share": "ranged",
    "smallest": "ranged",
    "some": "ranged",
    "total": "ranged",
    "aimed": "aimed",
    "aimed_along": "aimed",
    "begun": "aimed",
    "towards": "aimed",
    "worst": "aimed",
    "latest": "observed",
    "observed": "observed",
    "observed_before": "observed",
    "observed_on": "observed",
    "between": "dated",
    "moved_by_days": "dated",
    "moved_by_months": "dated",
    "moved_or_missing": "dated",
    "date": "dated",
}
"""What code calls, and the module here that has it: what needs dates or fractions is imported
for code that does."""


def names(called: "Iterable[str]" = HELPERS) -> "dict[str, Any]":
    """What generated code may name, its facts and constants apart."""
    space: dict[str, Any] = {f"O_{one.name}": one for one in EVERY}
    space.update(M=MISSING, SlowError=SlowError, LEFT=LEFT)
    return space | helpers(called)


def helpers(called: "Iterable[str]") -> "dict[str, Any]":
    """What code calls, by name; other names are passed over."""
    space: dict[str, Any] = {}
    for name in called:
        if name not in HELPERS:
            continue
        module = f"vocpolicy.pycode.{HELPERS[name]}"
        __import__(module)
        space[name] = getattr(sys.modules[module], name)
    return space
