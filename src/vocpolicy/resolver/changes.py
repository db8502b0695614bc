"""What changes, and from which day: amendments, repeals, rules that replace others, and what a
policy adds to the one that it amends."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from vocpolicy import syntax
from vocpolicy.diagnostics import Note, Words, close_names
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.resolver.owners import Owner
from vocpolicy.resolver.scope import conclusion_name
from vocpolicy.source import Span

Named: TypeAlias = (
    syntax.Rule
    | syntax.Table
    | syntax.Target
    | syntax.Provision
    | syntax.Parameter
    | syntax.Recorded
    | syntax.Define
    | syntax.Policy
)
"""What an amendment may change."""

Repealable: TypeAlias = (
    syntax.Rule | syntax.Table | syntax.Target | syntax.Provision | syntax.Parameter
)


@frozen
class Declared:
    """Something with a name, and whose it is."""

    name: syntax.Name
    node: Named
    owner: Owner


@frozen
class Change:
    """One thing that is otherwise from a day on (None: from the beginning).

    Attributes:
        action: `added`, `amended`, `replaced` or `repealed`.
        owner: whose policy says so.
        by: of a rule that is replaced, the one that stands in its place.
        declared: what it was before.
        node: the declaration that says so.
        place: the name in it.
    """

    name: str
    action: str
    start: datetime.date | None
    owner: Owner
    declared: Declared
    node: syntax.Amendment | syntax.Repeal | Named
    place: Span
    by: str = ""

    @property
    def citations(self) -> tuple[syntax.Citation, ...]:
        """What the change rests on."""
        return tuple(dict.fromkeys(_cited(self.node)))

    @property
    def title(self) -> syntax.Text | None:
        """What the policy that says so is called."""
        return self.owner.policy.title if self.owner.policy else None

    @property
    def policy(self) -> str:
        """The name of the policy that says so."""
        return _policy_name(self.owner)

    @property
    def because(self) -> syntax.Text | None:
        return self.node.attributes.because if isinstance(self.node, syntax.Repeal) else None


def _cited(node: syntax.Amendment | syntax.Repeal | Named) -> Iterator[syntax.Citation]:
    match node:
        case syntax.Repeal(attributes=attributes):
            yield from attributes.citations
        case syntax.Amendment(body=body, readings=readings):
            for patch in (body, *(one.body for one in readings)):
                yield from _cited_in(patch)
        case syntax.Rule(body=body) | syntax.Target(body=body):
            yield from body.citations
        case syntax.Table(citations=citations) | syntax.Provision(citations=citations):
            yield from citations
        case _:
            return


def _cited_in(patch: syntax.Patch) -> Iterator[syntax.Citation]:
    yield from patch.citations
    yield from patch.applies_attributes.citations
    said = [one.attributes for one in patch.statements] + [one.attributes for one in patch.values]
    said += [one.attributes for one in patch.milestones] + [one.attributes for one in patch.rows]
    said += [patch.measure.attributes] if patch.measure else []
    said += [one.attributes for one in (patch.goal, patch.baseline, patch.value) if one]
    for attributes in said:
        yield from attributes.citations


def moment(day: datetime.date, span: Span) -> syntax.Moment:
    """A day as a moment, at the place of what it belongs to."""
    return syntax.Moment("day", day, day, span=span)


def day_before(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1) if day > datetime.date.min else day


def declared_in(owners: Sequence[Owner]) -> Iterator[Declared]:
    """What amendments may name, in the order of the files."""
    for owner in owners:
        for file in owner.files:
            for node in file.declarations:
                if isinstance(node, Named) and (node is owner.policy or not _is_policy(node)):
                    yield Declared(node.name, node, owner)


def _is_policy(node: Named) -> bool:
    return isinstance(node, syntax.Policy)


def changes_of(declared: Sequence[Declared], mistakes: Mistakes) -> tuple[Change, ...]:
    """Every change, by date; those from the beginning first."""
    known = {one.name.text: one for one in reversed(declared)}
    owners = list({id(one.owner): one.owner for one in declared}.values())
    found = [change for one in declared for change in _said_by(one, known, mistakes)]
    for owner in owners:
        for file in owner.files:
            for node in file.declarations:
                if isinstance(node, syntax.Amendment | syntax.Repeal):
                    found += _patch(owner, node, known, mistakes)
    found.sort(key=lambda change: change.start or datetime.date.min)
    return _one_a_day(found, mistakes)


def _patch(
    owner: Owner,
    node: syntax.Amendment | syntax.Repeal,
    known: Mapping[str, Declared],
    mistakes: Mistakes,
) -> Iterator[Change]:
    name = node.name.text
    before = known.get(name)
    if before is None:
        mistakes.add("V622", node.name.span, name=name, close=close_names(name, known))
        return
    repeal = isinstance(node, syntax.Repeal)
    if repeal and not isinstance(before.node, Repealable):
        mistakes.add("V625", node.name.span, name=name)
        return
    action = "repealed" if repeal else "amended"
    yield Change(name, action, node.start.first, owner, before, node, node.name.span)


def _said_by(one: Declared, known: Mapping[str, Declared], mistakes: Mistakes) -> Iterator[Change]:
    """What a declaration changes by being there."""
    start, owner = _start(one), one.owner
    adds = isinstance(one.node, Repealable) and not isinstance(one.node, syntax.Parameter)
    replaces = isinstance(one.node, syntax.Rule) and bool(one.node.body.replaces)
    if replaces or (one.owner.amends is not None and adds):
        yield Change(one.name.text, "added", start, owner, one, one.node, one.name.span)
    if not isinstance(one.node, syntax.Rule):
        return
    for name in one.node.body.replaces:
        before = known.get(name.text)
        if before is None or not isinstance(before.node, syntax.Rule) or _swaps(one, before.node):
            rules = [other for other, node in known.items() if isinstance(node.node, syntax.Rule)]
            mistakes.add("V623", name.span, name=name.text, close=close_names(name.text, rules))
        elif conclusion_name(before.node).text != conclusion_name(one.node).text:
            theirs, mine = conclusion_name(before.node).text, conclusion_name(one.node).text
            mistakes.add("V628", name.span, name=name.text, theirs=theirs, mine=mine)
        else:
            by = one.name.text
            yield Change(name.text, "replaced", start, owner, before, one.node, name.span, by)


def _swaps(one: Declared, other: syntax.Rule) -> bool:
    """Whether a rule replaces itself, or one that replaces it."""
    return one.node is other or one.name.text in {name.text for name in other.body.replaces}


def _start(one: Declared) -> datetime.date | None:
    """The day from which what a policy adds is in force: its own, or the policy's."""
    match one.node:
        case syntax.Rule(body=body) | syntax.Target(body=body):
            own = body.in_force
        case syntax.Table(in_force=period) | syntax.Provision(in_force=period):
            own = period
        case _:
            own = None
    period = own or (one.owner.policy.in_force if one.owner.policy else None)
    return period.start.first if period else None


def _policy_name(owner: Owner) -> str:
    return owner.policy.name.text if owner.policy else ""


def _one_a_day(changes: Sequence[Change], mistakes: Mistakes) -> tuple[Change, ...]:
    """The changes without second ones of a thing on a day, which are mistakes."""
    kept: dict[tuple[str, datetime.date | None], Change] = {}
    for change in changes:
        if change.action == "added":
            continue
        key = (change.name, change.start)
        first = kept.setdefault(key, change)
        if first is not change:
            date = change.start.isoformat() if change.start else ""
            note = Note(first.place, Words("the other change", "另一处修改"))
            mistakes.add(
                "V620",
                change.place,
                note,
                name=change.name,
                date=date,
                first=first.policy,
                second=change.policy,
            )
    firsts = list(kept.values())
    return tuple(
        change
        for change in changes
        if change.action == "added" or any(change is one for one in firsts)
    )
