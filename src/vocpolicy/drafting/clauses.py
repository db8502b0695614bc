"""Each clause of a document as declarations, and as comments where a person has to decide."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field, frozen

from vocpolicy.coverage import Clause, Figure, Outlined, Text
from vocpolicy.coverage.squeeze import places, squeeze
from vocpolicy.diagnostics import Words
from vocpolicy.drafting import says
from vocpolicy.drafting.amounts import AROUND, Amount, amount
from vocpolicy.drafting.data import Kind, data
from vocpolicy.drafting.front import Front, year
from vocpolicy.drafting.pen import Pen, block, quoted
from vocpolicy.drafting.places import Names, clause_name, label, locator, short_title

FIRST_WORDS = 600
"""Characters of a clause in which the verb that governs it is looked for."""

_TOLERANCE = {"about": "10%", "nearly": "5%", "level": "5%"}
_COMPARATORS = {
    "at_most": "AT_MOST",
    "more_than": "MORE_THAN",
    "less_than": "LESS_THAN",
    "about": "ABOUT",
    "nearly": "NEARLY",
}


@frozen
class Task:
    """What a draft is made of.

    Attributes:
        document: the document's name in the policy.
        lang: language of the comments and reasons.
        zh: whether the document is Chinese, so that labels from its words are.
    """

    text: Text
    front: Front
    document: str
    pen: Pen
    lang: str
    zh: bool

    @property
    def has_goals(self) -> bool:
        """Whether headings say which clauses set goals; in a law none does."""
        return any(clause.goals and self._by_itself(clause) for clause in self.text.clauses)

    def _by_itself(self, clause: Clause) -> bool:
        """Whether a clause's heading is a line of its own, not the first words of an article."""
        line = self.text.of(clause).strip().split("\n")[0]
        return line.rstrip(" 　:：").endswith(clause.title) and "，" not in line

    def decide(self, words: Words, **args: object) -> str:
        what = words.get(self.lang).format(**args)
        return says.DECIDE.get(self.lang).format(what=what)


@define
class Drafted:
    """What has been drafted so far: declarations, kinds and names in use."""

    blocks: list[str] = field(factory=list)
    asides: list[str] = field(factory=list)
    kinds: dict[str, Kind] = field(factory=dict)
    names: Names = field(factory=Names)
    labels: Names = field(factory=Names)
    first: tuple[str, str] | None = None

    def kind(self, unit: str | Kind) -> str | Kind:
        """A unit; a kind as it was first met, with the measure word that it then had."""
        return self.kinds.setdefault(unit.name, unit) if isinstance(unit, Kind) else unit


def draft_clause(task: Task, item: Outlined, made: Drafted) -> None:
    """Add what a clause comes to."""
    clause = item.clause
    if "#" in clause.name:
        made.blocks.append(f"# {clause.name}\n{task.decide(says.NAMELESS)}")
        return
    whole = {"文首": says.FRONT, "文末": says.CLOSE, "前言": says.PREAMBLE}.get(clause.name)
    measured = [figure for figure in item.found.figures if figure.goal]
    if whole is not None:
        made.asides.append(_set_aside(task, clause, "", whole))
    if whole is None or clause.name == "前言":
        made.asides += _set_asides(task, item)
        for number, figure in enumerate(measured, start=1):
            made.blocks.append("\n".join(_figure(task, item, figure, number, made)))
    if not measured and whole is None and not clause.heading_only:
        made.blocks.append("\n".join(_without_figure(task, clause, made)))


def _cite(task: Task, clause: Clause, locators: str) -> str:
    return task.pen.words("CITE", task.document, clause.name, quoted(locators) if locators else "")


# ---- figures that are none ---------------------------------------------------------------------


def _set_asides(task: Task, item: Outlined) -> Iterator[str]:
    goals = [figure for figure in item.found.figures if figure.goal]
    seen: set[str] = set()
    for figure in item.found.figures:
        if figure.goal or figure.text in seen:
            continue
        where = locator(task.text, item.clause, figure, goals)
        if not where or where in seen:
            continue
        seen.add(where)
        reason = Words(figure.kind.get("en"), figure.kind.get("zh"))
        line = _set_aside(task, item.clause, where, reason)
        if figure.kind.en == "numeral":
            yield task.decide(says.NUMERAL, figure=figure.text)
            line = f"# {line}"
        yield line


def _set_aside(task: Task, clause: Clause, where: str, reason: Words) -> str:
    place = [task.document, clause.name, quoted(where) if where else ""]
    labels = task.pen.labels(reason.en, reason.zh)
    return task.pen.words("SET_ASIDE", *place, "_BECAUSE", labels)


