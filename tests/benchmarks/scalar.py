"""Deciding one case: one rule and thirty, against hand-written Python that checks nothing.

The facts vary between calls; the reference is called with the same facts.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen
from measuring import Row, medians, rows
from peers import PEERS
from workload import by_hand, cases, source

from vocpolicy import Policy, StoredPolicy
from vocpolicy.stored.content import read
from vocpolicy.stored.saving import compiled_form

DAY = datetime.date(2023, 6, 1)


MORE = """
fact note zh "备注" en "note" : text
fact applied zh "报名日期" en "date of application" : date
"""
OTHERS = {"note": "by post", "applied": DAY}
"""Facts that no rule asks for."""

LIST = """language 1
policy practice { title zh "企业实践" en "Practice" }
entity stay zh "实践经历" en "stay" plural "stays" {
  firm zh "企业" en "firm" : text
  begun zh "开始日期" en "begun on" : date
  days zh "天数" en "days" : days, at least 0 days
  confirmed zh "已确认" en "confirmed" : yes or no
}
fact certified zh "持证" en "certified" : yes or no
fact stays zh "实践经历" en "stays" : list of stay
rule practice zh "企业实践" en "practice" {
  fulfilled when all of {
    certified
    total of stays.days where confirmed is at least 90 days
    count of stays where (days is at least 10 days) is at least 3
  }
}
"""
"""A rule over a list; no part of it settles a case of `_stays` before the list is gone through."""
LIST_REFERENCE = "hand-written over 10 records, unchecked"

REFERENCE = "hand-written, unchecked"
DECIDE = "one rule: policy.decide on a dict"


@frozen
class Applicant:
    """The facts of the workload as a program may hold them."""

    age: int
    graduate_of: str
    exam_score: int
    track: str
    household_registered: bool
    disciplinary_record: bool
    world_skills_award: str | None
    national_award: str | None
    trade_matches: bool


def measure(quick: bool) -> list[Row]:
    repeats, loops = (5, 2) if quick else (41, 10)
    policy = Policy.from_text(source(30) + MORE)
    given = cases(50)
    return [
        *_one_rule(policy, given, repeats, loops),
        *_thirty_rules(policy, given, repeats, loops),
        *_one_list(repeats),
        *_peers(policy, given, quick),
    ]


def _each(call: Callable[[Any], object], given: Sequence[Any]) -> Callable[[], None]:
    """All cases in turn."""

    def calls() -> None:
        for case in given:
            call(case)

    return calls


def _decide(policy: Policy, given: Sequence[Any]) -> Callable[[], None]:
    """The public call, as a program writes it."""

    def decide() -> None:
        for case in given:
            policy.decide("admission_0", case, DAY)

    return decide


def _one_rule(policy: Policy, given: Sequence[Any], repeats: int, loops: int) -> list[Row]:
    compiled = policy.compile("admission_0", DAY)
    tuples = [tuple(case[fact] for fact in compiled.facts) for case in given]
    lacking = [{key: one for key, one in case.items() if key != "exam_score"} for case in given]
    more = [{**case, **OTHERS} for case in given]
    instances = [Applicant(**case) for case in given]
    form = StoredPolicy(read(compiled_form(policy, ["admission_0"], DAY).data), lambda: None)

    def stored() -> None:
        for case in given:
            form.decide("admission_0", case, DAY)

    calls = {
        REFERENCE: _each(by_hand(0), given),
        DECIDE: _decide(policy, given),
        "one rule: decide of a compiled form on a dict": stored,
        "one rule: compiled on a dict": _each(compiled.decide, given),
        "one rule: compiled on an attrs instance": _each(compiled.decide, instances),
        "one rule: policy.decide on a dict that lacks a fact": _decide(policy, lacking),
        "one rule: policy.decide on a dict with two facts more": _decide(policy, more),
        "one rule: compiled on a trusted tuple": _each(compiled.trusted, tuples),
    }
    goals = (5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 2.0)
    return _rows(calls, REFERENCE, goals, len(given), repeats, loops)


def _thirty_rules(policy: Policy, given: Sequence[Any], repeats: int, loops: int) -> list[Row]:
    names = [f"admission_{i}" for i in range(30)]
    by_hands = [by_hand(i) for i in range(30)]
    compiled = policy.compile(names, DAY)
    reference = "thirty hand-written, unchecked"
    calls = {
        reference: _each(lambda case: [one(case) for one in by_hands], given),
        "thirty rules: compiled together on a dict": _each(compiled.decide, given),
    }
    return _rows(calls, reference, (1.0,), len(given), repeats, loops)


def _stays(number: int) -> dict[str, Any]:
    """The facts of a case with ten records."""
    records = [
        {
            "firm": f"firm {place}",
            "begun": DAY - datetime.timedelta(days=30 * place),
            "days": 5 + (number + 3 * place) % 17,
            "confirmed": (number + place) % 4 != 0,
        }
        for place in range(10)
    ]
    return {"certified": True, "stays": records}


def _practice(facts: dict[str, Any]) -> bool:
    return (
        facts["certified"]
        and sum(stay["days"] for stay in facts["stays"] if stay["confirmed"]) >= 90
        and sum(1 for stay in facts["stays"] if stay["days"] >= 10) >= 3
    )


def _one_list(repeats: int) -> list[Row]:
    policy = Policy.from_text(LIST)
    given = [_stays(number) for number in range(50)]
    lacking = [
        {**case, "stays": [{"days": 7, "firm": "unconfirmed"}, *case["stays"][1:]]}
        for case in given
    ]
    compiled = policy.compile("practice", DAY)
    assert [compiled(case) == "holds" for case in given] == list(map(_practice, given))
    calls = {
        LIST_REFERENCE: _each(_practice, given),
        "one rule over 10 records: compiled on a dict": _each(compiled.decide, given),
        "one rule over 10 records, of which one lacks fields": _each(compiled.decide, lacking),
    }
    return _rows(calls, LIST_REFERENCE, (5.0, None), len(given), repeats, 1)


def _rows(
    calls: dict[str, Callable[[], None]],
    reference: str,
    goals: Sequence[float | None],
    count: int,
    repeats: int,
    loops: int,
) -> list[Row]:
    seconds = medians(calls, repeats, loops)
    each = {name: time / count for name, time in seconds.items()}
    names = [name for name in calls if name != reference]
    return rows(each, reference, dict(zip(names, goals, strict=True)))


def _peers(policy: Policy, given: Sequence[Any], quick: bool) -> list[Row]:
    """Engines of others, none of which checks facts, each in turn with the reference; and
    `policy.decide` against the fastest of them."""
    found, fastest = list[Row](), list[Row]()
    for peer in PEERS:
        decide = peer.made()
        if decide is None:
            note = f"is not installed (`{peer.package}`)"
            found.append(Row(peer.name, None, "", None, None, note))
            continue
        start = time.thread_time()
        decide(given[0])
        loops = 1 if quick or time.thread_time() - start > 1e-4 else 10
        calls = {
            REFERENCE: _each(by_hand(0), given),
            DECIDE: _decide(policy, given),
            peer.name: _each(decide, given),
        }
        seconds = medians(calls, 2 if quick else 15, loops, time.thread_time)
        each = {name: one / len(given) for name, one in seconds.items()}
        found += rows(each, REFERENCE, {peer.name: None})[:1]
        fastest += rows(each, peer.name, {DECIDE: 0.4})[:1]
    return found + sorted(fastest, key=lambda row: -(row.ratio or 0))[:1]
