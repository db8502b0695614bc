"""The functions around conditions: how facts come in, and what is left to others.

Code names facts `f0`, `f1`, … in their order, and has two bodies: one for cases that lack no
fact, where a condition is true or false, and one that knows three values.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from vocpolicy.pycode.records import Records


class Pieces:
    """What the functions are put together from; all but `facts` and `optional` is code.

    Attributes:
        facts: names of the facts, in order.
        optional: of each, whether it can be none; then `None` says so, else that it is missing.
        checks: of each, true for a value as programs usually have it.
        relations: places of two facts, of which one bounds the other, and whether that is kept.
        known: lines of the body for cases that lack nothing.
        partly: lines of the other one.
        lists: of each fact that is a list, the number of the functions that read it.
        records: how these read the items of lists.
    """

    __slots__ = ("checks", "facts", "known", "lists", "optional", "partly", "records", "relations")

    def __init__(
        self,
        facts: "Sequence[str]",
        optional: "Sequence[bool]",
        checks: "Sequence[str]",
        relations: "Sequence[tuple[int, int, str]]",
        known: "Sequence[str]",
        partly: "Sequence[str]",
        lists: "Sequence[int | None]" = (),
        records: "Sequence[Records]" = (),
    ) -> None:
        self.facts, self.optional, self.checks = facts, optional, checks
        self.relations, self.known, self.partly = relations, known, partly
        self.lists, self.records = lists or (None,) * len(facts), records


class Beside:
    """Facts that are not read.

    Attributes:
        looked_up: code that assigns their values to variables.
        checks: code that is true where these are right.
        functions: what it calls.
    """

    __slots__ = ("checks", "functions", "looked_up")

    def __init__(
        self, looked_up: "Sequence[str]", checks: "Sequence[str]", functions: "Mapping[str, Any]"
    ) -> None:
        self.looked_up, self.checks, self.functions = looked_up, checks, functions


_DECIDE = """
def decide(facts):
    if type(facts) is dict:
        try:
            count = len(facts)
            if count == {count}:
                {looked_up}
                if {checked}:
{known}
            elif count in shapes:
                found = shapes[count](facts)
                if found is not None:
                    return found
        except LEFT:
            pass
        found = of_other(facts)
        if found is not None:
            return found
    elif type(facts) in instances:
        return instances[type(facts)](facts)
    return rest(facts)
"""

_SHAPE = """
def of_shape(facts):
    try:
        {looked_up}
        if {checked}:
{body}
    except LEFT:
        pass
    return None
"""

_OTHERS = """
def of_part(facts):
    get = facts.get
    absent = 0
    try:
{part}
        if not ({related}) or (len(facts) + absent != {count} and not others(facts)):
            return None
{partly_nested}
    except LEFT:
        return None

def of_values({variables}):
{partly}

def trusted(values):
    {unpacked} = values
    try:
        if {absent}:
            {again}
            {filled}
            return of_values({variables})
{known}
    except SlowError:
        return rest(values)
"""

_PART = """\
        f{place} = get({name!r}, M)
        if f{place} is M:
            absent += 1
        elif {missing}not ({check}):
            return None
"""
_NONE_IS_MISSING = """f{place} is None:
            f{place} = M
        elif """

_INSTANCE = """
def of_instance(facts):
    try:
        {looked_up}
        if {checked}:
{known}
    except LEFT:
        pass
    return decide(as_dict(facts))
