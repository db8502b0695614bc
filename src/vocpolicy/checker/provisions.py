"""Provisions without a figure, figures that set no goal, and the policy's own head."""

from __future__ import annotations

from vocpolicy import core, syntax
from vocpolicy.checker.context import Context
from vocpolicy.checker.types import describe
from vocpolicy.checker.words import (
    assumptions,
    citations,
    labels,
    moment_text,
    notes,
    period,
)
from vocpolicy.keywords import MONTH_ENDS

_MONTH_ENDS = frozenset(rule.key for rule in MONTH_ENDS)


def check_provision(context: Context, provision: syntax.Provision) -> core.Provision:
    """A provision and the facts that would show it."""
    name = provision.name.text
    for fact in provision.evidence:
        type_ = context.types.get((None, fact.name.text))
        if type_ is not None and not isinstance(type_, core.YesNoType | core.NumberType):
            context.mistakes.add("V352", fact.type.span, found=describe(context, type_))
    return core.Provision(
        name,
        labels(provision.labels, name),
        provision.modality,
        labels(provision.text),
        provision.hedges,
        tuple(fact.name.text for fact in provision.evidence),
        period(context, provision.in_force),
        notes(provision.notes),
        citations(context, provision.citations),
        assumptions(provision.assumptions, name),
        span=provision.span,
    )


def check_set_aside(context: Context, written: syntax.SetAside) -> tuple[core.SetAside, ...]:
    """One for each locator that is set aside."""
    because = labels(written.because)
    return tuple(
        core.SetAside(citation, because, span=written.span)
        for citation in citations(context, (written.citation,))
    )


def document(written: syntax.Document) -> core.Document:
    return core.Document(
        written.name.text,
        written.title,
        moment_text(written.dated),
        moment_text(written.printed),
        assumptions(written.attributes.assumptions, written.name.text),
        labels(written.labels, ""),
        span=written.span,
    )


def month_end(context: Context, policy: syntax.Policy) -> str:
    """The rule for a day that a month lacks: `down`, `up` or `refuse`."""
    if policy.month_end is None:
        return "down"
    text = policy.month_end.text
    if text not in _MONTH_ENDS:
        span = policy.month_end.span
        context.mistakes.add("V220", span, name=span.text)
    return text if text in _MONTH_ENDS else "down"
