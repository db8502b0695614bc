"""Facts that come otherwise than all that are read in one dictionary: some are missing, others are
there too, or an instance holds them."""

from __future__ import annotations

from vocpolicy.pycode import frame
from vocpolicy.pycode.helpers import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any

    from vocpolicy.pycode.frame import Pieces

    Check = Callable[[Any], bool]
    Kept = Callable[[Any, Any], bool]
    Decide = Callable[[object], Any]

FACT = "fact"
"""What the metadata of a field calls the name of the fact that it holds."""

MOST_SHAPES = 64
"""Sets of facts that code is made for; others are gone through one by one."""

_ALL_WHOLE_ABOVE = 2**53
"""Floats from here on are whole whatever they stand for."""

MOST_CLASSES = 64
"""Classes that code is made for; instances of others are read as everything else is."""


class Unread:
    """How facts are checked that are supplied and not read, so that they can be left aside.

    Attributes:
        check_of: what says whether a value of the named fact is right, its bounds by other facts
            left aside; None where code cannot say so.
        bounds_of: the facts that bound the named one, and what says of its value and of theirs,
            either of which may be `None`, whether that is kept.
        code_of: code of the same check, for a variable; it names what is in the `space` of the
            code around it.  None where there is only the function.
    """

    __slots__ = ("bounds_of", "check_of", "code_of")

    def __init__(
        self,
        check_of: Callable[[str], Check | None],
        bounds_of: Callable[[str], Sequence[tuple[str, Kept]]] = lambda name: (),
        code_of: Callable[[str, str], str | None] = lambda name, variable: None,
    ) -> None:
        self.check_of, self.bounds_of, self.code_of = check_of, bounds_of, code_of


def others(read: Collection[str], unread: Unread) -> Callable[[Mapping[Any, Any]], bool]:
    """Says whether facts that are supplied and not read are right; those that are read are."""
    checks: dict[str, Check] = {}
    bounds: dict[str, Sequence[tuple[str, Kept]]] = {}

    def passed(facts: Mapping[Any, Any]) -> bool:
        bounded = False
        for name, value in facts.items():
            if name in read:
                continue
            check = checks.get(name)
            if check is None:
                check = unread.check_of(name)
                if check is None:
                    return False
                checks[name], bounds[name] = check, unread.bounds_of(name)
            if not check(value):
                return False
            bounded = bounded or bool(bounds[name])
        return not bounded or all(
            kept(facts[name], facts.get(other))
            for name, several in bounds.items()
            if name in facts
            for other, kept in several
        )

    return passed


def with_instances(
    pieces: Pieces,
    space: dict[str, Any],
    unread: Unread,
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
        made[kind] = _function(pieces, attributes, space, unread)
        return made[kind](given)

    return learn


def with_shapes(pieces: Pieces, space: dict[str, Any], unread: Unread) -> None:
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
            made[shape] = function = _of_shape(pieces, shape, space, unread)
        latest[len(shape)] = function
        found = function(facts)
        return space["of_part"](facts) if found is None else found

    space["of_other"] = of_other


def _of_shape(
    pieces: Pieces, shape: tuple[object, ...], space: dict[str, Any], unread: Unread
) -> Decide:
    given = [name for name in shape if isinstance(name, str)]
    values = {name: f"facts[{name!r}]" for name in given if name not in pieces.facts}
    beside = _beside(pieces, space, values, unread)
    if beside is None or len(given) < len(shape):
        return lambda facts: None
    own = {**space, **beside.functions}
    exec(compile(frame.shape_source(pieces, given, beside), "<policy>", "exec"), own)
    found: Decide = own["of_shape"]
    return found


def _beside(
    pieces: Pieces, space: dict[str, Any], values: Mapping[str, str], unread: Unread
) -> frame.Beside | None:
    """What checks facts that are not read, by code for their values; None for one that cannot be
    checked."""
    variables = {name: f"x{place}" for place, name in enumerate(values)}
    functions: dict[str, Any] = {}
    looked_up = [f"{variables[name]} = {value}" for name, value in values.items()]
    checks, related = [], []
    for name, variable in variables.items():
        check = unread.check_of(name)
        if check is None:
            return None
        functions[f"check_{variable}"] = check
        checks.append(unread.code_of(name, variable) or f"check_{variable}({variable})")
    read = {name: f"f{place}" for place, name in enumerate(pieces.facts)}
    for name, variable in variables.items():
        for other, kept in unread.bounds_of(name):
            its = variables.get(other) or read.get(other)
            if its is not None:
                function = f"kept{len(functions)}"
                functions[function] = kept
                related.append(f"{function}({variable}, {its})")
    return frame.Beside(looked_up, [*checks, *related], functions)


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
    space: dict[str, Any],
    unread: Unread,
) -> Decide:
    values = {
        fact: frame.attribute(name) for fact, name in attributes.items() if fact not in pieces.facts
    }
    beside = _beside(pieces, space, values, unread)
    if beside is None or not set(pieces.facts) <= set(attributes):
        return lambda given: space["decide"](as_dict(given, attributes))
    own = {**space, **beside.functions}
    own["as_dict"] = lambda given: as_dict(given, attributes)
    source = frame.instance_source(pieces, attributes, beside)
    exec(compile(source, "<policy>", "exec"), own)
    found: Decide = own["of_instance"]
    return found
