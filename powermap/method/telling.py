"""Records told to people: fields called as the columns of the sheets they come from, values in the pack's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from powermap.findings import written
from powermap.method.pack import Pack
from powermap.model import Record, record_to_props
from powermap.model.fields import Field, fields
from powermap.words import Words

_NEVER = {"id", "src", "dst", "keys", "ev_source"}
"""What no change tells: it stands beside it, or is nothing that anybody typed."""
_BESIDE = {"account", "name", "sign", "ev_status"}
"""What a new record doesn't tell of itself: it stands in the columns beside."""
_TITLES = {
    "Assessment": ("item",),
    "Goal": ("measure", "move"),
    "Action": ("what",),
    "Voice": ("words",),
    "Figure": ("measure",),
    "Interaction": ("form", "channel"),
}
"""What a record without a name is told by: the first that it has."""
_LONG = 30
"""Characters of a title's text."""


@cache
def _columns() -> dict[tuple[str, str], tuple[str, Field]]:
    """Return the sheet and column in which a property of a kind of record is typed; the last sheet is its own."""
    found: dict[tuple[str, str], tuple[str, Field]] = {}
    for sheet, known in fields().items():
        for field in known.values():
            if field.written:
                found |= dict.fromkeys(field.properties, (sheet, field))
    return found


def _column(kind: str, name: str) -> tuple[str, Field] | None:
    """Return the column of a property; of what a kind has in none, that of another kind that has it, or so is called."""
    known = _columns()
    if (kind, name) in known:
        return known[kind, name]
    same = (place for (_, other), place in known.items() if other == name)
    called = ((sheet, columns[name]) for sheet, columns in fields().items() if name in columns)
    return next(same, None) or next(called, None)


def column(pack: Pack, name: str, lang: str, kind: str = "") -> str:
    """Say how a property of a record is called."""
    place = _column(kind, name)
    if place is None:
        return name.removeprefix("ev_").replace("_", " ")
    sheet, field = place
    return str(pack.topic("columns")[sheet][field.name][lang == "zh"]).replace("_", " ")


def value(pack: Pack, name: str, said: Any, names: Mapping[str, str], lang: str, kind: str = "") -> str:
    """Say the value of a property: records by name, choices by the pack's word; `names` are those of records by id."""
    if said is None or said == "":
        return "–"
    if isinstance(said, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(
            value(pack, name, one, names, lang, kind) for one in said
        )
    place = _column(kind, name)
    field = place[1] if place else None
    if field is not None and field.choices and not isinstance(said, bool):
        words = pack.choices[field.choices].get(str(said))
        if words is not None:
            return f"{said} {words[lang]}" if isinstance(said, int) else words[lang]
    if not isinstance(said, str):
        return written(said, lang)
    if said in names:
        return names[said]
    return pack.say(
        {"means": "what", "roles": "roles", "item": "item"}.get(field.read, "") if field else "", said
    )[lang]


def title(pack: Pack, kind: str, props: Mapping[str, Any], names: Mapping[str, str], lang: str) -> str:
    """Name a thing; what has no name is told by what it is about, and when."""
    if props.get("name"):
        return str(props["name"])
    about = next((f for f in _TITLES.get(kind, ()) if props.get(f)), "")
    told = [value(pack, about, props[about], names, lang, kind)[:_LONG]] if about else []
    told += [names.get(props[f], "") for f in ("subject", "said_by") if f in props]
    told += [names.get(i, "") for f in ("targets", "theirs") for i in props.get(f, ())[:1]]
    told += [str(props[f]) for f in ("on", "by", "due") if f in props]
    return " ".join(filter(None, told))


def titles(pack: Pack, records: Iterable[Record], names: Mapping[str, str], lang: str) -> dict[str, str]:
    """Name the things among some records that have no name, by id; `names` are those of the others."""
    return {
        r.id: title(pack, r.KIND, record_to_props(r), names, lang)
        for r in records
        if r.KIND in _TITLES and not names.get(r.id)
    }


def difference(
    pack: Pack,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, str],
    lang: str,
    kind: str = "",
) -> str:
    """Say what a change makes of a record, field by field; `names` are those of records by id."""

    def told(name: str, props: Mapping[str, Any]) -> str:
        return value(pack, name, props.get(name), names, lang, kind)

    if not after:
        return "删除" if lang == "zh" else "removed"
    if not before:
        new = [k for k, v in after.items() if k not in _NEVER | _BESIDE and v is not False]
        said = [f"{column(pack, k, lang, kind)} {told(k, after)}" for k in new]
    else:
        changed = [k for k in {**before, **after} if before.get(k) != after.get(k)]
        said = [
            f"{column(pack, k, lang, kind)} {told(k, before)} → {told(k, after)}"
            for k in changed
            if k not in _NEVER
        ] or [Words("只是编号或来源", "only ids or where it comes from")[lang]]
    return ("，" if lang == "zh" else ", ").join(said)
