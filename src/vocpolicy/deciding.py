"""How a verdict came about."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from vocpolicy import core
from vocpolicy.grounds import Grounds, grounds
from vocpolicy.interpreter import Facts
from vocpolicy.trace import Trace

if TYPE_CHECKING:
    from vocpolicy.explain import Alike


class Deciding(Protocol):
    """How a verdict came about, worked out as far as it is asked for.

    Attributes:
        alike: what is known of cases that look like this one, if that is why it was decided.
    """

    @property
    def facts(self) -> Facts: ...
    @property
    def trace(self) -> Trace: ...
    @property
    def missing(self) -> frozenset[str]: ...
    @property
    def grounds(self) -> Grounds: ...
    @property
    def alike(self) -> Alike | None: ...


@frozen(eq=False)
class Decided:
    """A verdict that the interpreter came to."""

    policy: core.Policy
    facts: Facts
    trace: Trace
    alike: None = None

    @property
    def missing(self) -> frozenset[str]:
        return self.trace.missing

    @cached_property
    def grounds(self) -> Grounds:
        return grounds(self.policy, self.trace)
