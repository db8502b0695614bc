"""Files put together: what each name stands for, and in which order things depend on each other.

    files -> declared names -> order -> scope

`amended` puts dated changes into what they change, `collect` gathers declarations by name,
`mentions` says which names an expression uses, `order` sorts definitions and conclusions so that
each comes after what it uses, and finds cycles.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from vocpolicy import syntax
from vocpolicy.resolver.amendments import Amended, Edition, amended
from vocpolicy.resolver.changes import Change
from vocpolicy.resolver.collect import collect
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.resolver.order import check_bounds, check_overrides, ordered
from vocpolicy.resolver.scope import Definition, Scope

__all__ = ["Amended", "Change", "Definition", "Edition", "Mistakes", "Scope", "amended", "resolve"]


def resolve(files: Sequence[syntax.File], mistakes: Mistakes) -> Scope:
    """What the files declare together; mistakes are added to `mistakes`."""
    scope = collect(files, mistakes)
    check_overrides(scope, mistakes)
    bounds = check_bounds(scope, mistakes)
    order, cyclic = ordered(scope, mistakes)
    return evolve(scope, order=order, cyclic=cyclic | bounds)
