"""The file itself: whole, small, the same bytes twice, and nothing in it that could run or fetch."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from elsewhere import digests
from invented import account, records, view

from powermap import resources
from powermap.errors import RenderError
from powermap.lens import look
from powermap.maps import render
from powermap.method import load_pack
from powermap.model import Organization, Snapshot
from powermap.pages.embedding import safe_json

VERSION, SHA256 = "10.1.5", "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5"
"""vis-network as npm publishes it: ``npm pack vis-network@10.1.5``, file dist/vis-network.min.js."""


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(page)
    return parser.found


def test_nothing_is_fetched() -> None:
    found = elements(render(account(25)))
    assert len(found) > 500
    for tag, attributes in found:
        assert tag not in ("iframe", "object", "embed", "base", "form")
        for name in ("src", "href", "action", "data", "xlink:href", "srcset", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), (tag, name, value)
        assert not [a for a in attributes if a.startswith("on")], tag
    metas = [a for t, a in found if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert metas[0]["content"].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in metas[0]["content"]
    assert "'unsafe-inline'" not in metas[0]["content"].split("script-src")[1].split(";")[0]


@pytest.mark.parametrize(("size", "limit"), [(25, 700_000), (100, 1_000_000)])
def test_size(size: int, limit: int) -> None:
    """Budgets of the map: 25 people and three suppliers under 0.7 MB, 100 people under 1 MB."""
    found = records(size, past=True)
    assert len(render(view(found), whole=Snapshot.of(found)).encode()) < limit


def test_same_bytes_in_another_process() -> None:
    seen = digests(
        "from invented import account; from powermap.maps import render",
        "render(account(25), lang='en').encode()",
    )
    assert seen == {hashlib.sha256(render(account(25), lang="en").encode()).hexdigest()}


def test_vendored_library_is_the_published_one() -> None:
    folder = resources.folder("viz") / "vendor"
    data = (folder / "vis-network.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256
    assert re.search(rb"@version " + VERSION.encode(), data)
    assert "Permission is hereby granted" in (folder / "vis-network.LICENSE-MIT").read_text("utf-8")


def test_json_cannot_end_its_element() -> None:
    hostile = {"name": "</script><script>alert(1)</script>\u2028&amp;<!--"}
    text = safe_json(hostile)
    assert "<" not in text
    assert ">" not in text
    assert "\u2028" not in text
    assert json.loads(text) == hostile


def test_account_without_people_says_so() -> None:
    lens = look(
        Snapshot.of([Organization(id="acc", name="空")]), "acc", as_of=account(8).as_of, pack=load_pack()
    )
    with pytest.raises(RenderError, match="no people"):
        render(lens)
