"""The modules under viz/src as a page carries them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from powermap import resources
from powermap.pages import bundle

ENTRIES = [f"{page}/page.{kind}" for page in ("map", "portfolio", "book") for kind in ("js", "css")]
ENTRIES += ["answer/page.css", "summit/page.css"]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Write modules that are bundled instead of ours."""

    def write(**files: str) -> None:
        (tmp_path / "src").mkdir()
        for name, text in files.items():
            (tmp_path / "src" / f"{name}.js").write_text(text, encoding="utf-8")

    for cached in (bundle.script, resources.text):
        cached.cache_clear()
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    yield write
    for cached in (bundle.script, resources.text):
        cached.cache_clear()


def test_each_module_comes_once_and_after_what_it_needs(house: Callable[..., None]) -> None:
    house(
        page="import { two } from './second.js';\nimport { one } from './first.js';\n\n/** Said. */\nconst sum = one + two;\n",
        second="import { one } from './first.js';\n\nexport const two = one + 1;\n",
        first="// why\nexport const one = 1; // and how\n",
    )
    assert bundle.script("page.js") == (
        "(() => {\n'use strict';\nconst one = 1; // and how\nconst two = one + 1;\nconst sum = one + two;\n})();\n"
    )


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"page": "import { a } from './b.js';\n", "b": "import { c } from './page.js';\n"},
            "in a circle: page.js",
        ),
        (
            {
                "page": "import { a } from './b.js';\nconst x = a;\n",
                "b": "export const a = 1;\nconst x = 2;\n",
            },
            "x stands at the top of b.js and of page.js",
        ),
        ({"page": "import { a as c } from './b.js';\n", "b": "export const a = 1;\n"}, "can't read"),
        ({"page": "import * as b from './b.js';\n", "b": "export const a = 1;\n"}, "can't read"),
        ({"page": "export default 1;\n"}, "can't read"),
        ({"page": "const [a] = [1];\n"}, "can't read"),
    ],
    ids=["circle", "name twice", "renamed", "namespace", "default", "names it can't see"],
)
def test_what_would_be_bundled_wrongly_is_refused(
    house: Callable[..., None], files: dict[str, str], told: str
) -> None:
    house(**files)
    with pytest.raises(ValueError, match=re.escape(told)):
        bundle.script("page.js")


def test_every_module_and_sheet_is_used() -> None:
    source = resources.folder("viz") / "src"
    used = {path for entry in ENTRIES for path in bundle.in_order(entry)}
    there = {p.relative_to(source).as_posix() for p in source.rglob("*") if p.suffix in (".js", ".css")}
    assert used == there


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.endswith(".js")])
def test_no_comment_and_no_type_reaches_a_page(entry: str) -> None:
    text = bundle.script(entry)
    assert "@param" not in text
    assert not re.search(r"^\s*(/\*\*|//)", text, re.MULTILINE)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
