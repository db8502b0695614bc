"""Facts that are attributes of an instance: code for its class, made when one is first given."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from vocpolicy import core
from vocpolicy.pycode import frame
from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.helpers import MISSING
from vocpolicy.scalar.checks import passes

MOST_CLASSES = 64
"""Classes that code is made for; instances of others are read as everything else is."""


def with_instances(
    policy: core.Policy,
    declared: Mapping[str, core.Fact],
    pieces: Pieces,
    space: dict[str, Any],
    rest: Callable[[object], Any],
) -> Callable[[object], Any]:
    """What decides the cases that code leaves.  Of an instance of an attrs class or a dataclass
    that is new it takes it upon itself to make code for the class, which goes into `space`.
    """
    space["instances"] = made = dict[type, Callable[[object], Any]]()
    tried = set[type]()

    def learn(given: object) -> Any:
        kind = type(given)
        if kind in tried or len(tried) >= MOST_CLASSES:
            return rest(given)
        tried.add(kind)
        names = fields(kind)
        if names is None or not set(names) <= declared.keys():
            return rest(given)
        made[kind] = _function(policy, declared, pieces, names, space)
        return made[kind](given)

    return learn


def fields(kind: type) -> tuple[str, ...] | None:
    """The names of a class's fields; None where it is neither an attrs class nor a dataclass."""
    if attrs.has(kind):
        return tuple(attribute.name for attribute in attrs.fields(kind))
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return None


def _function(
    policy: core.Policy,
    declared: Mapping[str, core.Fact],
    pieces: Pieces,
    names: tuple[str, ...],
    space: Mapping[str, Any],
) -> Callable[[object], Any]:
    own: dict[str, Any] = {**space}
    own["as_dict"] = lambda given: {
        name: value for name in names if (value := getattr(given, name, MISSING)) is not MISSING
    }
    extra = []
    for place, name in enumerate(name for name in names if name not in pieces.facts):
        check = passes(policy, declared, name)
        own[f"x{place}"] = check
        extra.append("False" if check is None else f"x{place}(facts.{name})")
    if not set(pieces.facts) <= set(names):
        return lambda given: own["decide"](own["as_dict"](given))
    exec(compile(frame.instance_source(pieces, extra), "<policy>", "exec"), own)
    found: Callable[[object], Any] = own["of_instance"]
    return found
