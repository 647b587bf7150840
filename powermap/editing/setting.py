"""One value of one person, organization or deal: as a change from a day on, or as a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from powermap.editing.jotting import mine
from powermap.editing.naming import called
from powermap.editing.occasion import Edit, Occasion, nearest
from powermap.errors import AnalysisError
from powermap.model import (
    Action,
    Covers,
    Deal,
    Goal,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Relates,
    Stands,
    TakesPart,
    Thing,
    Voice,
)
from powermap.model.draft import CLEAR, Draft
from powermap.model.naming import fold
from powermap.words import Words

DESCRIBED = frozenset(["name", "name_alt", "email", "phone", "note", "power", "adaptability", "placeholder"])
POST = frozenset(["title", "title_alt", "department", "department_alt", "level"])
DIMENSIONS = frozenset(["acceptance", "participation", "support", "information", "guidance", "rivalry"])
RELATION = frozenset(["level", "bond", "stickiness", "stages"])
HOUSE = frozenset(["name", "name_alt", "type", "grade", "industry", "region", "product_tier", "note"])
NEED = frozenset(
    [
        "name",
        "name_alt",
        "horizon",
        "stage",
        "value",
        "currency",
        "rule",
        "project_type",
        "close_on",
        "outcome",
        "won_by",
        "note",
    ]
)
AIM = frozenset(["layer", "move", "purpose", "category", "target", "owner", "by", "supplier"])
DEED = frozenset(
    [
        "goal",
        "targets",
        "scope",
        "owner",
        "due",
        "quality",
        "days",
        "money",
        "currency",
        "promise",
        "approval",
        "approved_by",
        "approved_on",
    ]
)
HEARD = frozenset(
    [
        "said_by",
        "heard_by",
        "channel",
        "sort",
        "about",
        "category",
        "triage",
        "criteria",
        "screened_by",
        "screened_on",
        "votes",
        "route",
        "routed_by",
        "routed_on",
        "owner",
        "due",
        "answer",
        "solved_on",
        "verdict",
        "verdict_by",
        "verdict_on",
        "need",
    ]
)
SHEETS: dict[type[Thing], tuple[tuple[str, frozenset[str]], ...]] = {
    Person: (
        ("people", DESCRIBED | POST | {"boss", "dotted_boss", "owner", "company"}),
        ("stances", DIMENSIONS | {"attitude"}),
        ("committee", frozenset(("roles", "votes", "veto"))),
    ),
    Organization: (("organizations", HOUSE | {"part_of"}), ("ties", RELATION)),
    Deal: (("deals", NEED),),
    Goal: (("goals", AIM),),
    Action: (("actions", DEED),),
    Voice: (("voices", HEARD),),
}
"""What can be set of each kind of thing: the sheets whose columns are meant, and which of them."""


def fields(occasion: Occasion, word: str) -> dict[type[Thing], tuple[str, str]]:
    """Return for each kind of thing the (sheet, field) that a word names, by any header of that column.

    Raises
    ------
    AnalysisError
        If nothing has such a field; the nearest ones are in the hint.
    """
    columns, wanted = occasion.pack.topic("columns"), _folded(word)
    found: dict[type[Thing], tuple[str, str]] = {}
    for cls, sheets in SHEETS.items():
        for sheet, names in sheets:
            for name, headers in columns[sheet].items():
                if name in names and cls not in found and wanted in map(_folded, (name, *headers)):
                    found[cls] = sheet, name
    # A field's own name outdoes another column's alias: the level of a post, the support of a project.
    for cls, sheets in SHEETS.items():
        for sheet, names in sheets:
            if wanted in map(_folded, names) and _folded(found.get(cls, ("", ""))[1]) != wanted:
                found[cls] = sheet, next(n for n in names if _folded(n) == wanted)
    if found:
        return found
    zh, en = _offered(occasion)
    near = nearest(word, en) or nearest(word, zh)
    raise AnalysisError(
        Words(f"没有“{word}”这个字段", f"nothing has a field {word!r}"),
        hint=Words(f"是不是 {'、'.join(near)}？", f"did you mean {', '.join(near)}?")
        if near
        else Words(f"可写：{'、'.join(zh)}", f"write one of: {', '.join(en)}"),
    )


def _folded(word: str) -> str:
    return fold(word).replace("_", "").replace("-", "")


def _offered(occasion: Occasion) -> tuple[list[str], list[str]]:
    columns = occasion.pack.topic("columns")
    pairs = [
        columns[sheet][name]
        for sheets in SHEETS.values()
        for sheet, names in sheets
        for name in columns[sheet]
        if name in names
    ]
    return list(dict.fromkeys(p[1] for p in pairs)), list(dict.fromkeys(p[0] for p in pairs))


def set_value(
    occasion: Occasion, name: str, word: str, text: str, *, supplier: str = "", deal: str = ""
) -> Edit:
    """Give a value to a field of the thing that a name means.

    Parameters
    ----------
    name, word, text
        Whom or what it is about, the field, the value; ``-`` takes the value back.
    supplier
        Towards whom the attitude or the relation is; for a deal, who won it. Empty: us.
    deal
        In which deal a role is, or for which an attitude. Empty: the only open one, or none.
    """
    by_kind = fields(occasion, word)
    thing = occasion.register.one(name, *by_kind, account=occasion.account)
    sheet, field = by_kind[type(thing)]
    make = _MAKERS.get(sheet, {}).get(field) or _MAKERS[sheet][""]
    values = _read(occasion, thing, sheet, field, text)
    more = {"supplier": supplier, "deal": deal}
    dated, bare = make(occasion, thing, field, values, more)
    return Edit(f"set {field}", tuple(dated), tuple(bare))


def _read(occasion: Occasion, thing: Thing, sheet: str, field: str, text: str) -> dict[str, Any]:
    """Read the value; where it is a name, look whom it means, so that a wrong one is answered with the nearest."""
    if text.strip() in ("-", "－", "—", "–"):
        return {field: CLEAR}
    register = occasion.register
    if field in ("boss", "dotted_boss"):
        home = occasion.job(thing) if isinstance(thing, Person) else None
        return {field: register.one(text, Person, account=home.dst if home else occasion.account).id}
    if field == "owner":
        return {field: register.one(text, Person, account=_us(occasion)).id}
    if field in ("company", "part_of", "won_by"):
        return {field: occasion.organization(text).id}
    return occasion.read(sheet, field, text)


def _us(occasion: Occasion) -> str | None:
    found = occasion.register.snapshot.us
    return found.id if found else None


Drafts = tuple[list[Draft], list[Draft]]
"""Rows with the day from which on they hold, and the same without: these say something only if it is new."""
Maker = Callable[[Occasion, Any, str, dict[str, Any], Mapping[str, str]], Drafts]


# -- people ------------------------------------------------------------------------------------------------------


def row_of(occasion: Occasion, person: Person, values: Mapping[str, Any]) -> Draft:
    """Make a row of the people sheet that is about a person and leaves their posts as they are."""
    job = occasion.job(person)
    if job is not None:
        home: dict[str, Any] = {"company": job.dst}
        if job.period.end is not None and not occasion.holds(job):
            home["until"] = job.period.end
    else:
        homes = [t for t in occasion.register.snapshot.all(MemberOf) if t.src == person.id]
        if not homes:
            raise AnalysisError(
                Words(f"{person.name} 没有任何单位", f"{person.name} belongs to no organization"),
                hint=Words(
                    f"先写单位：powermap set {person.id} company 公司",
                    f"say where first: powermap set {person.id} company ACCOUNT",
                ),
            )
        home = {"company": homes[-1].dst, "external": True}
        if homes[-1].period.end is not None:
            home["until"] = homes[-1].period.end
    return occasion.draft("people", {"id": person.id, "name": person.name, **home, **values}, evidence=False)


def _describe(occasion: Occasion, person: Person, field: str, values: dict[str, Any], _: object) -> Drafts:
    return [row_of(occasion, person, values)], []


def _post(occasion: Occasion, person: Person, field: str, values: dict[str, Any], _: object) -> Drafts:
    job = occasion.job(person)
    if job is None or not occasion.holds(job):
        raise AnalysisError(
            Words(f"{person.name} 那天没有工作", f"{person.name} has no job on that day"),
            hint=Words(
                "先写公司：powermap set 姓名 company 公司",
                "say where first: powermap set NAME company ACCOUNT",
            ),
        )
    row = {"id": person.id, "name": person.name, "company": job.dst, **values}
    bare = occasion.draft("people", row, evidence=False)
    return [occasion.draft("people", {**row, **occasion.since()}, evidence=False)], [bare]


def _employer(occasion: Occasion, person: Person, field: str, values: dict[str, Any], _: object) -> Drafts:
    """End the post on the day, and the line to the boss there, and begin the new one."""
    row = {"id": person.id, "name": person.name}
    if values[field] is CLEAR:
        raise AnalysisError(
            Words("工作用 end 结束", "a job is ended by `end`"),
            hint=Words("powermap end 姓名 job", "powermap end NAME job"),
        )
    rows = []
    job = occasion.job(person)
    if job is not None and occasion.holds(job):
        if job.dst == values[field]:
            return [], []
        left = {**row, "company": job.dst, "until": occasion.day, "boss": CLEAR}
        rows.append(occasion.draft("people", left, evidence=False))
    rows.append(
        occasion.draft("people", {**row, "company": values[field], "since": occasion.day}, evidence=False)
    )
    return rows, []


def _boss(occasion: Occasion, person: Person, field: str, values: dict[str, Any], _: object) -> Drafts:
    if values[field] is CLEAR:
        return [row_of(occasion, person, values)], []
    row = {
        "kind": "dotted" if field == "dotted_boss" else "reports",
        "from": person.id,
        "to": values[field],
        **occasion.house(person.id, values[field]),
    }
    return [occasion.draft("ties", {**row, **occasion.since()})], [
        occasion.draft("ties", row, evidence=False)
    ]


def _owner(occasion: Occasion, person: Person, field: str, values: dict[str, Any], _: object) -> Drafts:
    """Let one of ours look after a person, and end that of who did as owner."""
    owner, rows = values[field], []
    held = [
        t
        for t in occasion.register.snapshot.all(Covers)
        if t.dst == person.id and t.period.holds(occasion.day)
    ]
    for cover in held:
        if cover.duty == "owner" and cover.src != owner:
            ends = {"kind": "covers", "from": cover.src, "to": person.id, "until": occasion.day}
            rows.append(occasion.draft("ties", ends, evidence=False))
    if owner is CLEAR:
        return rows, []
    row = {"kind": "covers", "from": owner, "to": person.id, "duty": "owner"}
    bare = [*rows, occasion.draft("ties", row, evidence=False)]
    return [*rows, occasion.draft("ties", {**row, **occasion.since()})], bare


def _attitude(
    occasion: Occasion, person: Person, field: str, values: dict[str, Any], more: Mapping[str, str]
) -> Drafts:
    """Judge anew; a judgement that is the same is one too. A dimension alone leaves the attitude as it was."""
    supplier = occasion.organization(more["supplier"]).id if more["supplier"] else _us(occasion)
    deal = occasion.register.one(more["deal"], Deal, account=occasion.account).id if more["deal"] else ""
    said = dict(values)
    if "note" in said or "attitude_note" in said:
        said["note"] = " ".join(filter(None, (occasion.because, str(said.pop("attitude_note", "")))))
    if field != "attitude":
        known = [
            t
            for t in occasion.register.snapshot.all(Stands)
            if (t.src, t.dst, t.deal) == (person.id, supplier, deal) and t.period.holds(occasion.day)
        ]
        said["attitude"] = known[-1].attitude if known and known[-1].attitude is not None else CLEAR
    row = {"person": person.id, **said, **occasion.since()}
    row |= {"supplier": supplier} if supplier else {}
    if deal:
        found = occasion.register.snapshot.get(Deal, deal)
        row |= {"deal": deal, "company": found.account if found else ""}
    return [occasion.draft("stances", row)], []


def _seat(
    occasion: Occasion, person: Person, field: str, values: dict[str, Any], more: Mapping[str, str]
) -> Drafts:
    deal = _deal_of(occasion, person, more["deal"])
    row = {"person": person.id, "deal": deal.id, "company": deal.account, **values}
    seat = [t for t in occasion.register.snapshot.all(TakesPart) if (t.src, t.dst) == (person.id, deal.id)]
    since = occasion.since() if seat else {}
    bare = [occasion.draft("committee", row, evidence=False)] if seat else []
    return [occasion.draft("committee", {**row, **since})], bare


def _deal_of(occasion: Occasion, person: Person, text: str) -> Deal:
    """Return the deal that is named, else the only open one of a person's account."""
    register = occasion.register
    if text:
        return register.one(text, Deal, account=occasion.account)
    job = occasion.job(person)
    home = occasion.account or (job.dst if job else "")
    still_open = [d for d in register.snapshot.all(Deal) if not d.outcome and d.id in register.within(home)]
    if len(still_open) == 1:
        return still_open[0]
    names = [d.name for d in still_open]
    raise AnalysisError(
        Words("是哪个项目里的角色？", "in which deal is this role?"),
        hint=Words(
            f"用 --deal 指明：{'、'.join(names) or '还没有项目'}",
            f"say which by --deal: {', '.join(names) or 'there is none yet'}",
        ),
    )


