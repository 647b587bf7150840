"""The layout that an account keeps in its store."""

from __future__ import annotations

import json
from dataclasses import replace

from powermap.lens import Lens
from powermap.maps.layout.layout import Layout
from powermap.model import KeptLayout, Person


def kept_record(lens: Lens) -> KeptLayout | None:
    """Return the record of the account's layout, or None."""
    return next((r for r in lens.snapshot.all(KeptLayout) if r.account == lens.account.id), None)


def kept_layout(lens: Lens) -> Layout | None:
    """Return the layout that the account keeps, or None.

    Whoever left has their place still; whoever isn't known any more, because an import was undone, has none.
    """
    record = kept_record(lens)
    if record is None:
        return None
    layout = Layout.from_dict(json.loads(record.plan))
    return replace(
        layout, slots={p: slot for p, slot in layout.slots.items() if lens.snapshot.get(Person, p)}
    )


def as_text(layout: Layout) -> str:
    """Write a layout as the account keeps it: the same layout, the same text."""
    return json.dumps(layout.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
