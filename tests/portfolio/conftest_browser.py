"""One page in a real browser with the network cut off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def browser_page(folder: Path) -> Iterator[Any]:
    """Open a page; `show` loads HTML, `told` collects requests, complaints and dialogs."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("POWERMAP_TEST_BROWSER") or next((p for n in names if (p := shutil.which(n))), None)
    if path is None:
        reason = "no Chromium on the PATH; install one or set POWERMAP_TEST_BROWSER"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page: Any = chromium.new_context(viewport={"width": 1400, "height": 900}).new_page()
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
        chromium.close()
