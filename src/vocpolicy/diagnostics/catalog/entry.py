"""One message of the catalogue."""

from __future__ import annotations

from attrs import frozen

from vocpolicy.diagnostics.model import Words


@frozen
class Entry:
    """What a code says.

    Attributes:
        code: such as `V301`; never reused for another meaning.
        title: what the mistake is called, for lists and pages.
        message: what was found, with `{placeholders}`.
        help: what to write instead; may be empty.
    """

    code: str
    title: Words
    message: Words
    help: Words = Words("", "")


def entry(
    code: str, title: tuple[str, str], message: tuple[str, str], advice: tuple[str, str]
) -> Entry:
    """An entry whose words are given as pairs, English and Chinese."""
    return Entry(code, Words(*title), Words(*message), Words(*advice))
