"""What settles a verdict: why it stands, what would change it, what is missing.

    case      what is asked about             settled   the same whatever is missing?
    reasons   facts that force it             changes   the nearest changes that flip it
    missing   which facts to ask for, in which order, and what each answer leads to

Everything is found by search (`vocpolicy.box`) and says where its budget cut it short.
"""

from __future__ import annotations

from vocpolicy.advice.case import Case, Way
from vocpolicy.advice.changes import Alternative, Change, Changes, changes
from vocpolicy.advice.missing import Lead, Question, Questions, matters, questions
from vocpolicy.advice.reasons import Reason, Reasons, reasons
from vocpolicy.advice.settled import Settled, foregone, settled

__all__ = [
    "Alternative",
    "Case",
    "Change",
    "Changes",
    "Lead",
    "Question",
    "Questions",
    "Reason",
    "Reasons",
    "Settled",
    "Way",
    "changes",
    "foregone",
    "matters",
    "questions",
    "reasons",
    "settled",
]
