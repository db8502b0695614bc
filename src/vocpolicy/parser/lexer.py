"""Characters to tokens, cut into declarations.

One regular expression finds every token; the keyword table says which words are reserved.  A
line end is kept as a separator only where it ends an item.  The tokens are cut at each line
that begins with a declaration's keyword, whatever braces are open, and at each line end outside
all braces: a piece is parsed on its own, so that a mistake in one hides none in another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import frozen

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.keywords import FULL_WIDTH
from vocpolicy.parser import signs
from vocpolicy.parser.literals import MOST_DIGITS, number, unescape
from vocpolicy.parser.numerals import NUMERAL_FOLLOWS, Numeral, checked, numeral, year_end_numeral
from vocpolicy.parser.tokens import (
    BEFORE_MOMENT,
    CONTINUATIONS,
    CONTINUES_AFTER,
    CONTINUES_BEFORE,
    DECLARES,
    ENDS_OPERAND,
    INFIX_SPELLINGS,
    LABEL_WORDS,
    POSTFIXES,
    RESERVED,
    SIGNS,
    SPELLED,
    SPLITS,
    YEAR_END_WORD,
    YES_SPELLINGS,
    Token,
    shortened,
)
from vocpolicy.source import Source, Span
from vocpolicy.syntax import Comment

DEEPEST = 100
"""How many brackets may be open at once, and how deep an expression may be."""

MOST_IN_FILE = 500
"""How many mistakes are collected; a text with more of them is no rule file."""

SPACE = r"[^\S\n]"
WORD = r"(?:[A-Za-z_][A-Za-z0-9_]*+|[^\W\d_A-Za-z]++)++"
_FLAT = r"[^“”\n]*+"
STRING = (
    r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    rf"|“{_FLAT}(?:“{_FLAT}(?:“{_FLAT}”{_FLAT})*+”{_FLAT})*+”"
    r"|「[^「」\n]*+」"
)
_MASTER = re.compile(
    rf"{SPACE}*+(?:"
    rf"({WORD})"  # 1 a name or a keyword
    rf"|({STRING})"  # 2 text
    rf"|([0-9]++(?:\.[0-9]++)?+)"  # 3 a number, or the beginning of a date
    rf"|([\n;][\s;]*+)"  # 4 line ends
    rf"|(#[^\n]*+)"  # 5 a comment
    rf"|(`[^`\n]++`)"  # 6 an escaped name
    rf"|({signs.ODD})"  # 7 what people write and the language does not
    rf"|([{{}}()\[\],:|/+*.=≥≤-]|[<>]=?+)"  # 8 punctuation
    rf"|(.)"  # 9 any other character
    rf")",
)
_NAMED = re.compile(
    rf"(?:\s*+(?:{'|'.join(LABEL_WORDS)}){SPACE}*+(?:{STRING}))*+{SPACE}*+(?::|=(?![=>]))"
).match
_COMPARED = re.compile(
    rf"{SPACE}++(?:{'|'.join(re.escape(one) for one in INFIX_SPELLINGS)})(?![a-z])"
).match
_CITATION = re.compile(rf"\s*+({WORD}|`[^`\n]++`){SPACE}++([^\s\"“「,{{}};#]++)").match
_YEAR_END = re.compile(rf"{SPACE}++of{SPACE}++([0-9]{{4}})(?!\w)").match
_LOCATOR = re.compile(rf"{SPACE}*+({STRING})").match
_NEXT = re.compile(rf"{SPACE}*+(,)(?=\s*+(?:{WORD}|`[^`\n]++`){SPACE}++[^\s\"“「,{{}};#])").match
_WIDE = re.compile("[" + "".join(re.escape(chr(wide)) for wide in FULL_WIDTH) + "]")
_CLOSES = {"_RBRACE": "_LBRACE", "_RPAR": "_LPAR", "_RBRACKET": "_LBRACKET"}


@frozen
class Piece:
    """The tokens of one declaration, and how many mistakes of spelling were found in them."""

    tokens: list[Token]
    mistakes: tuple[Diagnostic, ...] = ()


@frozen
class Lexed:
    pieces: tuple[Piece, ...]
    comments: tuple[Comment, ...]


def half_width(text: str) -> str:
    """The text with half-width punctuation and digits, character by character."""
    return _WIDE.sub(lambda match: chr(FULL_WIDTH[ord(match[0])]), text)


def lex(source: Source) -> Lexed:
    """The tokens of a text, in pieces.  Every character is a token's, a comment's or blank."""
    return _Lexer(source).run()


class _Lexer:
    """The state of one run over a text."""

    __slots__ = (
        "comments",
        "mistakes",
        "open",
        "pending",
        "pieces",
        "row",
        "source",
        "text",
        "tokens",
        "written",
        "wrong",
    )

    def __init__(self, source: Source) -> None:
        self.source = source
        self.written = source.text + "\n"
        self.text = half_width(self.written)
        self.pieces: list[Piece] = []
        self.comments: list[Comment] = []
        self.tokens: list[Token] = []
        self.mistakes: list[Diagnostic] = []
        self.open: list[str] = []
        self.row = False
        self.wrong = 0
        self.pending: re.Match[str] | None = None

    def run(self) -> Lexed:
        text, match = self.text, _MASTER.match
        handlers: tuple[Callable[[re.Match[str]], int], ...] = (
            self._word,
            self._string,
            self._number,
            self._line_end,
            self._comment,
            self._escaped,
            self._odd,
            self._sign,
            self._unknown,
        )
        position, end = 0, len(text)
        while position < end:
            found = match(text, position)
            assert found is not None and found.lastindex is not None  # the text ends a line
            position = handlers[found.lastindex - 1](found)
        self._cut()
        return Lexed(tuple(self.pieces), tuple(self.comments))

    # ---- what every token goes through ---------------------------------------------------

    def _emit(self, kind: str, value: object, start: int, end: int) -> None:
        if self.pending is not None:
            self._separate(kind, end)
        self.tokens.append(Token(kind, value, start, end))

    def _separate(self, kind: str, end: int = 0) -> None:
        """A token after a line end: it begins a piece, or an item, or goes on with the last.  A
        word that declares and is compared within braces was meant for a name."""
        pending, self.pending = self.pending, None
        assert pending is not None
        if not self.tokens:
            return
        if kind in DECLARES and not (self.open and _COMPARED(self.text, end)):
            self._cut()
            return
        before = self.tokens[-1].type
        if before in CONTINUES_AFTER or kind in CONTINUES_BEFORE:
            return
        if not self.open:
            self._cut()
        elif self.open[-1] == "_LBRACE":
            start = pending.start(4)
            self.tokens.append(Token("_SEP", pending[4][0], start, start + 1))

    def _cut(self) -> None:
        if self.tokens or self.mistakes:
            self.pieces.append(Piece(self.tokens, tuple(self.mistakes)))
        self.tokens = []
        self.mistakes = []
        self.open = []

    def _wrong(self, code: str, start: int, end: int, **args: object) -> None:
        if self.pending is not None and not self.open:
            self._separate("")
        self.wrong += 1
        if self.wrong <= MOST_IN_FILE:
            self.mistakes.append(Diagnostic(code, Span(self.source, start, end), args))

    # ---- words ---------------------------------------------------------------------------

    def _word(self, found: re.Match[str]) -> int:
        word = found[1]
        start, end = found.span(1)
        if word not in RESERVED:
            if word.endswith(POSTFIXES) and self._follows_number():
                return self._postfix(word, start, end)
            if self.pending is not None:
                self._separate("NAME")
            self.tokens.append(Token("NAME", word, start, end))
            return end
        if (tokens := self.tokens) and tokens[-1].type == "_DOT":
            self._emit("NAME", word, start, end)
            return end
        if word == YEAR_END_WORD and (year := _YEAR_END(self.text, end)):
            return self._numeral(year_end_numeral(year[1], year.end()), start)
        rest = CONTINUATIONS.get(word)
        more = rest(self.text, end) if rest else None
        if more is not None:
            word, end = " ".join(self.text[start : more.end()].split()), more.end()
        elif self._is_name(word, end):
            self._emit("NAME", word, start, end)
            return end
        return self._keyword(word, start, end)

    def _keyword(self, word: str, start: int, end: int) -> int:
        if word in SPLITS:
            for part in SPLITS[word]:
                kind, value = SPELLED[part]
                self._emit(kind, value, start, start + len(part))
                start += len(part)
            return end
        kind, value = SPELLED[word]
        if kind == "IS" and word in YES_SPELLINGS and not self._ends_operand():
            kind = "YES"
        self._emit(kind, value, start, end)
        if kind == "CITE":
            return self._citations(end, several=True)
        if kind == "SET_ASIDE":
            return self._citations(end, several=False)
        return end

    def _ends_operand(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].type in ENDS_OPERAND

    def _follows_number(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].type == "NUMBER" and self.pending is None

    def _postfix(self, word: str, start: int, end: int) -> int:
        """`20所左右`: the unit and the word after it are written together."""
        postfix = next(postfix for postfix in POSTFIXES if word.endswith(postfix))
        middle = end - len(postfix)
        if middle > start:
            self._emit("NAME", word[: -len(postfix)], start, middle)
        self._emit(SPELLED[postfix][0], postfix, middle, end)
        return end

    def _is_name(self, word: str, end: int) -> bool:
        """Whether a word that is reserved somewhere is a name here."""
        if word not in SPELLED and word not in SPLITS:
            return True
        named = _NAMED(self.text, end)
        return named is not None and not self._stays(word, named)

    def _stays(self, word: str, named: re.Match[str]) -> bool:
        """Whether a word before a colon or an equals sign is a keyword all the same: it ends a
        type (`text or none = …`, `是否 = …`) or begins a declaration that lacks its name."""
        kind = SPELLED[word][0] if word in SPELLED else ""
        if kind in DECLARES:
            return not self.open and (self.pending is not None or not self.tokens)
        before = self.tokens[-1].type if self.tokens else ""
        return named[0][-1] == "=" and (
            (kind == "NONE" and before == "OR")
            or (kind == "YES_OR_NO" and before in ("_COLON", "LIST_OF"))
        )

    def _escaped(self, found: re.Match[str]) -> int:
        start, end = found.span(6)
        self._emit("NAME", self.written[start + 1 : end - 1], start, end)
        return end

    # ---- citations -----------------------------------------------------------------------

    def _citations(self, position: int, several: bool) -> int:
        """Documents, clauses and locators after `cite`: a clause is any run of characters."""
        while (found := _CITATION(self.text, position)) and found[2] not in RESERVED:
            start, end = found.span(1)
            self._emit("NAME", self.written[start:end].strip("`"), start, end)
            start, position = found.span(2)
            self._emit("CLAUSE", self.written[start:position], start, position)
            while locator := _LOCATOR(self.text, position):
                position = self._text(*locator.span(1))
            comma = _NEXT(self.text, position) if several else None
            if comma is None:
                break
            self._emit("_COMMA", ",", *comma.span(1))
            position = comma.end()
        return position

    # ---- literals ------------------------------------------------------------------------

    def _string(self, found: re.Match[str]) -> int:
        return self._text(*found.span(2))

    def _text(self, start: int, end: int) -> int:
        inner = self.written[start + 1 : end - 1]
        self._emit("STRING", unescape(inner) if self.written[start] == '"' else inner, start, end)
        return end

    def _number(self, found: re.Match[str]) -> int:
        start, end = found.span(3)
        text = self.text
        follows = text[end]
        if follows in NUMERAL_FOLLOWS or (follows == " " and text[end + 1] in NUMERAL_FOLLOWS):
            after_moment_word = bool(self.tokens) and self.tokens[-1].type in BEFORE_MOMENT
            special = numeral(text, start, after_moment_word)
            if special is not None:
                return self._numeral(special, start)
        digits = found[3]
        if len(digits) <= MOST_DIGITS:
            self._emit("NUMBER", number(digits), start, end)
            return end
        return self._numeral(Numeral("NUMBER", *checked(digits), end=end), start)

    def _numeral(self, special: Numeral, start: int) -> int:
        self._emit(special.terminal, special.value, start, special.end)
        if special.mistake:
            found = shortened(self.written[start : special.end])
            args = {"found": found, "write": special.write}
            self._wrong(special.mistake, start, special.end, **args)
        return special.end

    # ---- signs, line ends, comments --------------------------------------------------------

    def _sign(self, found: re.Match[str]) -> int:
        start, end = found.span(8)
        sign = found[8]
        kind = SIGNS[sign]
        if sign == "|" and (self.pending or not self.tokens or self.tokens[-1].type == "_LBRACE"):
            self.row = True
        self._emit(kind, sign, start, end)
        if sign in "{([":
            self.open.append(kind)
            if len(self.open) == DEEPEST + 1:
                self._wrong("V114", start, end, most=DEEPEST)
        elif sign in "})]":
            self._close(_CLOSES[kind])
        return end

    def _close(self, opening: str) -> None:
        if opening in self.open:
            while self.open.pop() != opening:
                pass

    def _line_end(self, found: re.Match[str]) -> int:
        if self.pending is None:
            self.pending = found
            if self.row:  # `[1, 3)`: brackets of a row need not match
                while self.open and self.open[-1] != "_LBRACE":
                    self.open.pop()
            self.row = False
        return found.end(4)

    def _comment(self, found: re.Match[str]) -> int:
        start, end = found.span(5)
        before = self.text.rfind("\n", 0, start) + 1
        own_line = not self.text[before:start].strip()
        span = Span(self.source, start, end)
        self.comments.append(Comment(self.written[start + 1 : end].strip(), own_line, span=span))
        return end

    # ---- mistakes --------------------------------------------------------------------------

    def _odd(self, found: re.Match[str]) -> int:
        start, end = found.span(7)
        odd = found[7]
        if odd[0] in "'‘":
            self._emit("STRING", self.written[start + 1 : end - 1], start, end)
            self._wrong("V103", start, end, found=self.written[start:end])
            return end
        if odd in signs.DASHES:
            return self._dash(odd, start, end)
        if odd == "||" and self.row:
            self._emit("_BAR", "|", start, start + 1)
            return start + 1
        return self._replaced(odd, start, end)

    def _replaced(self, odd: str, start: int, end: int) -> int:
        """A sign of programming languages: read as what is meant, and reported."""
        terminal = signs.MEANT[odd]
        self._emit(terminal, odd, start, end)
        self._wrong("V105", start, end, found=odd, write=signs.spelled(terminal))
        return end

    def _dash(self, odd: str, start: int, end: int) -> int:
        low = signs.number_before(self.text, start)
        high = signs.NUMBER_AFTER.match(self.text, end)
        if low and high:
            found = self.written[low.start() : high.end()]
            write = signs.between(low[0].strip(), high[0].strip())
            self._wrong("V107", low.start(), high.end(), found=found, write=write)
        else:
            self._wrong("V108", start, end, found=odd)
        self._emit("MINUS", "-", start, end)
        return end

    def _unknown(self, found: re.Match[str]) -> int:
        start, end = found.span(9)
        character = found[9]
        if character in '"“「':
            line_end = self.text.index("\n", start)
            self._emit("STRING", self.written[end:line_end].strip(), start, line_end)
            self._wrong("V102", start, end, found=character)
            return line_end
        if character == "`":
            self._wrong("V104", start, end)
        elif character in "。．":
            self._wrong("V138", start, end)
        elif character not in signs.DIRECTIONS and not (start == 0 and character == "\ufeff"):
            self._wrong("V101", start, end, found=character, code_point=f"U+{ord(character):04X}")
        return end
