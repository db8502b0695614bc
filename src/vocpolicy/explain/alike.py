"""Explanations of cases that look alike: in which every condition comes out the same.

Their trees have one form, and differ in their leaves: what conditions say of the values of the
facts.  A leaf is made by `conditions` the first time that its facts have these values, and a tree
by the whole of this package the first time that cases look like that; further trees are put
together from leaves (`templates`).

The form of a tree turns on little of what its leaves say: whether two say the same, and whether
several say of one thing what it is not.  That is told by the shape of a leaf (`Shapes`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping
from operator import itemgetter
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import Factory, define, evolve, frozen

from vocpolicy.core import Expr, Policy, Within
from vocpolicy.core.walk import children
from vocpolicy.explain import tables
from vocpolicy.explain.builder import Builder, Nodes
from vocpolicy.explain.conditions import made
from vocpolicy.explain.nodes import Explanation, Node
from vocpolicy.explain.phrases import Scope
from vocpolicy.explain.templates import Leaf, Marks, Parts, Source, UnmarkedError, mark_of
from vocpolicy.explain.terms import Say
from vocpolicy.interpreter import Facts, evaluate, new_scope
from vocpolicy.once import MOST, Recent
from vocpolicy.trace import Step

V = TypeVar("V")

MOST_WORDS = 8
"""In how many words, but for the value, it is remembered what a condition says."""

MOST_FORMS = 16
"""Forms that are kept of cases that look alike."""


class Condition(Protocol):
    """A condition that has no parts that are conditions (`vocpolicy.scalar`)."""

    @property
    def expr(self) -> Expr: ...
    @property
    def entity(self) -> str | None: ...
    @property
    def facts(self) -> tuple[int, ...]: ...


class Alike(Protocol):
    """One of the cases that look alike, by the values of its facts."""

    @property
    def forms(self) -> Forms: ...
    @property
    def values(self) -> tuple[Any, ...]: ...
    def facts_at(self, places: tuple[int, ...]) -> Facts:
        """Those of the facts that have these places in the values."""


Tell: TypeAlias = "Callable[[V, Callable[[Scope], Nodes]], Explanation]"
"""Makes the tree of a verdict, with nodes kept by where names are looked up."""


# ---- leaves ------------------------------------------------------------------------------


@frozen(eq=False)
class Shapes:
    """Numbers of shapes, and who said what: what one condition says is not told by its shape
    where another may say it too, of facts of its own.

    Attributes:
        said: the condition by what it says, whatever the value.
        alone: whether nobody else says that, by condition.
    """

    numbers: dict[Hashable, int] = Factory(dict)
    said: dict[Hashable, Expr] = Factory(dict)
    alone: dict[int, list[tuple[Say, bool]]] = Factory(dict)

    def of(self, node: Node, expr: Expr) -> int:
        says = node.says
        if not isinstance(says, Say) or node.children or not self._alone(says, node, expr):
            return -1
        rest = (node.form, node.outcome, node.citations, node.assumptions, node.judged_by)
        shape = (*rest, len(node.values), says.key == WHAT_NOT)
        return self.numbers.setdefault(shape, len(self.numbers))

    def _alone(self, says: Say, node: Node, expr: Expr) -> bool:
        """Worked out once for all that a condition says in the same words of other values."""
        said = self.alone.setdefault(id(expr), [])
        for before, alone in said:
            if _in_the_same_words(says, before):
                return alone
        words = {name: arg for name, arg in says.args.items() if name != VALUE}
        alone = self._first(mark_of(Say(says.key, words)), expr)
        if says.key == WHAT_NOT:
            left = expr.item if isinstance(expr, Within) else children(expr)[0]
            alone = self._first(mark_of(node.values[0].name), left) and alone
        if len(said) < MOST_WORDS:
            said.append((says, alone))
        return alone

    def _first(self, mark: Hashable, expr: Expr) -> bool:
        return self.said.setdefault(mark, expr) == expr


def _in_the_same_words(one: Say, other: Say) -> bool:
    return (
        one.key == other.key
        and one.args.keys() == other.args.keys()
        and all(one.args[name] == arg for name, arg in other.args.items() if name != VALUE)
    )


WHAT_NOT, VALUE = "is_other", "value"
"""The sentence that says of a thing what it is not; and what differs in what a condition says."""

Pick: TypeAlias = "Callable[[tuple[Any, ...]], object]"
"""Of the values of a case, those of some facts."""


@frozen(eq=False)
class Shown:
    """A condition as trees show it, from where names are looked up; its leaves by the values of
    its facts."""

    number: int
    condition: Condition
    scope: Scope
    pick: Pick
    leaves: dict[object, Leaf] = Factory(dict)


@define(eq=False)
class Shelf:
    """What is kept for what a policy provides under a name on a date.

    Attributes:
        conditions: by the identity of their nodes.
        shown: by that and the entity whose names are known.
        count: leaves that are kept.
        trees: by how they were made, and their leaves.
        learnt, served: how many forms were learnt, and how many trees were made by them.
    """

    policy: Policy
    as_of: datetime.date
    conditions: Mapping[int, Condition]
    shown: dict[tuple[int, str | None], Shown] = Factory(dict)
    shapes: Shapes = Factory(Shapes)
    parts: Parts = Factory(Parts)
    marks: Marks = Factory(Marks)
    trees: Recent[tuple[object, ...], Explanation] = Factory(Recent)
    count: int = 0
    learnt: int = 0
    served: int = 0

    def leaf(self, shown: Shown, alike: Alike) -> Leaf:
        """The leaf that a condition makes of a case."""
        found = shown.leaves.get(shown.pick(alike.values))
        if found is not None:
            return found
        condition = shown.condition
        facts = alike.facts_at(condition.facts)
        scope = new_scope(self.policy, facts, self.as_of).enter(condition.entity)
        node = made(evaluate(scope, condition.expr), Builder(shown.scope, tables.reasons))
        return self.kept(shown, alike.values, node)

    def kept(self, shown: Shown, values: tuple[Any, ...], node: Node) -> Leaf:
        """The leaf of that node, unless there is one for the same values."""
        found = shown.leaves.get(shown.pick(values))
        if found is not None:
            return found
        if self.count >= MOST:
            self.forget()
        self.count += 1
        leaf = Leaf(node, self.shapes.of(node, shown.condition.expr))
        return shown.leaves.setdefault(shown.pick(values), leaf)

    def place(self, condition: Condition, scope: Scope) -> Shown:
        """Where the leaves of a condition are kept."""
        key = (id(condition.expr), scope.entity)
        found = self.shown.get(key)
        if found is None:
            pick = itemgetter(*condition.facts) if condition.facts else _nothing
            made_ = Shown(len(self.shown), condition, scope, pick)
            found = self.shown.setdefault(key, made_)
        return found

    def make_room(self) -> None:
        """Others for what is full; forms that are known keep what they have."""
        if self.marks.full:
            self.marks = Marks()
        if self.parts.full:
            self.parts = Parts()

    def forget(self) -> None:
        """The leaves, what was made of them, and which of them said what."""
        for shown in self.shown.values():
            shown.leaves.clear()
        self.parts.forget()
        self.trees.clear()
        self.shapes = Shapes(self.shapes.numbers)
        self.count = 0


def _nothing(_: object) -> object:
    return ()


# ---- trees -------------------------------------------------------------------------------


@frozen(eq=False)
class Form:
    """What makes the tree of a case from its leaves; `like` has what is always the same."""

    like: Explanation
    parts: tuple[Source, ...]

    def of(self, leaves: Mapping[int, Leaf]) -> Explanation:
        like = self.like
        return Explanation(
            like.name,
            like.kind,
            like.label,
            like.outcome,
            like.wording,
            like.as_of,
            like.documents,
            like.value,
            like.citations,
            tuple([part.of(leaves) for part in self.parts]),
        )


@frozen(eq=False)
class Ways:
    """How the trees of cases that look alike were made.

    Attributes:
        shown: the conditions that the trees show.
        numbers, picks: of these, and where their leaves are found.
        forms: by the shapes of leaves; None where the tree has to be made anew.
    """

    shown: tuple[Shown, ...]
    numbers: tuple[int, ...]
    picks: tuple[tuple[dict[object, Leaf], Pick], ...]
    forms: dict[tuple[int, ...], Form | None] = Factory(dict)

    @classmethod
    def of(cls, shown: tuple[Shown, ...]) -> Ways:
        picks = tuple((one.leaves, one.pick) for one in shown)
        return cls(shown, tuple(one.number for one in shown), picks)


@define(eq=False)
class Forms:
    """The forms that the trees of cases that look alike have had.

    Attributes:
        told: whether a tree was made while there was no form.
        ways: None before there is one.
    """

    shelf: Shelf
    told: bool = False
    ways: Ways | None = None

    def give_up(self) -> None:
        """No form will do."""
        self.ways = Ways.of(())
        self.ways.forms[()] = None


def tree_of(alike: Alike, tell: Tell[V], verdict: V) -> Explanation | None:
    """The tree of a case that looks like others; None where it has to be made as any is."""
    forms = alike.forms
    ways, shelf = forms.ways, forms.shelf
    if ways is None:
        if forms.told or shelf.served >= shelf.learnt:
            return _learnt(alike, tell, verdict)
        forms.told = True  # cases hardly ever look alike: a form may never be asked for again
        return None
    shelf.served += 1
    values = alike.values
    try:
        leaves = [found[pick(values)] for found, pick in ways.picks]
    except KeyError:
        leaves = [shelf.leaf(shown, alike) for shown in ways.shown]
    key = (ways, *leaves)
    tree = shelf.trees.get(key)
    if tree is not None:
        return tree
    try:
        form = ways.forms[tuple([leaf.shape for leaf in leaves])]
    except KeyError:
        return _learnt(alike, tell, verdict)
    if form is None:
        return None
    return shelf.trees.keep(key, form.of(dict(zip(ways.numbers, leaves, strict=True))))


def _learnt(alike: Alike, tell: Tell[V], verdict: V) -> Explanation | None:
    """The tree, made as any is but of marked leaves; its form is kept."""
    forms, shelf = alike.forms, alike.forms.shelf
    shelf.learnt += 1
    shelf.make_room()
    marking = _Marking(shelf, alike.values, shelf.marks)
    whole = tell(verdict, marking.nodes)
    ways, shown = forms.ways, tuple(marking.leaves)
    if ways is None:
        forms.ways = ways = Ways.of(shown)
    changed = ways.shown != shown or len(ways.forms) >= MOST_FORMS
    if marking.lost or changed or whole.value is not None:
        forms.give_up()
        return None
    shapes = tuple(leaf.shape for leaf in marking.leaves.values())
    if any(shape < 0 for shape in shapes):
        ways.forms[shapes] = None
        return None
    try:
        parts = tuple(shelf.parts.source(part, marking.marks) for part in whole.parts)
    except UnmarkedError:
        forms.give_up()
        return None
    ways.forms[shapes] = form = Form(evolve(whole, parts=()), parts)
    return form.of({one.number: leaf for one, leaf in marking.leaves.items()})


@define(eq=False)
class _Marking:
    """Gives a builder marked leaves, and notes which it took; `lost` says that one could not be
    marked."""

    shelf: Shelf
    values: tuple[Any, ...]
    marks: Marks
    leaves: dict[Shown, Leaf] = Factory(dict)
    scopes: dict[tuple[str | None, str | None], Nodes] = Factory(dict)
    lost: bool = False

    def nodes(self, scope: Scope) -> Nodes:
        return self.scopes.setdefault((scope.entity, scope.member), _Marked(self, scope))

    def marked(self, shown: Shown, leaf: Leaf) -> Node:
        self.leaves[shown] = leaf
        try:
            return self.marks.marked(leaf, shown.number)
        except UnmarkedError:
            self.lost = True
            return leaf.node


class _Marked(Nodes):
    """Nodes of one tree, from where names are looked up: those of leaves, marked."""

    def __init__(self, marking: _Marking, scope: Scope) -> None:
        super().__init__()
        self.marking, self.scope = marking, scope

    def of(self, step: Step) -> Node | None:
        before = super().of(step)
        shown = None if before is not None else self._shown(step)
        if shown is None:
            return before
        leaf = shown.leaves.get(shown.pick(self.marking.values))
        return None if leaf is None else self._marked(step, shown, leaf)

    def put(self, step: Step, node: Node, scope: Scope) -> Node:
        shown = self._shown(step)
        if shown is None:
            return node
        leaf = self.marking.shelf.kept(shown, self.marking.values, node)
        return self._marked(step, shown, leaf)

    def _shown(self, step: Step) -> Shown | None:
        condition = self.marking.shelf.conditions.get(id(step.expr))
        return None if condition is None else self.marking.shelf.place(condition, self.scope)

    def _marked(self, step: Step, shown: Shown, leaf: Leaf) -> Node:
        return self.keep(id(step), (step, self.marking.marked(shown, leaf)))[1]
