"""One amendment put into what it amends."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import evolve

from vocpolicy import syntax
from vocpolicy.diagnostics import Words
from vocpolicy.keywords import KEYWORDS
from vocpolicy.resolver.changes import Named, day_before, moment
from vocpolicy.resolver.mistakes import Mistakes

_SAID = frozenset({"label", "note", "cite", "assumed"})
_SPOKEN = {"applies", "in_force", "reading", "accepts"}

# What may stand in the amendment of each thing; roles as in `syntax.Patch.items`.
TAKES: Mapping[type[Named], frozenset[str]] = {
    syntax.Rule: _SAID | _SPOKEN | {"statement", "otherwise", "overrides"},
    syntax.Target: _SAID
    | _SPOKEN
    | {"stock", "flow", "measure", "baseline", "goal", "milestone", "modality", "hedged"},
    syntax.Parameter: _SAID | {"value", "amended_value", "reading"},
    syntax.Recorded: (_SAID - {"note"}) | {"amended_value"},
    syntax.Define: (_SAID - {"note"}) | {"amended_value"},
    syntax.Provision: _SAID | {"modality", "hedged", "evidence", "in_force"},
    syntax.Table: _SAID | {"row", "otherwise", "in_force", "accepts"},
    syntax.Policy: frozenset({"in_force", "label", "note"}),
}

# Items of which a reading's own stands over that of the whole.
_HIDDEN = frozenset(
    {"statement", "otherwise", "applies", "in_force", "measure", "baseline", "goal", "milestone"}
    | {"value", "amended_value"}
)


def patched(node: Named, amendment: syntax.Amendment, mistakes: Mistakes) -> Named:
    """The declaration as the amendment has it; mistakes are added to `mistakes`."""
    for patch in (amendment.body, *(one.body for one in amendment.readings)):
        _check_items(node, patch, mistakes)
    _check_hidden(node, amendment.body, mistakes)
    body = amendment.body
    match node:
        case syntax.Rule():
            readings = _rule_readings(node, amendment)
            return evolve(node, body=_rule_body(node.body, body), readings=readings)
        case syntax.Target():
            targets = _target_readings(node, amendment)
            return evolve(node, body=_target_body(node.body, body), readings=targets)
        case syntax.Parameter():
            return _parameter(node, amendment, mistakes)
        case syntax.Recorded():
            return _recorded(node, body)
        case syntax.Define():
            return _define(node, body, mistakes)
        case syntax.Provision():
            return _provision(node, body)
        case syntax.Table():
            return _table(node, body)
        case syntax.Policy():
            title, notes = body.labels or node.title, node.notes + body.notes
            return evolve(node, title=title, notes=notes, in_force=body.in_force or node.in_force)
        case _:
            assert_never(node)


def kind_words(node: Named) -> Words:
    """What a declaration is called, by its keyword."""
    terminal = type(node).__name__.upper()
    keyword = next(one for one in KEYWORDS if one.terminal == terminal)
    return Words(keyword.en[0], keyword.zh[0])


def _check_items(node: Named, patch: syntax.Patch, mistakes: Mistakes) -> None:
    for role, span in patch.items.items():
        if role not in TAKES[type(node)]:
            found = span.text.split("\n")[0].strip()
            mistakes.add("V624", span, found=found, name=node.name.text, what=kind_words(node))


def _check_hidden(node: Named, patch: syntax.Patch, mistakes: Mistakes) -> None:
    """What every reading says for itself is amended there: elsewhere it would change nothing."""
    if not isinstance(node, syntax.Rule | syntax.Target | syntax.Parameter) or not node.readings:
        return
    for role in patch.items:
        having = [one.name.text for one in node.readings if _says(one, role)]
        if role in _HIDDEN and having:
            names = Words(", ".join(having), "、".join(having))
            mistakes.add("V626", patch.items[role], name=node.name.text, readings=names)


def _says(
    reading: syntax.RuleReading | syntax.TargetReading | syntax.ParameterReading, role: str
) -> bool:
    if isinstance(reading, syntax.ParameterReading):
        return role in ("value", "amended_value")
    field = {"statement": "statements", "milestone": "milestones"}.get(role, role)
    return bool(getattr(reading.body, field, None))


# ---- rules ---------------------------------------------------------------------------------


def _rule_body(body: syntax.RuleBody, patch: syntax.Patch) -> syntax.RuleBody:
    return evolve(
        body,
        statements=patch.statements or body.statements,
        otherwise=patch.otherwise or body.otherwise,
        applies=patch.applies or body.applies,
        applies_attributes=patch.applies_attributes if patch.applies else body.applies_attributes,
        in_force=patch.in_force or body.in_force,
        overrides=body.overrides + patch.overrides,
        labels=patch.labels or body.labels,
        notes=body.notes + patch.notes,
        citations=body.citations + patch.citations,
        assumptions=body.assumptions + patch.assumptions,
        accepts=body.accepts + patch.accepts,
    )


def _rule_readings(
    rule: syntax.Rule, amendment: syntax.Amendment
) -> tuple[syntax.RuleReading, ...]:
    known = {one.name.text: one for one in rule.readings}
    for patch in amendment.readings:
        old = known.get(patch.name.text)
        body = _rule_body(old.body if old else syntax.RuleBody(), patch.body)
        labels = patch.body.labels or (old.labels if old else None)
        used = patch.in_use or (old is not None and old.in_use)
        known[patch.name.text] = syntax.RuleReading(patch.name, body, used, labels, span=patch.span)
    used_now = _newly_used(amendment)
    return tuple(
        evolve(one, in_use=one.name.text == used_now) if used_now else one for one in known.values()
    )


def _newly_used(amendment: syntax.Amendment) -> str | None:
    """The reading that the amendment puts in use, where it does so for just one."""
    used = [one.name.text for one in amendment.readings if one.in_use]
    return used[0] if len(used) == 1 else None


# ---- targets -------------------------------------------------------------------------------


def _target_body(body: syntax.TargetBody, patch: syntax.Patch) -> syntax.TargetBody:
    how = patch.stock or patch.flow_since is not None
    verb = patch.modality is not None
    return evolve(
        body,
        measure=patch.measure or body.measure,
        goal=patch.goal or body.goal,
        baseline=patch.baseline or body.baseline,
        milestones=patch.milestones or body.milestones,
        flow_since=patch.flow_since if how else body.flow_since,
        stock=patch.stock if how else body.stock,
        applies=patch.applies or body.applies,
        applies_attributes=patch.applies_attributes if patch.applies else body.applies_attributes,
        in_force=patch.in_force or body.in_force,
        labels=patch.labels or body.labels,
        notes=body.notes + patch.notes,
        citations=body.citations + patch.citations,
        assumptions=body.assumptions + patch.assumptions,
        accepts=body.accepts + patch.accepts,
        modality=patch.modality if verb else body.modality,
        text=patch.text if verb else body.text,
        hedges=patch.hedges or body.hedges,
    )


def _target_readings(
    target: syntax.Target, amendment: syntax.Amendment
) -> tuple[syntax.TargetReading, ...]:
    known = {one.name.text: one for one in target.readings}
    for patch in amendment.readings:
        old = known.get(patch.name.text)
        body = _target_body(old.body if old else syntax.TargetBody(), patch.body)
        labels = patch.body.labels or (old.labels if old else None)
        used = patch.in_use or (old is not None and old.in_use)
        known[patch.name.text] = syntax.TargetReading(
            patch.name, body, used, labels, span=patch.span
        )
    used_now = _newly_used(amendment)
    return tuple(
        evolve(one, in_use=one.name.text == used_now) if used_now else one for one in known.values()
    )


# ---- values --------------------------------------------------------------------------------


def _parameter(
    node: syntax.Parameter, amendment: syntax.Amendment, mistakes: Mistakes
) -> syntax.Parameter:
    patch = amendment.body
    new = tuple(_new_values(patch, amendment.start, mistakes))
    attributes = syntax.Attributes(
        node.attributes.citations + patch.citations,
        node.attributes.assumptions + patch.assumptions,
        node.attributes.because,
    )
    readings = {one.name.text: one for one in node.readings}
    for one in amendment.readings:
        old = readings.get(one.name.text)
        values = tuple(_new_values(one.body, amendment.start, mistakes))
        added = syntax.Attributes(one.body.citations, one.body.assumptions)
        if old is not None:
            values = _over(old.values, values)
            added = syntax.Attributes(
                old.attributes.citations + added.citations,
                old.attributes.assumptions + added.assumptions,
            )
        readings[one.name.text] = syntax.ParameterReading(
            one.name,
            values,
            one.in_use or (old is not None and old.in_use),
            one.body.labels or (old.labels if old else None),
            (old.notes if old else ()) + one.body.notes,
            added,
            span=one.span,
        )
    used = _newly_used(amendment)
    return evolve(
        node,
        values=_over(node.values, new),
        labels=patch.labels or node.labels,
        notes=node.notes + patch.notes,
        attributes=attributes,
        readings=tuple(
            evolve(one, in_use=one.name.text == used) if used else one for one in readings.values()
        ),
    )


def _new_values(
    patch: syntax.Patch, start: syntax.Moment, mistakes: Mistakes
) -> Iterator[syntax.ParameterValue]:
    yield from patch.values
    if patch.value is not None:
        value = _value(patch.value, mistakes)
        if value is not None:
            attributes, span = patch.value.attributes, patch.value.span
            yield syntax.ParameterValue(start, value, attributes=attributes, span=span)


def _value(given: syntax.Goal, mistakes: Mistakes) -> syntax.Expr | None:
    """What `= …` gives where just one value can stand."""
    if given.comparison.comparator == "exactly" and given.moment is None:
        return given.comparison.operands[0]
    mistakes.add("V629", given.span)
    return None


def _over(
    old: tuple[syntax.ParameterValue, ...], new: tuple[syntax.ParameterValue, ...]
) -> tuple[syntax.ParameterValue, ...]:
    """The old values up to the first new one, the new ones, and, where the last of these has
    an end, the old ones after it."""
    if not new:
        return old
    first = min(value.start.first for value in new)
    last = max(new, key=lambda value: value.start.first).end
    made: list[syntax.ParameterValue] = []
    for value in old:
        ends = value.end.last if value.end else None
        if value.start.first < first:
            cut = ends is not None and ends >= first
            end = moment(day_before(first), value.start.span) if cut else value.end
            made.append(evolve(value, end=end))
    made += new
    return tuple(made + (list(_after(old, last.last)) if last else []))


def _after(
    old: tuple[syntax.ParameterValue, ...], last: datetime.date
) -> Iterator[syntax.ParameterValue]:
    """The old values from the day after a day on."""
    if last == datetime.date.max:
        return
    resumed = last + datetime.timedelta(days=1)
    begun = [value for value in old if value.start.first <= resumed]
    current = max(begun, key=lambda value: value.start.first, default=None)
    if current is not None and (current.end is None or current.end.last >= resumed):
        yield evolve(current, start=moment(resumed, current.start.span))
    yield from (value for value in old if value.start.first > resumed)


def _recorded(node: syntax.Recorded, patch: syntax.Patch) -> syntax.Recorded:
    given = patch.value
    attributes = given.attributes if given else node.attributes
    return evolve(
        node,
        value=given.comparison if given else node.value,
        at=(given.moment if given else None) or node.at,
        labels=patch.labels or node.labels,
        attributes=_with(attributes, patch),
    )


def _define(node: syntax.Define, patch: syntax.Patch, mistakes: Mistakes) -> syntax.Define:
    given = patch.value
    value = _value(given, mistakes) if given else None
    attributes = given.attributes if given else node.attributes
    return evolve(
        node,
        value=value or node.value,
        labels=patch.labels or node.labels,
        attributes=_with(attributes, patch),
    )


def _with(attributes: syntax.Attributes, patch: syntax.Patch) -> syntax.Attributes:
    return syntax.Attributes(
        attributes.citations + patch.citations,
        attributes.assumptions + patch.assumptions,
        attributes.because,
    )


# ---- provisions and tables -------------------------------------------------------------------


def _provision(node: syntax.Provision, patch: syntax.Patch) -> syntax.Provision:
    verb = patch.modality is not None
    return evolve(
        node,
        modality=patch.modality if patch.modality is not None else node.modality,
        text=patch.text if verb else node.text,
        hedges=patch.hedges or node.hedges,
        evidence=patch.evidence or node.evidence,
        in_force=patch.in_force or node.in_force,
        labels=patch.labels or node.labels,
        notes=node.notes + patch.notes,
        citations=node.citations + patch.citations,
        assumptions=node.assumptions + patch.assumptions,
    )


def _table(node: syntax.Table, patch: syntax.Patch) -> syntax.Table:
    return evolve(
        node,
        rows=patch.rows or node.rows,
        otherwise=patch.otherwise or node.otherwise,
        in_force=patch.in_force or node.in_force,
        labels=patch.labels or node.labels,
        notes=node.notes + patch.notes,
        citations=node.citations + patch.citations,
        assumptions=node.assumptions + patch.assumptions,
        accepts=node.accepts + patch.accepts,
    )
