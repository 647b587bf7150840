"""One line about a meeting, taken apart: when, how, with whom, what they said, what was promised.

    11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案
    Nov 18 visit Acme, Ada and Ben: late deliveries again #pain; send a plan by next Friday

Before the colon stand the day, how they met, the account and the people; behind it, one after the other, what was said
(with a tag), what was promised (with a day), and what else is to be remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from powermap.editing.naming import Register, names_of
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.model import Organization, Person, WorksAt
from powermap.model.naming import fold
from powermap.sources import spoken_days
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words, is_chinese

_COLON = re.compile(r"[:：]")
_CLAUSES = re.compile(r"[;；。\n]+|(?<=\w)\.(?=\s|$)")
_TOKENS = re.compile(r"[\s、,，;；&＆]+|\band\b|(?<=[\u4e00-\u9fff])[和与](?=[\u4e00-\u9fff])", re.I)
_TAG = re.compile(r"[#＃](\S+)")
_BY = re.compile(r"(?:\bby\s+|\bbefore\s+|\buntil\s+|在|于)?$", re.I)
_BEFORE = re.compile(r"^\s*(?:之前|以前|前)?[，,\s]*")
_WITH = re.compile(r"\b(with|at|of|met|the)\b|^(?:在|和|跟|与)", re.I)
_TITLED = re.compile(
    r"^([\u4e00-\u9fff])(总|工|董|经理|主任|处长|科长|部长|老师|姐|哥|厂长|行长|院长|局长|校长)$"
)
_NICKNAMED = re.compile(r"^[阿小老大]([\u4e00-\u9fff])$")


@dataclass(frozen=True, slots=True)
class Promise:
    """What one of ours promised, until when."""

    words: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody of theirs said; `triage` and `sort` are keys of the rule pack, as far as a tag tells them."""

    words: str
    triage: str = ""
    sort: str = ""


@dataclass
class Jotting:
    """What was understood of a line; `missed` are the words that weren't, with the reason."""

    on: date
    account: Organization | None = None
    form: str = ""
    ours: tuple[Person, ...] = ()
    theirs: tuple[Person, ...] = ()
    voices: tuple[Said, ...] = ()
    promises: tuple[Promise, ...] = ()
    remarks: tuple[str, ...] = ()
    missed: list[Words] = field(default_factory=list)


def take_apart(text: str, occasion: Occasion, words: Vocabulary) -> Jotting:
    """Take a line apart; days without a year are the nearest before the day of the occasion, promises the nearest after.

    Raises
    ------
    AnalysisError
        If it says nothing.
    """
    head, _, tail = _split(text)
    if not head.strip():
        raise AnalysisError(
            Words("这一行什么都没写", "the line says nothing"),
            hint=Words(
                "例如：11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案",
                "e.g. Nov 18 visit Acme, Ada and Ben: late again #pain; send a plan by next Friday",
            ),
        )
    said = spoken_days.find(head, occasion.day, ahead=False)
    found = Jotting(said.day if said else occasion.day)
    if said is not None:
        head = f"{head[: said.start]} {head[said.end :]}"
    _head(_WITH.sub(" ", head), found, occasion, words)
    for clause in filter(None, (c.strip(" ，,") for c in _CLAUSES.split(tail))):
        _clause(clause, found, words)
    return found


def _split(text: str) -> tuple[str, str, str]:
    match = _COLON.search(text)
    return (text, "", "") if match is None else (text[: match.start()], match[0], text[match.end() :])


def _head(head: str, found: Jotting, occasion: Occasion, words: Vocabulary) -> None:
    register = occasion.register
    accounts = [o for o in register.snapshot.all(Organization) if o.type == "customer"]
    head, found.account = _account(head, accounts, occasion)
    home = found.account.id if found.account else None
    us = register.snapshot.us
    ours: list[Person] = []
    theirs: list[Person] = []
    for token in filter(None, _TOKENS.split(head)):
        form = words.means.get(fold(token))
        if form is not None and not found.form:
            found.form = form
            continue
        people = whom(token, register, home) or (whom(token, register, us.id) if us else [])
        if len(people) == 1:
            mine = us is not None and people[0].id in register.within(us.id)
            (ours if mine else theirs).append(people[0])
        elif people:
            names = "；".join(register.describe(p) for p in people[:5])
            found.missed.append(Words(f"“{token}”可能是：{names}", f"{token!r} may be: {names}"))
        else:
            found.missed.append(Words(f"“{token}”没看懂", f"{token!r} was not understood"))
    found.ours, found.theirs = tuple(dict.fromkeys(ours)), tuple(dict.fromkeys(theirs))


def _account(head: str, accounts: list[Organization], occasion: Occasion) -> tuple[str, Organization | None]:
    """Find the account by the longest of its names that the text holds, or by that of the occasion."""
    named = [
        (len(name), match, account)
        for account in accounts
        for name in (*names_of(account), *_short(account.name))
        if (
            match := re.search(re.escape(name) if is_chinese(name) else rf"\b{re.escape(name)}\b", head, re.I)
        )
    ]
    if named:
        _, match, account = max(named, key=lambda n: n[0])
        return f"{head[: match.start()]} {head[match.end() :]}", account
    if occasion.account is not None:
        return head, occasion.register.snapshot.get(Organization, occasion.account)
    return head, accounts[0] if len(accounts) == 1 else None


