"""The statements of the embedded store, which lie in ``queries/store/``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from powermap import resources


def script(name: str) -> str:
    """Return the text of one of the store's statements."""
    return resources.text("queries", f"store/{name}.sql")


def statements(*scripts: str) -> Iterator[str]:
    """Part scripts into statements; SQLite's own way to run a script would end the transaction."""
    text = ""
    for line in "\n".join(scripts).splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""
