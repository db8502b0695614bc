"""What makes the tree of one explanation: what was said already, and how deep it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from attrs import Factory, define, field

from vocpolicy.explain.nodes import Node
from vocpolicy.explain.phrases import Scope
from vocpolicy.needs import self_contained
from vocpolicy.once import Recent, kept_with
from vocpolicy.trace import ConclusionTrace, Step


class Reasons(Protocol):
    """How a conclusion that a condition asks for is explained (`vocpolicy.explain.rules`)."""

    def __call__(self, trace: ConclusionTrace, builder: Builder) -> tuple[Node, ...]: ...


class Nodes(Recent[int, tuple[Step, Node]]):
    """The nodes of steps, by the identities of these."""

    def of(self, step: Step) -> Node | None:
        """The node that was made of a step before."""
        found = self.get(id(step))
        return None if found is None else found[1]

    def put(self, step: Step, node: Node, scope: Scope) -> Node:
        """The node that is kept of a step; only what rests on facts and literals alone is said
        once for every case in which it is so."""
        if step.member is None and self_contained(scope.policy, step.expr):
            return self.keep(id(step), (step, node))[1]
        return node


def nodes_of_all(scope: Scope) -> Nodes:
    """Those of steps that were explained before, in whatever tree."""
    known = kept_with(scope.policy)
    key = ("nodes", scope.entity, scope.member)
    nodes: Nodes | None = known.get(key)
    return known.setdefault(key, Nodes()) if nodes is None else nodes


MOST_LEVELS = 24
"""How many named things are unfolded inside one another; what lies deeper is explained when it
is asked for by its name."""


@define
class Builder:
    """Makes one tree.  `seen` numbers the parts that may come again, by their traces; `nodes` are
    those of steps that were explained before, as `kept` has them; `level` counts what is named
    inside what is named."""

    scope: Scope
    reasons: Reasons
    seen: dict[int, int] = Factory(dict)
    kept: Callable[[Scope], Nodes] = nodes_of_all
    level: int = 0
    nodes: Nodes = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.nodes = self.kept(self.scope)

    def inside(self, scope: Scope) -> Builder:
        """The same tree, names looked up elsewhere."""
        same = scope == self.scope
        return self if same else Builder(scope, self.reasons, self.seen, self.kept, self.level)

    def deeper(self, scope: Scope) -> Builder:
        """The same tree, inside something that has a name of its own."""
        return Builder(scope, self.reasons, self.seen, self.kept, self.level + 1)

    @property
    def full(self) -> bool:
        """Whether what is named here is no longer unfolded."""
        return self.level >= MOST_LEVELS
