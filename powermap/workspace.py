"""The façade: open a store, bring files in, look at an account, answer, draw.

>>> import powermap as pm
>>> with pm.open("powermap.db") as ws:                      # doctest: +SKIP
...     lens = ws.account("星河").lens()
...     lens.fragile().to_frame()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from powermap.errors import AnalysisError
from powermap.importing import Imported, random_id
from powermap.kernels.gc_pause import uncollected
from powermap.method import Pack, load_pack
from powermap.model import (
    Batch,
    Change,
    Deal,
    Hit,
    KeptLayout,
    LoggedChange,
    Person,
    Receipt,
    Records,
    Snapshot,
    record_to_props,
)
from powermap.model.naming import fold
from powermap.stores.settling import settle
from powermap.view import Account
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.analysis.calibration import Calibration
    from powermap.editing.merging import Merged
    from powermap.editing.occasion import Edit
    from powermap.findings import Answer
    from powermap.identity.pairs import Pair
    from powermap.intake.rebase import Take
    from powermap.portfolio import Scan
    from powermap.privacy.held import Holding, Mention
    from powermap.sources.mappings import Meaning
    from powermap.stores.base import Store


class Workspace:
    """One open store with a rule pack. Use it as a context manager, or call :meth:`close`."""

    def __init__(self, store: Store, pack: Pack | None = None, *, actor: str = "") -> None:
        self.store = store
        self.pack = pack or load_pack()
        self.actor = actor
        self._record: tuple[tuple[int, date], Calibration | None] | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    @property
    def today(self) -> date:
        """The day that a question without one is about: today, or the day of what was known."""
        return self.store.known_at.date() if self.store.known_at else date.today()

    @property
    def known_until(self) -> datetime | None:
        """The instant up to which this workspace tells what was on record; None: now."""
        return self.store.known_at

    def known_at(self, instant: datetime) -> Workspace:
        """Look at what was on record at an instant; nothing can be written to it."""
        from powermap.stores.past import PastStore

        return Workspace(PastStore(self.store, instant), self.pack, actor=self.actor)

    # -- bringing in ---------------------------------------------------------------------------------------------

    def import_(
        self,
        files: Iterable[Path | str],
        *,
        account: str | None = None,
        us: str | None = None,
        dry_run: bool = False,
        skip_faulty: bool = False,
        encoding: str | None = None,
        meaning: Meaning | None = None,
        on: date | None = None,
        correct: bool = False,
        take: Take | None = None,
        today: date | None = None,
        new_id: Callable[[], str] | None = None,
        progress: Callable[[int, int], None] | None = None,
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
        skip_faulty
            Write what has no problem although something else has one.
        encoding
            That of text files, if it can't be told.
        meaning
            What headers and words of the files mean; kept for the next files with these headers once it is written.
        on
            The day as of which what is different from what is known has changed; default: today.
        correct
            Whether what is different corrects what is known, and changed on no day.
        take
            Whose word counts where a workbook and the store changed the same since it was exported.
        today
            The day a fact without a date is taken to start to be known; default today.
        new_id
            Makes the ids of new records; default: random ones. With one of your own all is taken row by row.
        progress
            Told how much is done, and of how much.

        Returns
        -------
        Imported
            With problems in the plan (and no `skip_faulty`) nothing is written, and the receipt is None.
        """
        from powermap.importing import How, Importing

        how = How(
            account=account,
            us=us,
            dry_run=dry_run,
            skip_faulty=skip_faulty,
            encoding=encoding,
            meaning=meaning,
            on=on,
            correct=correct,
            take=take,
            today=today or date.today(),
            new_id=new_id,
        )
        return Importing(self.store, self.pack, self.actor, how).bring([Path(f) for f in files], progress)

    def edit(
        self,
        edit: Edit | Callable[[Snapshot], Edit],
        *,
        on: date | None = None,
        because: str = "",
        dry_run: bool = False,
    ) -> Imported:
        """Check a change that somebody said in a line as a row of a file would be, and write it.

        Parameters
        ----------
        edit
            What :mod:`powermap.editing` made of the line, or what makes it of a state of the store; that is asked again
            where somebody else writes meanwhile.
        on
            The day from which on it holds; default today.
        because
            The ground, which the history of each record tells.
        """
        from powermap.editing.writing import plan_edit

        def plan(now: Snapshot) -> tuple[Imported, Batch | None]:
            made = edit(now) if callable(edit) else edit
            found = plan_edit(made, now, self.pack, on or date.today(), new_id=random_id, because=because)
            if dry_run or found.problems or not found.changes:
                return Imported(found, None), None
            return Imported(found, None), found.batch(id=random_id(), actor=self.actor, title=made.title)

        done, receipt = settle(self.store, plan, self.pack)
        return replace(done, receipt=receipt)

    def apply(self, batch: Batch) -> Receipt:
        """Apply a batch made elsewhere (an edit, a merge, an undo)."""
        return self.store.apply(batch)

    def undo(self, batch_id: str = "") -> Receipt:
        """Take one batch back; without an id the last one that stands, where people stand on maps aside.

        Raises
        ------
        StoreError
            If there is no such batch, or none at all.
        ConflictError
            If it is undone already, a record was changed since, or one would name another that isn't there: undo
            first the batches that are named.
        """
        from powermap.undo import Undo, last_batch

        def plan(_: Snapshot) -> tuple[None, Batch]:
            batch = batch_id or last_batch(self.store)
            return None, Undo(self.store, self.pack, batch).batch(random_id(), self.actor)

        _, receipt = settle(self.store, plan, self.pack)
        assert receipt is not None
        return receipt

    # -- one person is one ---------------------------------------------------------------------------------------

    def duplicates(self, *, hints: bool = False) -> list[Pair]:
        """List the pairs of records that are, or may be, one person or one organization, with reasons, surest first.

        Parameters
        ----------
        hints
            Also what only a name, or only a domain, says.
        """
        from powermap.editing.merging import duplicates

        with uncollected():
            return duplicates(self.store.read(), hints=hints)

    def merge(self, one: str, other: str, *, yes: bool = False, dry_run: bool = False) -> Merged:
        """Make the person or organization `other` part of `one`, in one batch that :meth:`undo` takes back.

        Parameters
        ----------
        one, other
            Names or ids; of two of one name, that name for both.
        yes
            Do it although names or ids contradict each other.
        dry_run
            Only say what would become of it.

        Raises
        ------
        AnalysisError
            If a name means nobody or several, if they are not of one kind, or if they contradict each other.
        """
        from powermap.editing.merging import Merged, plan_merge

        plan = plan_merge(
            self.store.read(), one, other, random_id, yes=yes or dry_run, several=self.pack.several
        )
        if dry_run:
            return Merged(plan, None)
        batch = Batch(random_id(), plan.changes, self.actor, Merged(plan, None).title)
        return Merged(plan, self.store.apply(batch))

    # -- finding -------------------------------------------------------------------------------------------------

    def accounts(self) -> list[Hit]:
        """List the accounts by name."""
        return self.store.accounts()

    def search(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Find organizations, people and deals: by name in either language or pinyin, its parts in any order; then by
        e-mail address, key in another system or id.
        """
        text = text.strip()
        if not text:
            return []
        found = self.store.search(text, limit=limit)
        if not found and len(parts := re.split(r"[\s,，、·]+", text)) > 1:
            # "Wei, Li" is Li Wei, too.
            each = [{h.id: h for h in self.store.search(part, limit=10_000)} for part in parts if part]
            found = [hit for ident, hit in each[0].items() if all(ident in hits for hits in each)]
        known = {hit.id for hit in found}
        if len(found) < limit:
            found += [h for h in self.store.search_keys(text, limit=limit) if h.id not in known]
        return found[:limit]

    def alike(self, text: str) -> list[str]:
        """Return the names that are most like `text`, at most five: what may have been meant."""
        from rapidfuzz import fuzz, process

        names = {n: None for h in self.store.search("", limit=1_000_000) for n in (h.name, h.name_alt) if n}
        found = process.extract(
            fold(text), list(names), scorer=fuzz.ratio, processor=fold, score_cutoff=50, limit=5
        )
        return [name for name, _, _ in found]

    def account(self, name: str) -> Account:
        """Return the account with this id, name, or only match of a search.

        Raises
        ------
        AnalysisError
            If nothing or more than one account fits; the candidates are in the hint.
        """
        hits = self.store.accounts()
        exact = [h for h in hits if name and name in (h.id, h.name, h.name_alt)]
        if name.strip() and not exact:
            found = {h.id for h in self.store.search(name, kind="Organization", limit=1000)}
            exact = [h for h in hits if h.id in found]
        if len(exact) == 1:
            return Account(self, exact[0])
        near = get_close_matches(name, [n for h in hits for n in (h.name, h.name_alt) if n], 3, 0.7)
        fits = [h.name for h in exact] or near or [h.name for h in hits]
        more = " …" if len(fits) > 12 else ""
        few = len(exact) <= 12
        raise AnalysisError(
            Words(
                f"{f'有 {len(exact)} 个' if few else '超过 12 个'}客户符合“{name}”",
                f"{name!r} fits {len(exact) if few else 'more than 12'} accounts",
            )
            if exact
            else Words(f"没有客户“{name}”", f"there is no account {name!r}"),
            hint=Words(
                f"请选一个：{'、'.join(fits[:12])}{more}", f"choose one of: {', '.join(fits[:12])}{more}"
            )
            if fits
            else Words("那时还没有记下任何客户", "no account was on record then")
            if self.known_until
            else Words(
                "存储是空的：先用 `powermap import 文件` 导入",
                "the store is empty: `powermap import FILE` fills it",
            ),
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
            Called with (accounts done, accounts in all), of a store that is read record by record.
        """
        from powermap.portfolio import scan
        from powermap.portfolio.data.cache_refresh import columns_of

        return scan(columns_of(self.store, self.pack, as_of or self.today, progress))

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Hold one state of the store, of which questions over all accounts read what they need."""
        with self.store.records() as records, uncollected():
            yield records

    def record(self, as_of: date) -> Calibration | None:
        """Return the calibration of a day, where the store is small enough (500 accounts), kept until the store changes."""
        key = self.store.last_change(), as_of
        if self._record is None or self._record[0] != key:
            self._record = key, self.calibration(as_of) if len(self.accounts()) <= 500 else None
        return self._record[1]

    def calibration(self, as_of: date | None = None) -> Calibration | None:
        """Judge P(win) by the deals of all accounts closed by a day (default: all), each as on the day before it closed.

        Returns
        -------
        Calibration or None
            None if no deal with a committee has closed.
        """
        from powermap.analysis.calibration import calibrate
        from powermap.analysis.winning import model
        from powermap.lens import look

        said, won = [], []
        with self.records() as records:
            for deal in records.all(Deal):
                if deal.outcome not in ("won", "lost") or deal.close_on is None:
                    continue
                if as_of is not None and deal.close_on > as_of:
                    continue
                day, scope = deal.close_on - timedelta(days=1), records.scope(deal.account)
                lens = look(scope, deal.account, as_of=day, pack=self.pack, deal_id=deal.id)
                m = model(lens) if lens.committee else None
                if m is not None:
                    said.append(m.win())
                    won.append(deal.outcome == "won")
        return calibrate(said, won) if said else None

    def keep_layout(self, account_id: str, plan: str, old: KeptLayout | None) -> Receipt:
        """Write the layout of an account's maps, in place of `old`.

        Raises
        ------
        ConflictError
            If another was written meanwhile.
        """
        # An account has one layout: of two who write the first at once, the id lets the store refuse the second.
        ident = old.id if old else f"layout-{account_id}"
        record = KeptLayout(ident, account=account_id, plan=plan)
        before = record_to_props(old) if old else None
        change = Change("Layout", record.id, before, record_to_props(record))
        return self.store.apply(Batch(random_id(), (change,), self.actor, "layout"))

    def history(self, name: str) -> list[LoggedChange]:
        """Return the logged changes of the things with this id or exact name, and of their ties, in order."""
        from powermap.memory.history import history

        return history(self.store, name)

    def hindsight(self, account: str, deal: str | None = None) -> Answer:
        """Say what was believed of a closed deal on the eve of its end; see :func:`powermap.memory.hindsight.hindsight`."""
        from powermap.memory.hindsight import hindsight

        return hindsight(self.account(account), self.snapshot, self.store.log, deal)

    def held(self, person: str) -> Holding:
        """Return all that is held about a person, by name or id: what is, what was, and where their name stands elsewhere.

        Raises
        ------
        AnalysisError
            If the name means nobody, or several.
        """
        from powermap.editing.naming import Register
        from powermap.privacy.held import hold, removed

        try:
            ident = Register(self.store.read()).one(person, Person).id
        except AnalysisError:
            # Who was removed, by an undo for instance, is still in the log.
            gone = removed(person, self.store.log())
            if len(gone) != 1:
                raise
            (ident,) = gone
        found = hold(ident, self.store.log)
        assert found is not None
        return found

    def erase(self, holding: Holding, blank: Collection[Mention], today: date | None = None) -> Receipt:
        """Forget a person: see :mod:`powermap.privacy.erasing`. This can't be undone.

        Parameters
        ----------
        holding
            What is held about them, as :meth:`held` found it.
        blank
            The texts of others in which their name is to be blanked.
        """
        from powermap.privacy.erasing import erase

        return erase(self.store, holding, blank, self.actor, today or date.today())

    def snapshot(self, account_id: str | None = None, *, known_at: datetime | None = None) -> Snapshot:
        """Read an account's scope (or everything), as known now or at an earlier instant (UTC)."""
        past = known_at is not None and known_at != self.known_until
        store = self.known_at(known_at).store if past and known_at else self.store
        return store.read(account_id)


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
    # The store last: whoever is stopped, or has a faulty pack, leaves none open.
    rules = load_pack(pack or settings.pack)
    store = open_store(str(location or settings.store), insecure=insecure, create=create)
    return Workspace(store, rules, actor=store.author(actor))
