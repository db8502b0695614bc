"""Registers in files: rules over tables that need not fit into memory.

    tables       what a table is: parts that come one after another
    csvfiles, parquetfiles, workbooks      tables of each kind, read and written
    headers      which column is which fact
    texts        cells of text, read as facts are
    judging      parts judged, and what came of them counted
    worded       what came of them in words, for people
    files        from a file to a file; nothing half-written

polars computes, pyarrow reads and writes; workbooks alone import openpyxl.
"""

from __future__ import annotations

from vocpolicy.diagnostics import Diagnostic, MissingExtraError

try:
    import polars  # noqa: F401 - asked for here so that its absence is told once
    import pyarrow  # noqa: F401 - likewise
except ImportError as error:
    raise MissingExtraError([Diagnostic("V808")]) from error

from vocpolicy.registers.files import KINDS, judge_file, kind_of, scan
from vocpolicy.registers.headers import given_columns
from vocpolicy.registers.judging import Count, Tally, WrongCell
from vocpolicy.registers.worded import Told

__all__ = [
    "KINDS",
    "Count",
    "Tally",
    "Told",
    "WrongCell",
    "given_columns",
    "judge_file",
    "kind_of",
    "scan",
]
