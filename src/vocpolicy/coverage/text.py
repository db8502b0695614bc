"""Coverage as text: what carries each clause and figure, and what nothing carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vocpolicy.coverage.measuring import ITEM_NUMBER, Outlined
from vocpolicy.coverage.report import ClauseReport, FigureReport, Gap, Report
from vocpolicy.diagnostics import Words
from vocpolicy.diagnostics.text import width

SET_ASIDE = Words("set aside: {reason}", "不计入：{reason}")
NOTHING = Words("NOT ACCOUNTED FOR", "尚无着落")
HEADING = Words("heading only", "仅为标题")
IDIOMS = Words("Numerals that are no numbers:", "不表示数目的数字用字：")
GAPS = Words("Not accounted for:", "尚无着落：")
WHOLE_CLAUSE = Words("the clause: {context}", "整条：{context}")
FIGURE = Words("{text} in: {context}", "{text}，见：{context}")
TOTALS = (
    (Words("clauses", "条款"), Words("figures", "数字")),
    Words(
        "{what}: {done} of {all} accounted for ({percent} %), {aside} of them set aside",
        "{what}：共 {all} 处，已有着落 {done} 处（{percent}%），其中不计入 {aside} 处",
    ),
)
GOAL = Words("goal", "目标")
JOIN = Words(", ", "、")


def render(report: Report, lang: str = "en") -> str:
    """The report as text: each clause and figure, idioms, gaps, and the totals last."""
    blocks = [_clause(clause, lang) for clause in report.clauses]
    blocks.append(_idioms(report.clauses, lang))
    if report.unaccounted:
        blocks.append([GAPS.get(lang), *(_gap(gap, lang) for gap in report.unaccounted)])
    blocks.append(_totals(report, lang))
    return "\n".join("\n".join(block) for block in blocks if block)


def listing(outlined: Iterable[Outlined], lang: str = "en") -> str:
    """The clauses and figures found in a text, for someone who is about to write its rules.

    A clause or figure marked as a goal can't be set aside.
    """
    lines = []
    for item in outlined:
        clause = item.clause
        marks = [HEADING.get(lang)] if clause.heading_only else []
        marks += [GOAL.get(lang)] if clause.goals else []
        lines.append(_row(clause.name, f"{clause.title}{_bracketed(marks)}").rstrip())
        for figure in item.found.figures:
            kinds = [figure.kind.get(lang)]
            kinds += [GOAL.get(lang)] if figure.goal and clause.goals else []
            lines.append("    " + _row(figure.text, JOIN.get(lang).join(kinds)))
    return "\n".join(lines)


def _bracketed(marks: list[str]) -> str:
    return f"  [{', '.join(marks)}]" if marks else ""


def _row(first: str, second: str, column: int = 16) -> str:
    return first + " " * max(2, column - width(first)) + second


def _clause(report: ClauseReport, lang: str) -> list[str]:
    clause = report.clause
    head = _row(f"{report.document} {clause.name}", clause.title, 20).rstrip()
    return [
        head,
        f"    {_clause_by(report, lang)}",
        *(
            "    " + _row(item.figure.text, _figure_by(item, lang))
            for item in report.figures
            if item.set_aside != ITEM_NUMBER
        ),
    ]


def _clause_by(report: ClauseReport, lang: str) -> str:
    if report.clause.heading_only:
        return HEADING.get(lang)
    if report.set_aside is not None:
        aside = SET_ASIDE.get(lang).format(reason=report.set_aside.get(lang))
        return JOIN.get(lang).join([*report.provisions, aside])
    return JOIN.get(lang).join(report.provisions) or NOTHING.get(lang)


def _figure_by(item: FigureReport, lang: str) -> str:
    if item.provisions:
        return JOIN.get(lang).join(item.provisions)
    if item.set_aside is not None:
        return SET_ASIDE.get(lang).format(reason=item.set_aside.get(lang))
    return NOTHING.get(lang)


def _idioms(clauses: tuple[ClauseReport, ...], lang: str) -> list[str]:
    """Each idiom with how often it stands, under the reason why it is no number."""
    counts = Counter((idiom.reason, idiom.text) for clause in clauses for idiom in clause.idioms)
    if not counts:
        return []
    lines = ["", IDIOMS.get(lang)]
    for reason in dict.fromkeys(reason for reason, _ in counts):
        words = [f"{text} ×{n}" for (why, text), n in counts.items() if why == reason]
        lines.append(
            f"    {reason.get(lang)}{'：' if lang == 'zh' else ': '}{JOIN.get(lang).join(words)}"
        )
    return lines


def _gap(gap: Gap, lang: str) -> str:
    words = WHOLE_CLAUSE if gap.text is None else FIGURE
    said = words.get(lang).format(text=gap.text, context=gap.context)
    return "    " + _row(f"{gap.document} {gap.clause}", said, 20)


def _totals(report: Report, lang: str) -> list[str]:
    figures = [figure for clause in report.clauses for figure in clause.figures]
    (clauses_word, figures_word), words = TOTALS
    counted = (
        (
            clauses_word,
            [clause.accounted for clause in report.clauses],
            [clause.set_aside is not None and not clause.provisions for clause in report.clauses],
        ),
        (
            figures_word,
            [figure.accounted for figure in figures],
            [figure.accounted and not figure.provisions for figure in figures],
        ),
    )
    return [
        "",
        *(
            words.get(lang).format(
                what=what.get(lang),
                done=sum(done),
                all=len(done),
                percent=100 * sum(done) // max(1, len(done)),
                aside=sum(aside),
            )
            for what, done, aside in counted
        ),
    ]
