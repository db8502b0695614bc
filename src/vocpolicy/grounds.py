"""What a verdict rests on: clauses, assumptions, and whose judgement.

Of a condition that is not met only the parts that fail count, of one that is met all; of what is
undetermined, the parts that are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import Factory, frozen

from vocpolicy import core
from vocpolicy.core.walk import within
from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.exact import shown
from vocpolicy.needs import needs, self_contained
from vocpolicy.once import Recent, kept_with
from vocpolicy.trace import (
    Answer,
    ConclusionTrace,
    DefinitionTrace,
    ProvisionTrace,
    StatementTrace,
    Step,
    TargetTrace,
    Trace,
    Unknown,
)

MONTH = core.Labels("a month counts as {0} days", "每月按 {0} 天计")
TOLERANCE = core.Labels("what is approximate may depart by {0}", "约数的允许偏差为 {0}")


def assumes(policy: core.Policy, name: str) -> bool:
    """Whether what the policy provides under a name can ever rest on an assumption, on somebody's
    judgement, or on a day that the policy refuses: on more than clauses."""
    known = kept_with(policy)
    found: bool | None = known.get(("assumes", name))
    if found is None:
        known["assumes", name] = found = _assumes(policy, name)
    return found


def _assumes(policy: core.Policy, name: str) -> bool:
    if name not in policy.conclusions or policy.month_end == "refuse":
        return True
    waiting, followed = [name], {name}
    while waiting:
        provided = policy.conclusions.get(waiting.pop())
        if provided is None:
            return True
        for expr in _said(policy, provided):
            match expr:
                case None | core.Aggregate() | core.DefinitionRef():
                    return True
                case core.All() | core.Any() if any(part.assumptions for part in expr.parts):
                    return True
                case core.Scale() if any(band.assumptions for band in expr.bands):
                    return True
                case core.ConclusionRef() if expr.name not in followed:
                    followed.add(expr.name)
                    waiting.append(expr.name)
                case _:
                    pass
    facts = needs(policy, name).facts.values()
    cited = (one for one in policy.documents.values() if one.assumptions)
    return any(one.assumptions or one.judged_by for one in facts) or any(cited)


def _said(policy: core.Policy, conclusion: core.Conclusion) -> Iterator[core.Expr | None]:
    """Every expression of the rules that decide it; None where one of them assumes something."""
    otherwise = conclusion.otherwise
    yield from within(otherwise.value if otherwise else None)
    for name in conclusion.rules:
        for body in policy.rules[name].bodies.values():
            if body.assumptions:
                yield None
            yield from within(body.applies)
            for one in body.statements:
                if one.assumptions or any(exception.assumptions for exception in one.exceptions):
                    yield None
                yield from within(one.condition, one.result.value)
                yield from within(*(exception.condition for exception in one.exceptions))


@frozen
class Grounds:
    """What was gathered, in the order in which it was met; of most, values are unused.

    `refused` are dates that the policy refuses to move, by place and date.
    """

    citations: dict[core.Citation, None] = Factory(dict)
    assumptions: dict[core.Assumption, None] = Factory(dict)
    judged_by: dict[str, core.Labels] = Factory(dict)
    refused: dict[tuple[str, int, str], Diagnostic] = Factory(dict)

    def add(
        self, citations: Iterable[core.Citation], assumptions: Iterable[core.Assumption]
    ) -> None:
        self.citations.update(dict.fromkeys(citations))
        self.assumptions.update(dict.fromkeys(assumptions))

    def include(self, other: Grounds) -> None:
        """With all that another gathered."""
        self.citations.update(other.citations)
        self.assumptions.update(other.assumptions)
        self.judged_by.update(other.judged_by)
        for key, one in other.refused.items():
            self.refused.setdefault(key, one)


def grounds(policy: core.Policy, trace: Trace) -> Grounds:
    """Everything that the traced verdict rests on."""
    walker = _Walker(policy, Grounds(), set())
    match trace:
        case ConclusionTrace():
            walker.walk(walker.conclusion(trace))
        case TargetTrace():
            walker.walk(walker.target(trace))
        case ProvisionTrace():
            walker.found.add(trace.provision.citations, trace.provision.assumptions)
            walker.walk((step, None) for step in trace.evidence)
        case _:
            assert_never(trace)
    for document in dict.fromkeys(one.document for one in walker.found.citations):
        if document in policy.documents:
            walker.found.add((), policy.documents[document].assumptions)
    return walker.found


Ways: TypeAlias = "Iterator[tuple[Step, str | None]]"
"""Steps to go to next, each with what the rule there is for or what the record there is."""


@frozen(eq=False)
class _Walker:
    """Walks traces in the order in which they are told; what is shared is walked once.

    Each method adds what its thing rests on itself and yields where to go from it, so that a
    chain of any length is walked without going deep.
    """

    policy: core.Policy
    found: Grounds
    seen: set[int]

    def walk(self, start: Ways) -> None:
        waiting = [start]
        while waiting:
            at = next(waiting[-1], None)
            if at is None:
                waiting.pop()
            else:
                waiting.append(self.step(*at))

    # ---- provisions

    def conclusion(self, trace: ConclusionTrace) -> Ways:
        if id(trace) in self.seen:
            return
        self.seen.add(id(trace))
        over = {name for name, _ in trace.conclusion.overrides}
        deciding = [trace.statements[place] for place in trace.spoke]
        deciding = deciding or [one for one in trace.statements if one.speaks is None]
        base = [one for one in trace.statements if one.rule.name not in over]
        for one in base:
            self.found.add(one.body.citations, ())
        for one in deciding or base:
            self.found.add(one.body.citations, one.body.assumptions)
            yield from self._statement(one, trace.conclusion.entity)
        if trace.result is not None:
            yield trace.result, trace.conclusion.entity

    def _statement(self, trace: StatementTrace, entity: str | None) -> Ways:
        """What made a statement speak, or silenced it."""
        if trace.applies is not None:
            yield trace.applies, entity
            if trace.applies.answer is False:
                return
        if trace.speaks is not False:
            self.found.add(trace.statement.citations, trace.statement.assumptions)
        set_aside = [one for one in trace.exceptions if one.step.answer is True]
        for one in set_aside:
            self.found.add(one.exception.citations, one.exception.assumptions)
        for one in set_aside or trace.exceptions:
            yield one.step, entity
        if trace.condition is not None:
            yield trace.condition, entity

    def target(self, trace: TargetTrace) -> Ways:
        body = trace.body
        self.found.add(body.citations, body.assumptions)
        for goal in (body.goal, body.baseline, *body.milestones):
            if goal is not None:
                self.found.add(goal.citations, goal.assumptions)
        for component in trace.components:
            yield component.step, None
        for step in (*trace.operands, *trace.course, *([trace.applies] if trace.applies else [])):
            yield step, None
        if not (body.goal.assumptions or body.assumptions):
            self.found.add((), _tolerance(trace))

    # ---- expressions

    def step(self, step: Step, entity: str | None) -> Ways:
        if self_contained(self.policy, step.expr):
            self.found.include(self._contained(step, entity))
            return iter(())
        return self._step(step, entity)

    def _contained(self, step: Step, entity: str | None) -> Grounds:
        """What a step rests on that rests on facts and literals alone, gathered once for it."""
        known: Recent[tuple[int, str | None], tuple[Step, Grounds]]
        known = kept_with(self.policy).setdefault("grounds", Recent())
        found = known.get((id(step), entity))
        if found is None:
            inner = _Walker(self.policy, Grounds(), set())
            for child, owner in inner._step(step, entity):
                inner.found.include(inner._contained(child, owner))
            found = known.keep((id(step), entity), (step, inner.found))
        return found[1]

    def _step(self, step: Step, entity: str | None) -> Ways:
        expr = step.expr
        match expr:
            case core.All() | core.Any():
                return self._parts(step, expr, entity)
            case core.FactRef():
                self._fact(step, self._declared(expr.name, entity))
            case core.FieldRef():
                type_ = None if expr.record is None else getattr(expr.record, "type", None)
                owner = type_.entity if isinstance(type_, core.RecordType) else entity
                self._fact(step, self._declared(expr.name, owner))
            case core.DefinitionRef() if isinstance(step.source, DefinitionTrace):
                return self._definition(step.source)
            case core.ConclusionRef() if isinstance(step.source, ConclusionTrace):
                return self.conclusion(step.source)
            case core.Aggregate():
                return self._aggregate(step, expr, entity)
            case core.Scale():
                self._scale(step, expr)
            case core.Arithmetic(operator="shift"):
                self._shift(step)
            case _:
                pass
        return ((child, entity) for child in step.children)

    def _parts(self, step: Step, expr: core.All | core.Any, entity: str | None) -> Ways:
        for part, child in zip(expr.parts, step.children, strict=True):
            if _decides(step, child):
                self.found.add(part.citations, part.assumptions)
                yield child, entity

    def _aggregate(self, step: Step, expr: core.Aggregate, entity: str | None) -> Ways:
        if expr.month_days is not None:
            self.found.add((), [_convention(MONTH, shown(expr.month_days))])
        item = expr.list_type.item
        member = item.entity if isinstance(item, core.RecordType) else entity
        if len(step.children) == 1 and isinstance(step.children[0].answer, tuple):
            self._refused(step, shown_window(expr))
        for child in step.children:
            yield child, entity if child.member is None else member

    def _scale(self, step: Step, expr: core.Scale) -> None:
        """Lines of a scale that its value comes from: of a marginal one, those reached into."""
        asked = {id(child.expr) for child in step.children}
        at, starts = step.children[0].answer, step.children[1 : len(expr.bands) + 1]
        for band, start in zip(expr.bands, starts, strict=True):
            reached = expr.kind != "marginal" or _above(at, start.answer)
            if id(band.value) in asked and reached:
                self.found.add(band.citations, band.assumptions)

    def _shift(self, step: Step) -> None:
        date, length = (child.answer for child in step.children)
        if isinstance(date, datetime.date) and isinstance(length, Fraction):
            months, unit = shown(length), "month" if length == 1 else "months"
            self._refused(step, Words(f"{date}, {months} {unit} on", f"{date} 加 {months} 个月"))

    def _refused(self, step: Step, moved: Words | None) -> None:
        """A date that is not known though all that it is made of is."""
        if moved is not None and isinstance(step.answer, Unknown):
            span = step.expr.span
            found = Diagnostic("V430", span, {"found": moved})
            self.found.refused.setdefault((span.source.name, span.start, moved.en), found)

    def _definition(self, trace: DefinitionTrace) -> Ways:
        if id(trace) in self.seen:
            return
        self.seen.add(id(trace))
        self.found.add(trace.definition.citations, trace.definition.assumptions)
        if trace.dated is not None:
            self.found.add(trace.dated.citations, trace.dated.assumptions)
        if trace.step is not None:
            yield trace.step, trace.definition.entity

    def _declared(self, name: str, entity: str | None) -> core.Fact | None:
        fields = self.policy.entities[entity].fields if entity else {}
        return fields.get(name) or self.policy.facts.get(name)

    def _fact(self, step: Step, fact: core.Fact | None) -> None:
        if fact is None or not step.used:
            return
        self.found.add(fact.citations, fact.assumptions)
        if fact.judged_by is not None and not isinstance(step.answer, Unknown):
            self.found.judged_by[fact.name] = fact.judged_by


def _above(at: Answer, start: Answer) -> bool:
    """Whether a number may lie above another; true where that is open."""
    return not (isinstance(at, Fraction) and isinstance(start, Fraction)) or at > start


def shown_window(expr: core.Aggregate) -> Words | None:
    """The beginning of a window, in words."""
    if expr.window is None or not isinstance(expr.window.value, Fraction):
        return None
    months = shown(expr.window.value)
    return Words(f"{months} months before the day of evaluation", f"评估日之前 {months} 个月")


def _decides(step: Step, part: Step) -> bool:
    """Whether a part is among those that make the whole what it is."""
    if isinstance(step.answer, Unknown):
        return isinstance(part.answer, Unknown)
    # One part that fails makes `all` fail, one that is so makes `any` so.
    alone = not isinstance(step.expr, core.All)
    return step.answer is not alone or part.answer is alone


def _tolerance(trace: TargetTrace) -> Iterator[core.Assumption]:
    goal = trace.body.goal
    if goal.tolerance is None or not trace.operands:
        return
    answer = trace.operands[-1].answer
    if isinstance(answer, Fraction):
        said = f"{shown(answer * 100)}%" if goal.relative else shown(answer)
        yield _convention(TOLERANCE, said)


def _convention(text: core.Labels, value: str) -> core.Assumption:
    return core.Assumption(core.Labels(text.en.format(value), text.zh.format(value)))
