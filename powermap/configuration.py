"""Where the user's configuration lies, and the language of the user: known before anything heavy is loaded."""

from __future__ import annotations

import contextlib
import locale
import os
import sys
import tomllib
from pathlib import Path

from powermap.words import Lang


def config_path() -> Path:
    """Return where the configuration file is looked for."""
    if given := os.environ.get("POWERMAP_CONFIG"):
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    return base / "powermap" / "config.toml"


def chosen_lang() -> Lang:
    """Return the language of ``POWERMAP_LANG``, else of the configuration file, else of the system.

    What can't be read or is no language is passed over here: :func:`powermap.settings.load_settings` complains of it.
    """
    try:
        kept = tomllib.loads(config_path().read_text("utf-8-sig")).get("lang")
    except (OSError, ValueError):
        kept = None
    for said in (os.environ.get("POWERMAP_LANG"), kept):
        if said == "zh":
            return "zh"
        if said == "en":
            return "en"
    return system_lang()


def system_lang() -> Lang:
    """Return the language of the system's locale: Chinese, else English."""
    names = [os.environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((n for n in names if n), "")
    if not name:
        # Windows has its own names of languages, and a Mac some that Python doesn't know.
        with contextlib.suppress(ValueError):
            name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
