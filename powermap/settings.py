"""The user's settings: options come first, then ``POWERMAP_*`` in the environment, then the configuration file.

The file is ``config.toml`` in the user's configuration folder, or where ``POWERMAP_CONFIG`` points::

    store = "powermap.db"     # a path, or neo4j+s://host
    lang = "zh"               # or en
    pack = "/path/to/pack"    # a folder of TOML files with what the rule pack is to say otherwise

A path of Windows stands in single quotes, ``'C:\\data\\powermap.db'``: in double quotes TOML takes ``\\`` for a mark of its own.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from powermap.configuration import config_path, system_lang
from powermap.errors import ConfigError
from powermap.words import Words, both

_ODD = "a path holds no tabs and no new lines"


def _file() -> dict[str, Any]:
    """Read the configuration file, as editors of any system write it: Notepad puts a mark before UTF-8."""
    path = config_path()
    return tomllib.loads(path.read_text("utf-8-sig")) if path.is_file() else {}


class Settings(BaseSettings):
    """What a command takes when no option says otherwise."""

    model_config = SettingsConfigDict(env_prefix="POWERMAP_", extra="ignore")

    store: str = "powermap.db"
    lang: Literal["zh", "en"] = "en"
    pack: Path | None = None

    @field_validator("store", "pack")
    @classmethod
    def _is_a_path(cls, value: str | Path | None) -> str | Path | None:
        # "C:\\temp\\new" in double quotes is TOML without a fault, and holds a tab and a new line.
        if any(sign < " " for sign in str(value)):
            raise ValueError(f"{_ODD}: {str(value)!r}")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, _file())


def load_settings() -> Settings:
    """Read the settings.

    Raises
    ------
    ConfigError
        If the file isn't TOML or holds a value that isn't allowed.
    """
    try:
        settings = Settings()
    except (OSError, ValueError) as error:
        hint = Words(f"请检查 {config_path()}", f"look at {config_path()}")
        text = both(str(error))
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            wanted = {"lang": "zh 或 en", "pack": "文件夹"}.get(name, "文字")
            text = Words(f"{name} 应为{wanted}", f"{name}: {first['msg']}")
        if isinstance(error, UnicodeDecodeError):
            hint = Words(f"把 {config_path()} 另存为 UTF-8", f"save {config_path()} as UTF-8")
        elif isinstance(error, tomllib.TOMLDecodeError) or _ODD in text.en:
            hint = Words(
                f"{hint.zh}：Windows 的路径用单引号，如 store = 'C:\\data\\powermap.db'",
                f"{hint.en}: a path of Windows stands in single quotes, store = 'C:\\data\\powermap.db'",
            )
        raise ConfigError(
            Words(f"设置用不了：{text.zh}", f"the settings can't be used: {text.en}"), hint=hint
        ) from error
    if "lang" not in settings.model_fields_set:
        settings = settings.model_copy(update={"lang": system_lang()})
    return settings
