"""Which fields of records code reads, and how the records of a list come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.pycode.helpers import MISSING
from vocpolicy.pycode.observed import Series
from vocpolicy.pycode.records import Records
from vocpolicy.scalar.checks import Checker, raw
from vocpolicy.scalar.values import optional

_ITEM = "item"


@define
class Readers:
    """Gathers what code reads of records, and makes the functions that read them.

    Attributes:
        fields: of each entity, the fields that are read and their places in a row.
        items: what is read, by the number of the functions: lists of something, or one record
            (True) of an entity.
    """

    policy: core.Policy
    fields: dict[str, dict[str, int]] = Factory(dict)
    items: list[tuple[core.Type, bool]] = Factory(list)

    def place(self, entity: str, field: str) -> int:
        """The place of a field in the rows of an entity."""
        places = self.fields.setdefault(entity, {})
        return places.setdefault(field, len(places))

    def number(self, kind: core.Type) -> int | None:
        """The number of the functions that read a list or a record; None for what is neither."""
        match kind:
            case core.ListType(item):
                return self._number(item, False)
            case core.RecordType():
                return self._number(kind, True)
            case _:
                return None

    def _number(self, item: core.Type, alone: bool) -> int:
        if (item, alone) not in self.items:
            self.items.append((item, alone))
        return self.items.index((item, alone))

    def records(self, space: dict[str, Any]) -> list[Records]:
        """How the items of all lists are read, those inside records too.

        Raises:
            UnsupportedError: there is something in them that code does not check.
        """
        found: list[Records] = []
        while len(found) < len(self.items):
            item, alone = self.items[len(found)]
            found.append(
                Records((), (), ("True",), (None,), (), (), self._number(item, False))
                if alone
                else self._entity(item.entity, space)
                if isinstance(item, core.RecordType)
                else self._plain(item, space)
            )
        return found

    def _plain(self, item: core.Type, space: dict[str, Any]) -> Records:
        fact = core.Fact(_ITEM, core.Labels(), item)
        check = Checker(self.policy, {_ITEM: fact}, space, percent=False).check(_ITEM, "g0")
        return Records((), (), (check,), (None,), (), ())

    def _entity(self, entity: str, space: dict[str, Any]) -> Records:
        fields = self.policy.entities[entity].fields
        places = {name: place for place, name in enumerate(fields)}
        checker = Checker(self.policy, fields, space)
        lists = [self.number(fact.type) for fact in fields.values()]
        checks = [
            checker.check(name, f"g{place}") if lists[place] is None else "True"
            for name, place in places.items()
        ]
        relations = [
            (places[one], places[other], text.format(f"g{places[one]}", f"g{places[other]}"))
            for name in fields
            for one, other, text in checker.relations(name)
        ]
        relations += self._of_ends(self.policy.entities[entity], places)
        kept = [places[name] for name in self.fields.get(entity, ())]
        optionals = [optional(fact.type) for fact in fields.values()]
        return Records(tuple(fields), optionals, checks, lists, relations, kept)

    def _of_ends(
        self, entity: core.Entity, places: Mapping[str, int]
    ) -> Iterator[tuple[int, int, str]]:
        """A stay does not end before it begins."""
        if entity.start is None or entity.end is None or entity.start == entity.end:
            return
        start, end = places[entity.start], places[entity.end]
        ends = [f"g{place} is None" for place in (start, end)]
        yield start, end, f"({' or '.join(ends)} or g{start} <= g{end})"

    # ---- facts that were read

    def row_reader(self) -> Callable[[core.Type, object], object]:
        """From the value of a list, as facts are read, to rows."""

        def rows(kind: core.Type, value: object) -> object:
            if isinstance(value, Series):
                return Series((day, rows(kind, one)) for day, one in value)
            if isinstance(kind, core.RecordType) and isinstance(value, core.Record):
                return [self._row(kind, value, rows)]
            if not isinstance(kind, core.ListType) or not isinstance(value, tuple):
                return value
            return [self._row(kind.item, item, rows) for item in value]

        return rows

    def _row(
        self, item: core.Type, value: object, rows: Callable[[core.Type, object], object]
    ) -> object:
        if not isinstance(item, core.RecordType):
            return raw(item, value)
        assert isinstance(value, core.Record)
        fields = self.policy.entities[item.entity].fields
        found = []
        for name in self.fields.get(item.entity, ()):
            one = value.values.get(name)
            kind = fields[name].type
            found.append(MISSING if one is None else raw(kind, rows(kind, one)))
        return tuple(found)
