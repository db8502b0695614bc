"""What expressions are called: names for things, and conditions as they are asked."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    AsOf,
    ChoiceType,
    Choose,
    Compare,
    ConclusionRef,
    Const,
    DatesBetween,
    DateType,
    DefinitionRef,
    Divide,
    Equal,
    Expr,
    Fact,
    FactRef,
    FieldRef,
    Labels,
    ListType,
    Negate,
    Not,
    Nothing,
    NumberType,
    Policy,
    Range,
    Record,
    RecordType,
    Round,
    Scale,
    TextType,
    Type,
    Unit,
    Value,
    Within,
    YesNoType,
)
from vocpolicy.core.walk import type_of
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say, Term, alternatives, named
from vocpolicy.operators import aggregate
from vocpolicy.outcome import Outcome

RATIO = NumberType((), unit=Unit("%", Fraction(1, 100), Labels("%", "%")))
PLAIN = NumberType(())
RECORDS = NumberType(
    (), whole=True, unit=Unit("record", Fraction(1), Labels("record", "记录"), "records", "项")
)
MIRRORED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}
CONTRARY = {
    "at_least": "less_than",
    "at_most": "more_than",
    "more_than": "at_most",
    "less_than": "at_least",
}


@frozen
class Scope:
    """Where names are looked up.

    Attributes:
        entity: the entity whose fields are facts (a rule `for` it).
        member: the entity of the record that an aggregate is at.
        gives: the type of the value that rules on what was asked for give.
    """

    policy: Policy
    entity: str | None = None
    member: str | None = None
    gives: Type = PLAIN

    def fact(self, name: str) -> Fact | None:
        """A fact of the policy or of the entity at hand."""
        owner = self.policy.entities.get(self.entity or "")
        if owner is not None and name in owner.fields:
            return owner.fields[name]
        return self.policy.facts.get(name)

    def field(self, ref: FieldRef) -> Fact | None:
        """A field of a record."""
        owner = self.policy.entities.get(self._owner(ref) or "")
        return owner.fields.get(ref.name) if owner is not None else None

    def _owner(self, ref: FieldRef) -> str | None:
        if ref.record is None:
            return self.member
        kind = core.inner(type_of(ref.record))
        return kind.entity if isinstance(kind, RecordType) else None

    def fact_label(self, name: str) -> Labels:
        """The label of a fact, or of a field where only one record's facts are meant."""
        fact = self.fact(name)
        return named(fact.labels if fact else Labels(), name)

    def at_member(self, kind: ListType) -> Scope:
        """The scope of an aggregate's conditions."""
        item = core.inner(kind.item)
        return evolve(self, member=item.entity if isinstance(item, RecordType) else None)


def number_type(expr: Expr) -> NumberType:
    """How a number is shown: a share as a percentage even if nobody named the unit."""
    kind = core.inner(type_of(expr))
    if not isinstance(kind, NumberType):
        return PLAIN
    share = isinstance(expr, Divide) or (isinstance(expr, Aggregate) and expr.kind == "share")
    return RATIO if share and not kind.dimension and kind.unit is None else kind


# ---- values ------------------------------------------------------------------------------


def value_term(
    value: Value, kind: Type, policy: Policy, places: int | None = None, bare: bool = False
) -> Term:
    """A value as people write it."""
    kind = core.inner(kind)
    match value:
        case bool():
            return Say("yes" if value else "no")
        case Fraction():
            shown = kind if isinstance(kind, NumberType) else PLAIN
            return Amount(value, shown, places, bare)
        case datetime.date():
            return Day(value)
        case str():
            return _text(value, kind, policy)
        case Nothing():
            return Say("none")
        case Record():
            return record_term(value, policy)
        case tuple():
            return _several(value, kind, policy)
        case _:
            assert_never(value)


def _text(value: str, kind: Type, policy: Policy) -> Term:
    if isinstance(kind, ChoiceType):
        return choice_label(value, kind, policy)
    return Say("text", {"text": value})


def choice_label(name: str, kind: ChoiceType, policy: Policy) -> Labels:
    """The label of a choice's value."""
    choice = policy.choices.get(kind.name)
    return named(choice.members.get(name, Labels()) if choice else Labels(), name)


def record_term(record: Record, policy: Policy) -> Term:
    """A record by its first text; else by what it is a record of."""
    entity = policy.entities.get(record.entity)
    for name, value in record.values.items():
        field = entity.fields.get(name) if entity is not None else None
        kind = core.inner(field.type) if field is not None else None
        if isinstance(value, str) and isinstance(kind, TextType):
            return value
    return named(entity.labels if entity else Labels(), record.entity)