"""


def source(pieces: "Pieces") -> str:
    """The text of all functions.

    It names `rest` (decides what is left), `LEFT` (errors that say so), `others` (whether facts
    that it does not read are right), `of_other` (from a dictionary of other facts) and functions
    by the number of facts in it (`shapes`) and by the class of what holds them (`instances`).
    """
    return decide_source(pieces) + others_source(pieces)


def decide_source(pieces: "Pieces") -> str:
    """The text of `decide`: from facts as programs have them, checked; and of what reads lists."""
    looked_up = [f"f{place} = facts[{name!r}]" for place, name in enumerate(pieces.facts)]
    return _lists_source(pieces) + _DECIDE.format(
        known=_indented(pieces.known, 20),
        looked_up="; ".join(looked_up) or "pass",
        checked=_checked(pieces),
        count=len(pieces.facts),
    )


def _lists_source(pieces: "Pieces") -> str:
    """The text of what reads lists, imported where there are some."""
    if not pieces.records:
        return ""
    from vocpolicy.pycode import records

    return records.source(pieces.records)


def others_source(pieces: "Pieces") -> str:
    """The text of what fewer cases need: `of_part` (some facts are missing), `trusted` (from a
    tuple of values) and `of_values` (from values in order, any of which can be `M`)."""
    variables = [f"f{place}" for place in range(len(pieces.facts))]
    always = [one for one, none in zip(variables, pieces.optional, strict=True) if not none]
    absent = [f"{one} is None" for one in always]
    absent += [f"{one} is M" for one in variables if one not in always]
    absent += [f"not ({_read(pieces, place, 'all')})" for place in _listed(pieces)]
    filled = [f"{one} = M if {one} is None else {one}" for one in always]
    for place in _listed(pieces):
        filled.append(f"if not (f{place} is M or {_read(pieces, place, 'some')}): slow()")
    related = [f"(f{one} is M or f{other} is M or {text})" for one, other, text in pieces.relations]
    return _OTHERS.format(
        variables=", ".join(variables),
        partly=_indented(pieces.partly, 4),
        unpacked=f"({', '.join(variables)}{',' if variables else ''})",
        partly_nested=_indented(pieces.partly, 8),
        known=_indented(pieces.known, 8),
        absent=" or ".join(absent) or "False",
        again=f"({', '.join(variables)},) = values" if _listed(pieces) else "pass",
        filled=f"\n{' ' * 12}".join(filled) or "pass",
        count=len(variables),
        part="".join(_part(pieces, place) for place in range(len(variables))).rstrip("\n"),
        related=" and ".join(related) or "True",
    )


def instance_source(pieces: "Pieces", attributes: "Mapping[str, str]", beside: "Beside") -> str:
    """The text of `of_instance`: the facts are attributes.

    Args:
        attributes: names of the attributes, by those of the facts.
    """
    looked_up = [
        f"f{place} = {attribute(attributes[name])}" for place, name in enumerate(pieces.facts)
    ]
    looked_up += beside.looked_up
    return _INSTANCE.format(
        looked_up="; ".join(looked_up) or "pass",
        checked=" and ".join([_checked(pieces), *map("({})".format, beside.checks)]),
        known=_indented(pieces.known, 12),
    )


def shape_source(pieces: "Pieces", given: "Collection[str]", beside: "Beside") -> str:
    """The text of `of_shape`: from dictionaries that have just those facts; None is left.

    It looks all of them up, so that of as many facts it passes no others.

    Args:
        given: names of facts, of which those that are read have their values looked up; others
            of those are missing.
    """
    there = [name in given for name in pieces.facts]
    looked_up = [
        f"f{place} = facts[{name!r}]" if name in given else f"f{place} = M"
        for place, name in enumerate(pieces.facts)
    ]
    looked_up += beside.looked_up
    of_lists = "all" if all(there) else "some"
    checks = [f"({_read(pieces, place, of_lists)})" for place, given in enumerate(there) if given]
    checks += [text for one, other, text in pieces.relations if there[one] and there[other]]
    return _SHAPE.format(
        looked_up="; ".join(looked_up) or "pass",
        checked=" and ".join([*checks, *map("({})".format, beside.checks)]) or "True",
        body=_indented(pieces.known if all(there) else pieces.partly, 12),
    )


def attribute(name: str) -> str:
    """Code for an attribute of `facts`; a name that Python keeps for itself is asked for."""
    from keyword import iskeyword

    if name.isidentifier() and not iskeyword(name):
        return f"facts.{name}"
    return f"getattr(facts, {name!r})"


def _checked(pieces: "Pieces") -> str:
    checks = [f"({_read(pieces, place, 'all')})" for place in range(len(pieces.facts))]
    checks += [text for _, _, text in pieces.relations]
    return " and ".join(checks) or "True"


def _listed(pieces: "Pieces") -> list[int]:
    return [place for place, number in enumerate(pieces.lists) if number is not None]


def _read(pieces: "Pieces", place: int, function: str) -> str:
    """Code that is true where a fact is right; of a list it takes the rows in its place."""
    number = pieces.lists[place]
    if number is None:
        return pieces.checks[place]
    return f"(f{place} := {function}{number}(f{place})) is not None"


def _part(pieces: "Pieces", place: int) -> str:
    missing = "" if pieces.optional[place] else _NONE_IS_MISSING.format(place=place)
    return _PART.format(
        place=place, name=pieces.facts[place], check=_read(pieces, place, "some"), missing=missing
    )


def _indented(lines: "Sequence[str]", by: int) -> str:
    return "\n".join(" " * by + line for line in lines)
