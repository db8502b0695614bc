"""Checks of facts that are supplied and that nothing asked for reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vocpolicy import core
from vocpolicy.pycode.given import Unread
from vocpolicy.pycode.records import source
from vocpolicy.scalar.checks import Checker, but_for_bounds
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.records import Readers

_KEPT = "lambda value, other: value is None or other is None or {text}"


def unread(policy: core.Policy, declared: Mapping[str, core.Fact], space: dict[str, Any]) -> Unread:
    """How facts are checked that code does not read; `space` is what that code names.

    A fact that is bounded by more than another fact is left to the interpreter.
    """
    checker = Checker(policy, declared, space)

    def check_of(name: str) -> Callable[[Any], bool] | None:
        fact = declared.get(name)
        if fact is None:
            return None
        if isinstance(fact.type, core.ListType | core.RecordType):
            return _of_records(policy, fact.type, space)
        code = but_for_bounds(checker, name, "value")
        if code is None or not _related(checker, name):
            return None
        check: Callable[[Any], bool] = eval(f"lambda value: {code}", space)
        return check

    def bounds_of(name: str) -> Sequence[tuple[str, Callable[[Any, Any], bool]]]:
        return [
            (other, eval(_KEPT.format(text=text.format("value", "other")), space))
            for _, other, text in checker.relations(name)
        ]

    def code_of(name: str, variable: str) -> str | None:
        return but_for_bounds(checker, name, variable)

    return Unread(check_of, bounds_of, code_of)


def _related(checker: Checker, name: str) -> bool:
    """Whether code can say if its bounds by other facts are kept."""
    try:
        return all(other in checker.declared for _, other, _ in checker.relations(name))
    except UnsupportedError:
        return False


def _of_records(
    policy: core.Policy, kind: core.ListType | core.RecordType, around: Mapping[str, Any]
) -> Callable[[Any], bool] | None:
    space = {**around}
    readers = Readers(policy)
    readers.number(kind)
    try:
        records = readers.records(space)
    except UnsupportedError:
        return None
    exec(compile(source(records), "<policy>", "exec"), space)
    read = space["some0"]
    return lambda value: value is None or read(value) is not None
