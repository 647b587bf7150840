"""Pages in a real browser with the network cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from absent import absent


@pytest.fixture
def load(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; what it asks the network for is in `.leaks`, what it complains about in `.complaints`."""
    opened = []

    def _load(path: Path, width: int = 1600, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context)
        page = context.new_page()
        page.leaks, page.complaints = [], []

        def route(r: Any) -> None:
            if r.request.url.startswith(("file:", "data:", "blob:")):
                r.continue_()
            else:
                page.leaks.append(r.request.url)
                r.abort()

        context.route("**/*", route)
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.on("dialog", lambda d: (page.complaints.append(f"dialog {d.message}"), d.dismiss()))
        page.on(
            "console",
            lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None,
        )
        page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            page.wait_for_function("window.__pm && window.__pm.ready")
        return page

    yield _load
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def typeset() -> None:
    """What PDF and PNG need: the extra `files` and a font with Chinese characters; without them, skip, in CI fail."""
    from powermap.errors import RenderError
    from powermap.maps.formats import paper

    try:
        paper.font(True)
    except RenderError as error:
        absent(f"{error}: {error.hint}")
