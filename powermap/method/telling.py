"""Records told to people: fields called as the columns of the sheets they come from, values in the pack's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.findings import written
from powermap.method.pack import Pack

_COLUMN_OF = {
    "unit": "department",
    "unit_alt": "department_alt",
    "valid_from": "since",
    "valid_to": "until",
    "account": "company",
    "dotted": "dotted_boss",
}
"""Fields of records whose columns have other names."""
_HIDDEN = {"id", "src", "dst", "keys", "account", "name", "sign", "ev_source", "ev_status"}
"""What a new record doesn't tell of itself: it stands in the columns beside."""


SHEETS = {"Assessment": "assessments", "Goal": "goals", "Action": "actions", "Voice": "voices"}
"""Kinds of things that have a sheet of their own, whose columns others have too under another name."""


def column(pack: Pack, field: str, lang: str, kind: str = "") -> str:
    """Say how a field of a record is called."""
    field = field.removeprefix("ev_")
    columns = pack.topic("columns")
    name = _COLUMN_OF.get(field, field)
    for sheet in (*filter(None, [SHEETS.get(kind)]), *columns["sheets"]):
        if name in columns[sheet]:
            return str(columns[sheet][name][lang == "zh"])
    return field.replace("_", " ")


def title(pack: Pack, kind: str, props: Mapping[str, Any], names: Mapping[str, str], lang: str) -> str:
    """Name a thing; what has no name is told by what it is about, and when."""
    if props.get("name"):
        return str(props["name"])
    what = {"Assessment": "item", "Goal": "measure", "Action": "what", "Voice": "words"}.get(kind, "measure")
    list_ = "goal_measure" if kind == "Goal" else what
    said = props.get(what, "") or props.get("move", "")
    told = [pack.say(list_, said)[lang] if what != "words" else str(said)[:30]]
    told += [names.get(props[f], "") for f in ("subject", "said_by") if f in props]
    told += [names.get(i, "") for i in props.get("targets", ())[:1]]
    told += [str(props[f]) for f in ("on", "by", "due") if f in props]
    return " ".join(filter(None, told))


def difference(
    pack: Pack,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, str],
    lang: str,
    kind: str = "",
) -> str:
    """Say what a change makes of a record, field by field; `names` are those of records by id."""

    def told(field: str, value: Any) -> str:
        if value is None:
            return "–"
        if isinstance(value, (list, tuple)):
            return ("、" if lang == "zh" else ", ").join(told(field, part) for part in value)
        said = pack.say(field.removeprefix("ev_"), value)[lang] if isinstance(value, str) else value
        return names.get(said, said) if isinstance(said, str) else written(said, lang)

    if not after:
        return "删除" if lang == "zh" else "removed"
    if not before:
        new = {k: v for k, v in after.items() if k not in _HIDDEN and v is not False}
        return ", ".join(f"{column(pack, k, lang, kind)} {told(k, v)}" for k, v in new.items())
    fields = [k for k in {**before, **after} if before.get(k) != after.get(k) and k != "ev_source"]
    return ", ".join(
        f"{column(pack, k, lang, kind)} {told(k, before.get(k))} → {told(k, after.get(k))}" for k in fields
    )
