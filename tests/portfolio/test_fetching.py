"""Columns straight from the tables against those of the records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from powermap.method import load_pack
from powermap.portfolio import Columns
from powermap.portfolio.fetching import fetch
from powermap.stores.rows import Rows

sys.path.insert(0, str(Path(__file__).parent))
from odd_stores import DAY, assert_same, odd_store


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_equals_the_columns_of_the_records(first: int, tmp_path: Path) -> None:
    """Oracle: :meth:`Columns.from_snapshot`, through the lens."""
    for seed in range(first, first + 40):
        with odd_store(tmp_path / f"{seed}.db", seed) as store:
            with Rows(store) as rows:
                found = fetch(rows, load_pack(), DAY)
            assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))