# ---- clauses without a figure ------------------------------------------------------------------


def _without_figure(task: Task, clause: Clause, made: Drafted) -> Iterator[str]:
    """A provision; for background, a `set aside` that a person has to put in force."""
    if task.has_goals and not clause.goals:
        yield task.decide(says.NO_FIGURE)
        yield f"# {_set_aside(task, clause, '', says.BACKGROUND)}"
        return
    title = short_title(task.text, clause)
    stands = title.isprintable() and places(title, squeeze(task.text.of(clause)))
    locators = title if stands else ""
    yield task.decide(says.PROVISION)
    labels = _labels(task, title, _clause_label(clause))
    yield _provision(task, clause, clause_name(clause.name), locators, labels, made)


def _provision(
    task: Task, clause: Clause, name: str, where: str, labels: tuple[str, str], made: Drafted
) -> str:
    pen, words = task.pen, task.text.of(clause)
    name = made.names.name(name)
    evidence = made.names.name(f"{name}_done")
    made.first = made.first or (name, evidence)
    done = _once(made, labels, says.DONE)
    hedge = next((word for word in data().hedges if word in words), "")
    lines = [
        _cite(task, clause, where),
        pen.modality(_modality(words)),
        pen.words("HEDGED", quoted(hedge)) if hedge else "",
        f"{pen.words('EVIDENCE', evidence, pen.labels(*done))} : {pen.word('YES_OR_NO')}",
    ]
    head = pen.words("PROVISION", name, pen.labels(*labels))
    return block(head, filter(None, lines))


def _modality(words: str) -> str:
    """The verb that stands first in the clause, `shall` where none is known."""
    plain = squeeze(words[:FIRST_WORDS], spaces=True).text.casefold()
    stands = [(plain.find(word), key) for word, key in data().modality if word in plain]
    return min(stands)[1] if stands else "shall"


def _clause_label(clause: Clause) -> Words:
    args = {"clause": clause.name}
    return Words(says.CLAUSE_LABEL.en.format(**args), says.CLAUSE_LABEL.zh.format(**args))


def _labels(task: Task, found: str, made_up: Words) -> tuple[str, str]:
    """English and Chinese label: the document's words in its own language."""
    if not found:
        return made_up.en, made_up.zh
    return (made_up.en, found) if task.zh else (found, made_up.zh)


def _once(made: Drafted, labels: tuple[str, str], form: Words) -> tuple[str, str]:
    en = made.labels.label(form.en.format(label=labels[0]), zh=False)
    return en, made.labels.label(form.zh.format(label=labels[1]), zh=True)


# ---- figures -----------------------------------------------------------------------------------


def _figure(
    task: Task, item: Outlined, figure: Figure, number: int, made: Drafted
) -> Iterator[str]:
    """A target, a recorded value or a parameter; a provision where the words give no number."""
    clause = item.clause
    args = {"clause": clause.name, "number": number}
    made_up = Words(says.FIGURE_LABEL.en.format(**args), says.FIGURE_LABEL.zh.format(**args))
    labels = _labels(task, label(task.text.text, clause, figure), made_up)
    name = f"{clause_name(clause.name)}_figure_{number}"
    goals = [other for other in item.found.figures if other.goal]
    where = locator(task.text, clause, figure, goals)
    found = amount(task.text.text, figure)
    if found is None or found.how == "each":
        yield task.decide(says.EACH if found else says.WORD, figure=figure.text)
        yield _provision(task, clause, name, where, labels, made)
        return
    found = Amount(found.how, found.low, found.high, made.kind(found.unit))
    name = made.names.name(name)
    cited = _cite(task, clause, where)
    if _looks_back(task, clause, found):
        yield from _recorded(task, figure, found, name, labels, cited)
    elif _is_condition(task, item, found):
        yield from _parameter(task, figure, found, name, labels, cited)
    else:
        yield from _target(task, item, figure, found, name, labels, cited, made)


def _looks_back(task: Task, clause: Clause, found: Amount) -> bool:
    return task.has_goals and not clause.goals and found.how != "level"


def _is_condition(task: Task, item: Outlined, found: Amount) -> bool:
    """Whether a figure of a law looks like a part of a rule: a time or a sum, and no deadline."""
    dated = any(year(figure) for figure in item.found.figures)
    plain = isinstance(found.unit, str) and found.unit not in ("%", "")
    single = found.low == found.high
    return bool(plain and task.front.since and not task.has_goals and not dated and single)


