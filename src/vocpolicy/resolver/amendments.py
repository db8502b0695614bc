"""Dated changes put into what they change: of a policy and those that amend it, the editions.

    files of each policy -> changes by date -> the files as they read from each date on

An edition is a whole policy.  From the date of a change on, the changed declaration stands in the
place of the first; what is repealed is no longer in force; a rule that replaces others stands
where they stood, also among those that override them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from vocpolicy import syntax
from vocpolicy.resolver.changes import (
    Change,
    Declared,
    Named,
    changes_of,
    day_before,
    declared_in,
    moment,
)
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.resolver.owners import Owner, owners_of
from vocpolicy.resolver.patches import patched
from vocpolicy.resolver.scope import conclusion_name


@frozen
class Edition:
    """The policy as it reads from a day on (None: from the beginning)."""

    start: datetime.date | None
    files: tuple[syntax.File, ...]


@frozen
class Amended:
    """Every edition, earliest first, and the changes between them, by date."""

    editions: tuple[Edition, ...]
    changes: tuple[Change, ...] = ()


def amended(groups: Sequence[Sequence[syntax.File]], mistakes: Mistakes) -> Amended | None:
    """The editions that the policies of some groups of files make, the amended one's group
    first; None where a policy amends one that is not there, which has been reported."""
    files = [file for group in groups for file in group]
    if not any(_changes_something(file) for file in files):
        return Amended((Edition(None, tuple(files)),))
    owners = owners_of(groups, mistakes)
    if owners is None:
        return None
    declared = list(declared_in(owners))
    changes = changes_of(declared, mistakes)
    dates = sorted({change.start for change in changes if change.start is not None})
    whole = _Whole(tuple(files), owners, tuple(declared), changes, mistakes)
    last = dates[-1] if dates else None
    editions = [_edition(whole, date, date == last) for date in (None, *dates)]
    return Amended(tuple(editions), changes)


def _changes_something(file: syntax.File) -> bool:
    for node in file.declarations:
        match node:
            case syntax.Amendment() | syntax.Repeal():
                return True
            case syntax.Policy(amends=amends) if amends is not None:
                return True
            case syntax.Rule(body=body) if body.replaces:
                return True
            case _:
                pass
    return False


@frozen
class _Whole:
    """What all editions are made from."""

    files: tuple[syntax.File, ...]
    owners: tuple[Owner, ...]
    declared: tuple[Declared, ...]
    changes: tuple[Change, ...]
    mistakes: Mistakes


@frozen
class _State:
    """What the changes up to a day have made of each name.

    Attributes:
        nodes: what each changed thing reads like.
        ended: what is no longer in force, with its last day.
        ahead: what is not in force yet, with its first day.
        successors: the rules that stand where others stood.
    """

    nodes: dict[str, Named]
    ended: dict[str, datetime.date | None]
    ahead: dict[str, datetime.date]
    successors: dict[str, str]


def _edition(whole: _Whole, date: datetime.date | None, last: bool) -> Edition:
    state = _state(whole, date)
    files = []
    policy = _head(whole, state)
    written = {id(one.node): one for one in whole.declared}
    silent = _silent(whole, state)
    amended_ones = {id(owner.amends) for owner in whole.owners if owner.amends is not None}
    for file in whole.files:
        kept: list[syntax.Declaration] = []
        for node in file.declarations:
            match node:
                case syntax.Policy():
                    kept += _policy(whole, node, policy)
                case syntax.Amendment() | syntax.Repeal():
                    pass
                case syntax.Case():
                    owner = _owner(whole, file)
                    kept += [node] if last and id(owner) not in amended_ones else []
                case _:
                    one = written.get(id(node))
                    kept += [node] if one is None else _read(whole, state, one, silent, policy)
        files.append(evolve(file, declarations=tuple(kept)))
    return Edition(date, tuple(files))


def _owner(whole: _Whole, file: syntax.File) -> Owner:
    return next(owner for owner in whole.owners if any(file is one for one in owner.files))


# ---- the policy itself ---------------------------------------------------------------------


def _head(whole: _Whole, state: _State) -> syntax.Policy | None:
    """The amended policy's own head, with the documents and readings of those that amend it."""
    root = whole.owners[0].policy
    if root is None:
        return None
    changed = state.nodes.get(root.name.text, root)
    assert isinstance(changed, syntax.Policy)
    documents, readings = list(changed.documents), list(changed.readings)
    for owner in whole.owners[1:]:
        if owner.policy is not None:
            documents += [one for one in owner.policy.documents if one not in documents]
            known = {one.name.text for one in readings}
            readings += [one for one in owner.policy.readings if one.name.text not in known]
    return evolve(changed, documents=tuple(documents), readings=tuple(readings))


