"""The labelled set of `benchmarks/identity.py`: precision at least 0.99 at a recall of at least 0.9."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from powermap.identity.search import people

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from identity import identified, labelled, quality


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_duplicates_are_found_and_little_else(seed: int) -> None:
    labels = labelled(2000, seed)
    pairs = people(labels.snapshot, hints=True)
    same = quality(pairs, identified(labels), "same")
    assert same.precision >= 0.999 and same.recall >= 0.9
    listed = quality(pairs, labels.truth, "same", "likely")
    assert listed.precision >= 0.99 and listed.recall >= 0.9


def test_one_company_of_many_people_is_no_square() -> None:
    """Everybody with everybody would be 50 million comparisons; `benchmarks/identity.py` says how long 50,000 people take."""
    snapshot = labelled(8_000, 5, per_account=4_000).snapshot
    before = time.perf_counter()
    people(snapshot)
    assert time.perf_counter() - before < 120
