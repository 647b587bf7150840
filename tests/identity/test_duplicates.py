"""Which records are called the same, which likely, and which only look alike: by evidence, never by a name alone."""

from __future__ import annotations

from datetime import date

import pytest

from powermap.identity.organizations import organizations
from powermap.identity.pairs import Pair
from powermap.identity.search import people
from powermap.model import (
    Interaction,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    WorksAt,
)

HOUSE = Organization("acme", name="Acme")
OTHER = Organization("borealis", name="Borealis")


def person(ident: str, name: str, *, at: str = "acme", title: str = "", unit: str = "", end: date | None = None,
           email: str = "", phone: str = "", keys: tuple[str, ...] = (), alt: str = "") -> list[Record]:  # fmt: skip
    """A person with a post."""
    return [
        Person(ident, keys, name=name, name_alt=alt, email=email, phone=phone),
        WorksAt(f"job-{ident}", src=ident, dst=at, title=title, unit=unit, period=Period(None, end)),
    ]


def found(*records: Record | list[Record], hints: bool = False) -> list[Pair]:
    flat = [r for part in records for r in (part if isinstance(part, list) else [part])]
    return people(Snapshot.of([HOUSE, OTHER, *flat]), hints=hints)


def codes(pair: Pair) -> set[str]:
    return {reason.code for reason in pair.reasons}


@pytest.mark.parametrize(
    "evidence",
    [
        {"email": "ada@acme.example"},
        {"email": "ADA@Acme.example"},
        {"keys": ("linkedin|person|https://www.linkedin.com/in/ada",)},
        {"keys": ("salesforce|contact|003A",)},
    ],
)
def test_what_belongs_to_one_person_makes_two_records_the_same(evidence: dict[str, str]) -> None:
    first = {k: (v.lower() if isinstance(v, str) else v) for k, v in evidence.items()}
    (pair,) = found(person("a", "Ada Park", **first), person("b", "Park, Ada", at="borealis", **evidence))  # type: ignore[arg-type]
    assert pair.verdict == "same" and pair.sure >= 0.97 and {pair.one, pair.other} == {"a", "b"}
    assert all(r.words.zh and r.words.en for r in pair.reasons)


def test_names_that_contradict_are_asked() -> None:
    mail = "ada.park@acme.example"
    (pair,) = found(person("a", "Ada Park", email=mail), person("b", "Ben Stone", email=mail))
    assert pair.verdict == "ask" and pair.sure <= 0.5


def test_a_plus_tag_tells_two_addresses_apart() -> None:
    assert not found(
        person("a", "Ada Park", email="team+ada@acme.example"),
        person("b", "Ben Stone", email="team+ben@acme.example"),
    )


@pytest.mark.parametrize("mail", ["info@acme.example", "sales@acme.example"])
def test_a_shared_mailbox_is_no_evidence(mail: str) -> None:
    assert not found(person("a", "Ada Park", email=mail), person("b", "Ben Stone", email=mail))
    (pair,) = found(person("a", "Ada Park", email=mail), person("b", "Ada Park", email=mail), hints=True)
    assert pair.verdict == "hint" and "shared-mailbox" in codes(pair)


def test_an_address_that_three_have_is_shared_whatever_it_is_called() -> None:
    mail = "line3@acme.example"
    names = ("Ada Park", "Ben Stone", "Cleo Wing")
    assert not found(*(person(n[0], n, email=mail) for n in names))


def test_a_switchboard_is_no_evidence() -> None:
    phone = "+49 40 1234000"
    names = ("Ada Park", "Ada Stone", "Ada Wing", "Ada Park")
    (pair,) = found(*(person(f"{i}", n, phone=phone) for i, n in enumerate(names)), hints=True)
    assert "same-phone" not in codes(pair)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Park", "Ada Park"), ("张伟", "Zhang Wei"), ("Bob Park", "Robert Park"), ("Ada Park", "Park Ada")],
)
def test_a_name_alone_is_never_more_than_a_hint(one: str, other: str) -> None:
    for at in ("acme", "borealis"):
        assert not found(person("a", one), person("b", other, at=at))
        for pair in found(person("a", one), person("b", other, at=at), hints=True):
            assert pair.verdict == "hint" and pair.sure <= 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Park", "Park, Ada"), ("单雄", "Shan Xiong"), ("Bob Park", "Robert Park"), ("吕布", "Lv Bu")],
)
def test_a_name_with_company_and_title_is_likely(one: str, other: str) -> None:
    (pair,) = found(person("a", one, title="Head of IT"), person("b", other, title="Head of  IT"))
    assert pair.verdict == "likely" and {"same-account", "same-title"} <= codes(pair)


