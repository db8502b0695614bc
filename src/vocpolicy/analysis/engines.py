"""Which engine answers: the search over thresholds, proofs by z3, or the first and, where it leaves
something open, the second."""

from __future__ import annotations

import importlib.util
from typing import Any

from attrs import Factory, frozen

from vocpolicy.diagnostics import Diagnostic, MissingExtraError, UsageError, close_names
from vocpolicy.keywords import ENGINES


@frozen(eq=False)
class Engine:
    """
    Attributes:
        name: one of `vocpolicy.keywords.ENGINES`.
        sessions: of proofs, by what they are about; those of one analysis share what was learnt.
    """

    name: str
    sessions: dict[object, Any] = Factory(dict)

    @property
    def searches(self) -> bool:
        return self.name != "z3"

    @property
    def proves(self) -> bool:
        return self.name == "z3" or (self.name == "auto" and installed())

    def close(self) -> None:
        """Let go of what proofs have worked out."""
        while self.sessions:
            self.sessions.popitem()[1].close()


BOX = Engine("box")


def installed() -> bool:
    """Whether z3 is there."""
    return importlib.util.find_spec("z3") is not None


def engine_named(name: str) -> Engine:
    """An engine for one analysis.

    Raises:
        UsageError: there is none of that name.
        MissingExtraError: z3 is asked for and not installed.
    """
    if name not in ENGINES:
        args = {"name": name, "close": close_names(name, ENGINES), "known": ", ".join(ENGINES)}
        raise UsageError([Diagnostic("V429", args=args)])
    if name == "z3" and not installed():
        raise MissingExtraError([Diagnostic("V700")])
    return Engine(name)
