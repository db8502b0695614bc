"""Functions that read the records of a list: checked, each becomes a tuple of what is read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Records:
    """How records of an entity, or plain items, are read; all but names and places is code.

    Attributes:
        fields: names of the fields, in order; none where the items are no records.
        optional: of each, whether it can be none.
        checks: of each, true for the value `g0`, `g1`, … of the field; of plain items, of `g0`.
        lists: of each, which of the functions reads it, where it is a list itself.
        relations: places of two fields, of which one bounds the other, and whether that is kept.
        kept: places of the fields that are read, in the order of the tuple.
        alone: the number of the functions that read lists of such records, where these are for
            one record: it is read as a list of one.
    """

    __slots__ = ("alone", "checks", "fields", "kept", "lists", "optional", "relations")

    def __init__(
        self,
        fields: Sequence[str],
        optional: Sequence[bool],
        checks: Sequence[str],
        lists: Sequence[int | None],
        relations: Sequence[tuple[int, int, str]],
        kept: Sequence[int],
        alone: int | None = None,
    ) -> None:
        self.fields, self.optional, self.checks, self.lists = fields, optional, checks, lists
        self.relations, self.kept, self.alone = relations, kept, alone


_ONE = """
def {name}{number}(given):
    return {name}{several}((given,))
"""

_PLAIN = """
def {name}(given):
    if given.__class__ is not list and given.__class__ is not tuple:
        return None
    try:
        for g0 in given:
            if not ({check}):
                return None
    except TypeError:
        return None
    return given
"""

_ALL = """
def all{number}(given):
    if given.__class__ is not list and given.__class__ is not tuple:
        return None
    rows = []
    add = rows.append
    try:
        for record in given:
            if record.__class__ is not dict:
                return None
            if len(record) == {every}:
                {all_looked_up}
                if not ({all_checked}):
                    return None
            else:
                {looked_up}
                if not ({checked}):
                    return None
                get = record.get
                left = len(record) - {count}
{others}
                if left or not ({related}):
                    return None
            add({row})
    except (KeyError, TypeError):
        return None
    return rows
"""

_SOME = """
def some{number}(given):
    if given.__class__ is not list and given.__class__ is not tuple:
        return None
    rows = []
    try:
        for record in given:
            if record.__class__ is not dict:
                return None
            get = record.get
            left = len(record)
{others}
            if left or not ({related}):
                return None
            rows.append({row})
    except TypeError:
        return None
    return rows
"""

_FIELD = """\
g{place} = get({name!r}, M)
if g{place} is not M:
    left -= 1
    if {missing}{unfit}:
        return None
"""
_NONE_IS_MISSING = """g{place} is None:
        g{place} = M
    elif """


def source(several: Sequence[Records]) -> str:
    """The text of `all0`, `some0`, `all1`, …: from a list as programs have it to its rows.

    They give None where it is read otherwise or wrong.  The rows of `all0` have everything that
    is read, those of `some0` have `M` for what is missing.
    """
    return "".join(_source(number, one) for number, one in enumerate(several))


def _source(number: int, records: Records) -> str:
    if records.alone is not None:
        each = ("all", "some")
        return "".join(_ONE.format(name=one, number=number, several=records.alone) for one in each)
    if not records.fields:
        names = (f"all{number}", f"some{number}")
        return "".join(_PLAIN.format(name=name, check=records.checks[0]) for name in names)
    kept = sorted(records.kept)
    every = range(len(records.fields))
    unread = [place for place in every if place not in kept]
    return _ALL.format(
        number=number,
        every=len(every),
        all_looked_up=_looked_up(records, every),
        all_checked=_checked(records, every),
        looked_up=_looked_up(records, kept),
        checked=_checked(records, kept),
        count=len(kept),
        others=_others(records, unread, 16),
        related=_related(one for one in records.relations if not {*one[:2]} <= {*kept}),
        row=_row(records),
    ) + _SOME.format(
        number=number,
        others=_others(records, every, 12),
        related=_related(records.relations),
        row=_row(records),
    )


def _looked_up(records: Records, places: Sequence[int]) -> str:
    return "; ".join(f"g{one} = record[{records.fields[one]!r}]" for one in places) or "pass"


def _checked(records: Records, places: Sequence[int]) -> str:
    """Code that is true where these fields, all of them there, are right."""
    checks = [_read(records, place, "all") for place in places]
    checks += [text for *two, text in records.relations if {*two} <= {*places}]
    return " and ".join(f"({check})" for check in checks) or "True"


def _row(records: Records) -> str:
    return f"({''.join(f'g{place}, ' for place in records.kept)})"


def _others(records: Records, places: Sequence[int], by: int) -> str:
    texts = (_field(records, place) for place in places)
    lines = [line for text in texts for line in text.splitlines()]
    return "\n".join(" " * by + line for line in lines) or " " * by + "pass"


def _field(records: Records, place: int) -> str:
    missing = "" if records.optional[place] else _NONE_IS_MISSING.format(place=place)
    unfit = f"not ({_read(records, place, 'some')})"
    return _FIELD.format(place=place, name=records.fields[place], missing=missing, unfit=unfit)


def _read(records: Records, place: int, function: str) -> str:
    """Code that is true where a field is right; of a list it takes the rows in its place."""
    number = records.lists[place]
    if number is None:
        return records.checks[place]
    return f"(g{place} := {function}{number}(g{place})) is not None"


def _related(relations: Iterable[tuple[int, int, str]]) -> str:
    texts = [f"(g{one} is M or g{other} is M or {text})" for one, other, text in relations]
    return " and ".join(texts) or "True"
