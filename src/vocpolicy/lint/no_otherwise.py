"""L009: a conclusion of which nothing is said where no rule speaks."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    policy = checked.policy
    for conclusion in policy.conclusions.values():
        if conclusion.otherwise is None and not conclusion.table:
            always = any(
                statement.condition is None
                for name in conclusion.rules
                for body in policy.rules[name].bodies.values()
                for statement in body.statements
            )
            if not always:
                yield Diagnostic(
                    "L009", checked.name_in(conclusion.span), {"name": conclusion.name}
                )
