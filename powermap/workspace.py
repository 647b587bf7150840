"""The façade: open a store, bring files in, look at an account, answer, draw.

>>> import powermap as pm
>>> with pm.open("powermap.db") as ws:                      # doctest: +SKIP
...     lens = ws.account("星河").lens()
...     lens.fragile().to_frame()
"""

from __future__ import annotations

import contextlib
import gc
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from powermap.errors import AnalysisError, StoreError
from powermap.method import Pack, load_pack
from powermap.model import (
    THINGS,
    Batch,
    Deal,
    Hit,
    LoggedChange,
    Receipt,
    Snapshot,
    inverse,
)

if TYPE_CHECKING:
    from powermap.analysis.calibration import Calibration
    from powermap.findings import Answer, Lang
    from powermap.intake import Plan
    from powermap.lens import Lens
    from powermap.portfolio import Scan
    from powermap.stores.base import Store


def new_id() -> str:
    """Make an id: random, so that it says nothing about whom it stands for."""
    return secrets.token_hex(8)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Don't look for garbage in circles meanwhile: there is none, and looking again and again takes a third of an import."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class Imported:
    """What an import did: its plan, and the receipt if something was written."""

    plan: Plan
    receipt: Receipt | None


class Workspace:
    """One open store with a rule pack. Use it as a context manager, or call :meth:`close`."""

    def __init__(self, store: Store, pack: Pack | None = None, *, actor: str = "") -> None:
        self.store = store
        self.pack = pack or load_pack()
        self.actor = actor

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    # -- bringing in ---------------------------------------------------------------------------------------------

    def import_(
        self,
        files: Iterable[Path | str],
        *,
        account: str | None = None,
        us: str | None = None,
        dry_run: bool = False,
        skip_bad_rows: bool = False,
        today: date | None = None,
        new_id: Callable[[], str] = new_id,
    ) -> Imported:
        """Check files against the store and write what is new, all or nothing.

        Parameters
        ----------
        files
            Workbooks (.xlsx), sheets as .csv, or folders of them.
        account
            Name of the company whose people a file lists that names none.
        us
            Name of our own company, if no supplier is marked as us yet.
        dry_run
            Only plan.
        skip_bad_rows
            Write the rows without a problem although others have one.
        today
            The day a fact without a date is taken to start to be known; default today.

        Returns
        -------
        Imported
            With problems in the plan (and no `skip_bad_rows`) nothing is written, and the receipt is None.
        """
        from powermap.intake import make_plan
        from powermap.sources import read_files

        with _uncollected():
            reading = read_files([Path(f) for f in files], self.pack)
            plan = make_plan(
                reading,
                self.store.read(),
                self.pack,
                account=account,
                us=us,
                today=today or date.today(),
                new_id=new_id,
            )
            writable = plan.changes and (skip_bad_rows or not plan.problems)
            if dry_run or not writable:
                return Imported(plan, None)
            title = "import " + ", ".join(sorted({Path(f).name for f in files}))
            return Imported(plan, self.store.apply(plan.batch(id=new_id(), actor=self.actor, title=title)))

    def apply(self, batch: Batch) -> Receipt:
        """Apply a batch made elsewhere (an edit, a merge, an undo)."""
        return self.store.apply(batch)

    def undo(self, batch_id: str) -> Receipt:
        """Take one batch back.

        Raises
        ------
        StoreError
            If there is no such batch.
        ConflictError
            If a record was changed since: undo the later batch first.
        """
        changes = [c for c in self.store.log() if c.batch == batch_id]
        if not changes:
            raise StoreError(f"there is no batch {batch_id!r}", hint="`powermap receipts` lists them")
        return self.store.apply(inverse(changes, new_id(), self.actor))

    # -- finding -------------------------------------------------------------------------------------------------

    def accounts(self) -> list[Hit]:
        """List the accounts by name."""
        return self.store.accounts()

    def search(self, text: str) -> list[Hit]:
        """Find organizations, people and deals by Chinese or Latin name or pinyin."""
        return self.store.search(text)

    def account(self, name: str) -> Account:
        """Return the account with this id, name, or only match of a search.

        Raises
        ------
        AnalysisError
            If nothing or more than one account fits; the candidates are in the hint.
        """
        hits = self.store.accounts()
        exact = [h for h in hits if name in (h.id, h.name, h.name_alt)]
        if not exact:
            found = {h.id for h in self.store.search(name, kind="Organization", limit=1000)}
            exact = [h for h in hits if h.id in found]
        if len(exact) == 1:
            return Account(self, exact[0])
        choice = ", ".join(h.name for h in (exact or hits)[:12])
        raise AnalysisError(
            f"{name!r} fits {len(exact)} accounts" if exact else f"there is no account {name!r}",
            hint=f"choose one of: {choice}"
            if choice
            else "the store is empty: `powermap import FILE` fills it",
        )

    def portfolio(
        self, *, as_of: date | None = None, progress: Callable[[int, int], None] | None = None
    ) -> Scan:
        """Look at all accounts at once: what hangs on one person, and what it is worth.

        Parameters
        ----------
        as_of
            The day the facts hold; default today.
        progress
            Called with (accounts done, accounts in all).
        """
        from powermap.portfolio import Columns, scan

        return scan(
            Columns.from_snapshot(self.store.read(), self.pack, as_of or date.today(), progress=progress)
        )

    def calibration(self) -> Calibration | None:
        """Judge P(win) by the closed deals of all accounts, each as it looked on the day before it closed.

        Returns
        -------
        Calibration or None
            None if no deal with a committee has closed.
        """
        from powermap.analysis.calibration import calibrate
        from powermap.analysis.winning import model
        from powermap.lens import look

        snapshot = self.store.read()
        said, won = [], []
        for deal in snapshot.all(Deal):
            if deal.outcome not in ("won", "lost") or deal.close_on is None:
                continue
            day = deal.close_on - timedelta(days=1)
            lens = look(
                snapshot.scope(deal.account), deal.account, as_of=day, pack=self.pack, deal_id=deal.id
            )
            m = model(lens) if lens.committee else None
            if m is not None:
                said.append(m.win())
                won.append(deal.outcome == "won")
        return calibrate(said, won) if said else None

    def history(self, name: str) -> list[LoggedChange]:
        """Return the logged changes of the things with this id or exact name, and of their ties, in order."""
        snapshot = self.store.read()
        ids = {
            r.id
            for r in snapshot
            if isinstance(r, tuple(THINGS.values()))
            and name in (r.id, getattr(r, "name", ""), getattr(r, "name_alt", ""))
        }
        if not ids:
            hits = self.store.search(name, limit=2)
            if len(hits) == 1:
                ids = {hits[0].id}
        if not ids:
            raise AnalysisError(f"nothing here is called {name!r}")

        def touches(change: LoggedChange) -> bool:
            if change.change.id in ids:
                return True
            return any(
                props and (props.get("src") in ids or props.get("dst") in ids)
                for props in (change.change.before, change.change.after)
            )

        return [c for c in self.store.log() if touches(c)]

    def snapshot(self, account_id: str | None = None, *, known_at: datetime | None = None) -> Snapshot:
        """Read an account's scope (or everything), as known now or at an earlier instant (UTC)."""
        if known_at is None:
            return self.store.read(account_id)
        from powermap.stores.replay import replay

        snapshot = replay(self.store.log(until=known_at.astimezone(UTC)))
        return snapshot if account_id is None else snapshot.scope(account_id)