def _policy(
    whole: _Whole, node: syntax.Policy, head: syntax.Policy | None
) -> list[syntax.Declaration]:
    """A policy as it stands in an edition: one that amends another is no policy of its own."""
    if head is not None and node is whole.owners[0].policy:
        return [evolve(head, in_force=_hull(whole, head))]
    amends = any(owner.policy is node and owner.amends is not None for owner in whole.owners)
    return [] if amends else [node]


def _hull(whole: _Whole, head: syntax.Policy) -> syntax.Period | None:
    """The amended policy's period, as long as that of any policy that amends it."""
    period = head.in_force
    if period is None or period.end is None:
        return period
    end = period.end
    for owner in whole.owners[1:]:
        theirs = owner.policy.in_force if owner.policy else None
        if theirs is not None:
            if theirs.end is None:
                continue
            end = theirs.end if theirs.end.last > end.last else end
    return evolve(period, end=end)


# ---- what the changes come to ----------------------------------------------------------------


def _state(whole: _Whole, date: datetime.date | None) -> _State:
    state = _State({}, {}, {}, {})
    for change in whole.changes:
        begun = change.start is None or (date is not None and change.start <= date)
        name = change.name
        match change.action:
            case "added":
                if not begun and change.start is not None:
                    state.ahead[name] = change.start
            case _ if not begun:
                pass
            case "repealed":
                state.ended[name] = None if change.start is None else day_before(change.start)
            case "replaced":
                state.ended[name] = None if change.start is None else day_before(change.start)
                state.successors[name] = change.by
            case _:
                amendment = change.node
                assert isinstance(amendment, syntax.Amendment)
                before = state.nodes.get(name, change.declared.node)
                if name in state.ended:
                    whole.mistakes.add("V627", amendment.name.span, name=name)
                    continue
                state.nodes[name] = patched(before, amendment, whole.mistakes)
    return state


def _silent(whole: _Whole, state: _State) -> frozenset[str]:
    """Rules that are left out: those not in force, where others decide the same."""
    off = {*state.ended, *state.ahead}
    rules = [one.node for one in whole.declared if isinstance(one.node, syntax.Rule)]
    decided = {conclusion_name(rule).text for rule in rules if rule.name.text not in off}
    return frozenset(
        rule.name.text
        for rule in rules
        if rule.name.text in off and conclusion_name(rule).text in decided
    )


def _read(
    whole: _Whole,
    state: _State,
    one: Declared,
    silent: frozenset[str],
    head: syntax.Policy | None,
) -> list[syntax.Declaration]:
    """A declaration as it reads in an edition."""
    name = one.name.text
    if name in silent:
        return []
    node = state.nodes.get(name, one.node)
    node = _dated(whole, state, one, node, head)
    if isinstance(node, syntax.Rule):
        rules = {other.name.text for other in whole.declared if isinstance(other.node, syntax.Rule)}
        node = _ranked(state, node, silent, rules)
    return [node]