def _recorded(
    task: Task, figure: Figure, found: Amount, name: str, labels: tuple[str, str], cited: str
) -> Iterator[str]:
    pen, years = task.pen, task.front.years
    at = pen.words("_AT", pen.year_end(years[0] - 1)) if years else ""
    yield task.decide(says.RECORDED, figure=figure.text)
    if found.how in ("about", "nearly"):
        yield task.decide(says.TOLERANCE, figure=figure.text)
    head = pen.words("RECORDED", name, pen.labels(*labels))
    value = f"{_comparison(pen, found, past=True)} {at}".rstrip()
    yield f"{head} :\n  {pen.type(found.unit)} = {value}   {cited}"


def _parameter(
    task: Task, figure: Figure, found: Amount, name: str, labels: tuple[str, str], cited: str
) -> Iterator[str]:
    pen = task.pen
    yield task.decide(says.PARAMETER, figure=figure.text)
    since = pen.day(task.front.since) if task.front.since else ""
    value = pen.quantity(found.low, found.unit)
    head = f"{pen.words('PARAMETER', name, pen.labels(*labels))} : {pen.type(found.unit)}"
    yield block(head, [f"{pen.words('_FROM', since)} = {value}   {cited}"])


def _target(
    task: Task,
    item: Outlined,
    figure: Figure,
    found: Amount,
    name: str,
    labels: tuple[str, str],
    cited: str,
    made: Drafted,
) -> Iterator[str]:
    pen = task.pen
    measure = made.names.name(f"{name}_value")
    yield _fact(pen, measure, _once(made, labels, says.VALUE), found.unit)
    before = ""
    if found.how == "level":
        before = made.names.name(f"{name}_before")
        yield _fact(pen, before, _once(made, labels, says.BEFORE), found.unit)
    made.first = made.first or (name, f"{measure}, {before}" if before else measure)
    deadline = _deadline(task, item, figure)
    yield from _questions(task, figure, found, deadline)
    by = pen.words("_BY", pen.year_end(deadline)) if deadline else ""
    goal = pen.words("GOAL", _comparison(pen, found, before), by)
    head = pen.words("TARGET", name, pen.labels(*labels))
    yield block(head, [cited, pen.word("STOCK"), goal, pen.words("MEASURE", measure)])


def _fact(pen: Pen, name: str, labels: tuple[str, str], unit: str | Kind) -> str:
    return f"{pen.words('FACT', name, pen.labels(*labels))} : {pen.type(unit)}"


def _questions(task: Task, figure: Figure, found: Amount, deadline: int | None) -> Iterator[str]:
    asked = {
        "about": says.TOLERANCE,
        "nearly": says.TOLERANCE,
        "level": says.LEVEL,
        "between": says.RANGE,
        "": says.NO_WORD,
    }
    counts = says.SHARE if found.unit == "%" else says.COUNTED
    yield task.decide(counts, figure=figure.text)
    if found.how in asked:
        yield task.decide(asked[found.how], figure=figure.text)
    if deadline is None:
        yield task.decide(says.DEADLINE)


def _comparison(pen: Pen, found: Amount, before: str = "", *, past: bool = False) -> str:
    """How a value is held against the number; where no word says, a goal is a least number."""
    low, high = (pen.quantity(n, found.unit) for n in (found.low, found.high))
    tolerance = pen.words("TOLERANCE", _TOLERANCE.get(found.how, ""))
    match found.how:
        case "all":
            return pen.word("ALL")
        case "level":
            return pen.words("LEVEL_WITH", before, tolerance)
        case "between":
            return pen.words("BETWEEN", low, "AND" if pen.lang == "en" else "_TO", high)
        case "about" | "nearly":
            return pen.words(_COMPARATORS[found.how], low, tolerance)
        case "at_most" | "more_than" | "less_than":
            return pen.words(_COMPARATORS[found.how], low)
        case "" if past:
            return low
        case _:
            return pen.words("AT_LEAST", low)


def _deadline(task: Task, item: Outlined, figure: Figure) -> int | None:
    """The year before the figure that a word makes a deadline; else the last one of the plan."""
    text = task.text.text
    for other in reversed(item.found.figures):
        named = year(other)
        if named is None or other.start > figure.start:
            continue
        before = squeeze(text[max(0, other.start - AROUND) : other.start], spaces=True).text
        if f"{before} ".casefold().endswith(data().deadline) or before.endswith(data().deadline):
            return named
    return task.front.years[1] if task.front.years else None
