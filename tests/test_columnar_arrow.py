"""Tables of Arrow: through polars and without it they say the same."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from columns import cells_of
from test_columnar import DAY, POLICY
from vocpolicy.columnar import arrow, frames

SCORES = [530, 524, None, 600, 751, 525]
TRACKS = ["nursing", "nursing", "护理", "culinary", "nursing", "Nursing"]
EXPELLED = [False, False, False, None, False, True]


def tables() -> dict[str, Any]:
    """The same records with texts kept in other ways."""
    plain = pa.table({"score": SCORES, "track": TRACKS, "expelled": EXPELLED})
    coded = plain.set_column(1, "track", plain["track"].dictionary_encode())
    pieces = pa.concat_tables([coded.slice(0, 2), coded.slice(2)])
    apart = [pa.array(TRACKS[:2]).dictionary_encode(), pa.array(TRACKS[2:]).dictionary_encode()]
    twice = pa.DictionaryArray.from_arrays(
        [0, 1, 2, 3, 0, 4], [*TRACKS[:1] * 2, *TRACKS[2:4], "Nursing"]
    )
    return {
        "text": plain,
        "dictionary": coded,
        "pieces": pieces,
        "dictionaries": plain.set_column(1, "track", pa.chunked_array(apart)),
        "a word twice": plain.set_column(1, "track", twice),
        "more": plain.append_column("marks", pa.array([[1], [], None, [2], [3], [4]])),
    }


@pytest.mark.parametrize("name", tables())
@pytest.mark.parametrize("polars", [True, False])
def test_a_table_says_the_same_with_polars_and_without(
    name: str, polars: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "has_polars", lambda: polars)
    used: list[str] = []
    through = arrow.through_polars
    monkeypatch.setattr(
        frames, "through_polars", lambda *given: used.append("polars") or through(*given)
    )
    table = tables()[name]
    found = POLICY.evaluate_frame(table, "entry", DAY, explain="conditions", engine="columns")
    assert found.select(table.column_names).equals(table)
    assert found["entry.outcome"].type == pa.string()
    outcomes = ["holds", "fails", "undetermined", "fails", None, "fails"]
    assert cells_of(found, "entry.outcome") == outcomes
    nursing = [True, True, True, False, True, True]
    assert cells_of(found, "entry: track is nursing") == nursing
    assert bool(used) is polars


def test_a_table_without_rows_or_without_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    for table, outcomes in (
        (tables()["dictionary"].slice(0, 0), []),
        (pa.table({"name": ["Li", "Wang"]}), ["undetermined"] * 2),
    ):
        found = POLICY.evaluate_frame(table, "entry", DAY, engine="columns")
        assert cells_of(found, "entry.outcome") == outcomes
