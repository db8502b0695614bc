"""A report as a page of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve

from vocpolicy.outcome import Outcome
from vocpolicy.report.charts import chart
from vocpolicy.report.data import Course, Report, TargetReport
from vocpolicy.report.figures import described
from vocpolicy.report.views import KINDS, View
from vocpolicy.verdict import Verdict
from vocpolicy.writers import Content, Element, Raw, element, fragment, page

STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def to_html(report: Report, lang: str = "en") -> str:
    """The report as a page, with a chart for each target that has figures.

    Raises:
        MissingExtraError: the library that draws the charts is not installed.
    """
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
    shown = [(key, list(contents)) for key, contents in parts]
    shown = [(key, contents) for key, contents in shown if contents]
    sections = (
        element("section", element("h2", view.say(key)), *contents, id=key, class_="part")
        for key, contents in shown
    )
    contents = _contents(view, [key for key, _ in shown])
    return page(view.title, lang, _head(view), contents, *sections, style=STYLE)


def _head(view: View) -> Element:
    return element(
        "header",
        element("h1", view.title),
        element("p", view.as_of, class_="day"),
        element("p", view.say("basis"), class_="basis"),
        class_="front",
    )


def _contents(view: View, keys: Iterable[str]) -> Element:
    links = (element("li", element("a", view.say(key), href=f"#{key}")) for key in keys)
    return element("nav", element("ul", *links), aria_label=view.say("contents"))


def _badge(verdict: Verdict, lang: str) -> Element:
    tone = verdict.outcome.value
    return element("span", verdict.wording(lang), class_=f"outcome {tone}")


def _link(view: View, name: str) -> Element:
    return element("a", view.name(name), href=f"#v-{name}")


def _links(view: View, names: Iterable[str]) -> Iterator[Content]:
    for place, name in enumerate(names):
        if place:
            yield view.say("joint")
        yield _link(view, name)


def _table(
    heads: Iterable[str], rows: Iterable[Iterable[Content | tuple[Content, ...]]]
) -> Element:
    """A table that a narrow screen shows as one block for each row, by the heads."""
    heads = list(heads)
    head = element("tr", *(element("th", one, scope="col") for one in heads))
    body = (
        element(
            "tr",
            *(
                element("td", *(one if isinstance(one, tuple) else (one,)), data_head=name)
                for name, one in zip(heads, row, strict=True)
            ),
        )
        for row in rows
    )
    return element("table", element("thead", head), element("tbody", *body), class_="rows")


# ---- the first page ----------------------------------------------------------------------


def _summary(view: View) -> Iterator[Element]:
    tiles = (_tile(view, kind) for kind in KINDS)
    yield element("div", *tiles, class_="tiles")
    lagging = view.report.lagging
    if not view.report.targets:
        return
    yield element("h3", view.say("attention"))
    if not lagging:
        yield element("p", view.say("nothing_lags"))
        return
    items = (
        element("li", _badge(one, view.lang), _link(view, one.name), _short_figure(view, one))
        for one in lagging
    )
    yield element("ul", *items, class_="attention")


def _short_figure(view: View, verdict: Verdict) -> Element:
    said = [view.now(verdict), view.goal(verdict)]
    return element("span", " → ".join(one for one in said if one), class_="figure")


def _tile(view: View, kind: str) -> Element:
    counted = view.counted(kind)
    total = sum(count for _, _, count in counted)
    bars = (
        element("span", class_=f"bar {tone}", style=f"flex-grow:{count}")
        for tone, _, count in counted
    )
    words = (
        element("li", element("span", str(count), class_=f"outcome {tone}"), wording)
        for tone, wording, count in counted
    )
    return element(
        "div",
        element("p", element("strong", str(total)), view.say(kind), class_="total"),
        element("div", *bars, class_="bars", aria_hidden="true"),
        element("ul", *words) if counted else element("p", view.say("none_asked")),
        class_="tile",
    )


def _overview(view: View) -> Iterator[Element]:
    rows = (
        (
            _badge(one.verdict, view.lang),
            (_link(view, one.verdict.name),),
            view.now(one.verdict),
            view.goal(one.verdict),
            view.deadline(one.verdict),
        )
        for one in view.report.targets
    )
    if view.report.targets:
        heads = ("outcome", "name", "now", "goal", "by")
        yield element("div", _table(map(view.say, heads), rows), class_="overview")


# ---- verdicts ----------------------------------------------------------------------------


def _card(view: View, verdict: Verdict, *figures: Element) -> Element:
    """The explanation of a verdict, with its charts below its heading."""
    made = fragment(view.document(verdict), level=3)[0]
    heading, *said = made.children
    body: tuple[Content, ...] = tuple(said)
    if figures:
        side = element("div", *figures, class_="figures")
        body = (element("div", side, element("div", *said, class_="said"), class_="beside"),)
    named = (*made.attributes, ("id", f"v-{verdict.name}"))
    return evolve(made, attributes=named, children=(heading, *body))


def _targets(view: View) -> Iterator[Element]:
    if any(course.drawable for one in view.report.targets for course in one.courses):
        keys = ("observed", "line", "goal", "day")
        signs = (
            element("span", element("i", class_=key), view.say(f"legend_{key}")) for key in keys
        )
        yield element("p", *signs, class_="legend")
    for number, one in enumerate(view.report.targets):
        yield _card(view, one.verdict, *_figures(view, one, number))


def _figures(view: View, target: TargetReport, number: int) -> Iterator[Element]:
    for place, course in enumerate(target.courses):
        if course.drawable:
            yield _figure(view, target.verdict, course, f"c{number}-{place}")


def _figure(view: View, verdict: Verdict, course: Course, prefix: str) -> Element:
    population = course.labels.get(view.lang)
    name = view.say("colon").join(filter(None, [view.name(verdict.name), population]))
    drawn = Raw(chart(course, view.report.as_of, view.lang, prefix))
    caption = element("figcaption", population) if population else None
    label = described(name, course, view.lang)
    return element("figure", caption, element("div", drawn, role="img", aria_label=label))


def _rules(view: View) -> Iterator[Element]:
    for verdict in view.report.rules:
        yield _card(view, verdict)
    if view.report.not_asked:
        yield element("p", view.say("not_asked", names=view.names(view.report.not_asked)))


def _provisions(view: View) -> Iterator[Element]:
    for section, verdicts in view.by_section():
        rows = ((_badge(one, view.lang), view.clause(one), _folded(view, one)) for one in verdicts)
        heads = [view.say(head) for head in ("outcome", "clause", "provision_name")]
        yield element("div", element("h3", section), _table(heads, rows), class_="provisions")


def _folded(view: View, verdict: Verdict) -> Element:
    """The name of a provision, and below it, folded where nothing is known, why it is so."""
    said = fragment(view.document(verdict), level=4)[0].children[1:]
    settled = verdict.outcome is not Outcome.UNDETERMINED
    summary = element("summary", view.name(verdict.name))
    return element("details", summary, *said, open=settled, id=f"v-{verdict.name}")


# ---- what the verdicts rest on -----------------------------------------------------------


def _missing(view: View) -> Iterator[Element]:
    report = view.report
    if report.missing:
        rows = (
            (
                view.label(lack.labels, lack.path),
                lack.judged_by.get(view.lang) if lack.judged_by else "",
                tuple(_links(view, lack.needed_by)),
            )
            for lack in report.missing
        )
        yield _table((view.say(head) for head in ("fact", "judged_by", "needed_by")), rows)
    else:
        yield element("p", view.say("missing_none"))
    count = len(report.unsupplied)
    if count:
        said = view.say("evidence_missing", count=count, all=len(report.provisions))
        yield element("p", element("a", said, href="#provision"))


def _relied_on(view: View) -> Iterator[Element]:
    if not view.report.relied_on:
        yield element("p", view.say("relied_none"))
        return
    rows = (
        (relied.text.get(view.lang), tuple(_links(view, relied.by)))
        for relied in view.report.relied_on
    )
    yield _table((view.say(head) for head in ("assumption", "needed_by")), rows)


def _readings(view: View) -> Iterator[Element]:
    if not view.report.parting:
        yield element("p", view.say("readings_none"))
        return
    rows = (
        (tuple(_links(view, [verdict.name])) if first else "", said, _told(view, one))
        for verdict in view.report.parting
        for first, said, one in _marked(view, verdict)
    )
    yield _table((view.say(head) for head in ("name", "reading", "outcome")), rows)


def _marked(view: View, verdict: Verdict) -> Iterator[tuple[bool, str, Verdict]]:
    for place, (said, one) in enumerate(view.readings(verdict)):
        yield not place, said, one


def _told(view: View, verdict: Verdict) -> tuple[Content, ...]:
    value = view.figure(verdict)
    return (_badge(verdict, view.lang), value)


def _coverage(view: View) -> Iterator[Element]:
    for said in view.covered():
        yield element("p", said)
    gaps = [element("li", gap) for gap in view.gaps()]
    if gaps:
        yield element("ul", *gaps)
