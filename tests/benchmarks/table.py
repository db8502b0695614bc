"""Write what was measured into docs/speed.md: `python tests/benchmarks/table.py FILE.json...`.

Each file is what `run.py NAME --json NAME.json` wrote; it takes the place of the table between
`<!-- measured: NAME -->` and `<!-- end -->`, with the versions of what took part.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "speed.md"
BEGIN, END = "<!-- measured: {name} -->\n", "<!-- end -->\n"

TOOK_PART: Mapping[str, Sequence[str]] = {
    "analysis": ("z3-solver",),
    "cold": ("zen-engine",),
    "columnar": ("polars", "narwhals", "pyarrow", "pandas", "duckdb", "openfisca-core"),
    "distributed": ("pyspark", "narwhals"),
    "explain": (),
    "load": ("lark",),
    "nearest": ("z3-solver",),
    "scalar": (
        "zen-engine",
        "common-expression-language",
        "cel-python",
        "rule-engine",
        "cedarpy",
        "openfisca-core",
    ),
}
"""What is measured against, or with, by the name of the benchmark."""


def section(name: str, measured: Sequence[Mapping[str, Any]]) -> str:
    """The table of one benchmark, the command that makes it, and the versions."""
    lines = [
        f"`python tests/benchmarks/run.py {name}`; {', '.join(versions(name))}.",
        "",
        "| | ratio | against | goal | µs |",
        "|---|---|---|---|---|",
        *map(_row, measured),
    ]
    return "\n".join(lines) + "\n"


def versions(name: str) -> Iterator[str]:
    """Python, the library, and what took part, as far as it is installed."""
    yield f"{platform.python_implementation()} {platform.python_version()}"
    for package in ("vocpolicy", *TOOK_PART.get(name, ())):
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue


def _row(row: Mapping[str, Any]) -> str:
    if row["ratio"] is None:
        return f"| {row['name']} | {row.get('note', '')} | | | |"
    own = row["name"] == row["against"]
    ratio = "1" if own else _short(row["ratio"])
    goal = "" if row["goal"] is None else f"{row['goal']:g}"
    against = "" if own else row["against"]
    return f"| {row['name']} | {ratio} | {against} | {goal} | {_short(row['median_us'])} |"


def _short(number: float) -> str:
    """Three digits, or all those before the point."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def with_section(page: str, name: str, text: str) -> str:
    """The page with the table of one benchmark; at its end where it has no place for it.

    Raises:
        ValueError: the place does not end.
    """
    begin = BEGIN.format(name=name)
    if begin not in page:
        return f"{page.rstrip()}\n\n{begin}\n{text}\n{END}"
    before, rest = page.split(begin, 1)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"no {END.strip()} after {begin.strip()}")
    return f"{before}{begin}\n{text}\n{END}{after}"


def main(files: Sequence[str]) -> None:
    page = PAGE.read_text("utf-8")
    for file in map(Path, files):
        page = with_section(
            page, file.stem, section(file.stem, json.loads(file.read_text("utf-8")))
        )
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
