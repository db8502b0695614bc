"""L002: a target that does not say by when it is to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    for target in checked.policy.targets.values():
        goals = {id(body.goal.span): body.goal for body in target.bodies.values()}
        for goal in goals.values():
            if goal.date is None:
                yield Diagnostic("L002", goal.span, {"name": target.name})
