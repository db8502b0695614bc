"""What the cases of a policy exercise of its rules, and what they leave untried.

sites     where expressions stand       variants  policies that differ in one place
trials    what the cases expect         twins     cases on which two policies part
proving   by z3 that there are none     lists     lists on which two policies part
covering  conditions decided by cases   mutating  mistakes noticed by cases
writing   the cases that are missing    words     what is said of it
"""

from __future__ import annotations

from vocpolicy.exercise.covering import Obligation, RuleCoverage, coverage
from vocpolicy.exercise.mutating import Mutation, Mutations, mutate
from vocpolicy.exercise.writing import case_text, missing_cases, raw_facts

__all__ = [
    "Mutation",
    "Mutations",
    "Obligation",
    "RuleCoverage",
    "case_text",
    "coverage",
    "missing_cases",
    "mutate",
    "raw_facts",
]