@dataclass(frozen=True)
class Account:
    """One account of a workspace."""

    workspace: Workspace
    hit: Hit

    @property
    def id(self) -> str:
        return self.hit.id

    @property
    def name(self) -> str:
        return self.hit.name

    def lens(
        self,
        supplier: str | None = None,
        *,
        deal: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
        what_if: Sequence[str] = (),
    ) -> View:
        """Look at the account through one supplier's eyes.

        Parameters
        ----------
        supplier
            Name, letter on the map (A, B, …) or id of a supplier; default and ``us``: us.
        deal
            Name or id of a deal; default: the open deal that closes first and has a committee.
        as_of
            The day the facts hold; default today.
        known_at
            What we knew then; default now.
        what_if
            Suppositions such as ``remove Li Wei`` or ``attitude Li Wei=2``, applied one after the other.
        """
        from powermap.lens import look

        day = as_of or date.today()
        snapshot = self.workspace.snapshot(self.id, known_at=known_at)
        pack = self.workspace.pack
        lens = look(snapshot, self.id, as_of=day, pack=pack, deal_id=_deal_id(snapshot, deal))
        if supplier not in (None, "", "us", "我", "我方"):
            lens = lens.with_supplier(_supplier_id(lens, str(supplier)))
        if what_if:
            from powermap.analysis.whatif import suppose

            return View(self, suppose(lens, what_if), before=lens)
        return View(self, lens)


