"""Laws of writing: order, units, the language of keywords and JSON are no matter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve

from vocpolicy import core, syntax
from vocpolicy.core import Labels
from vocpolicy.driver import Groups, policy_of
from vocpolicy.exact import shown
from vocpolicy.exercise.writing import written_facts
from vocpolicy.facts import read_facts
from vocpolicy.format import format_source
from vocpolicy.once import kept_with
from vocpolicy.parser import parse
from vocpolicy.policy import Policy
from vocpolicy.properties.certificates import said
from vocpolicy.properties.model import Tried, result
from vocpolicy.properties.words import BROKEN, filled
from vocpolicy.quantities import UNITS
from vocpolicy.resolver import Mistakes
from vocpolicy.sheets import with_sheets
from vocpolicy.source import Source

SHUFFLES = 2
"""In how many orders the declarations of a policy are put."""


def order_invariant(case: Tried) -> Labels | None:
    """Declarations, and facts, may stand in any order."""
    names = list(case.facts)
    case.chance.shuffle(names)
    other = case.chance.choice(_shuffled(case.policy))
    before = case.verdict()
    after = case.verdict({name: case.facts[name] for name in names}, other)
    return None if result(before) == result(after) else said("order", case, before, after)


def _shuffled(policy: Policy) -> tuple[Policy, ...]:
    known = kept_with(policy.core)
    if "shuffled" not in known:
        known["shuffled"] = tuple(_remade(policy, Random(number)) for number in range(SHUFFLES))
    found: tuple[Policy, ...] = known["shuffled"]
    return found


def _remade(policy: Policy, chance: Random) -> Policy:
    groups: Groups = tuple(
        tuple(_reordered(file, chance) for file in chance.sample(group, len(group)))
        for group in policy.files
    )
    return Policy(policy_of(groups), groups)


def _reordered(file: syntax.File, chance: Random) -> syntax.File:
    """The declarations in another order, after the version of the language."""
    first = [one for one in file.declarations if isinstance(one, syntax.Language)]
    rest = [one for one in file.declarations if not isinstance(one, syntax.Language)]
    chance.shuffle(rest)
    return evolve(file, declarations=(*first, *rest))


# ---- units ---------------------------------------------------------------------------------------


def unit_invariant(case: Tried) -> Labels | None:
    """A number may be given in any unit of its kind."""
    declared = {one.name: one for one in case.policy.facts(case.name)}
    before = case.verdict()
    for name, value in case.facts.items():
        if name not in declared or not isinstance(value, int | Fraction):
            continue
        for written in _otherwise(declared[name], value):
            after = case.verdict({**case.facts, name: written})
            if result(before) != result(after):
                return said("unit", case, before, after, fact=name, new=written)
    return None


def _otherwise(fact: core.Fact, value: int | Fraction) -> Iterator[str]:
    """A number in every unit that measures the same, as far as it can be written."""
    kind = core.inner(fact.type)
    if isinstance(value, bool) or not isinstance(kind, core.NumberType) or kind.unit is None:
        return
    for name, other in UNITS.items():
        unit = other.unit
        if unit is None or other.dimension != kind.dimension or not name.isidentifier():
            continue
        digits = shown(value * kind.unit.factor / unit.factor)
        if "/" not in digits:
            yield f"{digits} {name}"


# ---- written and read again ----------------------------------------------------------------------


def round_trips(case: Tried) -> Labels | None:
    """The rules in the other language, the facts as JSON and the verdict as JSON mean the same."""
    before = case.verdict()
    after = case.verdict(policy=_rewritten(case.policy))
    if result(before) != result(after):
        return said("rewritten", case, before, after)
    after = case.verdict(json.loads(json.dumps(_as_json(case))))
    if result(before) != result(after):
        return said("facts_rewritten", case, before, after)
    written = before.to_dict()
    if json.loads(json.dumps(written)) != written:
        return filled(BROKEN["no_json"], name=case.name)
    return None


def _as_json(case: Tried) -> Mapping[str, Any]:
    policy = case.policy.core
    read = read_facts(policy, case.facts, name=case.name, as_of=case.day)
    return written_facts(policy, case.name, read)


def _rewritten(policy: Policy) -> Policy:
    """The policy by its text in the language that it is not written in."""
    known = kept_with(policy.core)
    if "rewritten" not in known:
        groups: Groups = tuple(tuple(map(_in_other_words, group)) for group in policy.files)
        known["rewritten"] = Policy(policy_of(groups), groups)
    found: Policy = known["rewritten"]
    return found


def _in_other_words(file: syntax.File) -> syntax.File:
    here = format_source(file.source).keywords
    text = format_source(file.source, "en" if here == "zh" else "zh").text
    made, _ = parse(Source(file.source.name, text))
    folder = Path(file.source.name).parent
    return with_sheets(made, folder if folder.is_dir() else None, Mistakes())
