"""Search over thresholds: what a provision can come to over all cases, without trying them all.

A fact's values fall into few cells, inside which no condition changes its answer; one value of
each stands for all of it.  Where several facts meet in one comparison, the cells of one are found
at the values of the others.  Compiled conditions answer for boxes of cases at once, three-valued,
so that most of a grid is never looked at.

    pieces, atoms    closures over a vector, and what varies
    parts, opened    what varies in supplied lists, and what rules make of them then
    compiler         expressions          rulings, judging   conclusions, targets, provisions
    comparing        comparisons of numbers, made fast
    model            a provision as a function of what varies
    cells            values to try        search             which outcomes can be reached
"""

from __future__ import annotations

from vocpolicy.box.model import Model, NotSearchableError, is_settled, key_of, keys_of, model_of

__all__ = ["Model", "NotSearchableError", "is_settled", "key_of", "keys_of", "model_of"]
