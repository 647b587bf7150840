"""What the brief says of figures."""

from __future__ import annotations

from datetime import date

from builder import records, view

from powermap.analysis.brief import brief
from powermap.model import Figure


def test_a_year_that_is_not_over_is_no_fall_of_the_share() -> None:
    """Half of what was bought in 2024 and 2025; of 2026 the customer's budget is known, our sales only in part."""
    found = records("A")
    for measure, values in (("revenue", (50.0, 60.0, 61.0)), ("wallet", (100.0, 120.0, 600.0))):
        for year, value in zip((2024, 2025, 2026), values, strict=True):
            found.append(
                Figure(f"{measure} {year}", account="acc", measure=measure, on=date(year, 1, 1), value=value)
            )
    assert "wallet-erosion" not in {f.kind for f in brief(view(found)).findings}
    later = brief(view(found, as_of=date(2027, 1, 1)))
    assert "wallet-erosion" in {f.kind for f in later.findings}