def _deal_id(snapshot: Snapshot, name: str | None) -> str | None:
    if name is None:
        return None
    found = [d for d in snapshot.all(Deal) if name in (d.id, d.name, d.name_alt)]
    if len(found) == 1:
        return found[0].id
    raise AnalysisError(
        f"there is no deal {name!r}" if not found else f"{name!r} fits {len(found)} deals",
        hint="deals here: " + (", ".join(d.name for d in snapshot.all(Deal)) or "none"),
    )


def _supplier_id(lens: Lens, name: str) -> str:
    for s in lens.suppliers:
        if name in (s.id, s.letter, s.organization.name, s.organization.name_alt):
            return s.id
    raise AnalysisError(
        f"there is no supplier {name!r} at {lens.account.name}",
        hint="suppliers here: " + ", ".join(f"{s.letter} {s.organization.name}" for s in lens.suppliers),
    )


@dataclass(frozen=True)
class View:
    """An account through a lens, with every question as a method that returns an Answer.

    With suppositions, `lens` is the supposed state and `before` the real one.
    """

    account: Account
    lens: Lens
    before: Lens | None = None

    def ask(self, question: str, *arguments: Any, **options: Any) -> Answer:
        """Ask a question by its name (see :data:`powermap.analysis.QUESTIONS`)."""
        from powermap.analysis import question as find

        function = find(question)
        answer = function(self.lens, *arguments, **options)
        if self.before is None:
            return answer
        from powermap.analysis.whatif import difference

        return difference(function(self.before, *arguments, **options), answer)

    def show(self) -> Answer:
        """Who is who."""
        return self.ask("show")

    def decides(self) -> Answer:
        """Who decides, who can block."""
        return self.ask("decides")

    def sways(self) -> Answer:
        """Who influences, beside formal rank."""
        return self.ask("sways")

    def layers(self) -> Answer:
        """Ranks on every layer of influence, apart and together."""
        return self.ask("layers")

    def fragile(self) -> Answer:
        """Where everything hangs on one person."""
        return self.ask("fragile")

    def compare(self) -> Answer:
        """Where we stand against the other suppliers."""
        return self.ask("compare")

    def brief(self) -> Answer:
        """The dozen most important findings, most urgent first."""
        return self.ask("brief")

    def ways(self, name: str | None = None) -> Answer:
        """How to reach a person, or every decision-maker."""
        return self.ask("ways", name)

    def actions(self, budget: float | None = None) -> Answer:
        """What to do next within so many days, and what to find out first."""
        return self.ask("actions", budget)

    def measure(
        self,
        name: str,
        projection: str | None = None,
        between: tuple[str, str] | None = None,
        holds: float | None = None,
    ) -> Answer:
        """One raw measure on a named projection; of two people for the measures that need two."""
        return self.ask("measure", name, projection, between, holds)

    def map(
        self,
        *,
        lang: Lang | str = "zh",
        since: date | None = None,
        profile: str = "team",
        form: str = "html",
    ) -> str:
        """Draw the map: one self-contained HTML page as text, or with `form` svg, graphml, gexf or json.

        `since` marks what moved after that day; `profile` says who may see it (team, full, outside, anonymous).
        """
        from powermap.maps import export, render

        if form != "html":
            return export(self.lens, form, lang=str(lang), profile=profile)
        before = None
        if since is not None:
            before = self.account.lens(as_of=since).lens
        whole = self.account.workspace.snapshot(self.account.id)
        return render(self.lens, lang=lang, since=since, before=before, whole=whole, profile=profile)

    def map_file(
        self,
        form: str,
        *,
        lang: Lang | str = "zh",
        since: date | None = None,
        profile: str = "team",
    ) -> bytes:
        """Draw the map as the content of a file: every form of :meth:`map`, pdf, png, zip (two CSV tables)."""
        from powermap.maps import write

        if form == "html":
            return self.map(lang=lang, since=since, profile=profile).encode()
        return write(self.lens, form, lang=str(lang), profile=profile)

    @cached_property
    def title(self) -> str:
        """The account, the supplier and the day in one line."""
        parts = [self.lens.account.name, self.lens.supplier.organization.name, self.lens.as_of.isoformat()]
        if self.lens.deal:
            parts.insert(1, self.lens.deal.name)
        return " · ".join(parts)


def open_workspace(
    location: str | Path | None = None,
    *,
    pack: Path | None = None,
    insecure: bool = False,
    create: bool = True,
    actor: str = "",
) -> Workspace:
    """Open a store (default: that of the settings) with the rule pack of the settings."""
    from powermap.settings import load_settings
    from powermap.stores import open_store

    settings = load_settings()
    store = open_store(str(location or settings.store), insecure=insecure, create=create)
    return Workspace(store, load_pack(pack or settings.pack), actor=actor)
