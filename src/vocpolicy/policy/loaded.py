"""What a policy is: where it comes from, and what it provides and asks for."""

from __future__ import annotations

import datetime
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from vocpolicy.asking import Listed, listed, unknown_name
from vocpolicy.core import Fact, Labels, Policy as Core, Version, versions
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.facts import declarations
from vocpolicy.languages import locale_language
from vocpolicy.needs import facts_needed
from vocpolicy.once import kept_with
from vocpolicy.overview import overview
from vocpolicy.source import MOST_BYTES, Source, shipped as shipped_path, shipped_policies

if TYPE_CHECKING:
    from typing import Self

    from vocpolicy.driver import Groups


Texts: TypeAlias = "tuple[tuple[tuple[str, str], ...], ...]"
"""The names and texts of the files of a policy, after those of the policies that it amends."""


@frozen(eq=False)
class Loaded:
    """A checked policy.  It never changes and may be shared between threads."""

    core: Core = field(repr=False)
    _groups: Groups = field(repr=False, default=())

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        base: Loaded | str | os.PathLike[str] | None = None,
        most_bytes: int = MOST_BYTES,
        cases: bool = True,
    ) -> Self:
        """A policy from a file or a folder of rule files.

        Args:
            base: the policy that it amends, or where that is; what comes of it is the amended
                policy.
            most_bytes: size above which a file is not read.
            cases: whether the cases are read too; what the rules say stands without them.

        Raises:
            UsageError: there is no such file or folder.
            PolicyError: the rules do not compile; every mistake at once.
        """
        from vocpolicy.driver import load_groups

        if not Path(path).exists():
            raise UsageError([Diagnostic("V601", args={"path": os.fspath(path)})])
        below = cls._base(base)
        return cls(*load_groups(path, most_bytes, below._groups if below else (), cases))

    @classmethod
    def _base(cls, base: Loaded | str | os.PathLike[str] | None) -> Self | Loaded | None:
        return base if base is None or isinstance(base, Loaded) else cls.load(base)

    def amended_by(self, path: str | os.PathLike[str]) -> Self:
        """This policy with the amendments of another; raises as `load` does."""
        return self.load(path, self)

    @classmethod
    def shipped(cls, name: str) -> Self:
        """A policy that ships with the library, such as `shanghai-plan-14`.

        Raises:
            UsageError: none of that name does.
        """
        names = cls.shipped_names()
        if name not in names:
            raise UsageError(
                [Diagnostic("V423", args={"name": name, "close": close_names(name, names)})]
            )
        return cls.load(shipped_path("rules", name))

    @classmethod
    def from_text(cls, text: str, name: str = "<text>", base: Loaded | None = None) -> Self:
        """A policy from text in memory; `base` and PolicyError as `load`."""
        from vocpolicy.driver import load_source_groups

        below = base._groups if base else ()
        return cls(*load_source_groups([Source(name, text)], below))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as the texts of its files, which are read again.

        Raises:
            UsageError: it is one edition of a policy, or a variant of one.
        """
        if not self._groups or (self.core.changes and not self.core.editions):
            raise UsageError([Diagnostic("V664", args={"name": self.name})])
        texts = tuple(
            tuple((one.source.name, one.source.text) for one in files) for files in self._groups
        )
        several = (one for files in self._groups for file in files for one in file.sheets)
        return _again, (type(self), texts, tuple((one.name, one.text) for one in several))

    @staticmethod
    def shipped_names() -> tuple[str, ...]:
        """The policies that ship with the library."""
        return shipped_policies()

    # ---- what it is

    @property
    def name(self) -> str:
        """The name in the policy's declaration."""
        return self.core.name

    @property
    def title(self) -> Labels:
        """The title in both languages; `title.get("zh")` falls back on the other one."""
        return self.core.title

    @property
    def files(self) -> Groups:
        """The files that it was made of as they were parsed, after those of the policies that it
        amends."""
        return self._groups

    @property
    def listing(self) -> tuple[Listed, ...]:
        """Every conclusion, target and provision, in the order of the rule files.

        Kept beside the core: a cached property would take every call of `decide` through a
        `__getattr__`.
        """
        known = kept_with(self.core)
        found: tuple[Listed, ...] | None = known.get("listing")
        if found is None:
            known["listing"] = found = listed(self.core)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the listing."""
        return tuple(listed.name for listed in self.listing)

    def _repr_html_(self) -> str:
        from vocpolicy.writers import fragment, notebook

        lang = locale_language()
        return notebook(lang, *fragment(overview(self.core, self.listing, lang)))

    def _repr_markdown_(self) -> str:
        from vocpolicy.writers import markdown

        return markdown(overview(self.core, self.listing, locale_language()))

    def versions(self, name: str) -> tuple[Version, ...]:
        """How something named in the policy has read, from when to when; one version where no
        amendment concerns it.

        Raises:
            UsageError: the policy provides nothing of that name.
        """
        changed = {change.name for change in self.core.changes}
        return versions(self.core, name if name in changed else self._known(name))

    def on(self, day: datetime.date) -> Self:
        """The policy as it reads on a day, for any date of evaluation."""
        return type(self)(self.core.on(day), self._groups)

    def facts(self, name: str | None = None) -> tuple[Fact, ...]:
        """The facts that the policy takes, or those that something named in it needs.

        Raises:
            UsageError: the policy provides nothing of that name.
        """
        if name is not None:
            self._known(name)
            return tuple(facts_needed(self.core, name).values())
        found: dict[str, Fact] = {}
        for fact_name, fact in declarations(self.core, None):
            found.setdefault(fact_name, fact)
        return tuple(found.values())

    # ---- names

    def _known(self, name: str, day: datetime.date | None = None) -> str:
        policy = self.core if day is None else self.core.on(day)
        if name in policy.conclusions or name in policy.targets:
            return name
        known = {*self.names, *policy.rules, *policy.definitions}
        if name in known:
            return name
        raise UsageError([unknown_name(policy, name, known)])


@lru_cache(maxsize=8)
def _again(kind: type[Loaded], texts: Texts, sheets: tuple[tuple[str, str], ...]) -> Loaded:
    """A policy that was pickled; the same one in a process that gets it several times."""
    from vocpolicy.driver import load_again

    groups = [[Source(*one) for one in several] for several in texts]
    return kind(*load_again(groups, {name: Source(name, text) for name, text in sheets}))
