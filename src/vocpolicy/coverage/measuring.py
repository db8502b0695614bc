"""Is every clause and every figure of the documents accounted for?

A figure is *carried* by whatever cites its clause with a locator that holds it: a fact, a
definition, a recorded value, a parameter, a rule, a target or a provision.  Or it is *set aside*,
with a reason.  A clause is carried by whatever cites it, or set aside whole (a `set aside`
without a locator, which then covers its figures too).  The number of a clause is set aside
by the tool.  A heading without text of its own asks for nothing by itself; its figures do.

What can't be set aside, whatever the policy says:

- a figure that measures something (a number with its measure word, a percentage, a range, `全覆盖`,
  `持平`: `goal = true` in `figures.toml`) in a clause that sets goals;
- a clause that sets goals, as a whole.

A clause sets goals if its heading, or one that it stands under, says so (`[goals]` in
`headings.toml`: goals, tasks, indicators, measures, safeguards) and none of them says that it
looks back.  Names that hold a numeral (5G, 三大), dates, ordinals and document numbers may be set
aside anywhere.

To hold a figure that measures something, a locator must hold all of its number: `4所` does not
carry `2-4所`.  Any other figure is held by a locator that shares a character with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from attrs import frozen

from vocpolicy.core import Labels, Policy
from vocpolicy.coverage.citing import Standing, standing
from vocpolicy.coverage.document import Clause, Text, split
from vocpolicy.coverage.figures import Figure, Found, find
from vocpolicy.coverage.report import ClauseReport, FigureReport, Gap, Report
from vocpolicy.coverage.squeeze import readable
from vocpolicy.diagnostics import Diagnostic, DocumentError, PolicyError, UsageError, close_names

ITEM_NUMBER = Labels("item number", "条款序号")
AROUND = 12
"""Characters of context on each side of a figure that nothing accounts for."""


@frozen
class Outlined:
    """A clause, and the figures and idioms in it (its own number not among them)."""

    clause: Clause
    found: Found


def outline(text: Text) -> tuple[Outlined, ...]:
    """The clauses of a document with their figures, for reports and for drafts of policies."""
    return tuple(
        Outlined(clause, find(text.text[: clause.end], max(clause.start, clause.label_end)))
        for clause in text.clauses
    )


def measure(policy: Policy, documents: Mapping[str, str]) -> Report:
    """How a policy accounts for the texts of its documents, by the names it gives them.

    Raises:
        UsageError: the policy has no document of that name (V504).
        DocumentError: a text is empty (V508).
        PolicyError: a citation names a clause that isn't there (V502), or a locator that doesn't
            stand in its clause (V501); a `set aside` sets aside what it can't (V503, V507).
    """
    _check_documents(policy, documents)
    texts = {name: split(text) for name, text in documents.items()}
    stand, problems = standing(policy, texts)
    outlines = {name: outline(text) for name, text in texts.items()}
    problems += _refused(stand, outlines)
    if problems:
        raise PolicyError(sorted(problems, key=_place))
    reports = tuple(
        report
        for name, outlined in outlines.items()
        for report in _document(name, outlined, [s for s in stand if s.citation.document == name])
    )
    return Report(reports, _gaps(reports, texts))


def _check_documents(policy: Policy, documents: Mapping[str, str]) -> None:
    unknown = [name for name in documents if name not in policy.documents]
    if unknown:
        names = list(policy.documents)
        raise UsageError(
            Diagnostic("V504", args={"name": name, "near": close_names(name, names)})
            for name in unknown
        )
    empty = [name for name, text in documents.items() if not text.strip()]
    if empty:
        raise DocumentError(Diagnostic("V508", args={"name": name}) for name in empty)


def _place(problem: Diagnostic) -> tuple[str, int]:
    return (problem.span.source.name, problem.span.start) if problem.span else ("", 0)


def holds(span: tuple[int, int], figure: Figure) -> bool:
    """Whether a locator at a span carries a figure."""
    start, end = span
    if figure.goal:
        return start <= figure.core_start and figure.core_end <= end
    return start < figure.end and figure.start < end


def _refused(
    stand: tuple[Standing, ...], outlines: Mapping[str, tuple[Outlined, ...]]
) -> tuple[Diagnostic, ...]:
    """What is set aside and can't be."""
    figures = {
        (name, item.clause.name): item.found.figures
        for name, outlined in outlines.items()
        for item in outlined
    }
    problems = []
    for aside in stand:
        if aside.reason is None or not aside.clause.goals:
            continue
        args: dict[str, object] = {"clause": aside.clause.name}
        if not aside.spans and not aside.clause.heading_only:
            problems.append(Diagnostic("V507", aside.span, args))
        for figure in figures[aside.citation.document, aside.clause.name]:
            if figure.goal and any(holds(span, figure) for span in aside.spans):
                problems.append(Diagnostic("V503", aside.span, args | {"figure": figure.text}))
    return tuple(problems)


def _document(
    name: str, outlined: tuple[Outlined, ...], stand: list[Standing]
) -> list[ClauseReport]:
    by_clause: dict[str, list[Standing]] = {item.clause.name: [] for item in outlined}
    for citation in stand:
        by_clause[citation.clause.name].append(citation)
    return [_clause(name, item, by_clause, outlined) for item in outlined]


def _clause(
    document: str,
    item: Outlined,
    by_clause: Mapping[str, list[Standing]],
    outlined: tuple[Outlined, ...],
) -> ClauseReport:
    stand = by_clause[item.clause.name]
    own = list(stand)
    if item.clause.heading_only:
        below = [each.clause.name for each in outlined if item.clause.name in each.clause.parents]
        own += [citation for name in below for citation in by_clause[name]]
    whole = next((s.reason for s in stand if s.reason is not None and not s.spans), None)
    number = (
        [FigureReport(_number(item.clause), set_aside=ITEM_NUMBER)] if item.clause.label else []
    )
    figures = [_figure(figure, stand, whole) for figure in item.found.figures]
    return ClauseReport(
        document, item.clause, _names(own), (*number, *figures), item.found.idioms, whole
    )


def _names(stand: list[Standing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.by for citation in stand if citation.reason is None))


def _figure(figure: Figure, stand: list[Standing], whole: Labels | None) -> FigureReport:
    holding = [s for s in stand if any(holds(span, figure) for span in s.spans)]
    reasons = [citation.reason for citation in holding if citation.reason is not None]
    return FigureReport(figure, _names(holding), reasons[0] if reasons else whole)


def _number(clause: Clause) -> Figure:
    """A clause's own number, as a figure."""
    place = (clause.start, clause.label_end)
    return Figure(clause.label, ITEM_NUMBER, False, *place, *place)


def _gaps(reports: tuple[ClauseReport, ...], texts: Mapping[str, Text]) -> tuple[Gap, ...]:
    gaps = []
    for report in reports:
        text, clause = texts[report.document].text, report.clause
        if not report.accounted:
            first = clause.label_end if clause.label else clause.start
            words = readable(text[first : clause.end]).text
            gaps.append(Gap(report.document, clause.name, None, words[: 2 * AROUND]))
        for item in report.figures:
            if not item.accounted:
                around = _around(text, clause, item.figure)
                gaps.append(Gap(report.document, clause.name, item.figure.text, around))
    return tuple(gaps)


def _around(text: str, clause: Clause, figure: Figure) -> str:
    """A figure with what stands around it."""
    kept = readable(text[clause.start : clause.end])
    before = bisect_left(kept.origins, figure.start - clause.start)
    after = bisect_left(kept.origins, figure.end - clause.start)
    return kept.text[max(0, before - AROUND) : after + AROUND].strip()
