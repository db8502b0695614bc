"""The page on clusters is true: its job runs, on the local Spark of the tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sparks import session

PAGE = Path(__file__).parents[1] / "docs" / "distributed.md"
BLOCK = re.compile(r"^```(python|vocp)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_job_of_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spark = session()
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    assert sum("assert " in text for _, text in blocks) >= 3
    space: dict[str, object] = {}
    for language, text in blocks:
        if language == "vocp":
            (tmp_path / "admission.vocp").write_text(text, "utf-8")
        else:
            exec(text.replace('.parquet("', f'.parquet("{tmp_path}/'), space)
    assert space["spark"] is not None and spark.version.split(".")[0] >= "4"
