"""L001: a fact that nothing rests on.  Texts of a record are left alone: they tell it apart."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked, expressions


def find(checked: Checked) -> Iterator[Diagnostic]:
    policy = checked.policy
    used = _used(policy)
    for fact in policy.facts.values():
        if fact.name not in used:
            yield Diagnostic("L001", checked.name_in(fact.span), {"name": fact.name})
    for entity in policy.entities.values():
        for field in entity.fields.values():
            if field.name not in used and not isinstance(field.type, core.TextType):
                yield Diagnostic("L001", checked.name_in(field.span), {"name": field.name})


def _used(policy: core.Policy) -> set[str]:
    """Names of the facts and fields that something is worked out from, or bounded by."""
    used: set[str] = set()
    for provision in policy.provisions.values():
        used.update(provision.evidence)
    for expr in expressions(policy):
        match expr:
            case core.FactRef(name=name) | core.FieldRef(name=name):
                used.add(name)
            case core.Aggregate(start=start, end=end):
                used.update(name for name in (start, end) if name)
    for fact in _facts(policy):
        used |= {bound.name for _, bound in fact.compares if isinstance(bound, core.FactRef)}
    return used


def _facts(policy: core.Policy) -> Iterator[core.Fact]:
    yield from policy.facts.values()
    for entity in policy.entities.values():
        yield from entity.fields.values()
