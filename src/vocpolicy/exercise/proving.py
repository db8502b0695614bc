"""Whether two policies that differ in one place ever part, put to z3 where the search leaves it
open."""

from __future__ import annotations

import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from vocpolicy import core
from vocpolicy.exercise.twins import Parting, parted
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, new_scope

if TYPE_CHECKING:
    from vocpolicy.symbolic import Translator, Truth


def proved_parting(
    one: core.Policy, other: core.Policy, changed: str, name: str, day: datetime.date
) -> Parting:
    """A case on which they part under a name, or the proof that there is none; neither where z3
    leaves it open too.  Needs z3.

    Args:
        changed: name of the rule or definition in which they differ.
    """
    from vocpolicy.symbolic import Session, decisions

    entity = entity_of(one, name)
    scope = new_scope(other, Facts(), day).enter(entity)

    def part(translator: Translator) -> Truth:
        sides = translator, translator.of_policy(scope, (changed,))
        return decisions.apart(*(side.provided(name) for side in sides), conflicts=True)

    proof = Session(new_scope(one, Facts(), day)).find(part, entity)
    if proof.why:
        return Parting(None)
    if proof.case is None:
        return Parting(None, True)
    facts = Facts(MappingProxyType(proof.case.facts))
    return Parting(facts if parted(one, other, name, facts, day) else None)
