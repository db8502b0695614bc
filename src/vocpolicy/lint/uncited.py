"""L003: a figure that no clause is cited for and that is not said to be assumed."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.figures import figures
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    for figure in figures(checked.policy):
        if not figure.grounds.citations and not figure.grounds.assumptions:
            yield Diagnostic("L003", figure.span, {"figure": figure.span.text})
