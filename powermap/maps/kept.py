"""The layout that an account keeps in its store."""

from __future__ import annotations

import json

from powermap.lens import Lens
from powermap.maps.layout import Layout
from powermap.model import KeptLayout


def kept_record(lens: Lens) -> KeptLayout | None:
    """Return the record of the account's layout, or None."""
    return next((r for r in lens.snapshot.all(KeptLayout) if r.account == lens.account.id), None)


def kept_layout(lens: Lens) -> Layout | None:
    """Return the layout that the account keeps, or None."""
    record = kept_record(lens)
    return Layout.from_dict(json.loads(record.plan)) if record else None


def as_text(layout: Layout) -> str:
    """Write a layout as the account keeps it: the same layout, the same text."""
    return json.dumps(layout.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
