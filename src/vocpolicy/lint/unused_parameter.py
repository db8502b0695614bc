"""L011: a parameter that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked, expressions


def find(checked: Checked) -> Iterator[Diagnostic]:
    policy = checked.policy
    used = {one.name for one in expressions(policy) if isinstance(one, core.DefinitionRef)}
    for definition in policy.definitions.values():
        if definition.form == "parameter" and definition.name not in used:
            yield Diagnostic("L011", checked.name_in(definition.span), {"name": definition.name})
