"""Facts that code does not read by name: those that it leaves aside, those of an instance."""

from __future__ import annotations

from vocpolicy.pycode import frame
from vocpolicy.pycode.helpers import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import Any

    from vocpolicy.pycode.frame import Pieces

    Check = Callable[[Any], bool]
    Decide = Callable[[object], Any]

FACT = "fact"
"""What the metadata of a field calls the name of the fact that it holds."""

MOST_CLASSES = 64
"""Classes that code is made for; instances of others are read as everything else is."""


def others(
    read: Collection[str], check_of: Callable[[str], Check | None]
) -> Callable[[Mapping[Any, Any]], bool]:
    """Says whether facts that are supplied and not read are right, so that they can be left aside.

    Args:
        check_of: what says whether a value of the named fact is right, made when one is first
            given; None where code cannot say so.
    """
    checks: dict[str, Check] = {}

    def passed(facts: Mapping[Any, Any]) -> bool:
        for name, value in facts.items():
            if name in read:
                continue
            check = checks.get(name)
            if check is None:
                check = check_of(name)
                if check is None:
                    return False
                checks[name] = check
            if not check(value):
                return False
        return True

    return passed


def with_instances(
    pieces: Pieces,
    space: dict[str, Any],
    check_of: Callable[[str], Check | None],
    rest: Decide,
) -> Decide:
    """What decides the cases that code leaves.  Of an instance of an attrs class or a dataclass
    that is new it takes it upon itself to make code for the class, which goes into `space`.
    """
    space["instances"] = made = dict[type, "Decide"]()
    tried = set[type]()

    def learn(given: object) -> Any:
        kind = type(given)
        if kind in tried or len(tried) >= MOST_CLASSES:
            return rest(given)
        tried.add(kind)
        attributes = fields(kind)
        if attributes is None:
            return rest(given)
        made[kind] = _function(pieces, attributes, space, check_of)
        return made[kind](given)

    return learn


def fields(kind: type) -> dict[str, str] | None:
    """The attributes of a class by the names of the facts that they hold: `metadata={"fact": …}`
    of a field says so where that is not its own name.  None where it is neither an attrs class
    nor a dataclass.

    Both say so by an attribute, so that neither module need be imported to ask.
    """
    attributes = getattr(kind, "__attrs_attrs__", None)
    if attributes is None:
        declared = getattr(kind, "__dataclass_fields__", None)
        if declared is None:
            return None
        from dataclasses import fields as of_dataclass

        attributes = of_dataclass(kind)
    return {one.metadata.get(FACT, one.name): one.name for one in attributes}


def as_dict(given: object, attributes: Mapping[str, str]) -> dict[str, Any]:
    """The facts that an instance has, by `fields` of its class."""
    pairs = ((fact, getattr(given, name, MISSING)) for fact, name in attributes.items())
    return {fact: value for fact, value in pairs if value is not MISSING}


def _function(
    pieces: Pieces,
    attributes: Mapping[str, str],
    space: Mapping[str, Any],
    check_of: Callable[[str], Check | None],
) -> Decide:
    own: dict[str, Any] = {**space, "as_dict": lambda given: as_dict(given, attributes)}
    extra = []
    for place, fact in enumerate(fact for fact in attributes if fact not in pieces.facts):
        own[f"x{place}"] = check = check_of(fact)
        asked = f"x{place}({frame.attribute(attributes[fact])})"
        extra.append("False" if check is None else asked)
    if not set(pieces.facts) <= set(attributes):
        return lambda given: own["decide"](own["as_dict"](given))
    source = frame.instance_source(pieces, attributes, extra)
    exec(compile(source, "<policy>", "exec"), own)
    found: Decide = own["of_instance"]
    return found
