"""powermap: who decides, who influences, and where everything hangs on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from powermap.view import Account, View
    from powermap.workspace import Workspace
    from powermap.workspace import open_workspace as open

__version__ = "0.1.0"
__all__ = ["Account", "View", "Workspace", "__version__", "open"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: `import powermap` must stay light.
    if name in __all__:
        from powermap import view, workspace

        home = view if name in ("Account", "View") else workspace
        return getattr(home, "open_workspace" if name == "open" else name)
    raise AttributeError(f"module 'powermap' has no attribute {name!r}")
