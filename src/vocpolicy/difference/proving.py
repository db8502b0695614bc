"""Directions that the search leaves open, put to z3: a case, or the proof that there is none.

Both policies are terms over one set of variables.  What is made of lists is a variable of each
policy, so that more cases are looked at than there are: what is excluded so is excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from vocpolicy import core
from vocpolicy.difference.moves import BURDENS, DOWN, GRANTS, TIGHTER, UP, WIDER, fares_well
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.sides import changed_names
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, new_scope
from vocpolicy.outcome import WORDS, Outcome

if TYPE_CHECKING:
    from vocpolicy.symbolic import Session, Translator, Truth
    from vocpolicy.symbolic.decisions import Decision

Answer: TypeAlias = "Mapping[str, core.Value] | bool | None"
"""A case; False: there is none; None: that was not settled."""

APART = "\N{PRIME}"
"""A name that nothing has: it keeps the terms of the new policy apart from those of the old."""


@frozen(eq=False)
class Prover:
    """Asks of one provision of two policies; `budget` is z3's own measure of effort."""

    pair: Pair
    name: str
    session: Session

    def settle(self, direction: str) -> Answer:
        """Whether some case moves in a direction, and which."""
        if not _is_asked(self.pair, self.name):
            return None
        entity = entity_of(self.pair.joint_old, self.name)
        proof = self.session.find(self._question(direction), entity)
        if proof.why:
            return None
        if proof.case is None:
            return False
        return None if proof.case.free else proof.case.facts

    def _question(self, direction: str) -> Callable[[Translator], Truth]:
        def asked(translator: Translator) -> Truth:
            new = self.pair.joint_new
            scope = new_scope(new, Facts(), self.pair.day).enter(entity_of(new, self.name))
            other = translator.of_policy(scope, {APART, *changed_names(self.pair)})
            one = translator.provided(self.name)
            return _moves(direction, one, other.provided(self.name))

        return asked


def _is_asked(pair: Pair, name: str) -> bool:
    """Not of conclusions that give a yes or no as their value."""
    policies = pair.joint_old, pair.joint_new
    if not all(name in one.conclusions for one in policies):
        return not any(name in one.conclusions for one in policies)
    rules = [(one, rule) for one in policies for rule in one.conclusions[name].rules]
    values = [
        statement.result.value
        for policy, rule in rules
        for statement in policy.rules[rule].bodies[policy.rules[rule].in_use].statements
    ]
    yes_no = isinstance(pair.joint_old.conclusions[name].type, core.YesNoType)
    return not yes_no or all(value is None for value in values)


def prover(pair: Pair, name: str) -> Prover:
    """Raises MissingExtraError: z3 is not installed."""
    from vocpolicy.symbolic import Session

    return Prover(pair, name, Session(new_scope(pair.joint_old, Facts(), pair.day)))


def _moves(direction: str, old: Decision, new: Decision) -> Truth:
    """Where a case moves in a direction; there it may be too where outcomes are not known."""
    from vocpolicy.symbolic import Truth, terms, values

    kin = next((word for word in (*old.ways, *new.ways) if word in GRANTS | BURDENS), "holds")
    before, now = (terms.some(_well(one.ways.items(), kin)) for one in (old, new))
    if direction == TIGHTER:
        return Truth(terms.every((before, terms.no(now))))
    if direction == WIDER:
        return Truth(terms.every((now, terms.no(before))))
    decided = terms.every((old.ways.get("decided", False), new.ways.get("decided", False)))
    numbers = isinstance(core.inner(old.type), core.NumberType)
    if direction in (UP, DOWN):
        if not numbers or old.value is None or new.value is None:
            return values.FALSE
        sides = values.as_value(new.value), values.as_value(old.value)
        told = values.compare("more_than" if direction == UP else "less_than", *sides)
        return Truth(terms.every((decided, told.yes)))
    alike = [
        terms.every((so, new.ways[word]))
        for word, so in old.ways.items()
        if word in new.ways and word != "decided"
    ]
    if not numbers and old.value is not None and new.value is not None:
        decided = terms.every((decided, values.equal(old.value, new.value).yes))
    neutral = [terms.no(terms.some(_certain(one.ways.items()))) for one in (old, new)]
    beside = terms.some((terms.same_truth(before, now), terms.every(neutral)))
    return Truth(terms.every((beside, terms.no(terms.some((*alike, decided))))))


def _certain(ways: Iterable[tuple[str, object]]) -> Iterable[object]:
    """Where something holds or fails."""
    return (so for word, so in ways if WORDS[word].outcome in (Outcome.HOLDS, Outcome.FAILS))


def _well(ways: Iterable[tuple[str, object]], kin: str) -> Iterable[object]:
    return (so for word, so in ways if word in WORDS and fares_well(word, kin))