def test_a_namesake_with_another_post_is_none() -> None:
    first = person("a", "Ada Park", title="Plant manager", unit="Works")
    assert not found(first, person("b", "Ada Park", title="Lawyer", unit="Legal"))


def test_two_in_one_meeting_are_two() -> None:
    met = Interaction("m", account="acme", on=date(2026, 5, 1), theirs=("a", "b"))
    pairs = found(person("a", "Ada Park", title="CTO"), person("b", "Ada Park", title="CTO"), met)
    assert not pairs
    line = ReportsTo("r", "a", "b")
    assert not found(person("a", "Ada Park", title="CTO"), person("b", "Ada Park", title="CTO"), line)


def test_who_left_one_account_and_is_at_another_has_moved() -> None:
    gone = person("a", "Ada Park", title="CTO", end=date(2026, 3, 1))
    (pair,) = found(gone, person("b", "Ada Park", at="borealis", title="CTO"))
    assert pair.verdict == "likely" and pair.moved
    said = next(r for r in pair.reasons if r.code == "moved")
    assert "risk" in said.words.en and "opening" in said.words.en and "机会" in said.words.zh


def test_a_unit_of_the_same_account_is_the_same_account() -> None:
    plant = Organization("plant", name="Plant", type="unit")
    records = [plant, PartOf("part", "plant", "acme")]
    (pair,) = found(
        *records, person("a", "Ada Park", title="CTO"), person("b", "Ada Park", title="CTO", at="plant")
    )
    assert pair.verdict == "likely" and not pair.moved


def test_a_placeholder_is_nobody() -> None:
    posts = [Person(i, name="Head of procurement", placeholder=True, email="x@acme.example") for i in "ab"]
    assert not found(posts, hints=True)


# -- organizations -----------------------------------------------------------------------------------------------


def companies(*records: Record, hints: bool = False) -> list[Pair]:
    return organizations(Snapshot.of(records), hints=hints)


def test_companies_of_one_name_but_for_the_legal_form_are_likely_one() -> None:
    (pair,) = companies(Organization("a", name="星河科技"), Organization("b", name="星河科技有限公司"))
    assert pair.verdict == "likely" and pair.kind == "Organization"
    assert not companies(Organization("a", name="Plant 1"), Organization("b", name="Plant 2"), hints=True)
    assert not companies(Organization("a", name="Acme"), Organization("b", name="Borealis"), hints=True)


def test_one_external_id_is_one_company_unless_the_names_contradict() -> None:
    key = ("salesforce|account|001A",)
    (same,) = companies(Organization("a", key, name="Acme"), Organization("b", key, name="Acme Works"))
    (ask,) = companies(Organization("a", key, name="Acme"), Organization("b", key, name="Borealis"))
    assert ask.verdict == "ask" and same.verdict in ("same", "ask")


def test_free_mail_makes_no_company_and_a_domain_alone_is_a_hint() -> None:
    def house(ident: str, name: str, mail: str) -> list[Record]:
        return [
            Organization(ident, name=name),
            Person(f"p{ident}", name=f"P {ident}", email=mail),
            WorksAt(f"w{ident}", f"p{ident}", ident),
        ]

    free = house("a", "Acme", "x@qq.com") + house("b", "Borealis", "y@qq.com")
    assert not companies(*free, hints=True)
    own = house("a", "Acme", "x@acme.example") + house("b", "Borealis", "y@acme.example")
    assert not companies(*own)
    (pair,) = companies(*own, hints=True)
    assert pair.verdict == "hint"


def test_a_unit_is_not_its_account() -> None:
    records = [Organization("a", name="Acme"), Organization("b", name="Acme Ltd"), PartOf("t", "b", "a")]
    assert not companies(*records, hints=True)
