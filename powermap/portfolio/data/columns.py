"""A whole store as columns: the access projections of all accounts, each a block of its own.

:meth:`Columns.of` builds them through the same lens and the same projection as the answers about one account, so both
can't disagree; :mod:`powermap.portfolio.data.load_columns` builds equal ones from a store's tables, without a record each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from powermap.analysis import projection
from powermap.analysis.deciders import deciders
from powermap.kernels.blocks import Floats, Ints
from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Figure, Person, Snapshot, accounts_of
from powermap.words import Words, by_language

SUPPLIER, OURS, THEIRS = 0, 1, 2
"""Side of a node: the supplier itself, its person, the customer's person."""


@dataclass(frozen=True)
class Account:
    """What is known about one account besides its people. `revenue` is None where no figure was given."""

    id: str
    name: Words
    grade: str
    region: str
    revenue: float | None
    currency: str
    year: int | None
    ground: str
    last_met: date | None


@dataclass(frozen=True)
class Columns:
    """Arrays over nodes and arcs of all accounts.

    A node is a person in one account, or the supplier there; `share` is a decision-maker's part of the decision
    (the parts of an account sum to 1), 0 for everybody else. Accounts are in the order of (name, id); nodes in that of
    account, then the supplier first, then people by (name, id); arcs in that of (src, dst), each once.
    """

    as_of: date
    supplier: tuple[str, str]
    accounts: tuple[Account, ...]
    people: Sequence[tuple[str, Words]]
    block: Ints
    person: Ints
    side: Ints
    share: Floats
    decides: Ints
    sources: Ints
    src: Ints
    dst: Ints
    strength: Floats

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.block)

    @classmethod
    def from_snapshot(
        cls,
        snapshot: Snapshot,
        pack: Pack,
        as_of: date,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Columns:
        """Read the columns of every account from the records of a store.

        Parameters
        ----------
        snapshot
            All records.
        pack
            The rule pack, for the strengths of ties that give none.
        as_of
            The day whose ties count.
        progress
            Called with (accounts done, accounts in all).
        """
        found = [organization.id for organization in accounts_of(snapshot)]

        def lenses() -> Iterable[Lens]:
            for number, (account_id, scope) in enumerate(snapshot.scopes(found), 1):
                yield look(scope, account_id, as_of=as_of, pack=pack)
                if progress is not None:
                    progress(number, len(found))

        return cls.of(lenses(), as_of)

    @classmethod
    def of(cls, lenses: Iterable[Lens], as_of: date) -> Columns:
        """Read the columns of some accounts, each given by its lens, in the order of (name, id)."""
        table = _Table()
        accounts: list[Account] = []
        supplier = ("", "")
        for lens in lenses:
            supplier = (lens.supplier.id, lens.supplier.organization.name)
            table.add(lens, len(accounts))
            accounts.append(_account(lens))
        return cls(as_of, supplier, tuple(accounts), tuple(table.people.values()), *table.arrays())


def _account(lens: Lens) -> Account:
    account = lens.account
    value, currency, year = revenue(lens.figures, lens.as_of)
    last = lens.interactions[-1].on if lens.interactions else None
    return Account(
        account.id,
        by_language(account.name, account.name_alt),
        account.grade,
        account.region,
        value,
        currency,
        year,
        deciders(lens).ground,
        last,
    )


def revenue(figures: tuple[Figure, ...], day: date) -> tuple[float | None, str, int | None]:
    """Take our revenue of the latest year that was over on a day: the total if it is given, else its categories summed.

    The running year counts where there is no other.
    """
    years: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == "revenue" and not figure.supplier and figure.on is not None:
            years[figure.on.year].append(figure)
    if not years:
        return None, "", None
    year = max([y for y in years if y < day.year] or years)
    chosen = [f for f in years[year] if not f.category] or years[year]
    # Other currencies can't be added: that of most figures counts, of as many the first by name.
    count = Counter(f.currency for f in chosen)
    currency = min(count, key=lambda c: (-count[c], c))
    return fsum(f.value for f in chosen if f.currency == currency), currency, year


def _name(lens: Lens, person_id: str) -> str:
    person = lens.snapshot.get(Person, person_id)
    return person.name if person else person_id


class _Table:
    """Grows the columns account by account."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[str, Words]] = {}
        self.place: dict[str, int] = {}
        self.nodes: list[tuple[int, int, int, float, int]] = []
        self.arcs: list[tuple[int, int, float]] = []
        self.sources: list[int] = []

    def add(self, lens: Lens, number: int) -> None:
        graph = projection.access(lens)
        shares = deciders(lens).shares
        team = set(graph.successors(projection.SOURCE))
        first = len(self.nodes)
        self.sources.append(first)
        self.nodes.append((number, -1, SUPPLIER, 0.0, 0))
        at = {projection.SOURCE: first}
        for node in sorted(graph.nodes - at.keys(), key=lambda p: (_name(lens, p), p)):
            at[node] = len(self.nodes)
            side = OURS if node in team else THEIRS
            decides = int(node in shares)
            self.nodes.append((number, self._person(lens, node), side, shares.get(node, 0.0), decides))
        self.arcs += sorted((at[a], at[b], s) for a, b, s in graph.edges(data="strength"))

    def _person(self, lens: Lens, person_id: str) -> int:
        if person_id not in self.place:
            self.place[person_id] = len(self.place)
            person = lens.snapshot.get(Person, person_id)
            words = by_language(person.name, person.name_alt) if person else Words(person_id, person_id)
            self.people[person_id] = (person_id, words)
        return self.place[person_id]

    def arrays(self) -> tuple[Ints, Ints, Ints, Floats, Ints, Ints, Ints, Ints, Floats]:
        nodes = np.array(self.nodes, dtype=np.float64).reshape(-1, 5)
        arcs = np.array(self.arcs, dtype=np.float64).reshape(-1, 3)
        whole = nodes[:, [0, 1, 2, 4]].astype(np.int64).T
        ends = arcs[:, :2].astype(np.int64).T
        return (
            whole[0],
            whole[1],
            whole[2],
            nodes[:, 3],
            whole[3],
            np.array(self.sources, dtype=np.int64),
            ends[0],
            ends[1],
            arcs[:, 2],
        )
