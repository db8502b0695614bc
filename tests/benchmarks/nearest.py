"""The nearest change on random rules of 7 to 12 facts, against a z3 search for the same answer.

Rules are made of comparisons, choices, ratios of two facts and an overriding rule.  Both searches
give the fewest facts to change, of those sets one of least effort, and its nearest values.  A run
stops where facts or effort differ, and says how often the values are farther: where facts are
compared with each other, the library brings them nearer by turns.  Its time is from facts to
changes that the interpreter has tried; z3's formula of the rule is made beforehand and not counted.
Times are of the processor, which others may share.
"""

from __future__ import annotations

import datetime
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from attrs import frozen
from measuring import Row

from vocpolicy import Policy
from vocpolicy.advice import Change

DAY = datetime.date(2023, 6, 1)
LOW, HIGH = 1, 100
MEMBERS = ("a", "b", "c", "d")
OPERATORS = {
    "at_least": ("is at least", lambda one, other: one >= other),
    "less_than": ("is less than", lambda one, other: one < other),
}

Tree: TypeAlias = "tuple[Any, ...]"
Case: TypeAlias = "dict[str, Any]"


@frozen
class Made:
    """A random rule: its facts by kind, their efforts, its conditions, and what bars it."""

    kinds: Mapping[str, str]
    efforts: Mapping[str, int]
    condition: Tree
    barred: Tree


def measure(quick: bool) -> list[Row]:
    """Ratios of the medians and of the 95th percentiles over the same cases."""
    reference = "z3 search for the same change"
    try:
        import z3
    except ImportError:
        note = "z3-solver is not installed: pip install --group bench"
        return [Row("nearest change", None, reference, None, None, note)]
    ours, theirs = [], []
    farther = 0
    rules, cases = (6, 4) if quick else (60, 10)
    for seed in range(rules):
        chance = random.Random(seed)
        made = random_rule(chance, 7 + seed % 6)
        policy = Policy.from_text(source(made))
        rival = Rival(z3, made)
        policy.changes("entry", random_case(made, chance), as_of=DAY, most=1)
        for _ in range(cases):
            case = random_case(made, chance)
            mine, took = timed(partial(policy.changes, "entry", case, as_of=DAY, most=1))
            best, taken = timed(partial(rival.nearest, case))
            found = mine.alternatives[0] if mine.alternatives else None
            told = (len(found.changes), found.effort) if found else None
            if told != (best and best[:2]):
                raise AssertionError(f"{told} against {best} for {case} in\n{source(made)}")
            farther += bool(found and best and way(found.changes) > best[2])
            ours.append(took)
            theirs.append(taken)
    return [
        _row("nearest change, median", reference, ours, theirs, 50, 1 / 3),
        _row("nearest change, 95th percentile", reference, ours, theirs, 95, 1.0),
        Row("nearest change, values farther", None, "", None, None, f"{farther} of {len(ours)}"),
        Row(f"{reference}, median", 1.0, reference, None, statistics.median(theirs) * 1e6),
    ]


def way(changes: Iterable[Change]) -> Fraction:
    """How far changes are together: of numbers as a share of what they were, of others 1."""
    return sum(
        (
            abs(one.after - one.before) / max(one.before, Fraction(1))
            if isinstance(one.before, Fraction) and isinstance(one.after, Fraction)
            else Fraction(1)
            for one in changes
        ),
        Fraction(0),
    )


def _row(
    name: str, against: str, ours: list[float], theirs: list[float], part: int, goal: float
) -> Row:
    mine, other = (statistics.quantiles(one, n=100)[part - 1] for one in (ours, theirs))
    return Row(name, mine / other, f"{against} at the same rank", goal, mine * 1e6)


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


# ---- random rules ------------------------------------------------------------------------


def random_rule(chance: random.Random, count: int) -> Made:
    """Every fact is used: a third or more of them are numbers, the others yes or no, or choices."""
    names = [f"f{place}" for place in range(count)]
    kinds = {
        name: "number" if place < 3 else chance.choice(("number", "yes_no", "choice"))
        for place, name in enumerate(names)
    }
    numbers = [name for name in names if kinds[name] == "number"]
    leaves = [_leaf(chance, name, kinds[name], numbers) for name in names]
    chance.shuffle(leaves)
    barred, *rest = leaves
    groups: list[Tree] = []
    while rest:
        size = chance.randint(1, 3)
        part, rest = rest[:size], rest[size:]
        groups.append(part[0] if len(part) == 1 else ("any", *part))
    if chance.random() < 0.4 and len(groups) > 3:
        groups = [("any", ("all", *groups[:2]), ("all", *groups[2:4])), *groups[4:]]
    efforts = {name: chance.randint(1, 4) for name in names}
    return Made(kinds, efforts, ("all", *groups), barred)


def _leaf(chance: random.Random, name: str, kind: str, numbers: list[str]) -> Tree:
    if kind == "yes_no":
        return ("yes", name) if chance.random() < 0.7 else ("not", ("yes", name))
    if kind == "choice":
        return ("in", name, tuple(sorted(chance.sample(MEMBERS, chance.randint(1, 2)))))
    operator = chance.choice(list(OPERATORS))
    others = [one for one in numbers if one != name]
    form = chance.random()
    if form < 0.2:
        return ("compare", operator, name, chance.choice(others))
    if form < 0.4:
        return ("ratio", operator, name, chance.choice(others), chance.randint(20, 180))
    return ("compare", operator, name, chance.randint(10, 90))


def random_case(made: Made, chance: random.Random) -> Case:
    values: dict[str, Callable[[], object]] = {
        "number": lambda: chance.randint(LOW, HIGH),
        "yes_no": lambda: chance.random() < 0.5,
        "choice": lambda: chance.choice(MEMBERS),
    }
    return {name: values[kind]() for name, kind in made.kinds.items()}


