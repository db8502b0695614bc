"""The columns that an answer has, whichever way it is worked out.

    NAME.outcome     what it comes to
    NAME.wording     of a target: met, on track, behind, …
    NAME.value       the value that rules give, or a target's measure
    NAME.shortfall   of a target: what its measure lacks to the goal, 0 where it is reached
    NAME.missing     on request: the missing facts that it can still turn on

A target over several populations has a value and a shortfall for each, in `NAME.value.PART`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy import core
from vocpolicy.columnar.reading import inner
from vocpolicy.interpreter import reading_of
from vocpolicy.outcome import WORDS, Outcome

OUTCOMES = tuple(one.value for one in Outcome)
WORDINGS = tuple(WORDS)


@frozen
class Shown:
    """A column of an answer: its name, which part of the answer it shows, and its type."""

    name: str
    part: str
    dtype: Any
    component: str = ""


@frozen
class Asked:
    """What is asked of a frame.

    Attributes:
        rules: names of conclusions, targets, provisions and definitions.
        explain: `conditions`, `codes`, `text`, or "" for none.
        missing: whether the missing facts are asked for.
    """

    rules: tuple[str, ...]
    explain: str = ""
    missing: bool = False


def shown_of(
    policy: core.Policy, name: str, readings: Mapping[str, str], polars: bool, missing: bool
) -> tuple[Shown, ...]:
    """The columns of an answer, in order; `polars`: the engine has enumerations."""
    word: Any = nw.Enum(OUTCOMES) if polars else nw.String()
    found = [Shown(f"{name}.outcome", "outcome", word)]
    if name in policy.targets:
        found += _of_target(policy.targets[name], readings, polars)
    elif name in policy.definitions and name not in policy.conclusions:
        found.append(Shown(f"{name}.value", "value", dtype_of(policy.definitions[name].type)))
    elif name in policy.conclusions and gives(policy, policy.conclusions[name], readings):
        found.append(Shown(f"{name}.value", "value", dtype_of(policy.conclusions[name].type)))
    if missing:
        found.append(Shown(f"{name}.missing", "missing", nw.String()))
    return tuple(found)


def _of_target(target: core.Target, readings: Mapping[str, str], polars: bool) -> list[Shown]:
    body = target.bodies[reading_of(target, readings)]
    wording: Any = nw.Enum(WORDINGS) if polars else nw.String()
    found = [Shown(f"{target.name}.wording", "wording", wording)]
    for part in ("value", "shortfall"):
        if part == "shortfall" and not isinstance(inner(body.type), core.NumberType):
            continue
        for one in body.components:
            end = f".{one.name}" if len(body.components) > 1 else ""
            dtype = dtype_of(body.type)
            found.append(Shown(f"{target.name}.{part}{end}", part, dtype, one.name))
    return found


def gives(policy: core.Policy, conclusion: core.Conclusion, readings: Mapping[str, str]) -> bool:
    """Whether rules give values."""
    results = [
        statement.result
        for name in conclusion.rules
        for rule in [policy.rules[name]]
        for statement in rule.bodies[reading_of(rule, readings)].statements
    ]
    results += [conclusion.otherwise] if conclusion.otherwise else []
    return any(one.value is not None for one in results)


def dtype_of(kind: core.Type) -> Any:
    """The type of a column of values."""
    match inner(kind):
        case core.NumberType(whole=whole):
            return nw.Int64() if whole else nw.Float64()
        case core.YesNoType():
            return nw.Boolean()
        case core.DateType():
            return nw.Date()
        case _:
            return nw.String()
