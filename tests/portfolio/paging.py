"""One page in a real browser with the network cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def browser_page(
    browser: Any, folder: Path, width: int = 1400, height: int = 900, **options: Any
) -> Iterator[Any]:
    """Open a page; `show` loads HTML, `told` collects requests, complaints and dialogs."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page: Any = context.new_page()
    page.told = []

    def route(r: Any) -> None:
        if r.request.url.startswith(("file:", "data:")):
            r.continue_()
        else:
            page.told.append(r.request.url)
            r.abort()

    def show(text: str) -> None:
        (folder / "page.html").write_text(text, encoding="utf-8")
        page.goto((folder / "page.html").as_uri())
        page.wait_for_selector("html[data-ready]")

    page.route("**/*", route)
    page.on("console", lambda m: page.told.append(m.text))
    page.on("pageerror", lambda e: page.told.append(str(e)))
    page.on("dialog", lambda d: (page.told.append(d.message), d.dismiss()))
    page.show = show
    yield page
    context.close()
