"""Coverage: does a policy carry every clause and every figure of its documents?

    text -> clauses (document) -> figures (figures) -> what accounts for them (measuring)

What a heading and what a figure looks like is data: `headings.toml`, `figures.toml`.
"""

from __future__ import annotations

from vocpolicy.coverage.document import Clause, Text, read_document, split
from vocpolicy.coverage.figures import Figure, Found, Idiom, find
from vocpolicy.coverage.measuring import Outlined, measure, outline
from vocpolicy.coverage.report import ClauseReport, FigureReport, Gap, Report

__all__ = [
    "Clause",
    "ClauseReport",
    "Figure",
    "FigureReport",
    "Found",
    "Gap",
    "Idiom",
    "Outlined",
    "Report",
    "Text",
    "find",
    "measure",
    "outline",
    "read_document",
    "split",
]
