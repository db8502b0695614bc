"""Tables of Arrow, and of pandas, through polars where it is installed.

Arrow's own functions take one whole column after another, on one core, and decode dictionaries at
every comparison of text: over a hundred times as long as polars takes for the same rows.  What
polars cannot take is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

from vocpolicy.columnar.intake import ROW, arrow_of


@cache
def has_polars() -> bool:
    return find_spec("polars") is not None


def through_polars(table: Any, wanted: Collection[str], work: Callable[[Any], Any]) -> Any | None:
    """The table with the columns that `work` adds to those of its columns that are wanted, as a
    frame of polars; None where these are nothing that polars has."""
    import polars as pl
    import pyarrow as pa

    names = [name for name in table.column_names if name in wanted]
    try:
        columns = [_series(name, table[name]) for name in names]
        frame = pl.DataFrame(columns) if names else _rows(table.num_rows)
    except (pl.exceptions.PolarsError, pa.ArrowException, ValueError, TypeError):
        return None
    found = work(frame)
    added = found.select(pl.col(name) for name in found.columns if name not in frame.columns)
    for name in added.columns:
        table = table.append_column(name, _plain(added[name]))
    return table


def collected(found: Any, plain: bool) -> Any:
    """What was put off, worked out.  In a plain plan, without joins, every column is asked for
    once and what columns share is one of them: looking for better ones takes time and finds none.
    """
    if not hasattr(found, "collect"):
        return found
    import polars as pl

    flags = getattr(pl, "QueryOptFlags", None) if plain else None
    return found.collect(optimizations=flags.none()) if flags else found.collect()


def tables_in_polars(children: Mapping[str, Any]) -> dict[str, Any] | None:
    """The tables that belong to the rows as frames of polars, each with its keys; None where one
    of them is none that polars has."""
    import polars as pl
    import pyarrow as pa

    found: dict[str, Any] = {}
    for path, table in children.items():
        native, *keys = table if isinstance(table, tuple) else (table,)
        if type(native).__module__.startswith("pandas"):
            native = arrow_of(native)
        if not isinstance(native, pa.Table):
            return None
        try:
            found[path] = (pl.DataFrame(native), *keys)
        except (pl.exceptions.PolarsError, pa.ArrowException, ValueError, TypeError):
            return None
    return found


def _series(name: str, column: Any) -> Any:
    """A column of polars; a dictionary of texts as an enumeration, which is the same kept apart
    from what other columns hold."""
    import polars as pl
    import pyarrow as pa

    _check(column.type)
    if not (pa.types.is_dictionary(column.type) and _is_text(column.type.value_type)):
        return pl.Series(name, pl.from_arrow(column))
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # of no rows at all, or of too many for one piece
        return pl.Series(name, pl.from_arrow(column))
    words = whole.dictionary.to_pylist()
    if None in words or len(set(words)) < len(words):
        return pl.Series(name, pl.from_arrow(column))
    codes = pl.Series(name, pl.from_arrow(whole.indices))
    return pl.Series(name, words, dtype=pl.Enum(words)).gather(codes)


def _check(kind: Any) -> None:
    """TypeError for what polars has no type for, at which it does not stop but breaks off."""
    import pyarrow as pa

    named = ("decimal256", "interval", "union", "run_end_encoded", "float16")
    strange = [getattr(pa.types, f"is_{name}") for name in named]
    if any(one(kind) for one in strange) or isinstance(kind, pa.BaseExtensionType):
        raise TypeError(str(kind))
    inner = [kind.value_type] if pa.types.is_dictionary(kind) else []
    for one in [*inner, *(kind.field(place).type for place in range(kind.num_fields))]:
        _check(one)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _rows(height: int) -> Any:
    import polars as pl

    return pl.select(pl.repeat(True, height).alias(ROW))


def _plain(column: Any) -> Any:
    """A column of Arrow; text, of which polars has two kinds more, as its usual type."""
    import polars as pl
    import pyarrow as pa

    if isinstance(column.dtype, pl.Enum):
        codes = column.to_physical().to_arrow()
        words = pa.array(column.dtype.categories.to_list(), pa.string())
        return pa.DictionaryArray.from_arrays(codes, words).dictionary_decode()
    found = column.to_arrow(compat_level=pl.CompatLevel.oldest())
    return found.cast(pa.string()) if pa.types.is_large_string(found.type) else found