# -- organizations and deals -------------------------------------------------------------------------------------


def _house(occasion: Occasion, house: Organization, field: str, values: dict[str, Any], _: object) -> Drafts:
    row = {"id": house.id, "name": house.name, **values}
    return [occasion.draft("organizations", row, evidence=False)], []


def _above(occasion: Occasion, house: Organization, field: str, values: dict[str, Any], _: object) -> Drafts:
    if values[field] is CLEAR:
        return _house(occasion, house, field, values, _)
    row = {"kind": "part", "from": house.id, "to": values[field]}
    known = [t for t in occasion.register.snapshot.all(PartOf) if t.src == house.id]
    since = occasion.since() if known else {}
    return [occasion.draft("ties", {**row, **since})], [occasion.draft("ties", row, evidence=False)]


def _relation(
    occasion: Occasion, house: Organization, field: str, values: dict[str, Any], more: Mapping[str, str]
) -> Drafts:
    supplier = occasion.organization(more["supplier"]).id if more["supplier"] else _us(occasion)
    if supplier is None:
        raise AnalysisError(
            Words("还没有供应商标为我方", "no supplier is marked as us yet"),
            hint=Words("用 --to 写明供应商", "name the supplier by --to"),
        )
    row = {"kind": "relates", "from": supplier, "to": house.id, **values}
    known = [t for t in occasion.register.snapshot.all(Relates) if (t.src, t.dst) == (supplier, house.id)]
    bare = [occasion.draft("ties", row, evidence=False)] if known else []
    return [occasion.draft("ties", {**row, **occasion.since()})], bare


