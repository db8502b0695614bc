"""What is worked out once for a thing and kept as long as the thing itself."""

from __future__ import annotations

import weakref
from collections.abc import Hashable
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST = 16_384
"""Values that are kept of one sort."""

_kept: dict[int, tuple[weakref.ref[Any], dict[Hashable, Any]]] = {}


def kept_with(thing: object) -> dict[Hashable, Any]:
    """A place for what follows from a thing that never changes, a policy say, and from nothing
    else.  Things are told apart by identity; the place goes when its thing does.

    Whoever keeps something there begins the key with a word of their own.
    """
    found = _kept.get(id(thing))
    if found is not None:
        return found[1]
    key = id(thing)
    forget = _kept.pop  # the name may be gone before the thing is, when Python ends
    gone = weakref.ref(thing, lambda _: forget(key, None))
    return _kept.setdefault(key, (gone, {}))[1]


class Recent(dict[K, V]):
    """Values that are kept until they are too many, then all forgotten: the next ones that are
    asked for are worked out again."""

    most = MOST

    def keep(self, key: K, value: V) -> V:
        if len(self) >= self.most:
            self.clear()
        return self.setdefault(key, value)


class Few(Recent[K, V]):
    """The same, of larger values."""

    most = 2_048
