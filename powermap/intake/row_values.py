"""Values of a row, picked and renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def pick(
    values: Mapping[str, Any], names: tuple[str, ...], renamed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    return {(renamed or {}).get(name, name): values[name] for name in names if name in values}
