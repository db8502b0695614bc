"""The difference of two policies, or of one on two days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from vocpolicy import core
from vocpolicy.analysis.engines import engine_named
from vocpolicy.asking import listed, unknown_name
from vocpolicy.diagnostics import UsageError
from vocpolicy.difference.changes import Change
from vocpolicy.difference.days import Days, days_of, days_of_each, days_of_figures
from vocpolicy.difference.listing import changes
from vocpolicy.difference.meaning import rests_on
from vocpolicy.difference.pairing import Pair, as_read_on, pair_of, with_all_facts
from vocpolicy.difference.relations import (
    ADDED,
    REMOVED,
    Relation,
    compare,
    decided_by,
    meaning_is_one,
)
from vocpolicy.difference.renaming import Renamed, by_old_names, renamed

if TYPE_CHECKING:
    from vocpolicy.columnar.moving import Moved


@frozen(eq=False)
class Difference:
    """How a new policy differs from an old one.

    Attributes:
        old, new: as they read on their days.
        days: on which they are read.
        changes: what is said otherwise, in the order in which a reader looks for it.
        relations: for every conclusion, target and provision how the new one lies to the old.
        one_policy: whether they are one policy on two days.
        names: what is called otherwise now.
        register: how the records of a register move, where one was given.
    """

    old: core.Policy = field(repr=False)
    new: core.Policy = field(repr=False)
    days: Days
    changes: tuple[Change, ...]
    relations: tuple[Relation, ...]
    one_policy: bool = False
    names: Renamed = field(default=Renamed(), repr=False)
    register: tuple[Moved, ...] | None = None

    @property
    def differs(self) -> bool:
        """Whether anything is said otherwise, or comes out otherwise."""
        return bool(self.changes) or any(one.differs for one in self.relations)

    @cached_property
    def by_name(self) -> dict[str, Relation]:
        return {one.name: one for one in self.relations}

    def new_name(self, name: str) -> str:
        """What the new policy calls what a relation is of."""
        return next((now for now, before in self.names.others.items() if before == name), name)

    def days_of(self, name: str) -> Days:
        """The days on which the two are read for what has a name: those of the policies, or the
        one on which they are compared for it."""
        relation = self.by_name.get(name)
        on = relation.as_of if relation is not None else None
        return self.days if on is None else Days(on, on)

    def over(self, register: Iterable[Moved]) -> Difference:
        """The same, with how the records of a register move."""
        return evolve(self, register=tuple(register))

    def relation(self, name: str) -> Relation:
        """How what has a name lies to what had it; KeyError where neither policy has it."""
        return self.by_name[name]

    def describe(self, lang: str = "en") -> str:
        """The difference as text, in English (`en`) or Chinese (`zh`)."""
        from vocpolicy.difference.telling import document
        from vocpolicy.markup import plain

        return plain(document(self, lang))

    def to_markdown(self, lang: str = "en") -> str:
        from vocpolicy.difference.telling import document
        from vocpolicy.writers import markdown

        return markdown(document(self, lang), level=1)

    def to_html(self, lang: str = "en") -> str:
        """The difference as a page of HTML that needs nothing else."""
        from vocpolicy.difference.telling import document, title
        from vocpolicy.writers import fragment, page

        return page(title(self, lang), lang, *fragment(document(self, lang), level=1))

    def to_dict(self) -> dict[str, Any]:
        """The difference for systems, ready for JSON; see `docs/schema/difference.schema.json`."""
        from vocpolicy.difference.data import to_dict

        return to_dict(self)


def difference(
    old: core.Policy,
    new: core.Policy,
    names: Iterable[str] | None = None,
    as_of: datetime.date | None = None,
    budget: int | None = None,
    engine: str = "auto",
) -> Difference:
    """How a new policy differs from an old one.

    Args:
        names: conclusions, rules, tables, targets, provisions or definitions that are looked at;
            None for all.
        as_of: the day on which both are read; where it is not given, the last day of the new one,
            and each rule on a day on which it is in force.
        budget: how many boxes of cases one search may look at.
        engine: as for `compare_rules`.

    Raises:
        UsageError: neither policy has something of a name; or there is no engine of that name.
        MissingExtraError: z3 is asked for and not installed.
    """
    engine_named(engine)
    days = days_of(old, new, as_of)
    read = with_all_facts(old, days.old), with_all_facts(new, days.new)
    called = renamed(*read)
    wanted = None if names is None else _asked(read, names)
    said = changes(read[0], by_old_names(read[1], called), called)
    found = _relations(old, new, days, called, wanted, (budget, engine))
    kept = said if wanted is None else tuple(one for one in said if _is_asked(one, read, wanted))
    return Difference(read[0], read[1], days, kept, tuple(found), names=called)


def between_days(
    policy: core.Policy,
    first: datetime.date,
    last: datetime.date,
    names: Iterable[str] | None = None,
    budget: int | None = None,
    engine: str = "auto",
) -> Difference:
    """How a policy differs on two days; raises as `difference` does."""
    engine_named(engine)
    days = Days(first, last, fixed=True)
    read = as_read_on(policy, first), as_read_on(policy, last)
    called = Renamed()
    wanted = None if names is None else _asked(read, names)
    said = changes(*read, called)
    found = _relations(policy, policy, days, called, wanted, (budget, engine))
    kept = said if wanted is None else tuple(one for one in said if _is_asked(one, read, wanted))
    return Difference(read[0], read[1], days, kept, tuple(found), True)


# ---- relations -----------------------------------------------------------------------------------


def _relations(
    old: core.Policy,
    new: core.Policy,
    days: Days,
    called: Renamed,
    wanted: frozenset[str] | None,
    effort: tuple[int | None, str],
) -> Iterator[Relation]:
    """How each conclusion, target and provision lies to the one before, in the order of the new
    policy; then those that went."""
    pairs: dict[tuple[datetime.date, datetime.date], Pair] = {}

    def pair(on: Days) -> Pair:
        key = on.old, on.new
        if key not in pairs:
            pairs[key] = _pair(old, new, on)
        return pairs[key]

    read = with_all_facts(old, days.old), with_all_facts(new, days.new)
    figures = days_of_figures((read[0], by_old_names(read[1], called)), days.new)
    before = [one.name for one in listed(read[0])]
    now = [one.name for one in listed(read[1])]
    more = [] if wanted is None else [name for name in _definitions(*read) if name in wanted]
    for name in [*now, *more]:
        earlier = called.others.get(name, name)
        if wanted is not None and not wanted & {name, earlier}:
            continue
        if earlier not in before and name not in more:
            yield Relation(name, ADDED)
            continue
        on = days_of_each(days, read, (earlier, name))
        if on == days and not days.fixed:
            on = _on_figures(pair, days, figures, (earlier, name))
        found = compare(pair(on), earlier, *effort)
        yield found if on.new == days.new else evolve(found, as_of=on.new)
    former = {called.others.get(name, name) for name in now}
    for name in before:
        if name not in former and (wanted is None or name in wanted):
            yield Relation(name, REMOVED)


def _on_figures(
    pair: Callable[[Days], Pair],
    days: Days,
    figures: tuple[tuple[str, datetime.date], ...],
    names: tuple[str, str],
) -> Days:
    """The last day on which a figure that was changed is in force, for what rests on it and means
    the same on the day of the policies."""
    if not figures or not meaning_is_one(pair(days), names[0]):
        return days
    for figure, day in figures:
        on = Days(day, day)
        either = [(pair(on).joint_old, names[0]), (pair(on).joint_new, names[0])]
        rests = any(figure in rests_on(policy, frozenset({name})) for policy, name in either)
        if rests and not meaning_is_one(pair(on), names[0]):
            return on
    return days


def _definitions(old: core.Policy, new: core.Policy) -> list[str]:
    return [name for name in new.definitions if name in old.definitions]


def _pair(old: core.Policy, new: core.Policy, days: Days) -> Pair:
    if days.old == days.new:
        return pair_of(old, new, days.new)
    day = max(days.old, days.new)
    return pair_of(as_read_on(old, days.old), as_read_on(new, days.new), day)


# ---- names that are asked for --------------------------------------------------------------------


def _asked(read: tuple[core.Policy, core.Policy], names: Iterable[str]) -> frozenset[str]:
    """The conclusions, targets, provisions and definitions that names stand for."""
    found: set[str] = set()
    unknown = []
    known = {name for policy in read for name in _known(policy)}
    for name in names:
        if name in known:
            found |= {one for policy in read for one in _meant(policy, name)}
        else:
            unknown.append(unknown_name(read[1], name, known))
    if unknown:
        raise UsageError(unknown)
    return frozenset(found)


def _known(policy: core.Policy) -> Iterator[str]:
    yield from (one.name for one in listed(policy))
    yield from (*policy.rules, *policy.tables, *policy.definitions)


def _meant(policy: core.Policy, name: str) -> Iterator[str]:
    table = policy.tables.get(name)
    yield from table.outputs if table else (decided_by(policy, name),)


def _is_asked(one: Change, read: tuple[core.Policy, core.Policy], wanted: frozenset[str]) -> bool:
    """Whether a change is of something asked for, or of what that rests on."""
    return any(one.name in rests_on(policy, wanted) for policy in read)
