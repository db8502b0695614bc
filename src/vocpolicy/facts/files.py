"""Facts from files: JSON, TOML and YAML, with every number exact."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NoReturn

from vocpolicy.diagnostics import Diagnostic, FactError, MissingExtraError, UsageError, Words
from vocpolicy.diagnostics.catalog.facts import JSON_REASONS, REASONS
from vocpolicy.source import Source, Span

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".json": "json", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
)
_NAME = r"""\s*(?:[^\s"'{\[=:,]+|"[^"]*"|'[^']*')"""
_TOML_LINE = re.compile(rf"{_NAME}\s*=|\s*\[[^\s\[\]\",]+\]\s*$|\s*\[\[")
_YAML_LINE = re.compile(rf"{_NAME}\s*:(?:\s|$)|---")
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


# `format` is what callers write.
def load_facts(file: str | Path | IO[Any], format: str | None = None) -> Mapping[str, object]:  # noqa: A002
    """The facts of a file, as `read_facts` and `Policy.evaluate` take them.

    Args:
        file: a path, an open file, or `-` for standard input.
        format: `json`, `toml` or `yaml`; where it is not given, by the path's suffix, and for
            what has none by how its first line looks.

    Raises:
        FactError: the file is not of that format, or holds no names with values.
        UsageError: there is no such file, or its suffix is not known.
        MissingExtraError: it is YAML and PyYAML is not installed.
    """
    source, suffix = _open(file)
    if format is None and suffix not in _SUFFIXES and suffix:
        raise UsageError([Diagnostic("V420", args={"path": source.name})])
    kind = format or _SUFFIXES.get(suffix) or _seen(source.text)
    if kind not in _READERS:
        raise UsageError([Diagnostic("V420", args={"path": source.name})])
    facts = _READERS[kind](source)
    if not isinstance(facts, Mapping):
        from vocpolicy.facts.mistakes import got

        raise FactError([Diagnostic("V419", args={"got": got(facts)}, place=source.name)])
    return facts


def _open(file: str | Path | IO[Any]) -> tuple[Source, str]:
    """The text of a file, and the suffix of its name."""
    if not isinstance(file, str | Path):
        name = str(getattr(file, "name", "<stream>"))
        return _decoded(name, file.read()), Path(name).suffix.lower()
    if str(file) == "-":
        return _decoded("<stdin>", sys.stdin.buffer.read()), ""
    path = Path(file)
    try:
        return _decoded(str(file), path.read_bytes()), path.suffix.lower()
    except OSError:
        raise UsageError([Diagnostic("V601", args={"path": str(file)})]) from None


def _seen(text: str) -> str:
    """The format that the first line with anything but a comment on it is written in."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            if _TOML_LINE.match(line):
                return "toml"
            return "yaml" if _YAML_LINE.match(line) else "json"
    return "json"


def _decoded(name: str, content: bytes | str) -> Source:
    if isinstance(content, str):
        return Source(name, content)
    try:
        return Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        why = REASONS["not_utf_8"]
        raise FactError(
            [Diagnostic("V412", args={"format": "UTF-8", "why": why}, place=f"{name}:{line}")]
        ) from None


def _unreadable(source: Source, kind: str, why: Words, offset: int | None) -> NoReturn:
    span = None
    if offset is not None and source.text:
        start = min(offset, len(source.text) - 1)
        span = Span(source, start, start + 1)
    raise FactError(
        [Diagnostic("V412", span, {"format": kind, "why": why}, place=source.name)]
    ) from None


# ---- JSON ----------------------------------------------------------------------------------


def _read_json(source: Source) -> object:
    repeated: list[Diagnostic] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        made: dict[str, object] = {}
        for name, value in items:
            if name in made:
                repeated.append(Diagnostic("V414", args={"name": name}, place=source.name))
            made[name] = value
        return made

    try:
        facts = json.loads(
            source.text, parse_float=Decimal, parse_int=_integer, object_pairs_hook=pairs
        )
    except json.JSONDecodeError as error:
        why = JSON_REASONS.get(error.msg, REASONS["not_understood"])
        _unreadable(source, "JSON", why, error.pos)
    except RecursionError:
        _unreadable(source, "JSON", REASONS["too_deep"], None)
    if repeated:
        raise FactError(repeated)
    return facts


def _integer(digits: str) -> int | Decimal:
    """Python refuses integers of very many digits; as a decimal they are refused with a name."""
    return int(digits) if len(digits) <= 100 else Decimal(digits)


# ---- TOML ----------------------------------------------------------------------------------


def _read_toml(source: Source) -> object:
    import tomllib

    try:
        return tomllib.loads(source.text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.search(str(error))
        offset = None
        if match and match[1] and int(match[1]) <= len(source.line_starts):
            offset = source.line_starts[int(match[1]) - 1] + int(match[2]) - 1
        _unreadable(source, "TOML", REASONS["not_understood"], offset)
    except (RecursionError, ValueError):
        _unreadable(source, "TOML", REASONS["not_understood"], None)


# ---- YAML ----------------------------------------------------------------------------------


def _read_yaml(source: Source) -> object:
    try:
        import yaml
    except ImportError:
        raise MissingExtraError([Diagnostic("V416")]) from None

    class Loader(yaml.SafeLoader):
        """Numbers exact; no aliases, which can make a small file a huge one."""

        def construct_number(self, node: Any) -> object:
            text = self.construct_scalar(node).replace("_", "").lower()
            if text.lstrip("+-") in (".inf", ".nan"):
                return float(text.replace(".", ""))
            return Decimal(text)

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                peek: Any = self.peek_event  # PyYAML's types leave it out
                mark = peek().start_mark
                raise yaml.composer.ComposerError(None, None, "alias", mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            names = [key.value for key, _ in node.value]
            for name in {name for name in names if names.count(name) > 1}:
                raise FactError([Diagnostic("V414", args={"name": name}, place=source.name)])
            return super().construct_mapping(node, deep)

    Loader.add_constructor("tag:yaml.org,2002:float", Loader.construct_number)
    try:
        return yaml.load(source.text, Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        alias = getattr(error, "problem", "") == "alias"
        why = REASONS["alias" if alias else "not_understood"]
        _unreadable(source, "YAML", why, None if mark is None else mark.index)
    except (RecursionError, ValueError, ArithmeticError):
        _unreadable(source, "YAML", REASONS["not_understood"], None)


_READERS: Mapping[str, Callable[[Source], object]] = MappingProxyType(
    {"json": _read_json, "toml": _read_toml, "yaml": _read_yaml}
)
