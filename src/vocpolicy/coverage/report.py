"""What coverage finds: each clause and figure of the documents, and what accounts for it."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from vocpolicy.core import Labels
from vocpolicy.coverage.document import Clause
from vocpolicy.coverage.figures import Figure, Idiom


@frozen
class FigureReport:
    """A figure, the names of what carries it, and the reason why it is set aside, if it is."""

    figure: Figure
    provisions: tuple[str, ...] = ()
    set_aside: Labels | None = None

    @property
    def accounted(self) -> bool:
        return bool(self.provisions) or self.set_aside is not None


@frozen
class ClauseReport:
    """A clause of a document.

    Attributes:
        document: name of the document in the policy.
        provisions: names of what cites the clause; for a heading without text of its own, of
            what cites the clauses under it.
        figures: in the order of the text; its own number comes first.
        set_aside: why the whole clause is set aside, if it is.
    """

    document: str
    clause: Clause
    provisions: tuple[str, ...]
    figures: tuple[FigureReport, ...]
    idioms: tuple[Idiom, ...] = ()
    set_aside: Labels | None = None

    @property
    def accounted(self) -> bool:
        carried = bool(self.provisions) or self.set_aside is not None
        return carried or self.clause.heading_only


@frozen
class Gap:
    """A clause (`text` is None) or a figure that nothing accounts for, and the text around it."""

    document: str
    clause: str
    text: str | None
    context: str


@frozen
class Report:
    """The coverage of the documents by a policy."""

    clauses: tuple[ClauseReport, ...]
    unaccounted: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Whether every clause and every figure is accounted for."""
        return not self.unaccounted

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The report as JSON takes it; reasons are in the language asked for."""
        return {
            "clauses": [_clause(clause, lang) for clause in self.clauses],
            "unaccounted": [
                {
                    "document": gap.document,
                    "clause": gap.clause,
                    "text": gap.text,
                    "context": gap.context,
                }
                for gap in self.unaccounted
            ],
        }


def _clause(report: ClauseReport, lang: str) -> dict[str, Any]:
    return {
        "document": report.document,
        "clause": report.clause.name,
        "provisions": list(report.provisions),
        "set_aside": _reason(report.set_aside, lang),
        "figures": [
            {
                "text": figure.figure.text,
                "provisions": list(figure.provisions),
                "set_aside": _reason(figure.set_aside, lang),
            }
            for figure in report.figures
        ],
    }


def _reason(labels: Labels | None, lang: str) -> str | None:
    return None if labels is None else labels.get(lang)
