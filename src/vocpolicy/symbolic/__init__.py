"""A second search for cases, by proof: the core as terms of z3.

It settles what the search over thresholds leaves open, where facts are tied together, and checks
that search where both can tell.  z3 is an extra; nothing else of the library imports it.

    unsupported           what has no terms
    terms                 z3's terms, folded         values     conditions and numbers as terms
    calendar              lengths between dates      store      variables, and what is sure
    translator            expressions                decisions  rules and tables
    judging               targets and provisions     solver     is there a case in which …?
"""

from __future__ import annotations

from vocpolicy.symbolic.solver import Case, Proof, Session
from vocpolicy.symbolic.translator import Translator
from vocpolicy.symbolic.values import Truth

__all__ = ["Case", "Proof", "Session", "Translator", "Truth"]
