"""Words as a language spells them: keywords, literals and signs, by what stands around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from attrs import evolve

from vocpolicy.format.literals import literal, year
from vocpolicy.format.pairs import outcome, translated
from vocpolicy.format.roles import Role, roles
from vocpolicy.format.words import Word
from vocpolicy.keywords import (
    AGGREGATES,
    ANY_CELL,
    KEYWORDS,
    MODALITIES,
    MONTH_ENDS,
    OF_DATES,
    ROUNDINGS,
    WORDINGS,
    Keyword,
    Spelled,
)
from vocpolicy.parser import half_width
from vocpolicy.parser.tokens import ENDS_OPERAND, POSTFIXES, SIGNS
from vocpolicy.syntax import File

_ROWS: Mapping[str, Keyword] = MappingProxyType({row.terminal: row for row in KEYWORDS})
_SIGN: Mapping[str, str] = MappingProxyType(
    {terminal: sign for sign, terminal in reversed(tuple(SIGNS.items()))}
)
_COMPARES = frozenset(("AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"))
_BETWEEN_DATES = frozenset(("YEARS_BETWEEN", "MONTHS_BETWEEN", "DAYS_BETWEEN"))
_PAIRED = frozenset(("BETWEEN", *_BETWEEN_DATES, "ROUND"))
_OPENS = frozenset(("_LPAR", "_LBRACKET", "_LBRACE"))
_CLOSES = frozenset(("_RPAR", "_RBRACKET", "_RBRACE"))
_WIDE = str.maketrans("(),:", "（），：")
_ENUMERATES = "、"


def respell(
    words: Sequence[Word], file: File, lang: str, names: bool, kept: frozenset[int]
) -> list[Word]:
    """The words as they are to be written, in order.

    Args:
        words: those of a file that has no mistakes.
        lang: `en` or `zh`.
        names: whether units, built-in types and outcomes take the language too.
        kept: declarations that keep their own spellings.
    """
    known = roles(file)
    found: list[Word] = []
    for before, word in zip((None, *words), words, strict=False):
        role = known.get(word.start)
        text = _as_it_is(word) if word.piece in kept else _text(word, before, role, lang, names)
        found.append(evolve(word, text=text))
    found = _narrowed(found)
    _connect(found, lang, kept)
    _conclude(found, lang, names, kept)
    if lang == "zh":
        found = [evolve(one, text=_wide(one)) for one in found]
    return [word for word in found if word.text]


def _as_it_is(word: Word) -> str:
    if word.type in ("STRING", "CLAUSE") or word.text.startswith("`"):
        return word.text
    return _SIGN.get(word.type, half_width(word.text)) if not word.text[0].isalnum() else word.text


def _wide(word: Word) -> str:
    """Full-width punctuation; `、` stays where the writer has it."""
    return word.text if word.narrow or len(word.text) > 1 else word.text.translate(_WIDE)


# ---- one word ------------------------------------------------------------------------------


def _text(word: Word, before: Word | None, role: Role | None, lang: str, names: bool) -> str:
    if role is not None and (text := _of_role(word, role, lang, names)) is not None:
        return text
    if before is not None and before.type == "MONTH_END":
        return _month_end(word, lang)
    if (text := literal(word.type, word.text, word.value, lang)) is not None:
        return text
    if word.type == "CLAUSE":
        return word.text
    if word.type == "NAME":
        return word.text if word.text[0] == "`" else str(word.value)
    if word.text == _ENUMERATES and lang == "zh":
        return word.text
    if word.type in _SIGN and not word.text[0].isalpha():
        return _SIGN[word.type]
    return _keyword(word, before, lang)


def _month_end(word: Word, lang: str) -> str:
    """A rule for month ends, whose words are its own."""
    said = str(word.value)
    for rule in MONTH_ENDS:
        if said in (rule.key, *rule.en, *rule.zh):
            own = said if said in rule.zh else rule.zh[0]
            return own if lang == "zh" else rule.en[0]
    return word.text


def _of_role(word: Word, role: Role, lang: str, names: bool) -> str | None:
    match role:
        case Role.YEAR:
            return year(word.text, lang) if word.type == "NUMBER" else None
        case Role.YES:
            return _spelled("YES", "", lang)[0] if word.type == "IS" else None
        case Role.ANY_CELL:
            return (ANY_CELL.zh if lang == "zh" else ANY_CELL.en)[0] if _is_word(word) else None
        case Role.HIT_POLICY | Role.PROPERTY:
            return translated(word.text, role, lang) if names else word.text
        case Role.UNIT | Role.UNIT_OF_ONE | Role.TYPE | Role.UNDER:
            plain = names and not word.text.startswith("`")
            return translated(str(word.value), role, lang) if plain else None


def _is_word(word: Word) -> bool:
    return word.type == "NAME"


def _keyword(word: Word, before: Word | None, lang: str) -> str:
    """Chinese synonyms stay: which of them suits depends on what is compared."""
    spellings = _spelled(word.type, str(word.value), lang)
    if not spellings:
        return word.text
    after_operand = before is not None and before.piece == word.piece
    after_operand = after_operand and before is not None and before.type in ENDS_OPERAND
    if " ".join(word.text.split()) in (of_dates := OF_DATES.get(word.type, ())):
        return of_dates[2 if lang == "zh" else after_operand]
    if lang == "en":
        return spellings[1] if word.type in _COMPARES and after_operand else spellings[0]
    if word.type == "ABOUT":
        return POSTFIXES[0] if after_operand else spellings[0]
    return word.text if word.text in spellings else spellings[0]


@cache
def _spelled(terminal: str, key: str, lang: str) -> tuple[str, ...]:
    many = _many(terminal)
    for word in many:
        if word.key == key:
            return word.zh if lang == "zh" else word.en
    row = _ROWS.get(terminal)
    if row is None or many:
        return ()
    return row.zh if lang == "zh" else row.en


def _many(terminal: str) -> tuple[Spelled, ...]:
    """The words of a terminal that has several."""
    match terminal:
        case "WORDING":
            return tuple(word for pair in WORDINGS for word in pair)
        case "MODALITY":
            return tuple(word for word, _ in MODALITIES)
        case "AGGREGATE":
            return AGGREGATES
        case "ROUND":
            return ROUNDINGS
        case _:
            return ()


# ---- words together ------------------------------------------------------------------------


def _narrowed(words: list[Word]) -> list[Word]:
    """Ranges in cells of a table, `[1, 3)`, keep their signs half-width: the two need not match."""
    found: list[Word] = []
    narrow, depth = False, 0
    for word in words:
        if found and found[-1].type == "_BAR" and word.type in ("_LPAR", "_LBRACKET"):
            narrow, depth = True, 0
        depth += (word.type in ("_LPAR", "_LBRACKET")) - (word.type in ("_RPAR", "_RBRACKET"))
        found.append(evolve(word, narrow=narrow))
        narrow = narrow and depth > 0
    return found


def _connect(words: list[Word], lang: str, kept: frozenset[int]) -> None:
    """`between a and b`, `介于 a 至 b`: the word between the ends of a range."""
    waiting: list[list[str]] = [[]]
    calls: set[int] = set()
    for at, word in enumerate(words):
        if word.begins and len(waiting) == 1:
            waiting = [[]]
        if word.type in _PAIRED:
            waiting[-1].append(word.type)
        elif word.type in _OPENS:
            waiting.append([])
            if at and words[at - 1].type in _BETWEEN_DATES:
                calls.add(len(waiting))
        elif word.type in _CLOSES and len(waiting) > 1:
            calls.discard(len(waiting))
            waiting.pop()
        elif word.type in ("_COMMA", "_TO") and not waiting[-1] and len(waiting) in calls:
            calls.discard(len(waiting))
            waiting[-2].pop()  # both dates stand in the brackets, and no `and` follows
        elif word.type in ("AND", "_TO") and waiting[-1]:
            paired = waiting[-1].pop()
            if word.piece not in kept:
                terminal = "AND" if lang == "en" and paired != "ROUND" else "_TO"
                words[at] = evolve(word, text=_spelled(terminal, "", lang)[0])


def _conclude(words: list[Word], lang: str, names: bool, kept: frozenset[int]) -> None:
    """What follows `is`: a wording, or the outcome that a case expects."""
    expects = False
    for at, word in enumerate(words):
        if word.begins:
            expects = word.type == "EXPECT"
        if word.type not in ("IS", "IS_NOT") or word.piece in kept:
            continue
        if expects and names:
            _expected(words, at, lang)
        if lang == "zh" and word.type == "IS_NOT" and at + 1 < len(words):
            _negative(words, at)


def _negative(words: list[Word], at: int) -> None:
    """`is not eligible` is `是 不符合条件`."""
    after = words[at + 1]
    for positive, negative in WORDINGS:
        if after.type == "WORDING" and after.value == positive.key:
            words[at] = evolve(words[at], text=_spelled("IS", "", "zh")[0])
            words[at + 1] = evolve(after, text=negative.zh[0])


def _expected(words: list[Word], at: int, lang: str) -> None:
    """`is on track`, `is not met`: the words of an outcome, which are names in the tree."""
    end = at + 1
    while end < len(words) and words[end].type in ("NAME", "NOT_APPLICABLE"):
        end += 1
    said = " ".join(str(word.value) for word in words[at + 1 : end])
    negated = words[at].type == "IS_NOT"
    other = outcome(f"not {said}" if negated else said, lang)
    if other is None or end == at + 1:
        return
    words[at] = evolve(words[at], text=_spelled("IS", "", lang)[0])
    words[at + 1] = evolve(words[at + 1], text=other)
    for place in range(at + 2, end):
        words[place] = evolve(words[place], text="")
