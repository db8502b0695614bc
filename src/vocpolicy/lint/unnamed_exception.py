"""L006: an exception that nobody can name: it gives no reason, and its rule has no label."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    for rule in checked.declarations():
        if not isinstance(rule, syntax.Rule):
            continue
        bodies = (rule.body, *(reading.body for reading in rule.readings))
        statements = [statement for body in bodies for statement in body.statements]
        for statement in statements:
            for exception in statement.exceptions:
                if exception.attributes.because is None:
                    yield Diagnostic("L006", exception.span)
        labelled = rule.body.labels is not None
        explained = any(statement.attributes.because for statement in statements)
        if any(body.overrides for body in bodies) and not labelled and not explained:
            yield Diagnostic("L006", rule.name.span)
