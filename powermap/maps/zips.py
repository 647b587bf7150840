"""Zip archives of the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip: equal maps are equal bytes."""


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Zip, with nothing of the machine and the hour in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, content)
    return out.getvalue()