def _dated(
    whole: _Whole, state: _State, one: Declared, node: Named, head: syntax.Policy | None
) -> Named:
    """The declaration with the days on which it is in force."""
    name = one.name.text
    first = whole.owners[0].policy
    own = one.owner.policy.in_force if one.owner.policy else None
    if one.owner.policy is first:
        own = head.in_force if head else None
    match node:
        case syntax.Rule() | syntax.Table():
            period = _within(_period_of(node), own)
        case syntax.Target() | syntax.Provision():
            period = _period_of(node)
            if one.owner.amends is not None and period is None and own is not None:
                period = syntax.Period(own.start, span=own.span)
        case syntax.Parameter() if name in state.ended:
            return _ended_values(node, state.ended[name])
        case _:
            return node
    if name in state.ahead:
        start = moment(state.ahead[name], node.name.span)
        period = evolve(period, start=start) if period else syntax.Period(start, span=start.span)
    if name in state.ended:
        period = _ended(period, state.ended[name], own, node.name)
    return _with_period(node, period)


def _within(period: syntax.Period | None, own: syntax.Period | None) -> syntax.Period | None:
    return period or own


def _period_of(
    node: syntax.Rule | syntax.Table | syntax.Target | syntax.Provision,
) -> syntax.Period | None:
    match node:
        case syntax.Rule(body=body) | syntax.Target(body=body):
            return body.in_force
        case _:
            return node.in_force


def _with_period(
    node: syntax.Rule | syntax.Table | syntax.Target | syntax.Provision,
    period: syntax.Period | None,
) -> Named:
    match node:
        case syntax.Rule():
            return evolve(node, body=evolve(node.body, in_force=period))
        case syntax.Target():
            return evolve(node, body=evolve(node.body, in_force=period))
        case _:
            return evolve(node, in_force=period)


def _ended(
    period: syntax.Period | None,
    last: datetime.date | None,
    own: syntax.Period | None,
    name: syntax.Name,
) -> syntax.Period:
    """The period, ended on its last day at the latest."""
    end = moment(datetime.date.min if last is None else last, name.span)
    start = period.start if period else (own.start if own else None)
    if start is None or start.first > end.last:
        start = moment(datetime.date.min, name.span)
    if period and period.end and period.end.last < end.last:
        end = period.end
    return syntax.Period(start, end, span=name.span)


def _ended_values(node: syntax.Parameter, last: datetime.date | None) -> syntax.Parameter:
    """A parameter whose last value ends with the day before its repeal."""
    kept = []
    for value in node.values:
        if last is None or value.start.first > last:
            continue
        ends = value.end.last if value.end else None
        cut = ends is None or ends > last
        kept.append(evolve(value, end=moment(last, value.start.span)) if cut else value)
    latest = max((value.start.first for value in kept), default=None)
    original = {id(value.start): value for value in node.values}
    made = [value if value.start.first == latest else original[id(value.start)] for value in kept]
    return evolve(node, values=tuple(made))


# ---- who stands over whom ----------------------------------------------------------------------


def _ranked(
    state: _State, rule: syntax.Rule, silent: frozenset[str], known: set[str]
) -> syntax.Rule:
    """The rule over those that stand where the rules that it overrides stood."""

    def ranked(body: syntax.RuleBody) -> syntax.RuleBody:
        names = tuple(_standing(state, rule, body.overrides, silent, known))
        return evolve(body, overrides=names) if names != body.overrides else body

    readings = tuple(evolve(one, body=ranked(one.body)) for one in rule.readings)
    return evolve(rule, body=ranked(rule.body), readings=readings)


def _standing(
    state: _State,
    rule: syntax.Rule,
    names: Iterable[syntax.Name],
    silent: frozenset[str],
    known: set[str],
) -> Iterator[syntax.Name]:
    for name in names:
        text, seen = name.text, set[str]()
        while text in state.successors and text not in seen:
            seen.add(text)
            text = state.successors[text]
        if text == rule.name.text and text != name.text:
            continue
        if text not in silent or text not in known:
            yield evolve(name, text=text)


__all__ = ["Amended", "Change", "Edition", "amended"]
