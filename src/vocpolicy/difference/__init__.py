"""The difference of two versions of a policy: what is said otherwise, and what that changes.

meaning    what parts say, apart from words     renaming   what has another name
pairing    two policies over one set of facts   days       the days on which they are read
joint      both compiled over one grid          sides      the compiler of one of them
branches   the straight lines of a value        folding    sums of facts as one number
excluding  the proof that there is no case    ordering   what lists come to, record by record
tallies    questions about lists as counts    ranks      lists held against figures
sizes      which of two values is never more  making     lists of records that are told apart
members    lists of which a member shows it    dating     when such records lie
searching  cases on which the two part          relations  equivalent, stricter, looser, neither
aspects    goal, deadline, measure              changes    what is said otherwise, kind by kind
whole      all of it                            telling    as a document; `data` as JSON
"""

from __future__ import annotations

from vocpolicy.difference.changes import Change
from vocpolicy.difference.moves import Move
from vocpolicy.difference.relations import Relation, compare_rules
from vocpolicy.difference.whole import Difference, between_days, difference

__all__ = [
    "Change",
    "Difference",
    "Move",
    "Relation",
    "between_days",
    "compare_rules",
    "difference",
]
