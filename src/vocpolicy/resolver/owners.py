"""Which policy each file belongs to, and which amends which."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

from vocpolicy import syntax
from vocpolicy.diagnostics import close_names
from vocpolicy.resolver.mistakes import Mistakes


@define(eq=False)
class Owner:
    """A policy with its files.

    Attributes:
        policy: None where no file declares one.
        amends: the policy that it amends, if it does.
    """

    policy: syntax.Policy | None
    files: list[syntax.File]
    amends: Owner | None = None


def owners_of(
    groups: Sequence[Sequence[syntax.File]], mistakes: Mistakes
) -> tuple[Owner, ...] | None:
    """The policies, each after the one that it amends; None where one amends a policy that is
    not there, or where they amend each other in a circle: it has been reported."""
    found = [owner for group in groups for owner in _of_group(group)]
    by_name = {owner.policy.name.text: owner for owner in reversed(found) if owner.policy}
    for owner in found:
        named = owner.policy.amends if owner.policy else None
        if named is None:
            continue
        owner.amends = by_name.get(named.text)
        if owner.amends is None:
            close = close_names(named.text, by_name)
            mistakes.add("V615", named.span, name=named.text, close=close)
            return None
    return _ordered(found, mistakes)


def _of_group(files: Sequence[syntax.File]) -> list[Owner]:
    """Files that were loaded together: each belongs to the policy that it declares, or else to
    the one that amends none of the others."""
    heads = [(node, file) for file in files for node in _policies(file)[:1]]
    if len(heads) < 2:
        policy = heads[0][0] if heads else None
        return [Owner(policy, list(files))] if files else []
    names = {node.name.text for node, _ in heads}
    owners = [Owner(node, [file]) for node, file in heads]
    inside = [owner for owner in owners if _amends(owner) not in names] or owners
    taken = {id(file) for _, file in heads}
    inside[0].files += [file for file in files if id(file) not in taken]
    return owners


def _policies(file: syntax.File) -> list[syntax.Policy]:
    return [node for node in file.declarations if isinstance(node, syntax.Policy)]


def _amends(owner: Owner) -> str | None:
    named = owner.policy.amends if owner.policy else None
    return named.text if named else None


def _ordered(owners: list[Owner], mistakes: Mistakes) -> tuple[Owner, ...] | None:
    ordered: list[Owner] = []
    waiting = list(owners)
    while waiting:
        ready = [one for one in waiting if one.amends is None or one.amends in ordered]
        if not ready:
            named = waiting[0].policy.amends if waiting[0].policy else None
            mistakes.add("V621", named.span if named else None, name=named.text if named else "")
            return None
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return tuple(ordered)