def _several(values: tuple[Value, ...], kind: Type, policy: Policy) -> Term:
    item = kind.item if isinstance(kind, ListType) else kind
    if values and isinstance(core.inner(item), ChoiceType):
        return Listing(tuple(value_term(value, item, policy) for value in values))
    return Say("several", {"count": Amount(Fraction(len(values)), PLAIN)})


# ---- nouns -------------------------------------------------------------------------------


def noun(expr: Expr, scope: Scope) -> Term:
    """What an expression's value is called."""
    match expr:
        case Const(value, kind):
            return value_term(value, kind, scope.policy)
        case Range(low, high, kind):
            return Band(low, high, number_type(expr))
        case FactRef(name):
            return scope.fact_label(name)
        case FieldRef():
            return _field(expr, scope)
        case DefinitionRef(name):
            definition = scope.policy.definitions.get(name)
            return named(definition.labels if definition else Labels(), name)
        case ConclusionRef(name):
            return conclusion_label(name, scope.policy)
        case AsOf():
            return Say("the_day")
        case Negate(operand):
            return Say("op.negate", {"operand": noun(operand, scope)})
        case Arithmetic():
            return _arithmetic(expr, scope)
        case Divide(left, right):
            key = "share_of" if expr.part_of_whole else "ratio_of"
            return Say(key, {"left": noun(left, scope), "right": noun(right, scope)})
        case DatesBetween(unit, start, end):
            args = {"start": noun(start, scope), "end": noun(end, scope)}
            return Say(f"op.{unit}_between", args)
        case Aggregate():
            return _aggregate(expr, scope)
        case Round(mode, operand, grain):
            args = {"operand": noun(operand, scope), "grain": noun(grain, scope)}
            return Say(f"round.{mode}", args)
        case Choose(kind, members):
            listed = Listing(tuple(noun(member, scope) for member in members))
            return Say(f"choose.{kind}", {"members": listed})
        case Scale(kind, operand):
            return Say(f"scale.{kind}", {"operand": noun(operand, scope)})
        case Compare() | Equal() | Within() | Not() | All() | Any():
            return asked(expr, scope)
        case _:
            assert_never(expr)


def conclusion_label(name: str, policy: Policy) -> Labels:
    """The label of what rules decide."""
    conclusion = policy.conclusions.get(name)
    return named(conclusion.labels if conclusion else Labels(), name)


def _field(ref: FieldRef, scope: Scope) -> Term:
    field = scope.field(ref)
    label = named(field.labels if field else Labels(), ref.name)
    if ref.record is None:
        return label
    return Say("field_of", {"field": label, "record": noun(ref.record, scope)})


def _arithmetic(expr: Arithmetic, scope: Scope) -> Term:
    operator, right = "add" if expr.operator == "shift" else expr.operator, expr.right
    if operator in ("add", "subtract") and (positive := _negated(right)) is not None:
        operator, right = "subtract" if operator == "add" else "add", positive
    args = {"left": noun(expr.left, scope), "right": noun(right, scope)}
    return Say(f"op.{operator}", args)


def _negated(expr: Expr) -> Expr | None:
    """What is taken away where a negative length or number is added."""
    if isinstance(expr, Negate):
        return expr.operand
    if isinstance(expr, Const) and isinstance(expr.value, Fraction) and expr.value < 0:
        return evolve(expr, value=-expr.value)
    return None


def records_noun(expr: Aggregate, scope: Scope, count: Amount | None = None) -> Term:
    """Which records an aggregate is over: what they are, the window, what they satisfy; with
    their number, where that is to be said."""
    records = _plural(expr, scope)
    if count is not None:
        records = Say("records_plain", {"counted": count, "records": records})
    if expr.window is not None:
        window = noun(expr.window, scope)
        form = "records_since" if isinstance(expr.window.type, DateType) else "in_last"
        records = Say(form, {"records": records, "window": window})
    if expr.where is not None:
        condition = asked(expr.where, scope.at_member(expr.list_type))
        records = Say("where", {"records": records, "condition": condition})
    return records


def _plural(expr: Aggregate, scope: Scope) -> Term:
    """What the records of a list are called; of a list of other things, what the list is."""
    item = core.inner(expr.list_type.item)
    entity = scope.policy.entities.get(item.entity) if isinstance(item, RecordType) else None
    if entity is None:
        return noun(expr.records, scope)
    unit = record_type(expr.list_type, scope.policy).unit
    labels = named(entity.labels, entity.name)
    return Labels(unit.plural or labels.en if unit else labels.en, labels.zh)


