"""A report as Markdown, with GitHub's tables; what charts draw stands in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vocpolicy.report.data import Course, Report, TargetReport
from vocpolicy.report.figures import history, line_words
from vocpolicy.report.views import KINDS, View
from vocpolicy.verdict import Verdict
from vocpolicy.writers import escaped, markdown


def to_markdown(report: Report, lang: str = "en") -> str:
    """The report as Markdown."""
    view = View(report, lang)
    parts = [
        ("summary", _summary(view)),
        ("overview", _overview(view)),
        ("target", _targets(view)),
        ("rule", _rules(view)),
        ("missing", _missing(view)),
        ("readings", _readings(view)),
        ("relied_on", _relied_on(view)),
        ("provision", _provisions(view)),
        ("coverage", _coverage(view)),
    ]
    blocks = [f"# {escaped(view.title)}", escaped(view.as_of), escaped(view.say("basis"))]
    for key, contents in parts:
        said = list(contents)
        blocks += [f"## {escaped(view.say(key))}", *said] if said else []
    return "\n\n".join(blocks) + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [_row(heads), _row(["---"] * len(heads), raw=True), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else escaped(cell) for cell in cells)} |"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(item)}" for item in items)


def _summary(view: View) -> Iterator[str]:
    yield _list(_kind(view, kind) for kind in KINDS)
    if not view.report.targets:
        return
    yield f"### {escaped(view.say('attention'))}"
    lagging = view.report.lagging
    if not lagging:
        yield escaped(view.say("nothing_lags"))
        return
    colon, joint = view.say("colon"), view.say("semicolon")
    yield _list(
        f"{one.wording(view.lang)}{colon}{view.name(one.name)}{joint}{view.now(one)} → "
        f"{view.goal(one)}"
        for one in lagging
    )


def _kind(view: View, kind: str) -> str:
    counted = view.counted(kind)
    parts = [view.say("count", wording=wording, count=count) for _, wording, count in counted]
    said = view.say("joint").join(parts) or view.say("none_asked")
    return f"{view.say(kind)}{view.say('colon')}{said}"


def _overview(view: View) -> Iterator[str]:
    rows = (
        (
            one.verdict.wording(view.lang),
            view.name(one.verdict.name),
            view.now(one.verdict),
            view.goal(one.verdict),
            view.deadline(one.verdict),
        )
        for one in view.report.targets
    )
    if view.report.targets:
        heads = ("outcome", "name", "now", "goal", "by")
        yield _table((view.say(head) for head in heads), rows)


def _targets(view: View) -> Iterator[str]:
    for one in view.report.targets:
        yield markdown(view.document(one.verdict), level=3)
        said = list(_courses(view, one))
        if said:
            yield _list(said)


def _courses(view: View, target: TargetReport) -> Iterator[str]:
    """What the charts show: the figures over time, and the ends of the line."""
    for course in target.courses:
        population = course.labels.get(view.lang)
        for key, said in (("history", _history(view, course)), ("line", _line(view, course))):
            if said:
                head = view.say("joint").join(filter(None, [population, view.say(key)]))
                yield f"{head}{view.say('colon')}{said}"


def _history(view: View, course: Course) -> str:
    return view.say("semicolon").join(history(course, view.lang))


def _line(view: View, course: Course) -> str:
    return view.say("semicolon").join(line_words(course, view.lang))


def _rules(view: View) -> Iterator[str]:
    for verdict in view.report.rules:
        yield markdown(view.document(verdict), level=3)
    if view.report.not_asked:
        yield escaped(view.say("not_asked", names=view.names(view.report.not_asked)))


def _provisions(view: View) -> Iterator[str]:
    heads = [view.say(head) for head in ("outcome", "clause", "provision_name")]
    for section, verdicts in view.by_section():
        yield f"### {escaped(section)}"
        yield _table(heads, (_provision(view, one) for one in verdicts))


def _provision(view: View, verdict: Verdict) -> tuple[str, ...]:
    return verdict.wording(view.lang), view.clause(verdict), view.name(verdict.name)


def _missing(view: View) -> Iterator[str]:
    report = view.report
    if report.missing:
        rows = (
            (
                view.label(lack.labels, lack.path),
                lack.judged_by.get(view.lang) if lack.judged_by else "",
                view.names(lack.needed_by),
            )
            for lack in report.missing
        )
        yield _table((view.say(head) for head in ("fact", "judged_by", "needed_by")), rows)
    else:
        yield escaped(view.say("missing_none"))
    count = len(report.unsupplied)
    if count:
        yield escaped(view.say("evidence_missing", count=count, all=len(report.provisions)))


def _relied_on(view: View) -> Iterator[str]:
    if not view.report.relied_on:
        yield escaped(view.say("relied_none"))
        return
    rows = ((one.text.get(view.lang), view.names(one.by)) for one in view.report.relied_on)
    yield _table((view.say(head) for head in ("assumption", "needed_by")), rows)


def _readings(view: View) -> Iterator[str]:
    if not view.report.parting:
        yield escaped(view.say("readings_none"))
        return
    rows = (
        (
            view.name(verdict.name),
            said,
            view.say("joint").join(filter(None, [one.wording(view.lang), view.figure(one)])),
        )
        for verdict in view.report.parting
        for said, one in view.readings(verdict)
    )
    yield _table((view.say(head) for head in ("name", "reading", "outcome")), rows)


def _coverage(view: View) -> Iterator[str]:
    yield from (escaped(said) for said in view.covered())
    gaps = list(view.gaps())
    if gaps:
        yield _list(gaps)
