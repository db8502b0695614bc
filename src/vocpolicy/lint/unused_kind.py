"""L012: a kind that nothing counts, a choice or an entity that no fact and no rule is about."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked, expressions, types
from vocpolicy.quantities import kind_of


def find(checked: Checked) -> Iterator[Diagnostic]:
    policy = checked.policy
    used = _used(policy)
    places = {name: kind.span for name, kind in policy.kinds.items()}
    places |= {name: choice.span for name, choice in policy.choices.items()}
    places |= {name: entity.span for name, entity in policy.entities.items()}
    for name, span in places.items():
        if name not in used:
            yield Diagnostic("L012", checked.name_in(span), {"name": name})


def _used(policy: core.Policy) -> set[str]:
    """Names of what is counted, chosen from, recorded, or judged."""
    used = {rule.entity for rule in policy.rules.values()}
    used |= {definition.entity for definition in policy.definitions.values()}
    for type_ in types(policy):
        used.add(_named(type_))
    for expr in expressions(policy):
        if isinstance(expr, core.Const | core.Range):
            used.add(_named(expr.type))
    return {name for name in used if name}


def _named(type_: core.Type) -> str | None:
    match type_:
        case core.ChoiceType(name=name) | core.RecordType(entity=name):
            return name
        case core.NumberType(dimension=dimension):
            return kind_of(dimension) or next(
                (base.removeprefix("count:") for base, _ in dimension if ":" in base), None
            )
        case _:
            return None
