"""Text in the form in which it is compared, with the way back to the characters it came from.

Documents mix full-width and half-width characters, and page layout puts spaces and line ends
anywhere.  Locators and patterns are therefore held against a squeezed text, while what is found
is reported by its place in the text as it was written.
"""

from __future__ import annotations

import unicodedata

from attrs import frozen

NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
"""Characters that write a number in Chinese."""


@frozen
class Squeezed:
    """`text` is what is compared; its character *i* came from `origins[i]` of the original."""

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of the squeezed characters from `start` up to `end`."""
        return self.origins[start], self.origins[end - 1] + 1


def wide(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…"


def squeeze(text: str, *, spaces: bool = False) -> Squeezed:
    """The text after NFKC and without white space.

    With `spaces`, white space between two narrow characters stays as one space, so that
    neighbouring English words and numbers don't grow together.
    """
    characters: list[str] = []
    origins: list[int] = []
    gap: int | None = None
    last = ""
    for index, original in enumerate(text):
        if original.isspace():
            gap = index if gap is None else gap
            continue
        if gap is not None and spaces and characters and not wide(original) and not wide(last):
            characters.append(" ")
            origins.append(gap)
        gap = None
        last = original
        for character in unicodedata.normalize("NFKC", original):
            if not character.isspace():
                characters.append(character)
                origins.append(index)
    return Squeezed("".join(characters), tuple(origins))


def readable(text: str) -> Squeezed:
    """The text as it is quoted: no line ends, and no spaces but those that a reader needs, which
    stand where no Chinese character is beside them."""
    characters: list[str] = []
    origins: list[int] = []
    gap: int | None = None
    for index, character in enumerate(text):
        if character.isspace():
            gap = index if gap is None else gap
            continue
        if gap is not None and characters and not _han(character) and not _han(characters[-1]):
            characters.append(" ")
            origins.append(gap)
        gap = None
        characters.append(character)
        origins.append(index)
    return Squeezed("".join(characters), tuple(origins))


def _han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def squeezed(text: str) -> str:
    """The text as it is compared, without the way back."""
    return squeeze(text).text


def places(locator: str, within: Squeezed) -> tuple[tuple[int, int], ...]:
    """Where a locator stands in a squeezed text, as spans of the original.

    A locator that begins or ends with a number stands only where that number does: `5%` does not
    stand in `65%`, nor `十所` in `二十所`.
    """
    wanted = squeezed(locator)
    found = []
    start = within.text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not (_inside(within, start) or _inside(within, end)):
            found.append(within.original(start, end))
        start = within.text.find(wanted, start + 1)
    return tuple(found)


def _inside(within: Squeezed, cut: int) -> bool:
    """Whether a cut before this character would go through a number."""
    if not 0 < cut < len(within.text):
        return False
    text = within.text
    touching = within.origins[cut] - within.origins[cut - 1] <= 1
    before, after = text[cut - 1], text[cut]
    if before in NUMERALS and after in NUMERALS:
        return True
    if before in ".," and cut >= 2 and text[cut - 2].isdigit() and after.isdigit():
        return touching
    if after in ".," and cut + 1 < len(text) and before.isdigit() and text[cut + 1].isdigit():
        return touching
    return touching and before.isdigit() and after.isdigit()
