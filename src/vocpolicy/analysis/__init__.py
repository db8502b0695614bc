"""Whether the rules of a policy hang together: dead rules, conditions that change nothing,
contradictions, gaps in tables, goals that exclude one another, readings that part.

    findings    holds, violated with a witness, or not settled
    words       what is said of them             conditions  conditions made of a policy's own
    asked       questions, and where they are    lists       lists to try
    questions   is there a case in which …?      engines     which engine answers
    searching   by thresholds                    proving     by z3
    places      where checks work                goals       goals as conditions
    seeds       plain values                     loose       proofs that leave ties aside
    witnesses   cases as people write them
    rules, tables, targets, together, readings, monotone: the checks
    running     every property of every part
"""

from __future__ import annotations

from vocpolicy.analysis.findings import Finding, Report
from vocpolicy.analysis.running import DEFAULT, analyse, parts

__all__ = ["DEFAULT", "Finding", "Report", "analyse", "parts"]
