"""L008: two names that a reader cannot tell apart, or hardly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic, Note, Words, skeleton
from vocpolicy.lint.reading import Checked, nodes

_NOTE = Words("the other name", "另一个名称")


def find(checked: Checked) -> Iterator[Diagnostic]:
    seen: dict[str, syntax.Name] = {}
    for name in _declared(checked):
        first = seen.setdefault(skeleton(name.text), name)
        if first.text != name.text:
            args = {"name": name.text, "other": first.text}
            yield Diagnostic("L008", name.span, args, (Note(first.span, _NOTE),))


def _declared(checked: Checked) -> Iterator[syntax.Name]:
    """The names that declarations give, in the order of the text."""
    seen: set[str] = set()
    named = (
        getattr(one, "name", None)
        for one in chain.from_iterable(map(nodes, checked.declarations()))
        if not isinstance(one, syntax.TypeName)
    )
    for name in named:
        if isinstance(name, syntax.Name) and name.text not in seen:
            seen.add(name.text)
            yield name
