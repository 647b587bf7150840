"""An export can always be imported again: into the same store it changes nothing, into an empty one it says the same."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from test_workbook import PACK, TODAY, apply, plan

from powermap.model import (
    Action,
    Assessment,
    Covers,
    Deal,
    Evidence,
    Figure,
    Goal,
    Hit,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    Relates,
    ReportsTo,
    Serves,
    Snapshot,
    Stands,
    TakesPart,
    Thing,
    Voice,
    WorksAt,
    record_to_props,
)
from powermap.reports.elsewhere import names_elsewhere
from powermap.reports.workbook import write_csv_folder, write_workbook

PEOPLE = ("Li Wei", "李伟", "Li  wei", "LI WEI", "Wang Fang", "王芳；李伟", "王芳", "-1", "12", "3 of (CEO)")
COMPANIES = ("Acme", "ACME", "明灯", "Sales", "Acme Lab", "2026")
DAYS = (None, date(2024, 1, 1), date(2025, 6, 1))


def store(seed: int) -> Snapshot:
    """Make two accounts with units, three suppliers and circles, of which many have one name, and so their people."""
    dice = random.Random(seed)
    numbers = count(1)

    def ident(kind: str) -> str:
        return f"{kind}{next(numbers):04x}"

    def maybe(*values: Any) -> Any:
        return dice.choice((None, *values))

    def ground() -> Evidence:
        return Evidence(
            source=dice.choice(("", "talk")), author=dice.choice(("", "Wen")), note=dice.choice(("", "said so")),
            on=dice.choice(DAYS), confidence=maybe(0.5), status=dice.choice(("observed", "assumed")),
        )  # fmt: skip

    def name() -> dict[str, str]:
        one, other = dice.choice(PEOPLE), dice.choice(("", "", *PEOPLE))
        return {"name": " ".join(one.split()), "name_alt": " ".join(other.split()) if other != one else ""}

    accounts = [
        Organization(ident("o"), name=dice.choice(COMPANIES), grade=dice.choice("SABC")) for _ in "12"
    ]
    suppliers = [
        Organization(ident("o"), name=dice.choice(COMPANIES), type="supplier", us=n == 0) for n in range(3)
    ]
    units = [Organization(ident("o"), name=dice.choice(COMPANIES), type="unit") for _ in range(3)]
    circles = [Organization(ident("o"), name=dice.choice(COMPANIES), type="circle") for _ in range(2)]
    found: list[Record] = [*accounts, *suppliers, *units, *circles]
    homes = dict(zip((u.id for u in units), [accounts[0], accounts[0], accounts[1]], strict=True))
    found += [PartOf(ident("t"), unit, account.id) for unit, account in homes.items()]
    staff: dict[str, list[str]] = {s.id: [] for s in suppliers}
    for supplier in suppliers:
        for _ in range(2):
            person = Person(ident("p"), **name())
            staff[supplier.id].append(person.id)
            found += [person, WorksAt(ident("t"), person.id, supplier.id, title=dice.choice(("", "Seller")))]
    ours = staff[suppliers[0].id]
    for account in accounts:
        places = [account.id, *(u for u, a in homes.items() if a is account)]
        people = []
        for _ in range(6):
            person = Person(ident("p"), **name(), power=maybe(3.5, 8), note=dice.choice(("", "a note")))
            people.append(person.id)
            found.append(person)
            if dice.random() < 0.15:
                found.append(MemberOf(ident("t"), person.id, account.id, role="adviser"))
            else:
                found.append(
                    WorksAt(ident("t"), person.id, dice.choice(places), Period(dice.choice(DAYS)),
                            title=dice.choice(("", "CEO")), unit=dice.choice(("", "Board")), level=maybe(1, 3))
                )  # fmt: skip
        for n, person_id in enumerate(people):
            if n and dice.random() < 0.7:
                found.append(ReportsTo(ident("t"), person_id, people[dice.randrange(n)]))
            if dice.random() < 0.3:
                found.append(MemberOf(ident("t"), person_id, dice.choice(circles).id, evidence=ground()))
            for supplier in suppliers:
                if dice.random() < 0.6:
                    seller = dice.choice(staff[supplier.id])
                    found.append(
                        Covers(
                            ident("t"),
                            seller,
                            person_id,
                            evidence=ground(),
                            strength=maybe(0.4),
                            duty="owner",
                        )
                    )
                if dice.random() < 0.6:
                    attitude = maybe(-2, 0, 3)
                    found.append(
                        Stands(ident("t"), person_id, supplier.id, evidence=ground(), attitude=attitude)
                    )
        for _ in range(4):
            a, b = dice.sample(people, 2)
            if not any(isinstance(r, Influences) and (r.src, r.dst) == (a, b) for r in found):
                found.append(Influences(ident("t"), a, b, evidence=ground(), sign=dice.choice((1, 1, -1))))
        deals = [
            Deal(ident("d"), account=account.id, name=dice.choice(("Mill", "MILL", "路灯"))) for _ in "12"
        ]
        found += deals
        for deal in deals:
            for person_id in dice.sample(people, 2):
                found.append(TakesPart(ident("t"), person_id, deal.id, roles=("decider",), evidence=ground()))
            found.append(Stands(ident("t"), dice.choice(people), suppliers[0].id, attitude=1, deal=deal.id))
        found += [
            Interaction(ident("x"), account=account.id, on=date(2026, 1, dice.randint(1, 3)), channel="visit",
                        ours=tuple(dice.sample(ours, 1)), theirs=tuple(dice.sample(people, 2)))
            for _ in range(3)
        ]  # fmt: skip
        for n, supplier_id in enumerate(("", suppliers[1].id, suppliers[2].id)):
            found.append(
                Figure(ident("f"), account=account.id, measure="revenue", on=date(2024 + n % 2, 1, 1), value=5.0,
                       supplier=supplier_id)
            )  # fmt: skip
        found.append(Relates(ident("t"), suppliers[0].id, account.id, level=2, evidence=ground()))
        found += work(dice, ident, account.id, people, ours, suppliers[1].id, deals[0].id)
    return Snapshot.of([marked(r, found, dice) for r in found])


def work(
    dice: random.Random,
    ident: Callable[[str], str],
    account: str,
    people: list[str],
    ours: list[str],
    rival: str,
    deal: str,
) -> Iterator[Record]:
    """Make what is judged, aimed at, done and heard, about people of every kind of name."""

    def ground() -> Evidence:
        return Evidence(source="talk", author=dice.choice(("", "Wen")), note=dice.choice(("", "said so")))

    day = date(2026, 2, dice.randint(1, 28))
    for n, person in enumerate(people):
        yield Assessment(
            ident("a"), (), account, person, dice.choice(("support", "fact_project", "career")), dice.choice(("", rival)),
            1.0, dice.choice(("", "a; b")), on=day, present=tuple(dice.sample(ours, n % 3)), evidence=ground(),
        )  # fmt: skip
    goal = Goal(
        ident("g"), (), account, people[0], "key", "attitude", "turn", "rivalry", f"pumps {account}", start=0.0, target=1.0, owner=ours[0],
        set_on=day, by=date(2026, 12, 31), supplier=rival, evidence=ground(),
    )  # fmt: skip
    action = Action(
        ident("c"), (), account, goal.id, dice.choice(("summit", "写方案")), tuple(people[:2]), "point", ours[1], day, day,
        quality=4.0, days=2.0, money=100.0, currency="CNY", promise=True, approval="given", approved_by=ours[0],
        approved_on=day, evidence=ground(),
    )  # fmt: skip
    yield goal
    yield action
    yield Interaction(
        ident("x"), (), account, date(2026, 1, 9), "visit", (ours[0],), (people[0],), "", "summit", action.id, "call", "key"
    )  # fmt: skip
    yield Voice(
        ident("v"), (), account, day, people[1], ours[0], "site", "complaint", "too late", rival, "pumps", "pain", "often",
        ours[0], day, ("market", "finance"), "ITR", ours[1], day, ours[1], day, "mended", day, 4.0, people[1], day, deal, ground(),
    )  # fmt: skip
    yield Serves(ident("t"), ours[0], account, evidence=ground(), duty="account_manager", days=5.0)


def marked(record: Record, found: list[Record], dice: random.Random) -> Record:
    """Give a thing a mark of its own, and half of them a number that a file gave, which others have elsewhere."""
    number = str(dice.randint(1, 9))
    keyed = dice.random() < 0.5
    if isinstance(record, Person):
        homes = [t.dst for t in found if isinstance(t, (WorksAt, MemberOf)) and t.src == record.id]
        taken = {k for r in found if isinstance(r, Thing) for k in r.keys}
        key = f"file|person|{homes[0]}/{number}{record.id[-1]}"
        return replace(record, email=record.id, keys=(key,) if keyed and key not in taken else ())
    if isinstance(record, Organization):
        return replace(
            record, industry=record.id, keys=(f"file|organization|n{record.id[-2:]}",) if keyed else ()
        )
    if isinstance(record, Deal):
        return replace(
            record, stage=record.id, keys=(f"file|deal|{record.account}/{record.id[-1]}",) if keyed else ()
        )
    if isinstance(record, Interaction):
        return replace(
            record,
            note=record.id,
            keys=(f"file|interaction|{record.account}/{record.id[-1]}",) if keyed else (),
        )
    return record


def searching(whole: Snapshot) -> Callable[[str, str], list[Hit]]:
    """Search as a store does: by a part of a name, any case."""
    return lambda text, kind: [
        Hit(r.id, kind, r.name, r.name_alt)
        for r in whole
        if kind == r.KIND
        and isinstance(r, (Organization, Person))
        and text.lower() in f"{r.name}\n{r.name_alt}".lower()
    ]


def to_xlsx(known: Snapshot, account: str, whole: Snapshot, folder: Path, lang: str) -> Path:
    others = names_elsewhere(known, searching(whole))
    write_workbook(known, account, folder / "out.xlsx", PACK, lang, others)
    return folder / "out.xlsx"


def to_csv(known: Snapshot, account: str, whole: Snapshot, folder: Path, lang: str) -> Path:
    others = names_elsewhere(known, searching(whole))
    write_csv_folder(known, account, folder / lang, PACK, lang, others)
    return folder / lang


def exports(seed: int, folder: Path) -> Iterator[tuple[Snapshot, Snapshot, Path]]:
    """Write every account of a store, in a form and a language of the seed's; yield its records, all, and the file."""
    whole = store(seed)
    lang, write = ("zh", "en")[seed % 2], (to_xlsx, to_csv)[seed // 2 % 2]
    for account in [o for o in whole.all(Organization) if o.type == "customer"]:
        known = whole.scope(account.id)
        yield known, whole, write(known, account.id, whole, folder, lang)


SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_into_the_same_store_it_changes_nothing(seed: int, tmp_path: Path) -> None:
    for _, whole, file in exports(seed, tmp_path):
        made = plan(file, whole)
        assert made.problems == ()
        assert [(c.kind, c.before, c.after) for c in made.changes] == []


MARK = {
    "Person": "email",
    "Organization": "industry",
    "Deal": "stage",
    "Interaction": "note",
    "Goal": "category",
    "Action": "scope",
}


def said(records: Snapshot) -> Counter[Any]:
    """Return what records say, whatever their ids and keys: things by their marks; sources aside, which name the file."""
    called = {r.id: getattr(r, MARK[r.KIND]) for r in records if r.KIND in MARK}

    def word(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(sorted(map(word, value)))
        return called.get(value, value) if isinstance(value, str) else value

    return Counter(
        (
            r.KIND,
            tuple(
                sorted(
                    (k, word(v))
                    for k, v in record_to_props(r).items()
                    if k not in ("id", "keys", "ev_source") and v not in (None, "", False)
                )
            ),
        )
        for r in records
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_into_an_empty_store_it_says_the_same(seed: int, tmp_path: Path) -> None:
    for known, _, file in exports(seed, tmp_path):
        made = plan(file, Snapshot.of([]))
        assert made.problems == ()
        assert said(apply(made, Snapshot.of([]))) == said(known)


def test_the_stores_have_what_this_is_about() -> None:
    """Two people of one name at two suppliers, at one account, and organizations of one name and several kinds."""
    rivals = same = mixed = 0
    for seed in SEEDS:
        whole = store(seed)
        names: dict[str, list[str]] = {}
        for job in whole.all(WorksAt):
            person = whole.get(Person, job.src)
            assert person is not None
            names.setdefault(person.name, []).append(job.dst)
        types = {o.id: o.type for o in whole.all(Organization)}
        rivals += any(len({h for h in at if types[h] == "supplier"}) > 1 for at in names.values())
        same += any(at.count(h) > 1 for at in names.values() for h in at)
        kinds: dict[str, set[str]] = {}
        for o in whole.all(Organization):
            kinds.setdefault(o.name, set()).add(o.type)
        mixed += any(len(k) > 1 for k in kinds.values())
    assert min(rivals, same, mixed) > 20 and TODAY
