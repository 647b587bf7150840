"""The user's settings: options come first, then ``POWERMAP_*`` in the environment, then the configuration file.

The file is ``config.toml`` in the user's configuration folder, or where ``POWERMAP_CONFIG`` points::

    store = "powermap.db"     # a path, or neo4j+s://host
    lang = "zh"               # or en
    pack = "/path/to/pack"    # a folder of TOML files that replace files of the rule pack
"""

from __future__ import annotations

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

from powermap.configuration import config_path, system_lang
from powermap.errors import ConfigError
from powermap.words import Words, both


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
        text = both(str(error))
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            wanted = {"lang": "zh 或 en", "pack": "文件夹"}.get(name, "文字")
            text = Words(f"{name} 应为{wanted}", f"{name}: {first['msg']}")
        raise ConfigError(
            Words(f"设置用不了：{text.zh}", f"the settings can't be used: {text.en}"),
            hint=Words(f"请检查 {config_path()}", f"look at {config_path()}"),
        ) from error
    if "lang" not in settings.model_fields_set:
        settings = settings.model_copy(update={"lang": system_lang()})
    return settings
