"""Facts that come otherwise than all that are read in one dictionary: some are missing, others are
there too, or an instance holds them."""

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

MOST_SHAPES = 64
"""Sets of facts that code is made for; others are gone through one by one."""

_ALL_WHOLE_ABOVE = 2**53
"""Floats from here on are whole whatever they stand for."""

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


def with_shapes(
    pieces: Pieces, space: dict[str, Any], check_of: Callable[[str], Check | None]
) -> None:
    """Code for dictionaries that have other facts than are read, made when the same facts come a
    second time, in the same order; the last one of each size goes into `space`, to be tried first.
    """
    space["shapes"] = latest = dict[int, "Decide"]()
    made = dict[tuple[object, ...], "Decide | None"]()

    def of_other(facts: Mapping[Any, Any]) -> Any:
        shape = tuple(facts)
        if shape not in made:
            if len(made) < MOST_SHAPES:
                made[shape] = None
            return space["of_part"](facts)
        function = made[shape]
        if function is None:
            made[shape] = function = _of_shape(pieces, shape, space, check_of)
        latest[len(shape)] = function
        found = function(facts)
        return space["of_part"](facts) if found is None else found

    space["of_other"] = of_other


def _of_shape(
    pieces: Pieces,
    shape: tuple[object, ...],
    space: Mapping[str, Any],
    check_of: Callable[[str], Check | None],
) -> Decide:
    given = [name for name in shape if isinstance(name, str)]
    unread = {name: f"facts[{name!r}]" for name in given if name not in pieces.facts}
    own, extra = _checked(space, unread, check_of)
    if "False" in extra or len(given) < len(shape):
        return lambda facts: None
    exec(compile(frame.shape_source(pieces, given, extra), "<policy>", "exec"), own)
    found: Decide = own["of_shape"]
    return found


def _checked(
    space: Mapping[str, Any], unread: Mapping[str, str], check_of: Callable[[str], Check | None]
) -> tuple[dict[str, Any], list[str]]:
    """A space of its own with checks of facts that are not read, and code for each, by code for
    its value; `False` for one that cannot be checked."""
    own, extra = {**space}, []
    for place, (fact, value) in enumerate(unread.items()):
        own[f"x{place}"] = check = check_of(fact)
        extra.append("False" if check is None else f"x{place}({value})")
    return own, extra


def with_plain(space: dict[str, Any], dates: Callable[[], Collection[str]], rest: Decide) -> Decide:
    """What decides the cases that code leaves, but for those that it leaves only since their facts
    are written as JSON has them: a date as `2023-06-01`, a whole number as `612.0`.

    Args:
        dates: gives the names of all facts that are dates.
    """

    def decide(given: object) -> Any:
        if type(given) is dict:
            facts = plain(given, dates)
            found = None if facts is None else space["of_other"](facts)
            if found is not None:
                return found
        return rest(given)

    return decide


def plain(facts: Mapping[Any, Any], dates: Callable[[], Collection[str]]) -> dict[Any, Any] | None:
    """The facts with values as code takes them; None where none of them is written otherwise."""
    found: dict[Any, Any] = {}
    for name, value in facts.items():
        kind = type(value)
        if kind is float and value.is_integer() and abs(value) < _ALL_WHOLE_ABOVE:
            found[name] = int(value)
        elif kind is str and len(value) == 10 and value[4] == value[7] == "-" and name in dates():
            made = _iso_date(value)
            if made is None:
                return None
            found[name] = made
    return {**facts, **found} if found else None


def _iso_date(text: str) -> object:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
    unread = {
        fact: frame.attribute(name) for fact, name in attributes.items() if fact not in pieces.facts
    }
    own, extra = _checked(space, unread, check_of)
    own["as_dict"] = lambda given: as_dict(given, attributes)
    if not set(pieces.facts) <= set(attributes):
        return lambda given: own["decide"](own["as_dict"](given))
    source = frame.instance_source(pieces, attributes, extra)
    exec(compile(source, "<policy>", "exec"), own)
    found: Decide = own["of_instance"]
    return found
