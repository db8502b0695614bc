"""Where two expressions differ: the smallest parts that do, each beside what stood there before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core.walk import children, within
from vocpolicy.difference.meaning import bare, same

Part: TypeAlias = "core.Expr | core.Band | None"
T = TypeVar("T")


@frozen(eq=False)
class Changed:
    """A part of an old expression and what stands in its place; None where one is absent.

    Attributes:
        figure: whether only figures in it differ.
        citations: of the line that it stands on, as it is now, or was.
    """

    old: Part
    new: Part
    figure: bool = False
    citations: tuple[core.Citation, ...] = ()


def changed(old: core.Expr | None, new: core.Expr | None) -> Iterator[Changed]:
    """The smallest conditions, values and lines in which two expressions differ."""
    if same(old, new):
        return
    match old, new:
        case core.All() as one, core.All() as other:
            yield from _parts(one, other)
        case core.Any() as one, core.Any() as other:
            yield from _parts(one, other)
        case core.Scale(), core.Scale() if _one_scale(old, new):
            for before, now in aligned(old.bands, new.bands, bare, shape):
                if before is None or now is None or not same(before, now):
                    kept = now or before
                    figure = before is not None and now is not None
                    yield Changed(before, now, figure, kept.citations if kept else ())
        case _:
            inner = _inner(old, new)
            if inner is not None:
                yield from changed(*inner)
            else:
                figure = old is not None and new is not None and shape(old) == shape(new)
                yield Changed(old, new, figure)


def _parts(old: core.All | core.Any, new: core.All | core.Any) -> Iterator[Changed]:
    def meaning(part: core.Part) -> Hashable:
        found: Hashable = bare(part.expr)
        return found

    def likeness(part: core.Part) -> Hashable:
        found: Hashable = shape(part.expr)
        return found

    for left, right in aligned(old.parts, new.parts, meaning, likeness):
        pair = None if left is None else left.expr, None if right is None else right.expr
        kept = right or left
        for one in changed(*pair):
            own = kept.citations if kept is not None else ()
            yield evolve(one, citations=one.citations or own)


def cited_within(*exprs: core.Expr | None) -> tuple[core.Citation, ...]:
    """What the lines of blocks and scales cite."""
    found: list[core.Citation] = []
    for one in within(*exprs):
        if isinstance(one, core.All | core.Any):
            found += [citation for part in one.parts for citation in part.citations]
        elif isinstance(one, core.Scale):
            found += [citation for band in one.bands for citation in band.citations]
    return tuple(found)


def _one_scale(old: core.Scale, new: core.Scale) -> bool:
    return old.kind == new.kind and same(old.operand, new.operand)


def _inner(
    old: core.Expr | None, new: core.Expr | None
) -> tuple[core.Expr | None, core.Expr | None] | None:
    """The one operand in which two expressions differ, where a scale stands in it."""
    if old is None or new is None or type(old) is not type(new):
        return None
    if any(getattr(old, name, None) != getattr(new, name, None) for name in _OWN):
        return None
    pairs = list(zip(children(old), children(new), strict=False))
    unlike = [pair for pair in pairs if not same(*pair)]
    if len(children(old)) != len(children(new)) or len(unlike) != 1:
        return None
    scaled = any(isinstance(one, core.Scale) for one in within(unlike[0][0]))
    return unlike[0] if scaled else None


_OWN = ("operator", "mode", "kind", "unit", "negated")
"""What tells two nodes of a class apart, besides what they are made of."""


def shape(part: Any) -> Any:
    """A part apart from its figures and its names: two of one shape are likely versions of one."""
    if isinstance(part, core.Band):
        return ("line", shape(part.value))
    return bare(_without_figures(part))


def _without_figures(value: Any) -> Any:
    match value:
        case core.Const():
            return core.Const(False, core.YesNoType())
        case core.Compare(left=left, right=right):
            kept = _without_figures(left), _without_figures(right)
            return evolve(value, left=kept[0], right=kept[1])
        case core.Equal(left=left, right=right):
            kept = _without_figures(left), _without_figures(right)
            return evolve(value, left=kept[0], right=kept[1])
        case core.Arithmetic(left=left, right=right) | core.Divide(left=left, right=right):
            kept = _without_figures(left), _without_figures(right)
            return evolve(value, left=kept[0], right=kept[1])
        case core.Not(operand=operand) | core.Round(operand=operand):
            return evolve(value, operand=_without_figures(operand))
        case core.Choose(members=members):
            return evolve(value, members=tuple(_without_figures(one) for one in members))
        case core.All(parts=parts) | core.Any(parts=parts):
            made = tuple(evolve(one, expr=_without_figures(one.expr)) for one in parts)
            return evolve(value, parts=made)
        case _:
            return value


def aligned(
    old: Sequence[T],
    new: Sequence[T],
    meaning: Callable[[T], Hashable],
    likeness: Callable[[T], Hashable],
) -> Iterator[tuple[T | None, T | None]]:
    """Two lists side by side: what is the same, then what is alike, then what has no fellow, in
    the order of the new list."""
    ones, others = [meaning(one) for one in old], [meaning(one) for one in new]
    matcher = SequenceMatcher(None, ones, others, autojunk=False)
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[low:high], new[first:last], strict=True)
        else:
            yield from _matched(list(old[low:high]), list(new[first:last]), likeness)


def _matched(
    old: list[T], new: list[T], likeness: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """Those that are alike together; of the rest, as many as there are of both."""
    left = list(old)
    found: list[tuple[T | None, T]] = []
    for other in new:
        kind = likeness(other)
        at = next((place for place, one in enumerate(left) if likeness(one) == kind), None)
        found.append((None if at is None else left.pop(at), other))
    for one, other in found:
        fellow = left.pop(0) if one is None and left and len(old) == len(new) else one
        yield fellow, other
    yield from ((one, None) for one in left)
