"""A question put to z3, and the case that it finds brought into the form of all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vocpolicy.analysis.asked import FIRST, Ground, Question, Reply
from vocpolicy.analysis.searching import confirmed, first_cases, modelled, wanted
from vocpolicy.analysis.seeds import canonical
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Vector
from vocpolicy.interpreter import Facts, new_scope

if TYPE_CHECKING:
    from vocpolicy.symbolic import Case, Session


def proved(ground: Ground, question: Question, facts: Facts) -> tuple[Reply, tuple[str, ...]]:
    """The reply, and the lists that it turns on and nobody supplied.

    Raises:
        NotSearchableError: a case was found that cannot be brought into form.
    """
    proof = _session(ground, facts).find(question.terms, ground.entity)
    if proof.why:
        return Reply(None, False, proof.why), ()
    if proof.case is None:
        return Reply(None, True), ()
    model, _ = modelled(ground, question, facts)
    return confirmed(ground, question, model, _cases(ground, model, proof.case), facts)


def _cases(ground: Ground, model: Model, case: Case) -> Iterator[Vector]:
    """The case that a short search shows, so that it is the same for every engine; else that of
    z3."""
    yield from first_cases(model, min(FIRST, ground.boxes))
    yield canonical(model, _vector(model, case), wanted)
    yield _vector(model, case)


def _session(ground: Ground, facts: Facts) -> Session:
    """The session on a day; one of its own where lists were supplied."""
    from vocpolicy.symbolic import Session

    scope = new_scope(ground.policy, facts, ground.day, ground.readings)
    if facts.names:
        return Session(scope)
    key = id(ground.policy), ground.day, tuple(sorted(ground.readings.items()))
    if key not in ground.engine.sessions:
        ground.engine.sessions[key] = Session(scope)
    found: Session = ground.engine.sessions[key]
    return found


def _vector(model: Model, case: Case) -> Vector:
    """The values of a case in their places; what z3 did not need stays open.  One expression about
    a list may stand for several values, one for each reading: both engines come to them in turn."""
    free = list(case.free)
    vector = model.given
    for atom in model.atoms:
        if atom.value is not None:
            continue
        if atom.fact is not None:
            value = case.facts.get(atom.name)
        else:
            place = next((at for at, (expr, _) in enumerate(free) if expr == atom.expr), None)
            value = None if place is None else free.pop(place)[1]
        if value is not None:
            vector[atom.place] = value
    return vector
