"""Every change of a policy, in the order in which a reader looks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vocpolicy import core
from vocpolicy.difference import fact_changes, rule_changes, target_changes
from vocpolicy.difference.changes import Change, Pen, Sides, itself, of_each, period_text
from vocpolicy.difference.phrasing import NOTHING, text
from vocpolicy.difference.renaming import Renamed
from vocpolicy.difference.words import PLACES


def changes(old: core.Policy, new: core.Policy, renamed: Renamed) -> tuple[Change, ...]:
    """What the new policy says otherwise than the old one.

    `renamed` gives the old names of what is called otherwise now; the new policy is given by
    them.
    """
    sides = Sides(old, new)
    return tuple(_changes(sides, renamed))


def _changes(sides: Sides, renamed: Renamed) -> Iterator[Change]:
    old, new = sides.old, sides.new
    yield from _of_policy(sides)
    yield from _of_documents(sides)
    none: Mapping[str, str] = {}
    yield from of_each(sides, "kind", old.kinds, new.kinds, fact_changes.of_kind, none)
    yield from of_each(sides, "choice", old.choices, new.choices, fact_changes.of_choice, none)
    yield from _of_entities(sides, renamed)
    facts = _plain_facts(old), _plain_facts(new)
    yield from of_each(sides, "fact", *facts, fact_changes.of_fact, renamed.facts)
    yield from _of_definitions(sides, renamed)
    yield from _of_rules(sides, renamed)
    tables = old.tables, new.tables
    yield from of_each(sides, "table", *tables, rule_changes.of_table, none)
    targets = old.targets, new.targets
    yield from of_each(sides, "target", *targets, target_changes.of_target, renamed.others)
    provisions = old.provisions, new.provisions
    yield from of_each(sides, "provision", *provisions, target_changes.of_provision, renamed.others)


def _of_policy(sides: Sides) -> Iterator[Change]:
    old, new = sides.old, sides.new
    pen = Pen(sides, "policy", new.name, new.title, span=new.span)
    yield from pen.said("name", old.name, new.name, text)
    yield from pen.said("title", old.title, new.title, itself)
    yield from pen.said("period", old.period, new.period, period_text)
    yield from pen.said("month_end", old.month_end, new.month_end, lambda key: PLACES[key])
    yield from pen.each("note", old.notes, new.notes, itself)


def _of_documents(sides: Sides) -> Iterator[Change]:
    old, new = sides.old.documents, sides.new.documents
    for name, one in old.items():
        pen = Pen(sides, "document", name, text(one.title), span=one.span)
        if name not in new:
            yield pen.row("", text(one.title), NOTHING)
            continue
        other = new[name]
        pen = Pen(sides, "document", name, text(other.title), span=other.span)
        yield from pen.said("title", one.title, other.title, text)
        yield from pen.said("dated", one.dated, other.dated, text)
        yield from pen.said("printed", one.printed, other.printed, text)
        yield from pen.said("label", one.labels, other.labels, itself)
        yield from pen.sources((), (), (one.assumptions, other.assumptions))
    for name, other in new.items():
        if name not in old:
            pen = Pen(sides, "document", name, text(other.title), span=other.span)
            yield pen.row("", NOTHING, text(other.title))


def _of_entities(sides: Sides, renamed: Renamed) -> Iterator[Change]:
    old, new = sides.old.entities, sides.new.entities
    yield from of_each(sides, "entity", old, new, _of_entity, {})
    for name in [one for one in new if one in old]:
        fields = old[name].fields, new[name].fields
        yield from of_each(sides, "field", *fields, fact_changes.of_fact, renamed.facts, name)


def _of_entity(pen: Pen, old: core.Entity, new: core.Entity) -> Iterator[Change]:
    yield from pen.said("start", old.start or "", new.start or "", text)
    yield from pen.said("end", old.end or "", new.end or "", text)


def _plain_facts(policy: core.Policy) -> Mapping[str, core.Fact]:
    return {name: one for name, one in policy.facts.items() if one.entity is None}


def _of_definitions(sides: Sides, renamed: Renamed) -> Iterator[Change]:
    old, new = sides.old.definitions, sides.new.definitions
    for form in ("define", "parameter", "recorded"):
        # Where the form itself changed, the new one is what is compared.
        ones = {name: one for name, one in old.items() if new.get(name, one).form == form}
        others = {name: one for name, one in new.items() if one.form == form}
        yield from of_each(sides, form, ones, others, fact_changes.of_definition, renamed.others)


def _of_rules(sides: Sides, renamed: Renamed) -> Iterator[Change]:
    old, new = (_untabled(policy) for policy in (sides.old, sides.new))
    yield from of_each(sides, "rule", old, new, rule_changes.of_rule, renamed.others)
    called = {before: now for now, before in renamed.others.items()}
    for name, one in sides.old.conclusions.items():
        other = sides.new.conclusions.get(name)
        if other is not None:
            now = called.get(name, name)
            pen = Pen(sides, "rule", now, other.labels, other.entity, span=other.span)
            yield from rule_changes.of_conclusion(pen, one, other)
            if name not in sides.new.rules:
                yield from pen.said("label", one.labels, other.labels, itself)


def _untabled(policy: core.Policy) -> Mapping[str, core.Rule]:
    """The rules that are written as rules."""
    tabled = {name for one in policy.conclusions.values() if one.table for name in one.rules}
    return {name: rule for name, rule in policy.rules.items() if name not in tabled}
