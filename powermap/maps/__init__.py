"""The map: layout, networks by pyvis, one self-contained page. The only room that imports pyvis and jinja2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from powermap.maps.formats.files import write
    from powermap.maps.formats.forms import export
    from powermap.maps.formats.page import render
    from powermap.maps.layout.layout import Layout

__all__ = ["Layout", "export", "render", "write"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: pyvis and jinja2 take a third of a second.
    if name == "render":
        from powermap.maps.formats.page import render

        return render
    if name == "export":
        from powermap.maps.formats.forms import export

        return export
    if name == "write":
        from powermap.maps.formats.files import write

        return write
    if name == "Layout":
        from powermap.maps.layout.layout import Layout

        return Layout
    raise AttributeError(name)
