"""The user's settings: options come first, then ``POWERMAP_*`` in the environment, then the configuration file.

The file is ``config.toml`` in the user's configuration folder, or where ``POWERMAP_CONFIG`` points::

    store = "powermap.db"     # a path, or neo4j+s://host
    lang = "zh"               # or en
    pack = "/path/to/pack"    # a folder of TOML files that replace files of the rule pack
"""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from powermap.errors import ConfigError


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


def _system_lang() -> Literal["zh", "en"]:
    names = [os.environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((n for n in names if n), locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


class Settings(BaseSettings):
    """What a command takes when no option says otherwise."""

    model_config = SettingsConfigDict(env_prefix="POWERMAP_", extra="ignore")

    store: str = "powermap.db"
    lang: Literal["zh", "en"] = "en"
    pack: Path | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_path())


def load_settings() -> Settings:
    """Read the settings.

    Raises
    ------
    ConfigError
        If the file isn't TOML or holds a value that isn't allowed.
    """
    try:
        settings = Settings()
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            text = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        else:
            text = str(error)
        raise ConfigError(f"the settings can't be used: {text}", hint=f"look at {config_path()}") from error
    if "lang" not in settings.model_fields_set:
        settings = settings.model_copy(update={"lang": _system_lang()})
    return settings
