"""One line about a meeting, taken apart: when, how, with whom, what they said, what was promised.

    11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案
    Nov 18 visit Acme, Ada and Ben: late deliveries again #pain; send a plan by next Friday

Before the colon, or before the first words that name nobody, stand the day, how they met, the account and the people;
behind it, one after the other, what was said (with a tag), what was promised (with a day), and what else is to be
remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from powermap.analysis.policy import judge, officials
from powermap.editing.attendance import People, calls, customers_of
from powermap.editing.clauses import Clauses, Promise, Remark, Said
from powermap.editing.heading import Heading, head_of
from powermap.editing.naming import Register, names_of
from powermap.editing.occasion import Edit, Occasion, nearest
from powermap.editing.phrasing import Phrasing, any_of
from powermap.errors import AnalysisError
from powermap.lens import look
from powermap.model import Organization, Person, WorksAt
from powermap.model.naming import fold
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")
_LATE = re.compile(r"[#＃;；。]|[.!?](?=\s)")
"""What stands in no head: a colon behind it is one of what was said."""
_EXAMPLE = Words(
    "例如：11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案",
    "e.g. Nov 18 visit Acme, Ada and Ben: late again #pain; send a plan by next Friday",
)


@dataclass
class Jotting:
    """What was understood of a line; `missed` is what wasn't, with what to change, `notes` what the user may want to know."""

    on: date
    account: Organization | None = None
    form: str = ""
    ours: tuple[Person, ...] = ()
    me: bool = False
    theirs: tuple[Person, ...] = ()
    voices: tuple[Said, ...] = ()
    promises: tuple[Promise, ...] = ()
    remarks: tuple[Remark, ...] = ()
    missed: list[Words] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)


def take_apart(text: str, occasion: Occasion, words: Vocabulary) -> Jotting:
    """Take a line apart; days without a year are the nearest before the day of the occasion, promises the nearest after.

    Raises
    ------
    AnalysisError
        If it says nothing, or of a day that lies ahead.
    """
    if not text.strip(" ：:；;，,。"):
        raise AnalysisError(Words("这一行什么都没写", "the line says nothing"), hint=_EXAMPLE)
    phrasing = Phrasing(occasion.pack)
    colon = _COLON.search(text)
    if colon and _LATE.search(text, 0, colon.start()):
        colon = None
    before, behind = (text[: colon.start()], text[colon.end() :]) if colon else (text, None)
    account, head, people = _best(before, behind, occasion, phrasing)
    if behind is not None and not (head.theirs or head.unknown):
        # 11-18：拜访 盛筵 阿强，… has its head behind the colon.
        account, head, people = _best(f"{before} {behind}", None, occasion, phrasing)
    found = Jotting(head.day or occasion.day, account, head.form, me=head.me)
    found.missed += head.missed
    if found.on > occasion.day:
        raise AnalysisError(
            Words(
                f"{found.on} 还没到：没见过的面记不成会面",
                f"{found.on} lies ahead: a meeting that wasn't held is none",
            ),
            hint=Words(
                "见过以后再记；约好要做的，写在一次会面后面，如“答应 明天给方案”",
                "log it when it was held; what is agreed on stands behind a meeting, e.g. 'promised a plan by tomorrow'",
            ),
        )
    if head.guessed and (occasion.day - found.on).days > phrasing.far_days:
        found.missed.append(
            Words(
                f"会面日期没写年份，看作 {found.on}；请写上年份",
                f"the meeting's day has no year: taken as {found.on}; write the year",
            )
        )
    told = Clauses(people, phrasing, words, found.on, occasion.day).take(head.tail, head.speaker)
    found.theirs = tuple(dict.fromkeys((*head.theirs, *told.speakers)))
    found.ours = tuple(dict.fromkeys(head.ours))
    found.voices, found.promises = tuple(told.voices), tuple(told.promises)
    found.remarks = (*(Remark(word) for word in head.unknown), *told.remarks)
    found.missed += told.missed
    found.notes += told.notes
    if found.account is None:
        found.account = _account_of(found.theirs, occasion)
    return found


def _best(
    before: str, behind: str | None, occasion: Occasion, phrasing: Phrasing
) -> tuple[Organization | None, Heading, People]:
    """Read the head for the account that it names first; else for that of the occasion, or the only one there is."""
    register = occasion.register
    forms = {
        name: means.key
        for means in occasion.pack.catalogue.values()
        for name in (means.key, *means.words, *means.aliases)
    }

    def read(account: Organization | None) -> tuple[Heading, People]:
        people = People(register, phrasing, account.id if account else None)
        names = calls(account) if account else ()
        return head_of(before, behind, people, names, phrasing, forms, occasion.day), people

    customers = [o for o in register.snapshot.all(Organization) if o.type == "customer"]
    for named in _named(before, customers, occasion.account):
        head, people = read(named)
        if head.account_named:
            return named, head, people
    given = register.snapshot.get(Organization, occasion.account) if occasion.account else None
    account = given or (customers[0] if len(customers) == 1 else None)
    return account, *read(account)


