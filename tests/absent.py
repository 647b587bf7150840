"""What a machine lacks: printed and skipped at home, a failure in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def absent(reason: str) -> NoReturn:
    """Leave a test out because this machine can't run it."""
    if IN_CI:
        pytest.fail(reason)
    print(f"skipped: {reason}")
    pytest.skip(reason)