def record_type(kind: ListType, policy: Policy) -> NumberType:
    """How the records of a list are counted."""
    item = core.inner(kind.item)
    counted = policy.units.get(item.entity) if isinstance(item, RecordType) else None
    if counted is None or counted.unit is None:
        return RECORDS
    unit = counted.unit
    if not unit.counter:
        unit = evolve(unit, counter="项")
    return NumberType(counted.dimension, whole=True, unit=unit)


def _aggregate(expr: Aggregate, scope: Scope) -> Term:
    records = records_noun(expr, scope)
    inner = scope.at_member(expr.list_type)
    if expr.condition is not None:
        condition = asked(expr.condition, inner)
        if isinstance(records, Say) and records.key == "where":
            records = Say("where_aside", records.args)
        key = "concluding" if isinstance(expr.condition, ConclusionRef) else "satisfying"
        records = Say(key, {"records": records, "condition": condition})
    args: dict[str, Term] = {"records": records}
    if expr.value is not None:
        args["value"] = noun(expr.value, inner)
    return Say(f"op.{aggregate(expr.kind).key}", args)


# ---- conditions as they are asked --------------------------------------------------------


def asked(expr: Expr, scope: Scope) -> Term:
    """A condition as it stands in a question or after `where`."""
    match expr:
        case Compare(operator, left, right):
            args = {"left": noun(left, scope), "bound": noun(right, scope)}
            return Say(f"ask.{family(left)}.{operator}", args)
        case Equal():
            return _asked_equal(expr, scope)
        case Within(item, members, negated):
            listed = alternatives(noun(member, scope) for member in members)
            args = {"left": noun(item, scope), "right": listed}
            return Say("op.is_not" if negated else "op.is", args)
        case Not(FactRef() | FieldRef() | DefinitionRef() as operand):
            return Say("ask.no", {"name": noun(operand, scope)})
        case Not(operand):
            return Say("op.not", {"operand": asked(operand, scope)})
        case All(parts) | Any(parts):
            joint = "joint.and" if isinstance(expr, All) else "joint.or"
            return Listing(tuple(asked(part.expr, scope) for part in parts), joint)
        case ConclusionRef(name):
            wording = Say(f"word.{positive_wording(name, scope.policy)}")
            return Say("ask.concluded", {"name": noun(expr, scope), "wording": wording})
        case _:
            return noun(expr, scope)


def _asked_equal(expr: Equal, scope: Scope) -> Term:
    if isinstance(expr.right, Const) and expr.right.value is Nothing.NONE:
        name = noun(expr.left, scope)
        key = _there_is(name) if expr.negated else "has_none"
        return Say(key, {"name": name})
    args = {"left": noun(expr.left, scope), "right": noun(expr.right, scope)}
    return Say("op.is_not" if expr.negated else "op.is", args)


def _there_is(name: Term) -> str:
    """By its first letter an English name takes `a` or `an`."""
    vowel = isinstance(name, Labels) and name.en[:1].lower() in tuple("aeiou")
    return "ask.has_an" if vowel else "ask.has"


def positive_wording(name: str, policy: Policy) -> str:
    """How a conclusion says that it holds: `eligible`, `fulfilled`."""
    conclusion = policy.conclusions.get(name)
    for rule_name in conclusion.rules if conclusion else ():
        for body in policy.rules[rule_name].bodies.values():
            for statement in body.statements:
                if statement.result.wording:
                    return statement.result.wording.removeprefix("not_")
    return "holds"


def outcome_wording(name: str, outcome: str, policy: Policy) -> str:
    """How a rule says an outcome of which nothing else is known: a key of `outcome.WORDS`."""
    if outcome not in (Outcome.HOLDS, Outcome.FAILS):
        return outcome
    conclusion = policy.conclusions.get(name)
    if conclusion is not None and not isinstance(conclusion.type, YesNoType):
        return "decided"
    key = positive_wording(name, policy)
    return key if outcome == Outcome.HOLDS else f"not_{key}"


def family(expr: Expr) -> str:
    """Which words compare it: of dates, of counts, of lengths of time, of other numbers."""
    return family_of(type_of(expr))


def family_of(kind: Type) -> str:
    """The same of a type."""
    kind = core.inner(kind)
    if isinstance(kind, DateType):
        return "date"
    if not isinstance(kind, NumberType):
        return "is"
    bases = {base for base, _ in kind.dimension}
    if bases and bases <= {"day", "month", "year", "hour"}:
        return "time"
    return "whole" if kind.whole else "is"
