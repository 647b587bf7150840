"""Join the modules under ``viz/src`` into the one script and the one style that a page carries.

Nothing but Python is needed for it, so that a page can be made wherever powermap is installed. That works because
our modules keep to a small part of what modules may be: names are imported as they are exported, no name stands at the
top of two modules of a page, and imports never run in a circle. Whatever breaks this is refused here, by name.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache

from powermap import resources

SOURCE = "src"
_IMPORT = re.compile(
    r"^import \{\s*[\w$]+(?:,\s*[\w$]+)*,?\s*\} from '(\.{1,2}/[\w./-]+\.js)';\n", re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) )", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function|const|let|class) ([\w$]+)", re.MULTILINE)
_UNREADABLE = re.compile(r"^(?:(?:import|export)\b|(?:const|let) [\[{]).*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n+", re.MULTILINE | re.DOTALL)
_STYLE = re.compile(r"^@import '(\.{1,2}/[\w./-]+\.css)';\n", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)


@cache
def script(entry: str) -> str:
    """Return the script of a page: the module `entry` and what it imports, each after what it needs itself.

    Parameters
    ----------
    entry
        A path under ``viz/src``, such as ``map/page.js``.

    Raises
    ------
    ValueError
        If a module isn't written in the way that is described above.
    """
    bodies: dict[str, str] = {}
    owners: dict[str, str] = {}
    for path, text in in_order(entry).items():
        body = _EXPORT.sub("", _IMPORT.sub("", text))
        if other := _UNREADABLE.search(body):
            raise ValueError(f"{path}: the bundle can't read {other[0]!r}")
        for name in _NAME.findall(body):
            if name in owners:
                raise ValueError(f"{name} stands at the top of {owners[name]} and of {path}")
            owners[name] = path
        # Comments are for whoever reads the modules, types for the checker.
        bodies[path] = _COMMENT.sub("", body).strip()
    return "(() => {\n'use strict';\n" + "\n".join(bodies.values()) + "\n})();\n"


@cache
def style(entry: str) -> str:
    """Return the style of a page: the stylesheet `entry` with what it imports before it, without comments."""
    sheets = in_order(entry).values()
    return "\n".join(_STYLE_COMMENT.sub("", _STYLE.sub("", text)).strip() for text in sheets) + "\n"


def in_order(entry: str) -> dict[str, str]:
    """Return path -> text of a module or stylesheet and of all that it imports, each after what it imports."""
    imports = _STYLE if entry.endswith(".css") else _IMPORT
    found: dict[str, str] = {}

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise ValueError(f"imports in a circle: {' → '.join((*above, path))}")
        if path in found:
            return
        text = resources.text("viz", f"{SOURCE}/{path}")
        for other in imports.findall(text):
            visit(posixpath.normpath(posixpath.join(posixpath.dirname(path), other)), (*above, path))
        found[path] = text

    visit(entry, ())
    return found