# ---- as the rule language writes them ----------------------------------------------------


def source(made: Made) -> str:
    types = {
        "number": f"number, between {LOW} and {HIGH}, in steps of 1",
        "yes_no": "yes or no",
        "choice": "letter",
    }
    facts = [
        f"fact {name} : {types[kind]}, can change, effort {made.efforts[name]}"
        for name, kind in made.kinds.items()
    ]
    members = "\n".join(f"  {one}" for one in MEMBERS)
    return "\n".join(
        [
            'language 1\npolicy random { title en "Random" zh "随机" }',
            f"choice letter {{\n{members}\n}}",
            *facts,
            f"rule conditions decides entry {{\n  eligible when {written(made.condition)}\n}}",
            "rule barred decides entry {\n  overrides conditions",
            f"  not eligible when {written(made.barred)}\n}}\n",
        ]
    )


def written(tree: Tree) -> str:
    match tree:
        case ("all" | "any" as block, *parts):
            return f"{block} of {{\n" + "".join(f"{written(one)}\n" for one in parts) + "}"
        case ("not", inner):
            return f"not {written(inner)}"
        case ("yes", name):
            return str(name)
        case ("in", name, members):
            return f"{name} in ({', '.join(members)})"
        case ("compare", operator, name, other):
            return f"{name} {OPERATORS[operator][0]} {other}"
        case ("ratio", operator, name, other, percent):
            return f"{name} / {other} {OPERATORS[operator][0]} {percent}%"
    raise ValueError(tree)


# ---- the same in z3 ----------------------------------------------------------------------


class Rival:
    """Whole numbers, ratios multiplied out; more and more facts, then less and less effort, then a
    shorter and shorter way."""

    def __init__(self, z3: Any, made: Made) -> None:
        self.z3, self.made = z3, made
        self.names = {
            name: z3.Bool(name) if kind == "yes_no" else z3.Int(name)
            for name, kind in made.kinds.items()
        }
        self.changed = {name: z3.Bool(f"changed_{name}") for name in made.kinds}
        self.eligible = z3.And(self.formula(made.condition), z3.Not(self.formula(made.barred)))
        self.bounds = [
            z3.And(self.names[name] >= low, self.names[name] <= high)
            for name, kind in made.kinds.items()
            if kind != "yes_no"
            for low, high in [(LOW, HIGH) if kind == "number" else (0, len(MEMBERS) - 1)]
        ]

    def formula(self, tree: Tree) -> Any:
        z3 = self.z3
        match tree:
            case ("all" | "any" as block, *parts):
                return (z3.And if block == "all" else z3.Or)([self.formula(one) for one in parts])
            case ("not", inner):
                return z3.Not(self.formula(inner))
            case ("yes", name):
                return self.names[name]
            case ("in", name, members):
                return z3.Or([self.names[name] == MEMBERS.index(one) for one in members])
            case ("compare", operator, name, other):
                return OPERATORS[operator][1](self.names[name], self.names.get(other, other))
            case ("ratio", operator, name, other, percent):
                return OPERATORS[operator][1](self.names[name] * 100, self.names[other] * percent)
        raise ValueError(tree)

    def nearest(self, case: Case) -> tuple[int, int, Fraction] | None:
        """How many facts the nearest change has, its effort, and how far it is."""
        z3, efforts = self.z3, self.made.efforts
        solver = z3.Solver()
        solver.add(self.bounds)
        now = {name: self.value(value) for name, value in case.items()}
        pairs = [(self.names[name], now[name]) for name in now]
        holds = z3.is_true(z3.simplify(z3.substitute(self.eligible, *pairs)))
        solver.add(z3.Not(self.eligible) if holds else self.eligible)
        solver.add([z3.Or(self.changed[name], self.names[name] == now[name]) for name in now])
        for most in range(1, len(now) + 1):
            solver.push()
            solver.add(z3.PbLe([(flag, 1) for flag in self.changed.values()], most))
            best = None
            while solver.check() == z3.sat:
                model = solver.model()
                used = [name for name, flag in self.changed.items() if z3.is_true(model[flag])]
                best = (most, sum(efforts[name] for name in used))
                weights = [(flag, efforts[name]) for name, flag in self.changed.items()]
                solver.add(z3.PbLe(weights, best[1] - 1))
            solver.pop()
            if best is not None:
                return *best, self.shortest(solver, case, now, *best)
        return None

    def shortest(self, solver: Any, case: Case, now: Case, most: int, effort: int) -> Fraction:
        """How far the nearest values are of a set of so many facts and that effort."""
        z3 = self.z3
        solver.add(z3.PbLe([(flag, 1) for flag in self.changed.values()], most))
        solver.add(
            z3.PbLe([(flag, self.made.efforts[at]) for at, flag in self.changed.items()], effort)
        )
        total = z3.Sum([self.far(name, case[name], now[name]) for name in case])
        best = Fraction(0)
        while solver.check() == z3.sat:
            found = solver.model().eval(total, model_completion=True)
            best = Fraction(found.numerator_as_long(), found.denominator_as_long())
            solver.add(total < z3.Q(best.numerator, best.denominator))
        return best

    def far(self, name: str, value: object, now: Any) -> Any:
        z3, here = self.z3, self.names[name]
        if isinstance(value, int) and not isinstance(value, bool):
            return z3.ToReal(z3.If(here >= now, here - now, now - here)) * z3.Q(1, value)
        return z3.If(self.changed[name], z3.RealVal(1), z3.RealVal(0))

    def value(self, value: object) -> Any:
        z3 = self.z3
        if isinstance(value, bool):
            return z3.BoolVal(value)
        return z3.IntVal(MEMBERS.index(value) if isinstance(value, str) else value)
