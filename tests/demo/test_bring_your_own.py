"""The conversions of docs/bring-your-own.md, run as printed, give the published numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from powermap.cli.app import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bring-your-own.md"


@pytest.fixture(scope="module")
def place(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both networks, converted and imported as the page says."""
    here = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        for name in ("krackhardt_hightech", "michael_strike"):
            (here / name).symlink_to(shared / "data" / name)
        scripts = re.findall(r"<!-- run: \w+ -->\n```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        assert len(scripts) == 2
        for script in scripts:
            exec(compile(script, str(PAGE), "exec"), {})
        for name in ("hightech", "strike"):
            powermap("import", name, "--store", f"{name}.db")
    return here


def powermap(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def numbers(place: Path, measure: str, layer: str = "") -> dict[str, float]:
    network = "hightech" if layer else "strike"
    account = "Hightech" if layer else "Mill"
    options = ["--projection", layer] if ":" in layer else []
    store = str(place / f"{network}.db")
    told: dict[str, Any] = json.loads(
        powermap("measure", measure, account, *options, "--store", store, "--json")
    )
    return {row["name"]: row["value"] for row in told["rows"]}


ADVICE, FRIENDSHIP, CHART = "channel:advice", "channel:friendship", "chart"


def test_who_is_asked_for_advice(place: Path) -> None:
    """In-degrees of Krackhardt's advice network, counted from the published matrix (Wasserman and Faust 1994, B.1)."""
    asked = numbers(place, "in-degree", ADVICE)
    first = {name.removeprefix("Manager "): n for name, n in asked.items() if n >= 10}
    assert first == {"2": 18, "18": 15, "21": 15, "7": 13, "1": 13, "11": 11, "14": 10, "6": 10, "8": 10}


@pytest.mark.parametrize(
    ("measure", "layer", "hierarchy", "efficiency"),
    [
        ("hierarchy", ADVICE, 0, 0.575),
        ("hierarchy", FRIENDSHIP, 0.1818, 0.795),
        ("hierarchy-chart", CHART, 1, 1),
    ],
)
def test_dimensions_of_hierarchy(
    place: Path, measure: str, layer: str, hierarchy: float, efficiency: float
) -> None:
    """Krackhardt's graph-theoretic dimensions (1994), on reachability; cross-checked with R's sna."""
    found = numbers(place, measure, layer)
    assert found["hierarchy"] == pytest.approx(hierarchy, abs=5e-5)
    assert found["efficiency"] == pytest.approx(efficiency, abs=5e-4)
    assert found["connectedness"] == 1


def test_brokers_by_department(place: Path) -> None:
    """Gould-Fernandez totals on asker -> adviser; reversed arcs would swap 95 and 62 (R's sna)."""
    roles = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
    totals = [sum(numbers(place, role, ADVICE).values()) for role in roles]
    assert totals == [28, 69, 95, 62, 246]


def test_who_holds_the_strikers_together(place: Path) -> None:
    """Michael 1997: the groups hang together by Bob and Norm, not by the negotiators Sam and Wendle."""
    between = numbers(place, "betweenness-undirected")
    assert [round(between[n], 4) for n in ("Bob", "Norm", "Alejandro", "Sam", "Wendle")] == [
        0.6153, 0.5718, 0.2372, 0.166, 0,
    ]  # fmt: skip
    assert set(numbers(place, "bridges")) in (
        {"Bob – Alejandro", "Frank – Gill"},
        {"Alejandro – Bob", "Frank – Gill"},
    )
    points = {name for name, cuts in numbers(place, "articulation").items() if cuts}
    assert points == {"Alejandro", "Bob", "Gill", "Norm", "Sam"}


@pytest.mark.parametrize(
    ("measure", "best", "second"),
    [("kpp-neg", 0.6623, 0.6580), ("kpp-neg-distance", 0.8026, 0.7835), ("kpp-pos", 0.7639, 0.7431)],
)
def test_the_key_pair_is_bob_and_norm(place: Path, measure: str, best: float, second: float) -> None:
    """Borgatti's key-player measures (2006) over all 276 pairs, by enumeration."""
    (first, value), (_, after) = list(numbers(place, measure).items())[:2]
    assert set(first.split(" + ")) == {"Bob", "Norm"}
    assert value == pytest.approx(best, abs=5e-5) and after == pytest.approx(second, abs=5e-5)
