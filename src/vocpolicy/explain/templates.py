"""What of a tree comes from its leaves, so that it can be made again with others in their places.

A tree is made once with leaves of which every piece is marked: a copy that stands nowhere else.
What of the tree is such a piece comes from that leaf; all else is the same in every tree that is
made in the same way.  How trees are made is not known here, and no sentence is written.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias, TypeVar, assert_never

from attrs import AttrsInstance, Factory, define, field, fields, frozen

from vocpolicy.core import Labels
from vocpolicy.explain.nodes import Node, Side
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say, Term
from vocpolicy.once import MOST

T = TypeVar("T", bound=AttrsInstance)


class UnmarkedError(Exception):
    """A leaf of which not every piece can be marked, or a piece that others may not have."""


@frozen(eq=False)
class Leaf:
    """A node without parts; two leaves are told apart by identity.

    Attributes:
        shape: a number for all of it that the form of a tree may turn on; below zero where that
            cannot be told, and the tree has to be made anew.
    """

    node: Node
    shape: int


Leaves: TypeAlias = Mapping[int, Leaf]
"""The leaves of a case, by number."""


@frozen(eq=False)
class Source:
    """Where something in a tree comes from.

    Attributes:
        mark: equal for two that make the same from the same leaves.
        leaves: numbers of those that it comes from; none for what is always the same.
        of: makes it from the leaves of a case.
    """

    mark: Hashable
    leaves: frozenset[int]
    of: Callable[[Leaves], Any]


# ---- marking -----------------------------------------------------------------------------

Path: TypeAlias = "tuple[str | int, ...]"

WHAT_NOT: frozenset[Path] = frozenset((("says", "left"), ("says", "value"), ("says", "asked")))
"""Pieces of what says of a thing what it is not, which the shape of a leaf tells."""


def _again(thing: T, **changed: object) -> T:
    """A copy, as `evolve` makes it, in a fraction of its time."""
    whole = {name: getattr(thing, name) for name in _names(type(thing))}
    return type(thing)(**(whole | changed))


@cache
def _names(kind: type[AttrsInstance]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)


class _Text(str):
    """A text that is told apart by identity."""

    __slots__ = ()


@frozen(eq=False)
class Marks:
    """Every marked piece, by identity; held, so that no other gets its identity.

    Attributes:
        nodes: the marked nodes of leaves.
    """

    pieces: dict[int, tuple[object, int, Path]] = Factory(dict)
    nodes: dict[Leaf, Node] = Factory(dict)

    @property
    def full(self) -> bool:
        """Whether it is time for others."""
        return len(self.pieces) >= MOST

    def source(self, thing: object) -> Source | None:
        """Where something comes from that is a piece of a leaf.

        Raises:
            UnmarkedError: other leaves of the same shape may not have such a piece.
        """
        found = self.pieces.get(id(thing))
        if found is None:
            return None
        _, number, path = found
        if not (len(path) < 2 or (path[0] == "values" and len(path) < 4) or path in WHAT_NOT):
            raise UnmarkedError
        return Source((number, path), frozenset((number,)), _getter(number, path))

    def marked(self, leaf: Leaf, number: int) -> Node:
        """A copy of a leaf's node, with every piece marked as that of leaf number `number`.

        Raises:
            UnmarkedError: that cannot be done.
        """
        found = self.nodes.get(leaf)
        return (
            self.nodes.setdefault(leaf, self._marked(leaf.node, number)) if found is None else found
        )

    def _marked(self, node: Node, number: int) -> Node:
        if node.children or node.key is not None or node.number or node.same_as:
            raise UnmarkedError
        says = self._copied(node.says, number, ("says",))
        values = tuple(self._side(side, number, at) for at, side in enumerate(node.values))
        if values:
            self._kept(values, number, ("values",))
        copy = _again(node, says=says, values=values)
        self._kept(copy, number, ())
        return copy

    def _side(self, side: Side, number: int, at: int) -> Side:
        name = self._copied(side.name, number, ("values", at, "name"))
        copy = Side(name, self._copied(side.value, number, ("values", at, "value")))
        self._kept(copy, number, ("values", at))
        return copy

    def _copied(self, term: Term, number: int, path: Path) -> Term:
        copy: Term
        match term:
            case str():
                copy = _Text(term)
            case Labels() | Amount() | Band() | Day():
                copy = _again(term)
            case Listing(items, joint):
                several = enumerate(items)
                inside = (self._copied(one, number, (*path, place)) for place, one in several)
                copy = Listing(tuple(inside), joint)
            case Say(key, args):
                inner = {
                    name: self._copied(one, number, (*path, name)) for name, one in args.items()
                }
                copy = Say(key, inner)
            case _:
                assert_never(term)
        self._kept(copy, number, path)
        return copy

    def _kept(self, piece: object, number: int, path: Path) -> None:
        self.pieces[id(piece)] = piece, number, path


def _getter(number: int, path: Path) -> Callable[[Leaves], Any]:
    """What finds a piece of a leaf."""
    match path:
        case ():
            return lambda leaves: leaves[number].node
        case ("says",):
            return lambda leaves: leaves[number].node.says
        case ("values",):
            return lambda leaves: leaves[number].node.values
        case _:
            whole, *steps = path
            first = attrgetter(str(whole))

            def found(leaves: Leaves) -> Any:
                piece = first(leaves[number].node)
                for step in steps:
                    piece = _inside(piece, step)
                return piece

            return found


def _inside(whole: Any, step: Any) -> Any:
    match whole:
        case tuple():
            return whole[step]
        case Say(_, args):
            return args[step]
        case Listing(items):
            return items[step]
        case _:
            return getattr(whole, step)


# ---- following ---------------------------------------------------------------------------


@define(eq=False)
class Parts:
    """The parts that trees have had, each kept once; what they made of leaves is forgotten when
    it is too much."""

    known: dict[Hashable, Source] = Factory(dict)
    makers: list[Maker] = Factory(list)
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether it is time for others."""
        return len(self.known) >= MOST

    def source(self, node: Node, marks: Marks) -> Source:
        """Where a node of a tree that was made with marked leaves comes from; raises as `Marks`
        does."""
        piece = marks.source(node)
        if piece is not None:
            return piece
        says, values = _source(node.says, marks), _source(node.values, marks)
        key = None if node.key is None else _source(node.key, marks)
        children = tuple(self.source(child, marks) for child in node.children)
        same = (node.form, node.outcome, node.citations, node.assumptions, node.judged_by)
        place = (node.span, node.number, node.same_as)
        mark = (says.mark, values.mark, key and key.mark, children, same, place)
        found = self.known.get(mark)
        if found is None:
            self.known[mark] = found = self._made(mark, node, says, values, key, children)
        return found

    def _made(
        self,
        mark: Hashable,
        node: Node,
        says: Source,
        values: Source,
        key: Source | None,
        children: tuple[Source, ...],
    ) -> Source:
        leaves = says.leaves.union(
            values.leaves, key.leaves if key else (), *(child.leaves for child in children)
        )
        if not leaves:
            return Source(mark, leaves, lambda _: node)
        maker = Maker(self, node, itemgetter(*sorted(leaves)), says, values, key, children)
        self.makers.append(maker)
        return Source(mark, leaves, maker.of)

    def forget(self) -> None:
        """All that was made."""
        for maker in self.makers:
            maker.made = {}
        self.count = 0


