"""What changed about one thing, from the first day on."""

from __future__ import annotations

from powermap.errors import AnalysisError
from powermap.model import THINGS, LoggedChange, named
from powermap.stores.base import Store
from powermap.words import Words


def history(store: Store, name: str) -> list[LoggedChange]:
    """Return the logged changes of the things with this id or exact name, and of their ties, in order.

    Raises
    ------
    AnalysisError
        If nothing is called so, or several are; the nearest are named.
    """
    ids = {
        r.id
        for r in store.read()
        if name
        and isinstance(r, tuple(THINGS.values()))
        and name in (r.id, getattr(r, "name", ""), getattr(r, "name_alt", ""))
    }
    if not ids:
        hits = store.search(name, limit=6) if name.strip() else []
        if len(hits) != 1:
            near, more = [h.name for h in hits[:5]], " …" if len(hits) > 5 else ""
            raise AnalysisError(
                Words(f"这里没有“{name}”", f"nothing here is called {name!r}"),
                hint=Words(f"是不是 {'、'.join(near)}{more}？", f"did you mean {', '.join(near)}{more}?")
                if near
                else Words("`powermap search 文字` 可查名字", "`powermap search TEXT` finds names"),
            )
        ids = {hits[0].id}

    def touches(change: LoggedChange) -> bool:
        if change.change.id in ids:
            return True
        return any(
            props and not ids.isdisjoint(named(change.change.kind, props) - {props.get("account")})
            for props in (change.change.before, change.change.after)
        )

    return [c for c in store.log() if touches(c)]
