"""Questions to the engines: is there a case in which something is so?

A case that was found is put to the interpreter before anybody sees it.  What lists hold is free
while a proof is sought that there is no case; a case is then looked for among lists, by search.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from vocpolicy.analysis.asked import BOXES, FIRST, Ground, Question, Reply, condition
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.proving import proved
from vocpolicy.analysis.searching import searched
from vocpolicy.box import NotSearchableError
from vocpolicy.interpreter import Facts

__all__ = ["BOXES", "Ground", "Question", "Reply", "ask", "ask_with_lists", "condition"]

Answering = Callable[[Ground, Question, Facts], tuple[Reply, tuple[str, ...]]]

TIED = ("budget", "unconfirmed", "not_compiled")
"""Why the search leaves something open that a proof may settle."""


def ask(ground: Ground, question: Question) -> Reply:
    """Look for a case in which it is so, by the engine of the ground."""
    engine = ground.engine
    if not engine.searches:
        return _ask(ground, question, proved)
    if not engine.proves:
        return _ask(ground, question, searched)
    quick = _ask(evolve(ground, boxes=min(FIRST, ground.boxes)), question, searched)
    if quick.settled or quick.why not in TIED:
        return quick
    proof = _ask(ground, question, proved)
    if proof.settled or ground.boxes <= FIRST:
        return proof if proof.settled else quick
    return _ask(ground, question, searched)


def _ask(ground: Ground, question: Question, answering: Answering) -> Reply:
    try:
        return _asked(ground, question, answering)
    except NotSearchableError:
        return Reply(None, False, "not_compiled")


def _asked(ground: Ground, question: Question, answering: Answering) -> Reply:
    reply, lists = answering(ground, question, Facts())
    if reply.found is None or not lists:
        return reply
    return ask_with_lists(ground, question, lists)


def ask_with_lists(ground: Ground, question: Question, lists: tuple[str, ...]) -> Reply:
    """Look for a case among lists of the names given, by search; that there is none this cannot
    show."""
    for day, facts in some_lists(ground.policy, ground.day, lists):
        inside = evolve(ground, day=day)
        tried, _ = searched(inside, question, facts)
        if tried.found is not None and not tried.why:
            return tried
    return Reply(None, False, "lists")