def _named(text: str, customers: Iterable[Organization], given: str | None) -> list[Organization]:
    """Return the accounts that a text names, the first first, of several there the one with the longest name.

    Raises
    ------
    AnalysisError
        If the first may be several, and none of them is the one `given`, by id.
    """
    folded = text.casefold()
    found = sorted(
        (
            (match.start(), -len(match[0]), account.id != given, account)
            for account in customers
            for name in calls(account)
            if name.casefold() in folded and (match := re.search(any_of([name]), text, re.I))
        ),
        key=lambda f: f[:3],
    )
    same = {f[3].id: f[3] for f in found if f[:2] == found[0][:2]}
    if len(same) > 1 and given not in same:
        name = text[found[0][0] : found[0][0] - found[0][1]]
        choice = [o.name for o in same.values()]
        raise AnalysisError(
            Words(f"“{name}”可能是 {len(same)} 家客户", f"{name!r} may be {len(same)} accounts"),
            hint=Words(
                f"请写全，或加 --account：{'、'.join(choice)}",
                f"write the whole name, or add --account: {', '.join(choice)}",
            ),
        )
    return list(dict.fromkeys(f[3] for f in found))


def _account_of(people: Iterable[Person], occasion: Occasion) -> Organization | None:
    """Return the one account of which all of them are."""
    homes = customers_of(occasion.register.snapshot)
    shared = [homes.get(p.id, set()) for p in people]
    both = set.intersection(*shared) if shared else set()
    return occasion.register.snapshot.get(Organization, both.pop()) if len(both) == 1 else None


def ruled(found: Jotting, occasion: Occasion, words: Vocabulary) -> Iterator[Words]:
    """Say what the policy says of the form of a meeting, and of what was promised, with where the rule stands."""
    if found.account is None:
        return
    pack = occasion.pack
    lens = look(occasion.register.snapshot, found.account.id, as_of=found.on, pack=pack)
    people = tuple(p.id for p in found.theirs)
    for key in dict.fromkeys((found.form, *(_means(p.words, words) for p in found.promises))):
        means = pack.catalogue.get(key)
        if means is None:
            continue
        verdict = judge(lens, means, people)
        if verdict.ruling == "allowed":
            continue
        named = [p.name for p in found.theirs if p.id in officials(lens, people)]
        whom = Words(f"（{'、'.join(named)}）", f" ({', '.join(named)})") if named else Words("", "")
        rule = Words(f"规则包 policy.toml：{means.policy}", f"policy.toml of the rule pack: {means.policy}")
        yield Words(
            f"政策：{means.words.zh} {verdict.why.zh}{whom.zh}；照实记下。{rule.zh}",
            f"policy: {means.words.en}, {verdict.why.en}{whom.en}; it is logged as it was. {rule.en}",
        )


def jot(found: Jotting, occasion: Occasion, by: Person | None, words: Vocabulary) -> Edit:
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
    ours = tuple(p.id for p in present(found, by))
    theirs = tuple(p.id for p in found.theirs)
    head = {"company": house, "on": found.on, "theirs": theirs, "ours": ours, "form": found.form}
    head["purpose"] = "；".join(r.words for r in found.remarks)
    rows = [occasion.draft("interactions", {k: v for k, v in head.items() if v}, evidence=False)]
    said = {"author": occasion.author} if occasion.author else {}
    channel = words.choices["voice_channel"].get(found.form, "site")
    for voice in found.voices:
        row = {
            "company": house,
            "on": found.on,
            "said_by": voice.by.id if voice.by else theirs[0],
            "heard_by": ours[0] if ours else "",
            "words": voice.words,
            "sort": voice.sort,
            "triage": voice.triage,
            "channel": "" if found.form == "mail" else channel,
        }
        if voice.triage:
            row |= {"screened_on": found.on, "screened_by": ours[0] if ours else ""}
        rows.append(occasion.draft("voices", {**{k: v for k, v in row.items() if v}, **said}, evidence=False))
    for promise in found.promises:
        owner = promise.owner.id if promise.owner else ours[0] if ours else ""
        row = {
            "company": house,
            "what": _what(promise, words),
            "targets": theirs,
            "promise": True,
            "set_on": found.on,
            "due": promise.due,
            "owner": owner,
        }
        rows.append(
            occasion.draft("actions", {**{k: v for k, v in row.items() if v}, **said}, evidence=False)
        )
    return Edit("log", tuple(rows))


def _what(promise: Promise, words: Vocabulary) -> str:
    """Return the action of the catalogue that a promise names, or its words."""
    return words.means.get(fold(promise.words), promise.words)


def _means(text: str, words: Vocabulary) -> str:
    """Return the action of the catalogue that a text begins with: 宴请 of 宴请韩总; empty if there is none."""
    starts = (words.means.get(fold(text[:n])) for n in range(len(text), 1, -1))
    return next(filter(None, starts), "")


def present(found: Jotting, by: Person | None) -> tuple[Person, ...]:
    """Return who of ours was there: whom the line names, and whoever writes it, where it says so or names nobody."""
    ours = (*found.ours, *((by,) if by and (found.me or not found.ours) else ()))
    return tuple(dict.fromkeys(ours))


def mine(register: Register, author: str) -> Person | None:
    """Return who of ours an author is, if one and only one of our people is called so."""
    staff = _staff(register) if author else []
    found = [p for p in staff if fold(author) in map(fold, names_of(p))]
    return found[0] if len(found) == 1 else None


def like_mine(register: Register, author: str) -> list[str]:
    """Return the names of our people that are most like an author's."""
    return nearest(author, (name for person in _staff(register) for name in names_of(person)))


def _staff(register: Register) -> list[Person]:
    us = register.snapshot.us
    staff = {job.src for job in register.snapshot.all(WorksAt) if us is not None and job.dst == us.id}
    return [p for p in register.snapshot.all(Person) if p.id in staff]