def _short(name: str) -> tuple[str, ...]:
    """Return how people call a company for short: its first word, its first two characters."""
    if is_chinese(name):
        return (name[:2],) if len(name) > 3 else ()
    first = name.split()[0]
    return (first,) if len(first) > 2 else ()


def whom(token: str, register: Register, house: str | None) -> list[Person]:
    """Return whom a word may mean in a house: by name, by 李总 (surname and post), by 阿强 (a part of the given name)."""
    inside = register.within(house) if house else None
    people = [p for p in register.snapshot.all(Person) if inside is None or p.id in inside]
    exact = [p for p in people if fold(token) in map(fold, names_of(p))]
    if exact:
        return exact
    if match := _TITLED.match(token):
        named = [p for p in people if p.name.startswith(match[1])]
        posted = [p for p in named if any(match[2] in job.title for job in register.posts(p.id))]
        return _highest(posted or named, register)
    if match := _NICKNAMED.match(token):
        return [p for p in people if match[1] in p.name[1:]] or [
            p for p in people if p.name.startswith(match[1])
        ]
    if is_chinese(token):
        return [p for p in people if len(token) > 1 and token in p.name]
    return [p for p in people if any(fold(token) in map(fold, name.split()) for name in names_of(p))]


def _highest(people: list[Person], register: Register) -> list[Person]:
    """Of several of one surname, 李总 is the one highest up, if only one is."""
    level = {p.id: min((job.level or 9 for job in register.posts(p.id)), default=9) for p in people}
    top = min(level.values(), default=9)
    first = [p for p in people if level[p.id] == top]
    return first if len(first) == 1 else people


def _clause(clause: str, found: Jotting, words: Vocabulary) -> None:
    tags = _TAG.findall(clause)
    clause = _TAG.sub("", clause).strip()
    triage, sort = "", ""
    for tag in tags:
        key = fold(tag)
        triage = words.choices["triage"].get(key, triage)
        sort = words.choices["voice"].get(key, sort)
        if key not in words.choices["triage"] and key not in words.choices["voice"]:
            found.missed.append(Words(f"标签“#{tag}”没看懂", f"the tag #{tag} was not understood"))
    if tags:
        found.voices += (Said(clause, triage, sort or "complaint"),)
        return
    due = spoken_days.find(clause, found.on, ahead=True)
    if due is not None:
        before = _BY.sub("", clause[: due.start]).rstrip(" ，,")
        what = f"{before} {_BEFORE.sub('', clause[due.end :])}".strip(" ，,。.")
        found.promises += (Promise(what or clause, due.day),)
    else:
        found.remarks += (clause,)


def jot(found: Jotting, occasion: Occasion, by: Person | None) -> Edit:
    """Make the rows of a line: the meeting, a voice for each thing said, a promise for each with a day.

    `by` is who of ours was there and promised, where the line names nobody of ours.

    Raises
    ------
    AnalysisError
        If it isn't known at which account, or with whom.
    """
    if found.account is None:
        raise AnalysisError(
            Words("没看出是哪个客户", "which account it was isn't clear"),
            hint=Words("写上客户名，或加 --account", "name the account, or add --account"),
        )
    if not found.theirs:
        raise AnalysisError(
            Words("没看出见了谁", "whom you met isn't clear"),
            hint=Words("在客户名后写人名", "write their names behind the account"),
        )
    house = found.account.id
    ours = tuple(p.id for p in found.ours) or ((by.id,) if by else ())
    theirs = tuple(p.id for p in found.theirs)
    head = {"company": house, "on": found.on, "theirs": theirs, **({"ours": ours} if ours else {})}
    if found.form:
        head["form"] = found.form
    head["purpose"] = "；".join(found.remarks) or ""
    rows = [occasion.draft("interactions", {k: v for k, v in head.items() if v}, evidence=False)]
    said = {"author": occasion.author} if occasion.author else {}
    for voice in found.voices:
        row = {
            "company": house,
            "on": found.on,
            "said_by": theirs[0],
            "words": voice.words,
            "sort": voice.sort,
        }
        row |= {"triage": voice.triage, "screened_on": found.on} if voice.triage else {}
        row |= {"heard_by": ours[0]} if ours else {}
        row |= {"screened_by": ours[0]} if ours and voice.triage else {}
        rows.append(occasion.draft("voices", {**row, "channel": "site", **said}, evidence=False))
    for promise in found.promises:
        row = {
            "company": house,
            "what": promise.words,
            "targets": theirs,
            "promise": True,
            "set_on": found.on,
        }
        row |= {"due": promise.due} if promise.due else {}
        row |= {"owner": ours[0]} if ours else {}
        rows.append(occasion.draft("actions", {**row, **said}, evidence=False))
    return Edit("log", tuple(rows))


def mine(register: Register, author: str) -> Person | None:
    """Return who of ours an author is, if one and only one of our people is called so."""
    us = register.snapshot.us
    if us is None or not author:
        return None
    staff = {job.src for job in register.snapshot.all(WorksAt) if job.dst == us.id}
    found = [p for p in register.snapshot.all(Person) if p.id in staff and author in names_of(p)]
    return found[0] if len(found) == 1 else None
