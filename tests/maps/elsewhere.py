"""The same bytes in another process, whatever its hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def digests(imports: str, made: str) -> set[str]:
    """Return the SHA-256 of what the expression `made` gives in two processes of different hash seeds."""
    code = f"import hashlib; {imports}; print(hashlib.sha256({made}).hexdigest(), end='')"
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