@define(eq=False)
class Maker:
    """Makes one part of a tree; of the same leaves once.  `like` has what is always the same."""

    parts: Parts
    like: Node
    pick: Callable[[Leaves], object]
    says: Source
    values: Source
    key: Source | None
    children: tuple[Source, ...]
    made: dict[object, Node] = field(init=False, factory=dict)

    def of(self, leaves: Leaves) -> Node:
        picked = self.pick(leaves)
        found = self.made.get(picked)
        if found is None:
            if self.parts.count >= MOST:
                self.parts.forget()
            self.parts.count += 1
            self.made[picked] = found = self._make(leaves)
        return found

    def _make(self, leaves: Leaves) -> Node:
        like = self.like
        return Node(
            self.says.of(leaves),
            like.form,
            like.outcome,
            self.values.of(leaves),
            like.citations,
            like.assumptions,
            like.judged_by,
            like.span,
            tuple([child.of(leaves) for child in self.children]),
            None if self.key is None else self.key.of(leaves),
            like.number,
            like.same_as,
        )


NO_VALUES = Source((), frozenset(), lambda _: ())


def _source(thing: Any, marks: Marks) -> Source:
    """Where a term, or the values of a node, come from."""
    if thing == ():
        return NO_VALUES
    piece = marks.source(thing)
    if piece is not None:
        return piece
    match thing:
        case Say(key, args) if not args:
            return Source((Say, key), frozenset(), lambda _: thing)
        case Say(key, args):
            names = tuple(args)
            return _several(
                (Say, key, names),
                [_source(arg, marks) for arg in args.values()],
                thing,
                lambda given: Say(key, dict(zip(names, given, strict=True))),
            )
        case Listing(items, joint):
            inside = [_source(item, marks) for item in items]
            return _several((Listing, joint), inside, thing, lambda given: Listing(given, joint))
        case tuple():
            return _several(
                tuple, [_source(one, marks) for one in thing], thing, lambda given: given
            )
        case Side(name, value):
            inside = [_source(name, marks), _source(value, marks)]
            return _several(Side, inside, thing, lambda given: Side(*given))
        case _:
            return Source(thing, frozenset(), lambda _: thing)


def _several(
    mark: Hashable,
    inside: Iterable[Source],
    thing: Any,
    put: Callable[[tuple[Any, ...]], Any],
) -> Source:
    sources = tuple(inside)
    whole = (mark, tuple(source.mark for source in sources))
    leaves = frozenset[int]().union(*(source.leaves for source in sources))
    if not leaves:
        return Source(whole, leaves, lambda _: thing)
    makes = tuple(source.of for source in sources)
    return Source(whole, leaves, lambda given: put(tuple([make(given) for make in makes])))


def mark_of(thing: Any) -> Hashable:
    """Equal for terms, and values of nodes, that are equal."""
    match thing:
        case Say(key, args):
            return key, tuple([(name, mark_of(arg)) for name, arg in args.items()])
        case Listing(items, joint):
            return joint, tuple([mark_of(item) for item in items])
        case _:
            mark: Hashable = thing
            return mark
