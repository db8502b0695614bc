"""The difference of two versions of a policy: what is said otherwise, and what that changes.

meaning    what parts say, apart from their words    pairing    two policies over one set of facts
joint      both compiled over one grid               branches   the straight lines of a value
folding    sums of facts as one number, for proofs   searching  cases on which the two part
relations  equivalent, stricter, looser, neither
"""

from __future__ import annotations

from vocpolicy.difference.relations import Relation, compare_rules
from vocpolicy.difference.searching import Move

__all__ = ["Move", "Relation", "compare_rules"]
