"""The one file of colours."""

from __future__ import annotations

import re

import pytest

from powermap import resources
from powermap.pages import bundle
from powermap.pages.colours import light, rgb, variables

PAGES = ["map", "portfolio"]


def luminance(parts: tuple[int, int, int]) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in parts)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("attitude", range(-2, 4))
def test_the_number_of_an_attitude_can_be_read(attitude: int) -> None:
    """WCAG 2.2, 1.4.3: text has a contrast of at least 4.5 to its ground."""
    bright, dark = sorted(
        (luminance(rgb("map", f"{kind}{attitude}")) for kind in ("att", "on")), reverse=True
    )
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("page", PAGES)
def test_every_colour_that_a_sheet_names_is_there(page: str) -> None:
    sheet = variables(page) + bundle.style(f"{page}/page.css")
    named = set(re.findall(r"var\(--([\w-]+)\)", sheet))
    set_by_scripts = {"columns"}
    assert named - set_by_scripts <= set(light(page))


def test_no_sheet_has_a_colour_of_its_own() -> None:
    for path in (resources.folder("viz") / "src").rglob("*.css"):
        assert not re.search(r"#[0-9a-f]{3,6}\b", path.read_text("utf-8")), path


@pytest.mark.parametrize("page", PAGES)
def test_paper_is_never_dark(page: str) -> None:
    """What the dark theme says stands in a rule for screens."""
    before, _, rest = variables(page).partition("@media screen")
    assert "dark" not in before and "data-theme='dark'" in rest
    assert light(page)["ink"] in before


def test_short_colours_are_read_like_long_ones() -> None:
    assert rgb("map", "paper") == (255, 255, 255)
    assert rgb("map", "att3") == (0x0A, 0x3F, 0x82)
