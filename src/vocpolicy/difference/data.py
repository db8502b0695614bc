"""A difference for systems, as `docs/schema/difference.schema.json` has it."""

from __future__ import annotations

from typing import Any

from vocpolicy import core
from vocpolicy.difference.aspects import Aspect
from vocpolicy.difference.changes import Change
from vocpolicy.difference.moves import Move
from vocpolicy.difference.records import register_dict
from vocpolicy.difference.relations import Relation, status_of
from vocpolicy.difference.searching import Search
from vocpolicy.difference.whole import Difference
from vocpolicy.difference.words import SEEKS, WHY
from vocpolicy.exercise.writing import written_facts
from vocpolicy.source import NOWHERE
from vocpolicy.verdict import Verdict


def to_dict(found: Difference) -> dict[str, Any]:
    """The difference, ready for JSON."""
    data = {
        "old": _policy(found.old, found.days.old.isoformat()),
        "new": _policy(found.new, found.days.new.isoformat()),
        "judged_on": max(found.days.old, found.days.new).isoformat(),
        "differs": found.differs,
        "changes": [_change(one) for one in found.changes],
        "relations": [_relation(one) for one in found.relations],
    }
    if found.register is not None:
        data["register"] = register_dict(found.register)
    return data


def _policy(policy: core.Policy, as_of: str) -> dict[str, Any]:
    return {"name": policy.name, "title": _labels(policy.title), "as_of": as_of}


def _labels(labels: core.Labels) -> dict[str, str]:
    return {"en": labels.get("en"), "zh": labels.get("zh")}


def _change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "label": _labels(one.label),
        "action": one.action,
        "part": one.part or None,
        "place": _optional(one.place),
        "old": _optional(one.old),
        "new": _optional(one.new),
        "figure": one.figure,
        "citations": [
            {"document": cited.document, "clause": cited.clause, "locator": cited.locator}
            for cited in one.citations
        ],
        "span": None if one.span is NOWHERE else str(one.span),
    }


def _optional(labels: core.Labels) -> dict[str, str] | None:
    return _labels(labels) if labels.get("en") else None


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "name": one.name,
        "status": one.status,
        "as_of": None if one.as_of is None else one.as_of.isoformat(),
        "moves": [_move(move) for move in one.moves],
        **_open(Search((), one.open, one.why)),
        "aspects": [_aspect(aspect) for aspect in one.aspects],
    }


def _open(found: Search) -> dict[str, Any]:
    """The directions that are not settled, and why."""
    why = None if not found.why or not found.open else _labels(WHY[found.why])
    return {"open": [key for key in SEEKS if key in found.open], "why": why}


def _move(move: Move) -> dict[str, Any]:
    return {
        "direction": move.direction,
        "old": _verdict(move.old),
        "new": _verdict(move.new),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict on the case, with the facts as the policy calls them."""
    facts = written_facts(verdict.policy, verdict.name, verdict.facts)
    return {"facts": facts, "verdict": verdict.to_dict()}


def _aspect(one: Aspect) -> dict[str, Any]:
    data: dict[str, Any] = {"part": one.part, "status": one.status}
    if one.search is not None:
        cases = [
            written_facts(move.new.policy, move.new.name, move.new.facts)
            for move in one.search.moves
        ]
        data["status"] = status_of(one.search)
        data |= {"cases": cases, **_open(one.search)}
    if one.part == "deadline":
        data["days"] = [None if on is None else on.isoformat() for on in one.days]
    return data