def _work(
    occasion: Occasion, record: Goal | Action | Voice, field: str, values: dict[str, Any], _: object
) -> Drafts:
    """Change a goal, an action or a voice; what makes it the one that it is stands in the row too."""
    row: dict[str, Any] = {"id": record.id, "company": record.account}
    if isinstance(record, Goal):
        row |= {"measure": record.measure}
    elif isinstance(record, Action):
        row |= {"what": record.what}
    else:
        row |= {"on": record.on, "words": record.words, **_passing(occasion, record, field, values)}
    return [occasion.draft(SHEETS[type(record)][0][0], {**row, **values}, evidence=False)], []


_PASSING = {"triage": "screened", "criteria": "screened", "route": "routed", "owner": "routed"}
"""Field of a voice -> the gate that it passes by being filled."""


def _passing(occasion: Occasion, voice: Voice, field: str, values: dict[str, Any]) -> dict[str, Any]:
    """Say on which day, and by whom of ours, a voice passes the gate that a field fills for the first time."""
    gate = _PASSING.get(field, "")
    if not gate or values[field] is CLEAR or getattr(voice, f"{gate}_on") is not None:
        return {}
    if any(getattr(voice, f) for f, g in _PASSING.items() if g == gate):
        return {}
    me = mine(occasion.register, occasion.author)
    by = {f"{gate}_by": me.id} if me is not None and not getattr(voice, f"{gate}_by") else {}
    return {f"{gate}_on": occasion.day, **by}


