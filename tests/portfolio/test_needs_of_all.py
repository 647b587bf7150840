"""The pool of needs over all accounts: ranked in one currency, and whom else a solution of ours would fit."""

from __future__ import annotations

from datetime import date

from powermap.method import load_pack
from powermap.model import Deal, Figure, Organization, Record, Snapshot
from powermap.portfolio.questions.managed import lenses
from powermap.portfolio.questions.needs import ranked, solutions

DAY = date(2026, 9, 30)


def customer(name: str, industry: str = "phones") -> Organization:
    return Organization(name, name=name, industry=industry)


def need(account: str, value: float = 1.0, **more: object) -> Deal:
    return Deal(f"n-{account}", account=account, name=f"need of {account}", value=value, **more)  # type: ignore[arg-type]


STORE: list[Record] = [
    Organization("us", name="Us", type="supplier", us=True),
    *(customer(n) for n in ("served", "same", "bought", "nothing", "twice")),
    customer("other", "tablets"),
    *(need(n, category="chargers") for n in ("served", "same", "other", "twice")),
    need("nothing", category="cables"),
    Figure("f", account="bought", measure="wallet", on=date(2025, 1, 1), value=5, category="chargers"),
    Deal("road", account="us", name="Platform", category="chargers", answers=("n-served", "n-twice")),
]


def test_a_solution_fits_who_is_of_the_industry_buys_the_category_and_is_not_answered_yet() -> None:
    (found,) = solutions(Snapshot.of(STORE))
    assert found.accounts == ("served", "twice") and found.answers == ("n-served", "n-twice")
    assert {o.id for o in found.similar} == {"bought", "same"}
    # Without a category of its own, that of the needs it answers counts.
    bare = [r for r in STORE if r.id != "road"] + [
        Deal("road", account="us", name="Platform", answers=("n-served",))
    ]
    (found,) = solutions(Snapshot.of(bare))
    assert {o.id for o in found.similar} == {"bought", "same", "twice"}


def test_needs_are_ranked_over_accounts_and_another_currency_comes_last() -> None:
    store = Snapshot.of(
        [
            *(customer(n) for n in ("a", "b", "c")),
            need("a", 100.0, currency="CNY", rule="A"),
            need("b", 900.0, currency="CNY", rule="B"),
            need("c", 5000.0, currency="USD", rule="C"),
        ]
    )
    accounts = list(store.all(Organization))
    found = ranked(lenses(store, load_pack(), DAY, accounts), "CNY")
    assert [lens.account.id for lens, _ in found] == ["b", "a", "c"]
