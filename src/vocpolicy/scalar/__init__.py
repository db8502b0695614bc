"""The scalar engine: conclusions as Python code, for deciding one case in a microsecond.

    nodes     which nodes become code       code      pieces of source text
    values    numbers, dates, comparisons   writer    conditions, definitions, conclusions
    ranges    numbers known by bounds       lists     what records come to
    places    whose fields names mean       records   how records come in
    plans     who prevails, by a table      checks    facts as programs usually have them
    generate  the functions                 unread    facts that nothing asked for reads
    capture   how each condition comes out  compiled  what programs call

The interpreter is the meaning: the tables are filled by it, facts that are out of the ordinary
are read as it has them, and what is not compiled is left to it.
"""

from __future__ import annotations

from vocpolicy.pycode.helpers import MISSING
from vocpolicy.scalar.capture import Capture, Condition, capture
from vocpolicy.scalar.compiled import Compiled, compiled

__all__ = ["MISSING", "Capture", "Compiled", "Condition", "capture", "compiled"]
