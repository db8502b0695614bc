"""Policies as a program uses them: loaded once, then asked about one case after another.

    loaded   where it comes from, what it provides     framed  records of a register
    judging  one case, and what settles its verdict    whole   what is asked of all of it
    measured the targets of a register                 compared another version of it

Each adds to the one before; `Policy` has it all.
"""

from __future__ import annotations

from vocpolicy.policy.whole import Policy, load, shipped

__all__ = ["Policy", "load", "shipped"]
