"""L004: a figure whose citations do not say where in the clause it stands."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.lint.figures import figures
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    for figure in figures(checked.policy):
        cited = figure.grounds.citations
        if cited and not figure.grounds.assumptions and not any(one.locator for one in cited):
            args = {"figure": figure.span.text, "clause": cited[0].clause}
            yield Diagnostic("L004", figure.span, args)