def _need(
    occasion: Occasion, deal: Deal, field: str, values: dict[str, Any], more: Mapping[str, str]
) -> Drafts:
    """Change a deal; an outcome also says who won, why, and that it is closed on the day."""
    row: dict[str, Any] = {"id": deal.id, "name": deal.name, "company": deal.account, **values}
    if field == "outcome":
        row |= _outcome(occasion, deal, values[field], more["supplier"])
    if occasion.because:
        said = f"{occasion.day.isoformat()}: {occasion.because}"
        row.setdefault("note", "\n".join(part for part in (deal.note, said) if part))
    return [occasion.draft("deals", row, evidence=False)], []


def _outcome(occasion: Occasion, deal: Deal, outcome: Any, winner: str) -> dict[str, Any]:
    if outcome is CLEAR:
        return {"won_by": CLEAR}
    found: dict[str, Any] = {"close_on": occasion.day} if outcome != deal.outcome else {}
    us = occasion.register.snapshot.us
    if winner:
        found["won_by"] = occasion.organization(winner).id
    elif outcome == "won" and us is not None:
        found["won_by"] = us.id
    if us is not None and winner and (found["won_by"] == us.id) != (outcome == "won"):
        raise AnalysisError(
            Words("won 是我方赢，lost 是别人赢", "won is by us, lost is to another"),
            hint=Words(
                f"改正结果，或 --to（我方是“{called(us)}”）",
                f"correct the outcome, or --to (we are {called(us)})",
            ),
        )
    return found


_MAKERS: dict[str, dict[str, Maker]] = {
    "people": {
        "boss": _boss,
        "dotted_boss": _boss,
        "owner": _owner,
        "company": _employer,
        **dict.fromkeys(POST, _post),
        "": _describe,
    },
    "stances": {"": _attitude},
    "committee": {"": _seat},
    "organizations": {"part_of": _above, "": _house},
    "ties": {"": _relation},
    "deals": {"": _need},
    "goals": {"": _work},
    "actions": {"": _work},
    "voices": {"": _work},
}
"""Sheet -> field -> how its rows are made; "" for all other fields."""
