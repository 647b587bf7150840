"""Turn ties of information round in a store of an older version, where whoever was informed stood first."""

from __future__ import annotations

from powermap.method import load_pack
from powermap.model import INFORMATION, Batch, Change, Influences, Snapshot, record_to_props

BATCH = "turn-informs"
"""Id of the batch, the same in every store: of two who open it at once, one turns."""
TITLE = "turn ties of information: who informs stands first"


def turn(snapshot: Snapshot) -> Batch | None:
    """Return the batch that turns every tie of the channel information; None where there is none.

    Older versions stored *a informs b* as b -> a. What ran both ways does so still. A record can't tell whether it was
    written as *informs* or with another word and this channel: the batch is one of the log like any other, and can be undone.
    """
    pack = load_pack()
    ties = [t for t in snapshot.all(Influences) if t.sign > 0 and pack.channel(t.channel) == INFORMATION]
    changes: list[Change] = []
    for tie in ties:
        before = record_to_props(tie)
        after = {**before, "id": f"{tie.id}-turned", "src": tie.dst, "dst": tie.src}
        changes.append(Change(Influences.KIND, tie.id, before, None, tie.evidence.source))
        changes.append(Change(Influences.KIND, after["id"], None, after, tie.evidence.source))
    return Batch(BATCH, tuple(changes), "powermap", TITLE) if changes else None
