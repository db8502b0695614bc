"""`vocpolicy ask`: questions, one after another, until a verdict is settled."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from fractions import Fraction

import click

from vocpolicy import core
from vocpolicy.advice import Question
from vocpolicy.cli.common import (
    DATE,
    base_option,
    called,
    language_option,
    open_policy,
    with_errors,
)
from vocpolicy.diagnostics import FactError
from vocpolicy.explain.advice import latest, lead_node, question_text
from vocpolicy.explain.phrases import Scope, choice_label
from vocpolicy.explain.places import part_name
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import Amount, Listing, Say, Term, named
from vocpolicy.explain.text import cited_text
from vocpolicy.explain.tree import scope_of
from vocpolicy.facts import load_facts
from vocpolicy.interview import Interview

NONE_WORDS = ("none", "无", "没有")
YES_NO = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}


@click.command("ask")
@click.argument("path", metavar="PATH")
@click.option("--rule", "name", required=True, metavar="NAME", help="What the verdict is on.")
@click.option("--facts", "facts_file", metavar="FILE", help="Facts that are known already.")
@click.option("--as-of", type=DATE, help="Date of evaluation.  [default: today]")
@base_option
@language_option
@with_errors
def command(
    path: str,
    name: str,
    facts_file: str | None,
    as_of: datetime.datetime | None,
    base: str | None,
    lang: str,
) -> None:
    """Ask for the facts that settle a verdict of the policy at PATH, the best question first."""
    policy = open_policy(path, base)
    facts = load_facts(facts_file) if facts_file else {}
    day = as_of.date() if as_of else datetime.date.today()
    (asked,) = called(policy, [name])
    step = policy.interview(asked, facts, day)
    label = named(step.verdict.label, step.verdict.name)
    if not step.done:
        click.echo(words(Say("ask.begin", {"name": label}), lang))
    while step.question is not None:
        after = _asked(step, step.question, lang)
        if after is None:
            break
        step = after
    _told(step, lang)


def _told(step: Interview, lang: str) -> None:
    click.echo()
    click.echo(step.verdict.explain(lang))
    if not step.settled and step.done:
        click.echo(words(Say("ask.nothing_left"), lang))


def _asked(step: Interview, question: Question, lang: str) -> Interview | None:
    """The step after a question; None where there is nobody to answer."""
    scope = _scope(step)
    options = _options(question, scope)
    click.echo()
    text = words(question_text(question, scope, latest(step.verdict.facts)), lang)
    click.echo(text[:1].upper() + text[1:])
    for number, (_, name) in enumerate(options, 1):
        term = Say("ask.option", {"number": str(number), "name": name})
        click.echo(words(term, lang))
    if not options:
        click.echo(f"  {words(_within(question.declared), lang)}")
    while True:
        try:
            said = click.prompt("", prompt_suffix="> ", default="", show_default=False).strip()
        except (click.Abort, EOFError):
            return None
        if not said:
            return step.skip()
        if said in ("?", "？"):
            _explain(step, question, scope, lang)
            continue
        try:
            return step.answer(_value(said, question, options, lang))
        except FactError as error:
            click.echo(_refused(said, error, question.declared, lang))


def _refused(said: str, error: FactError, declared: core.Fact, lang: str) -> str:
    """Why an answer is none: what the question takes; the mistake itself where other facts are
    what it does not go with."""
    bounded = declared.low is not None or declared.high is not None
    codes = {one.code for one in error.diagnostics}
    single = not isinstance(core.inner(declared.type), core.ListType)
    ill_typed = {"V402", "V404"} | ({"V403", "V410"} if single else set())
    if codes <= (ill_typed | {"V405"} if bounded else ill_typed):
        takes = _within(declared)
        return words(
            Say("ask.wrong", {"said": Say("quoted", {"text": said}), "takes": takes}), lang
        )
    return error.render(lang)


def _scope(step: Interview) -> Scope:
    return scope_of(step.verdict.trace, step.verdict.policy)


# ---- what may be answered --------------------------------------------------------------------


def _options(question: Question, scope: Scope) -> list[tuple[object, Term]]:
    """The values of a choice with their labels; of other types nothing."""
    type_ = question.declared.type
    inner = core.inner(type_)
    if not isinstance(inner, core.ChoiceType):
        return []
    policy = scope.policy
    found: list[tuple[object, Term]] = [
        (member, choice_label(member, inner, policy))
        for member in policy.choices[inner.name].members
    ]
    return found + ([(None, Say("none"))] if isinstance(type_, core.OptionalType) else [])


def _takes(type_: core.Type) -> Term:
    match type_:
        case core.YesNoType():
            return Say("ask.yes_no")
        case core.NumberType(unit=unit) if unit is not None:
            return Say("ask.number", {"unit": _unit(unit)})
        case core.NumberType():
            return Say("ask.plain_number")
        case core.DateType():
            return Say("ask.date")
        case core.ChoiceType() | core.OptionalType(inner=core.ChoiceType()):
            return Say("ask.choice")
        case core.OptionalType(inner=inner):
            return Say("ask.or_none", {"takes": _takes(inner)})
        case core.TextType():
            return Say("ask.text")
        case _:
            return Say("ask.list")


def _within(declared: core.Fact) -> Term:
    """What a question takes, with the bounds of a number."""
    takes, kind = _takes(declared.type), core.inner(declared.type)
    if not isinstance(kind, core.NumberType):
        return takes
    ends = {"low": declared.low, "high": declared.high}
    found: dict[str, Term] = {
        name: Amount(end, kind) for name, end in ends.items() if end is not None
    }
    if not found:
        return takes
    if len(found) == 2:
        return Say("ask.between", {"takes": takes, **found})
    return Say("ask.bounded", {"takes": takes, "bounds": Say(f"known_{_end(found)}", found)})


def _end(found: dict[str, Term]) -> str:
    return "from" if "low" in found else "to"


def _unit(unit: core.Unit) -> core.Labels:
    return core.Labels(unit.plural or unit.labels.en or unit.name, unit.labels.zh or unit.name)


def _value(said: str, question: Question, options: list[tuple[object, Term]], lang: str) -> object:
    """What was typed as a value: the number of an option, its label, yes, a number, JSON."""
    type_ = question.declared.type
    for number, (value, name) in enumerate(options, 1):
        if said == str(number) or said.casefold() == words(name, lang).casefold():
            return value
    if isinstance(type_, core.OptionalType) and said.casefold() in NONE_WORDS:
        return None
    inner = core.inner(type_)
    if isinstance(inner, core.YesNoType):
        return YES_NO.get(said.casefold(), said)
    if isinstance(inner, core.NumberType):
        return _number(said)
    if isinstance(inner, core.ListType | core.RecordType):
        try:
            return json.loads(said)
        except json.JSONDecodeError:
            return said
    return said


def _number(said: str) -> object:
    """A bare number is in the fact's own unit; what has a unit is read as it stands."""
    try:
        return Fraction(said.replace(",", "").replace("，", ""))
    except (ValueError, ZeroDivisionError):
        return said


# ---- what a question means -------------------------------------------------------------------


def _explain(step: Interview, question: Question, scope: Scope, lang: str) -> None:
    for key, term in _meant(step, question, scope, lang):
        line = words(Say("key", {"key": Say(key)}), lang) + words(term, lang)
        click.echo(f"  {line}")


def _meant(
    step: Interview, question: Question, scope: Scope, lang: str
) -> Iterator[tuple[str, Term]]:
    declared = question.declared
    yield "ask.of", part_name(question.fact, scope, latest(step.verdict.facts))
    yield "ask.takes", _within(declared)
    if declared.judged_by is not None:
        yield "ask.judged", declared.judged_by
    citations = question.citations or step.verdict.citations
    clause = cited_text(citations, scope.policy.documents, lang)
    if clause:
        yield "ask.clause", clause
    for note in declared.notes:
        yield "note", note
    if question.leads:
        leads = tuple(lead_node(lead, question, scope).says for lead in question.leads)
        yield "ask.leads", Listing(leads, "joint.clauses")
