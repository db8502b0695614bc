"""Where the phases put the mistakes that they find."""

from __future__ import annotations

from attrs import Factory, define

from vocpolicy.diagnostics import Diagnostic, Note
from vocpolicy.source import Span


@define
class Mistakes:
    """Diagnostics in the order found; the same mistake at the same place is kept once."""

    found: list[Diagnostic] = Factory(list)
    _seen: set[tuple[str, int, int, int]] = Factory(set)

    def add(self, code: str, span: Span | None, *notes: Note, **args: object) -> None:
        """Report a mistake; `args` fill the placeholders of its message."""
        if span is not None:
            key = (code, id(span.source), span.start, span.end)
            if key in self._seen:
                return
            self._seen.add(key)
        self.found.append(Diagnostic(code, span, args, notes))
