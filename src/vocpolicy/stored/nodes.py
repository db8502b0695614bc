"""THE table of what a stored conclusion can consist of; nothing else becomes code.

A conclusion is stored as words in prefix order: a node's name, how many operands follow where that
varies, then the operands.  `if x and #3 <= f0 T F` is written

    if and 2 f1 cmp 1 #3 <= f0 T F

Leaves are a fact (`f0`), a variable of the body (`v2`), `p` (what a table was last asked), a
constant of the conclusion (`c1`), a text of it (`s4`), a whole number (`#-12`) or a name below.

`each list f1 m1 2 if C for X v2 E` is E for every `m1` in the list `f1`, where C, with `v2` for X;
`item m1 0` is a field of that record, `field f1 0` one of a record that is no list.
"""

from vocpolicy.bare_outcomes import EVERY

MAGIC = "vocpolicy compiled form 2"
"""The first line of every file; the number is that of what this module describes."""

ATOM, SIGN, PRODUCT, SUM, COMPARISON, NOT, AND, OR, IF, LET = range(10)
"""How tightly Python binds, the tightest first."""

BOOLEAN = {"and": AND, "or": OR}
BINARY = {"+": SUM, "-": SUM, "*": PRODUCT, "%": PRODUCT}
COMPARED = {
    "==": "==",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "is": "is",
    "isnot": "is not",
    "in": "in",
    "notin": "not in",
}
NAMES = {
    "T": "True",
    "F": "False",
    "none": "None",
    "M": "M",
    "int": "int",
    "str": "str",
    "date": "date",
    "today": "today",
    "month_end": "month_end",
    "O_HOLDS": "O_HOLDS",
    "O_FAILS": "O_FAILS",
    "O_UNDETERMINED": "O_UNDETERMINED",
    "O_NOT_APPLICABLE": "O_NOT_APPLICABLE",
    "O_CONFLICT": "O_CONFLICT",
}
"""Names by the word that stands for them."""

CALLS: dict[str, tuple[int, int]] = {
    "slow": (0, 0),
    "present": (1, 1),
    "outcome": (1, 1),
    "seen": (1, 1),
    "seen_open": (1, 1),
    "type": (1, 1),
    "ratio": (2, 2),
    "rounded": (3, 3),
    "marginal": (3, 3),
    "between": (4, 4),
    "moved_by_days": (2, 2),
    "moved_by_months": (3, 3),
    "moved_or_missing": (3, 3),
    "min": (2, 99),
    "max": (2, 99),
    "len": (1, 1),
    "sum": (1, 1),
    "all": (1, 1),
    "any": (1, 1),
    "least": (2, 2),
    "most": (2, 2),
    "stayed": (3, 3),
    "aimed": (5, 5),
    "aimed_along": (9, 9),
    "begun": (3, 3),
    "latest": (2, 2),
    "observed": (2, 2),
    "observed_before": (2, 2),
    "observed_on": (2, 2),
    "towards": (3, 3),
    "worst": (1, 1),
    "at_least": (2, 2),
    "banded": (2, 2),
    "bounded": (3, 3),
    "collected": (3, 3),
    "compared": (3, 3),
    "marginal_ends": (3, 3),
    "same_or_none": (2, 2),
    "counted": (1, 1),
    "differ": (1, 1),
    "every": (1, 1),
    "extreme": (3, 3),
    "known": (1, 1),
    "largest": (1, 1),
    "minus": (1, 1),
    "plus": (2, 2),
    "product": (2, 2),
    "quotient": (5, 5),
    "rounded_ends": (3, 3),
    "same": (2, 2),
    "scaled": (2, 2),
    "settled": (1, 1),
    "share": (2, 2),
    "smallest": (1, 1),
    "some": (1, 1),
    "total": (1, 1),
}
"""What is called, with the least and the greatest number of operands."""

BRACKETS = {"list": ("[", "]"), "set": ("{", "}"), "iter": ("(", ")")}
"""What is gathered of the members of a list."""

OUTCOMES = {one.name: one for one in EVERY}
"""What a table can say, by its name; besides it says the number of a statement, one of `PENDING`,
or `-`, where the interpreter has to say."""

PENDING = ("-1", "-2")
"""What a table says where it turns on values whether a conclusion is open, or in conflict."""

MONTH_ENDS = ("down", "up", "refuse")
STATES = {"t": True, "f": False, "u": None}
"""How a statement's or a rule's condition comes out, in the keys of tables."""

VALUE, OTHER = "value", "other"
"""The variables of checks: the value of a fact, and that of another one that bounds it."""

KINDS = ("yes_no", "text", "date", "choice", "number", "list", "record", "left")
"""How a fact is read where it is spelled otherwise than programs have it; `left` to the rules."""

BARE_BELOW = {"any": None, "bare": 2}
"""Where a number without a unit is no longer taken for a ratio."""


class DamagedError(Exception):
    """Something is no compiled form, or not what the library writes into one."""


class ForeignError(Exception):
    """A compiled form by another version of the library, or for another Python: what it says."""
