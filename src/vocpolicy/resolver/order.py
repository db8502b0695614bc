"""In which order definitions and conclusions are made, and the cycles that forbid an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from vocpolicy import syntax
from vocpolicy.diagnostics import Note, Words, chained, close_names
from vocpolicy.resolver.mentions import Mention, of_definition, of_rule, place
from vocpolicy.resolver.mistakes import Mistakes
from vocpolicy.resolver.scope import Scope, bodies, conclusion_name

Graph = dict[str, dict[str, Mention]]

# How one part of a circle leads to the next.
_USES = Words("`{}` uses `{}`", "“{}”用到“{}”")
_BOUNDED = Words("`{}` is bounded by `{}`", "“{}”的范围引用“{}”")
_OVERRIDES = Words("`{}` overrides `{}`", "“{}”优先于“{}”")


def ordered(scope: Scope, mistakes: Mistakes) -> tuple[tuple[str, ...], frozenset[str]]:
    """Definitions and conclusions, each after what it uses; and those that go in circles."""
    graph: Graph = {}
    for name, definition in scope.definitions.items():
        entity = definition.entity if isinstance(definition, syntax.Define) else None
        graph[name] = _by_name(of_definition(place(scope, entity), definition))
    for name, rules in scope.conclusions.items():
        found: dict[str, Mention] = {}
        for rule in rules:
            found |= _by_name(of_rule(place(scope, rule.entity), rule))
        graph[name] = found
    for name, used in graph.items():
        graph[name] = {other: mention for other, mention in used.items() if other in graph}

    def report(cycle: tuple[str, ...]) -> None:
        _report(mistakes, "V207", _USES, cycle, lambda name, other: graph[name][other].name)

    return _sort(graph, report)


def _by_name(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """The first mention of each name; a certain one stands for one that is `perhaps`."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        known = found.get(mention.name.text)
        if known is None or (known.perhaps and not mention.perhaps):
            found[mention.name.text] = mention
    return found


def _sort(
    graph: Graph, report: Callable[[tuple[str, ...]], None]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Sort by use.  A cycle that a name closes which may be a value of a choice is none: the
    checker knows better."""
    edges = {name: set(used) for name, used in graph.items()}
    cyclic: set[str] = set()
    while True:
        try:
            return tuple(TopologicalSorter(edges).static_order()), frozenset(cyclic)
        except CycleError as error:
            cycle: tuple[str, ...] = tuple(reversed(error.args[1]))
            pairs = list(pairwise(cycle))
            doubtful = next((pair for pair in pairs if graph[pair[0]][pair[1]].perhaps), None)
            if doubtful:
                edges[doubtful[0]].discard(doubtful[1])
                continue
            report(cycle)
            cyclic |= set(cycle)
            for name, other in pairs:
                edges[name].discard(other)


def _report(
    mistakes: Mistakes,
    code: str,
    link: Words,
    cycle: tuple[str, ...],
    mention: Callable[[str, str], syntax.Name],
) -> None:
    """A cycle, at its first mention in the files, with the others as notes."""
    names = [mention(name, other) for name, other in pairwise(cycle)]
    start = min(
        range(len(names)), key=lambda at: (names[at].span.source.name, names[at].span.start)
    )
    turned = [*cycle[start:-1], *cycle[:start]]
    names = names[start:] + names[:start]
    chain = chained([*turned, turned[0]])
    notes = [
        Note(name.span, _said(link, user, name.text))
        for user, name in list(zip(turned, names, strict=True))[1:]
    ]
    mistakes.add(code, names[0].span, *notes, chain=chain)


def _said(link: Words, user: str, used: str) -> Words:
    return Words(link.en.format(user, used), link.zh.format(user, used))


def check_bounds(scope: Scope, mistakes: Mistakes) -> frozenset[str]:
    """Bounds between facts that go in circles are reported; those facts, `ENTITY.field` for
    fields."""
    cyclic = _cyclic_bounds(scope.facts, "", mistakes)
    for entity in scope.entities:
        cyclic |= _cyclic_bounds(scope.fields(entity), f"{entity}.", mistakes)
    return frozenset(cyclic)


def _cyclic_bounds(
    facts: Mapping[str, syntax.Fact], prefix: str, mistakes: Mistakes
) -> frozenset[str]:
    graph: Graph = {name: {} for name in facts}
    for name, fact in facts.items():
        for _, expr in fact.bounds.compares:
            if isinstance(expr, syntax.Path) and expr.parts[0].text in facts:
                graph[name].setdefault(expr.parts[0].text, Mention(expr.parts[0]))

    def report(cycle: tuple[str, ...]) -> None:
        _report(mistakes, "V225", _BOUNDED, cycle, lambda name, other: graph[name][other].name)

    return frozenset(prefix + name for name in _sort(graph, report)[1])


def check_overrides(scope: Scope, mistakes: Mistakes) -> None:
    """Overridden rules exist, decide the same conclusion, and do not override in circles."""
    graph: Graph = {name: {} for name in scope.rules}
    for rule in scope.rules.values():
        for under in (name for body in bodies(rule) for name in body.overrides):
            if _overridable(scope, rule, under, mistakes):
                graph[rule.name.text].setdefault(under.text, Mention(under))

    def report(cycle: tuple[str, ...]) -> None:
        _report(mistakes, "V210", _OVERRIDES, cycle, lambda name, other: graph[name][other].name)

    _sort(graph, report)


def _overridable(scope: Scope, rule: syntax.Rule, under: syntax.Name, mistakes: Mistakes) -> bool:
    other = scope.rules.get(under.text)
    if other is None:
        close = close_names(under.text, scope.rules)
        mistakes.add("V208", under.span, name=under.text, close=close)
        return False
    mine, theirs = conclusion_name(rule), conclusion_name(other)
    if mine.text != theirs.text:
        note = Note(theirs.span, Words("decided here", "在此处决定"))
        mistakes.add("V209", under.span, note, name=under.text, theirs=theirs.text, mine=mine.text)
        return False
    return True
