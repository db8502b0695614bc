"""Measure: `python tests/benchmarks/run.py NAME [--quick] [--json FILE]`.

Every row is a ratio against its reference in the same run; times alone say little on a shared
machine.  `--quick` is for seeing that a benchmark runs, not for its figures.
"""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path

from measuring import Row

NAMES = ("analysis", "cold", "columnar", "distributed", "explain", "load", "nearest", "scalar")


def text(row: Row) -> str:
    if row.ratio is None:
        return f"{row.name:<60} {row.note}"
    goal = f"goal {row.goal:g}" if row.goal is not None else ""
    return f"{row.name:<60} {row.ratio:>8.2f} × {row.against}  {goal}  {row.median_us:,.1f} µs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", choices=NAMES)
    parser.add_argument("--names", action="store_true", help="list what can be measured")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.names:
        print("\n".join(NAMES))
        return
    if options.name is None:
        parser.error("name what to measure")
    measured: list[Row] = importlib.import_module(options.name).measure(options.quick)
    for row in measured:
        print(text(row))
    if options.json:
        options.json.write_text(
            json.dumps([row.to_dict() for row in measured], ensure_ascii=False, indent=2) + "\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
