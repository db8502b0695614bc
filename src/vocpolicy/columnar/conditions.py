"""Conditions as columns of Booleans that are null where the answer is not known."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.columnar import bare, equals, latest, rationals, ruled, scales
from vocpolicy.columnar.calendar import EARLIEST, LATEST
from vocpolicy.columnar.conclusions import Concluded, concluded, rests_on
from vocpolicy.columnar.entry import Entry, any_of, inner, optional
from vocpolicy.columnar.given import given
from vocpolicy.columnar.hulls import Moment
from vocpolicy.columnar.lacking import Lacks
from vocpolicy.columnar.lists import list_named
from vocpolicy.columnar.logic import (
    Col,
    Sheet,
    Truth,
    chosen,
    conjunction,
    disjunction,
    filled,
    negation,
)
from vocpolicy.columnar.moments import Moments
from vocpolicy.columnar.monotone import directly, of_date, of_number, plain, rises
from vocpolicy.columnar.numbers import (
    OPERATORS,
    Number,
    TooLargeError,
    constant,
    ends_compared,
    known,
    with_nones,
)
from vocpolicy.columnar.perhaps import nothing
from vocpolicy.columnar.rationals import Amount
from vocpolicy.columnar.refusals import refused
from vocpolicy.columnar.scales import Lines
from vocpolicy.columnar.scope import TODAY, Place
from vocpolicy.columnar.values import Values
from vocpolicy.core import Nothing
from vocpolicy.core.walk import type_of
from vocpolicy.diagnostics import UsageError
from vocpolicy.interpreter.known import relations


@define
class Conditions:
    """Makes conditions.

    Attributes:
        asked: every condition that was made, by the place where it stands, for explanations.
    """

    entry: Entry
    sheet: Sheet
    asked: dict[tuple[str | None, core.Expr], Truth] = Factory(dict)
    found: dict[str, Concluded] = Factory(dict)
    _defined: dict[str, Truth] = Factory(dict)
    _given: dict[str, Amount] = Factory(dict)
    _lacks: dict[str, Lacks] = Factory(dict)
    _lines: dict[tuple[str | None, core.Expr], Lines] = Factory(dict)
    _scaled: dict[tuple[str | None, core.Expr], Amount] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        self.entry.made = self
        if self.entry.lists is not None:
            self.entry.lists.rows[self.entry.place.entity] = self

    def truth(self, place: Place, expr: core.Expr) -> Truth:
        match expr:
            case core.Const(value=bool() as value):
                return value
            case core.Not(operand):
                return negation(self.truth(place, operand))
            case core.All(parts):
                return conjunction([self.truth(place, part.expr) for part in parts])
            case core.Any(parts):
                return disjunction([self.truth(place, part.expr) for part in parts])
            case _:
                key = place.entity, expr
                if key not in self.asked:
                    self.asked[key] = self.sheet.kept(self._leaf(place, expr))
                return self.asked[key]

    def _leaf(self, place: Place, expr: core.Expr) -> Truth:
        match expr:
            case core.FactRef():
                fact = place.fact(expr)
                return self.entry.yes_no(fact) if self.entry.has(fact.name) else None
            case core.DefinitionRef():
                return self._definition(place, expr)
            case core.ConclusionRef():
                return ruled.truth(self.concluded(place, expr.name), place, expr)
            case core.Compare() | core.Equal() | core.Within():
                return self._comparison(place, expr)
            case core.Aggregate():
                return self._aggregate(place, expr)
            case core.FieldRef():
                raise refused("field", place.engine, expr.span)
            case _:
                raise refused("equal", place.engine, expr.span)

    def _definition(self, place: Place, expr: core.DefinitionRef) -> Truth:
        if expr.name not in self._defined:
            value, inside = place.defined(expr)
            found = None if value is None else self.truth(inside, value)
            self._defined[expr.name] = self.sheet.kept(found)
        return self._defined[expr.name]

    def _aggregate(self, place: Place, expr: core.Aggregate) -> Truth:
        if bare.is_bare(expr):
            return bare.truth(self, place, expr)
        lists, name = self.entry.lists, list_named(place, expr)
        if lists is not None and lists.has(name):
            return lists.truth(place, expr)
        place.facts_in(expr)
        answer = place.answer(expr)
        return answer if isinstance(answer, bool) else None

    def concluded(self, place: Place, name: str) -> Concluded:
        """How a conclusion comes out, made once, after those that it rests on: no chain of rules
        is then deeper than one of them."""
        waiting = [] if name in self.found else [name]
        entered: set[str] = set()
        while waiting:
            conclusion = place.policy.conclusions[waiting[-1]]
            inside = place.within(conclusion.entity)
            before = [] if waiting[-1] in entered else rests_on(inside, conclusion)
            entered.add(waiting[-1])
            open_ = [one for one in before if one not in self.found and one not in entered]
            if open_:
                waiting += open_
                continue
            done = waiting.pop()
            if done not in self.found:
                self.found[done] = concluded(self, inside, conclusion)
                if waiting:
                    self._give(inside, conclusion)
        return self.found[name]

    def _give(self, place: Place, conclusion: core.Conclusion) -> None:
        """Make the number that others ask for; what cannot be is refused where it is asked."""
        if self.found[conclusion.name].gives and isinstance(conclusion.type, core.NumberType):
            ref = core.ConclusionRef(conclusion.name, conclusion.type, span=conclusion.span)
            with suppress(UsageError, TooLargeError):
                self.given_amount(place, ref)

    def lacks(self, place: Place, name: str) -> Lacks:
        """The missing facts that a conclusion can still turn on, made once."""
        if name not in self._lacks:
            found = self.concluded(place, name).lacks()
            self._lacks[name] = {one: self.sheet.kept(where) for one, where in found.items()}
        return self._lacks[name]

    def given_amount(self, place: Place, expr: core.ConclusionRef) -> Amount:
        """The number that rules give, made once."""
        if expr.name not in self._given:
            found = self.concluded(place, expr.name)
            self._given[expr.name] = ruled.amount(found, self.sheet, place, expr)
        return self._given[expr.name]

    def lines(self, place: Place, expr: core.Scale) -> Lines:
        """The lines of a scale that are possible, made once."""
        key = place.entity, expr
        if key not in self._lines:
            self._lines[key] = scales.lines(self, place, expr)
        return self._lines[key]

    def scaled(self, place: Place, expr: core.Scale) -> Amount:
        """The number that a scale comes to, made once."""
        key = place.entity, expr
        if key not in self._scaled:
            work = scales.band if expr.kind == "band" else scales.marginal
            self._scaled[key] = work(Values(self.entry, True), self, place, expr)
        return self._scaled[key]

    def known_value(self, place: Place, expr: core.Expr) -> Truth:
        """Whether something comes to one value; never null."""
        return given(self, place, expr).is_known

    def moment(self, place: Place, expr: core.Expr) -> Moment:
        """A date, null where it is not known."""
        found = equals.moment(self, place, expr)
        if found is None:
            moments = Moments(self.entry)
            day = self.sheet.keep(moments.date(moments.day(place, expr)))
            found = Moment(day, self.sheet.kept(moments.none(place, expr)))
        return found

    def reckoned(self, place: Place, key: str, left: core.Expr, right: core.Expr) -> Truth:
        """A comparison of dates of which one is reckoned, in counts of days."""
        moments = Moments(self.entry)
        one, other = moments.day(place, left), moments.day(place, right)
        found = Col(OPERATORS[key](one.expr, other.expr), max(one.level, other.level))
        nones = moments.none(place, left), moments.none(place, right)
        if key == "equal":
            sides = zip(nones, (one, other), strict=True)
            return with_nones(found, *((none, equals.there(day)) for none, day in sides))
        return chosen(disjunction(nones), False, found)

    def judged(self, place: Place, measure: core.Expr) -> Number:
        """The day on which a measure is judged, as a count: that of the latest observation that it
        used, or the day of evaluation."""
        today = constant(Fraction(place.day.toordinal()))
        if self.entry.has(TODAY):
            day = Moments(self.entry).day(place, core.FactRef(TODAY, core.DateType()))
            today = Number(day, day, Fraction(1), EARLIEST, LATEST)
        return today if self.entry.observed is None else latest.judged(self, place, measure, today)

    # ---- what is known

    def known_fact(self, place: Place, expr: core.FactRef) -> Truth:
        """Whether a number is there, or its bounds leave it one value; never null."""
        fact = place.fact(expr)
        bounded = self._is_related(place, fact) or "." in fact.name
        if not bounded and isinstance(place.answer(expr), Fraction):
            return True
        return known(Values(self.entry, bounded).number(place, expr))

    def known_number(self, place: Place, expr: core.Expr) -> Truth:
        """Whether arithmetic comes to one number; never null."""
        try:
            return rationals.known(Values(self.entry, True).amount(place, expr))
        except TooLargeError:
            raise place.too_large(expr) from None

    # ---- comparisons

    def _comparison(self, place: Place, expr: core.Compare | core.Equal | core.Within) -> Truth:
        if isinstance(expr, core.Equal | core.Within) and expr.negated:
            return negation(self._settled(place, _unnegated(expr)))
        return self._settled(place, expr)

    def _settled(self, place: Place, expr: core.Compare | core.Equal | core.Within) -> Truth:
        """With what is known of it where facts are missing."""
        names = place.facts_in(expr)
        distinct = list(dict.fromkeys(names))
        facts = [place.declared[name] for name in distinct]
        related = any(self._is_related(place, fact) for fact in facts)
        nothing = not any(self.entry.has(name) or "." in name for name in distinct)
        if not related and nothing:
            answer = place.answer(expr)
            return answer if isinstance(answer, bool) else None
        if place.open_ended(expr):
            return None
        listed = any(self.entry.has_list(name) for name in distinct)
        decided = bool(place.decided_in(expr))
        inside = any("." in name for name in distinct)
        several = len(distinct) > 1 or related or listed or decided or inside
        several = several or (optional(facts[0].type) and _reckoned(expr))
        if several or not directly(expr, place):
            return self._several(place, expr)
        found = self._single(place, expr, facts[0], len(names) == 1)
        if optional(facts[0].type):
            return filled(found, False)
        answer = place.answer(expr)
        return filled(found, answer if isinstance(answer, bool) else None)

    def _is_related(self, place: Place, fact: core.Fact) -> bool:
        """Whether another fact in the frame says something of it where it is missing."""
        if not isinstance(fact.type, core.NumberType):
            return False
        for _, bound in relations(fact, place.siblings):
            if not isinstance(bound, core.FactRef | core.FieldRef):
                continue
            place.fact(core.FactRef(bound.name, bound.type))
            if self.entry.has(bound.name):
                return True
        return False

    def _single(
        self,
        place: Place,
        expr: core.Compare | core.Equal | core.Within,
        fact: core.Fact,
        once: bool,
    ) -> Truth:
        """A comparison that one fact decides; null where it is missing, or `none`."""
        kind = inner(fact.type)
        match expr:
            case core.Compare(left=left, right=right) if isinstance(kind, core.DateType):
                if not once or not rises(place, left, right):
                    return self._several(place, expr)
                return of_date(place, expr, fact.name, self.entry.date(fact))
            case core.Compare(operator, left, right) if isinstance(kind, core.NumberType):
                number = self.entry.number(fact)
                if once and not plain(left, right) and rises(place, left, right):
                    return of_number(place, expr, fact.name, number)
                return self._numbers(place, operator, left, right, bounded=False)
            case core.Equal(left, right):
                return self._equal(place, fact, left, right)
            case core.Within(item, members):
                return disjunction([self._equal(place, fact, item, one) for one in members])
            case _:
                raise refused("equal", place.engine, expr.span)

    def _equal(self, place: Place, fact: core.Fact, left: core.Expr, right: core.Expr) -> Truth:
        if place.facts_in(right):
            left, right = right, left
        if place.facts_in(right):
            raise refused("equal", place.engine, left.span)
        kind, value = inner(fact.type), place.answer(right)
        direct = isinstance(left, core.FactRef)
        if value is Nothing.NONE and direct:
            return nothing(self.entry, fact)
        match kind:
            case core.NumberType():
                return self._numbers(place, "equal", left, right, bounded=False)
            case core.ChoiceType() if isinstance(value, str) and direct:
                column, spelled, _ = self.entry.choice(fact)
                if not spelled[value]:
                    return _all_false(column)
                return Col(any_of(column.expr, spelled[value]))
            case core.TextType() if isinstance(value, str) and direct:
                return Col(self.entry.text(fact).expr == value)
            case core.DateType() if direct and not isinstance(value, Nothing):
                return Col(self.entry.date(fact).expr == value)
            case core.YesNoType() if isinstance(value, bool) and direct:
                found = self.entry.yes_no(fact)
                return found if value else negation(found)
            case _:
                raise refused("equal", place.engine, left.span)

    # ---- several facts

    def _several(self, place: Place, expr: core.Compare | core.Equal | core.Within) -> Truth:
        match expr:
            case core.Compare(operator, left, right):
                if isinstance(inner(type_of(left)), core.DateType):
                    return equals.dates(self, place, operator, left, right)
                return self._numbers(place, operator, left, right, bounded=True)
            case core.Equal(left, right) if _is_number(left, right):
                return self._numbers(place, "equal", left, right, bounded=True)
            case core.Equal(left, right):
                return equals.same(self, place, left, right)
            case core.Within(item, members) if _is_number(item, *members):
                several = [core.Equal(item, one, span=expr.span) for one in members]
                return disjunction(self._several(place, one) for one in several)
            case _:
                return equals.within(self, place, expr)

    def _numbers(
        self, place: Place, key: str, left: core.Expr, right: core.Expr, *, bounded: bool
    ) -> Truth:
        values = Values(self.entry, bounded)
        try:
            amounts = values.amount(place, left), values.amount(place, right)
            return rationals.compared(key, *amounts)
        except TooLargeError:
            raise place.too_large(left, right) from None


def _reckoned(expr: core.Compare | core.Equal | core.Within) -> bool:
    """Whether what is reckoned from a fact is said to be something, and not the fact itself."""
    if isinstance(expr, core.Compare):
        return False
    several = (expr.left, expr.right) if isinstance(expr, core.Equal) else (expr.item,)
    return not any(isinstance(one, core.FactRef) for one in several)


def _is_number(*exprs: core.Expr) -> bool:
    return any(isinstance(inner(type_of(one)), core.NumberType) for one in exprs)


def _unnegated(expr: core.Equal | core.Within) -> core.Equal | core.Within:
    if isinstance(expr, core.Equal):
        return core.Equal(expr.left, expr.right, span=expr.span)
    return core.Within(expr.item, expr.members, span=expr.span)


def _all_false(column: Col) -> Truth:
    """No cell says so; null where it is missing."""
    return Col(column.expr.is_null() & (column.expr == column.expr), column.level)


__all__ = ["Conditions", "Number", "constant", "ends_compared"]
