"""Code for provisions without a figure: shown where all evidence is there and more than nothing."""

from __future__ import annotations

from vocpolicy import core
from vocpolicy.scalar.code import Truth, UnsupportedError, conjunction, negated
from vocpolicy.scalar.values import inner
from vocpolicy.scalar.writer import Writer


def outcome(writer: Writer, provision: core.Provision) -> str:
    """Code for the outcome of a provision; bounds alone show nothing."""
    writer.turn(provision.period.start, provision.period.end)
    if not provision.period.covers(writer.day):
        return "O_NOT_APPLICABLE"
    facts = writer.policy.facts
    shows = conjunction([_shows(writer, facts[name]) for name in provision.evidence])
    if not provision.evidence:
        return "O_UNDETERMINED"
    if writer.known:
        return f"(O_HOLDS if {shows.holds} else O_FAILS)"
    return f"(O_FAILS if {shows.fails} else O_HOLDS if {shows.holds} else O_UNDETERMINED)"


def _shows(writer: Writer, fact: core.Fact) -> Truth:
    text = writer.fact(core.FactRef(fact.name, fact.type))
    writer.touched.clear()
    something = _something(writer, text, inner(fact.type))
    if writer.known:
        return Truth(something, negated(something))
    there = f"{text} is not M"
    return Truth(f"({there} and {something})", f"({there} and {negated(something)})")


def _something(writer: Writer, text: str, kind: core.Type) -> str:
    """Code that is true where a fact that is there is more than nothing."""
    match kind:
        case core.YesNoType():
            return f"({text} is True)"
        case core.NumberType():
            return f"({text} is not None and {text} > 0)"
        case core.ListType():
            return f"({text} is not None and len({text}) > 0)"
        case core.ChoiceType():
            return f"({text} not in {writer.nones(kind)})"
        case core.DateType() | core.TextType():
            return f"({text} is not None)"
        case _:
            raise UnsupportedError("is shown by a record")
