"""A real browser with the network cut off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str:
    """Return the browser's path: POWERMAP_TEST_BROWSER, else what is installed; without one, skip, in CI fail."""
    given = os.environ.get("POWERMAP_TEST_BROWSER")
    names = ("chromium", "chromium-browser", "google-chrome", "msedge", "microsoft-edge")
    found = given or next((path for name in names if (path := shutil.which(name))), None)
    if found:
        return found
    reason = "no Chromium, Chrome or Edge on the PATH; install one or set POWERMAP_TEST_BROWSER"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    print(f"skipped: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = find_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


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
