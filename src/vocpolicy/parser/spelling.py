"""Words that are not what they were meant to be: names, keywords, words run together."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.keywords import AGGREGATES, OF_DATES
from vocpolicy.parser.place import Place
from vocpolicy.parser.reader import terminal_words
from vocpolicy.parser.spaces import splits
from vocpolicy.parser.tokens import DECLARES, END, RESERVED, SPELLED, Token, shortened

_NAMED_BY = DECLARES | {
    *("READING", "DECIDES", "FOR", "OVERRIDES", "UNDER", "EXPECT", "DOCUMENT", "AMENDS")
}

_LONGEST = max(map(len, SPELLED)) + 2

# The same of what is taken for a name, by what comes after it.
_FOREIGN_VALUES = {
    (word, after): meant
    for words, afters, meant in (
        (("before", "earlier"), ("DATE", "YEAR_END", "NAME"), "LESS_THAN"),
        (("after", "later"), ("DATE", "YEAR_END", "NAME"), "MORE_THAN"),
        (("sum",), ("_LPAR", "NAME"), "total"),
        (("min", "minimum"), ("_LPAR",), "SMALLER_OF"),
        (("max", "maximum"), ("_LPAR",), "LARGER_OF"),
    )
    for word in words
    for after in afters
}
_TOTAL = next(Words(f"`{row.en[0]}`", f"“{row.zh[0]}”") for row in AGGREGATES if row.key == "total")

# What people write who know another language, and the terminal that is meant.
_FOREIGN = {
    "if": "_WHEN",
    "where": "_WHEN",
    "如果": "_WHEN",
    "若": "_WHEN",
    "unless": "EXCEPT_WHEN",
    "except": "EXCEPT_WHEN",
    "else": "OTHERWISE",
    "default": "OTHERWISE",
    "equals": "IS",
    "equal": "IS",
    "are": "IS",
    "等于": "IS",
    "greater": "MORE_THAN",
    "above": "MORE_THAN",
    "over": "MORE_THAN",
    "fewer": "LESS_THAN",
    "below": "LESS_THAN",
    "minimum": "AT_LEAST",
    "min": "AT_LEAST",
    "至少": "AT_LEAST",
    "大于等于": "AT_LEAST",
    "maximum": "AT_MOST",
    "max": "AT_MOST",
    "至多": "AT_MOST",
    "最多": "AT_MOST",
    "小于等于": "AT_MOST",
    "和": "AND",
    "与": "AND",
    "并且": "AND",
    "以及": "AND",
    "或者": "OR",
    "plus": "PLUS",
    "minus": "MINUS",
    "times": "STAR",
    "到": "_TO",
    "until": "_TO",
    "since": "_FROM",
    "从": "_FROM",
    "true": "YES",
    "false": "NO",
    "null": "NONE",
    "enum": "CHOICE",
    "const": "PARAMETER",
    "import": "USE",
    "include": "USE",
    "function": "DEFINE",
    "let": "DEFINE",
    "test": "CASE",
    "assert": "EXPECT",
    "boolean": "YES_OR_NO",
    "bool": "YES_OR_NO",
}


def _quoted_name(at: Place) -> Diagnostic | None:
    if at.kind != "STRING" or "NAME" not in at.accepted or "NUMBER" in at.accepted:
        return None
    inner = re.sub(r"\W+", "_", str(at.token.value)).strip("_")
    write = inner if inner and not inner[0].isdigit() else "control_line"
    return at.wrong("V141", at.token, write=write)


def _hyphen(at: Place) -> Diagnostic | None:
    """`rule dual-qualified {`"""
    tokens, index = at.tokens, at.index
    if at.kind != "MINUS" or at.kind_before != "NAME" or index < 2:
        return None
    if tokens[index - 2].type not in _NAMED_BY:
        return None
    last = index
    while tokens[last].type in ("MINUS", "NAME", "NUMBER") and _touches(
        tokens[last - 1], tokens[last]
    ):
        last += 1
    if last == index:
        return None
    first, end = tokens[index - 1], tokens[last - 1]
    return at.wrong("V144", first, end, write=at.text(first, end).replace("-", "_"))


def _touches(before: Token, after: Token) -> bool:
    return before.end_pos == after.start_pos


def _digit_first(at: Place) -> Diagnostic | None:
    if at.kind != "NUMBER" or at.kind_before not in _NAMED_BY or "NAME" not in at.accepted:
        return None
    after = at.after
    last = after if after and after.type == "NAME" and _touches(at.token, after) else at.token
    return at.wrong("V145", at.token, last)


def _capital(at: Place) -> Diagnostic | None:
    """`Rule`, `At Least`: the first word of a phrase may have passed as a name."""
    for index in (at.index, at.index - 1):
        if index < 0 or at.tokens[index].type != "NAME":
            continue
        found = at.text(at.tokens[index])
        small = found.lower()
        if small == found or small not in RESERVED:
            continue
        phrase = _phrase(at, at.tokens[index], small)
        # `is At Least`: the keyword has the word before it too.
        joined = f"{at.text(at.tokens[index - 1])} {phrase}" if index else ""
        if joined in SPELLED and at.fits(index - 1, [SPELLED[joined][0]]):
            return at.wrong("V123", at.tokens[index], write=Words(f"`{phrase}`", f"“{phrase}”"))
        if phrase in SPELLED and at.fits(index, [SPELLED[phrase][0]]):
            return at.wrong("V123", at.tokens[index], write=Words(f"`{phrase}`", f"“{phrase}”"))
    return None


def _phrase(at: Place, token: Token, first: str) -> str:
    """The longest phrase of the language that begins with a word and goes on as the text does."""
    line = at.source.text[token.end_pos : token.end_pos + _LONGEST].split("\n", 1)[0]
    words = [first, *line.lower().split()[:3]]
    for length in range(len(words), 0, -1):
        if (phrase := " ".join(words[:length])) in SPELLED:
            return phrase
    return first


def _run_together(at: Place) -> Diagnostic | None:
    """A Chinese run that fits where it stands once it is cut at a keyword inside it."""
    for index in (at.index, at.index - 1):
        if index < 0 or at.tokens[index].type != "NAME":
            continue
        run = at.text(at.tokens[index])
        rest = [token.type for token in at.tokens[index + 1 : at.index + 2]]
        for parts in splits(run):
            kinds = [SPELLED[part][0] if part in SPELLED else "NAME" for part in parts]
            if at.fits(index, kinds + rest):
                last = (
                    at.tokens[at.index]
                    if index < at.index and at.kind not in (END, "_SEP")
                    else None
                )
                follows = f" {at.text(last)}" if last else ""
                return at.wrong(
                    "V122", at.tokens[index], write=shortened(" ".join(parts) + follows)
                )
    return None


def _foreign(at: Place) -> Diagnostic | None:
    found = at.text(at.token)
    meant = _FOREIGN.get(found.lower())
    if meant is None:
        return None
    fits = meant in at.accepted or at.fits(at.index, ["_SEP", meant])
    if not fits and at.index and at.tokens[at.index - 1].type == "_SEP":
        fits = at.fits(at.index - 1, [meant])  # `unless` on a line of its own
    if not fits and not (meant == "YES_OR_NO" and "COUNT_OF" in at.accepted):
        return None
    return at.wrong("V133", at.token, write=terminal_words(meant))


def _foreign_value(at: Place) -> Diagnostic | None:
    """A word that was taken for the name of a value, as in `is before 2020`, `sum of x`."""
    before = at.tokens[at.index - 1] if at.index else None
    if before is None or before.type != "NAME":
        return None
    meant = _FOREIGN_VALUES.get((at.text(before).lower(), at.kind))
    if meant is None:
        return None
    return at.wrong("V133", before, write=_meant_words(meant))


def _meant_words(meant: str) -> Words:
    if meant == "total":
        return _TOTAL
    if meant in OF_DATES:
        _, en, zh = OF_DATES[meant]
        return Words(f"`{en}`", f"“{zh}”")
    return terminal_words(meant)


def _misspelt(at: Place) -> Diagnostic | None:
    """A word that is nearly a keyword which could stand here."""
    spellings = [spelling for spelling, (terminal, _) in SPELLED.items() if terminal in at.accepted]
    for last, found in _candidates(at):
        if len(found) > _LONGEST:
            continue
        cutoff = 0.74 if found.isascii() else 0.5
        near = difflib.get_close_matches(found, spellings, n=1, cutoff=cutoff)
        if near and near[0] != found and abs(len(near[0]) - len(found)) <= 2:
            write = Words(f"`{near[0]}`", f"“{near[0]}”")
            return at.wrong("V124", at.token, last, found=found, write=write)
    return None


def _candidates(at: Place) -> Iterator[tuple[Token, str]]:
    """The word, and the word with the next: `in forse`."""
    token, after = at.token, at.after
    if not str(at.text(token))[:1].isalpha():
        return
    if after is not None and after.type == "NAME" and at.text(after).isascii():
        yield after, " ".join(at.text(token, after).split())
    if token.type == "NAME" and len(at.text(token)) > 1:
        yield token, at.text(token)


def _keyword_as_name(at: Place) -> Diagnostic | None:
    """A keyword where a name could stand, followed by what could follow the name."""
    text = at.text(at.token)
    if text not in SPELLED or "NAME" not in at.accepted or at.after is None:
        return None
    if not at.fits(at.index, ["NAME", at.after.type]):
        return None
    return at.wrong("V121", at.token)


LOOKS: tuple[Callable[[Place], Diagnostic | None], ...] = (
    _quoted_name,
    _hyphen,
    _digit_first,
    _capital,
    _run_together,
    _foreign,
    _foreign_value,
    _misspelt,
    _keyword_as_name,
)
