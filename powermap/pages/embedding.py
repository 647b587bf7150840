"""Put script, style and data into a page so that nothing else can run in it and nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any


def policy(scripts: Iterable[str], styles: str, images: str) -> str:
    """Return the page's content security policy.

    Parameters
    ----------
    scripts
        The texts of the scripts that may run; no other does.
    styles, images
        Sources of styles and images, as the policy writes them.
    """
    return (
        f"default-src 'none'; script-src {' '.join(map(digest, scripts))}; style-src {styles}; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """Return the source that stands for a text of a script or style in a policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def safe_json(value: Any) -> str:
    """Write JSON that can't end a script element or a line."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    for mark in "&<>\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
