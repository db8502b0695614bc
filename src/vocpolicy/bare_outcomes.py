"""The five outcomes before anybody asks more of them than their words.

Importing `enum` takes a process that decides once a third of the time that Python itself takes to
start.  So the outcomes are texts at first, and the very same objects become members of the
enumeration `vocpolicy.Outcome` when that is first imported: identity, equality, hashes and
what holds them stay what they were.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from vocpolicy.outcomes import Outcome


class BareOutcome(str):
    """An outcome whose class is going to be `vocpolicy.Outcome`."""

    @property
    def name(self) -> str:
        return self.upper()

    @property
    def value(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<Outcome.{self.name}: {self.value!r}>"

    def __reduce_ex__(self, _: object) -> "tuple[object, tuple[str]]":
        return outcome_of, (self.value,)


def _bare(word: str) -> "Outcome":
    # What checks types takes it for the member of the enumeration that it becomes.
    return BareOutcome(word)  # type: ignore[return-value]


HOLDS = _bare("holds")
FAILS = _bare("fails")
UNDETERMINED = _bare("undetermined")
NOT_APPLICABLE = _bare("not_applicable")
CONFLICT = _bare("conflict")

EVERY = (HOLDS, FAILS, UNDETERMINED, NOT_APPLICABLE, CONFLICT)


def outcome_of(word: str) -> "Outcome":
    """The one outcome of that word."""
    return next(one for one in EVERY if one == word)
