"""The curve of the rule pack: whatever doesn't fit is told when it is loaded."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from powermap.method import load_pack
from powermap.method.contents import faults


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda v: v["curve"][0].update(part=0.5), "curve.part"),
        (lambda v: v["curve"][0].update(phase="harvest"), "phase"),
        (lambda v: v["curve"][2].update(year=7), "curve[7].year"),
        (lambda v: v["bond"].pop(), "bond[4]"),
        (lambda v: v["limits"].update(bond=9), "limits.bond"),
        (lambda v: v["limits"].update(other=9), "limits.other"),
    ],
)
def test_a_broken_number_is_told(change: Any, said: str) -> None:
    built_in = load_pack().topics
    broken = deepcopy(built_in)
    change(broken["value"])
    assert any(said in f.words.en for f in faults(broken, built_in))
