"""An account, and what can be asked about it through one supplier's eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from powermap.errors import AnalysisError
from powermap.model import Deal, Hit, Snapshot
from powermap.model.naming import fold
from powermap.stores.access import system_user
from powermap.stores.names import search_lines
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.analysis.calibration import Calibration
    from powermap.findings import Answer
    from powermap.lens import Lens
    from powermap.maps.layout.layout import Layout
    from powermap.method import Pack
    from powermap.model import KeptLayout, Receipt
    from powermap.words import Lang


class Home(Protocol):
    """What an account needs of the workspace it is of."""

    pack: Pack
    actor: str

    @property
    def known_until(self) -> datetime | None: ...
    def record(self, as_of: date) -> Calibration | None: ...
    def snapshot(self, account_id: str | None = None, *, known_at: datetime | None = None) -> Snapshot: ...
    def keep_layout(self, account_id: str, plan: str, old: KeptLayout | None) -> Receipt: ...


def who_and_when(actor: str = "") -> str:
    """Return the name (default: that of the user of this machine) and the minute, with its zone."""
    return f"{actor or system_user() or '?'} · {datetime.now().astimezone():%Y-%m-%d %H:%M %z}"


@dataclass(frozen=True)
class Account:
    """One account of a workspace."""

    workspace: Home
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
            Name or id of a deal; default: of those open on that day and with a committee or a rule, the one that closes first.
        as_of
            The day the facts hold; default today, or that of `known_at`.
        known_at
            What we knew then; default now.
        what_if
            Suppositions such as ``remove Li Wei`` or ``attitude Li Wei=2``, applied one after the other.
        """
        from powermap.lens import look

        known_at = known_at or self.workspace.known_until
        day = as_of or (known_at.date() if known_at else date.today())
        snapshot = self.workspace.snapshot(self.id, known_at=known_at)
        pack = self.workspace.pack
        lens = look(snapshot, self.id, as_of=day, pack=pack, deal_id=_deal_id(snapshot, deal))
        if supplier not in (None, "", "us", "我", "我方"):
            lens = lens.with_supplier(_supplier_id(lens, str(supplier)))
        if what_if:
            from powermap.analysis.whatif import suppose

            return View(self, suppose(lens, what_if), before=lens, known_at=known_at)
        return View(self, lens, known_at=known_at)


def _deal_id(snapshot: Snapshot, name: str | None) -> str | None:
    if name is None:
        return None
    deals = snapshot.all(Deal)
    found = _fitting(name, {d.id: (d.name, d.name_alt) for d in deals})
    if len(found) == 1:
        return found[0]
    fits = [d.name for d in deals if d.id in found]
    raise AnalysisError(
        Words(f"“{name}”对得上 {len(fits)} 个项目", f"{name!r} fits {len(fits)} deals")
        if fits
        else Words(f"没有项目“{name}”", f"there is no deal {name!r}"),
        hint=Words(
            "这里的项目：" + ("、".join(fits or [d.name for d in deals]) or "没有"),
            "deals here: " + (", ".join(fits or [d.name for d in deals]) or "none"),
        ),
    )


def _supplier_id(lens: Lens, name: str) -> str:
    for s in lens.suppliers:
        if fold(name) == fold(s.letter):
            return s.id
    found = _fitting(name, {s.id: (s.organization.name, s.organization.name_alt) for s in lens.suppliers})
    if len(found) == 1:
        return found[0]
    fits = [f"{s.letter} {s.organization.name}" for s in lens.suppliers if s.id in found or not found]
    raise AnalysisError(
        Words(f"“{name}”对得上 {len(fits)} 个供应商", f"{name!r} fits {len(fits)} suppliers")
        if found
        else Words(
            f"{lens.account.name} 没有供应商“{name}”",
            f"there is no supplier {name!r} at {lens.account.name}",
        ),
        hint=Words("这里的供应商：" + "、".join(fits), "suppliers here: " + ", ".join(fits)),
    )


def _fitting(name: str, named: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return whom a name means: by id, else by name, else by a part of the name or its pinyin."""
    if name in named:
        return [name]
    folded = fold(name)
    if not folded:
        return []
    if found := [i for i, both in named.items() if name in both]:
        return found
    if found := [i for i, both in named.items() if folded in map(fold, both)]:
        return found
    return [i for i, both in named.items() if folded in search_lines(*both)]


@dataclass(frozen=True)
class View:
    """An account through a lens, with every question as a method that returns an Answer.

    With suppositions, `lens` is the supposed state and `before` the real one. `known_at` is what we knew then; None: now.
    """

    account: Account
    lens: Lens
    before: Lens | None = None
    known_at: datetime | None = None

    def ask(self, question: str, *arguments: Any, **options: Any) -> Answer:
        """Ask a question by its name (see :data:`powermap.analysis.QUESTIONS`)."""
        from powermap.analysis import question as find

        function = find(question)
        if question == "actions":
            options.setdefault("calibration", self._record)
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

    def fragile(self, *, circles: bool = False) -> Answer:
        """Where everything hangs on one person; with `circles` ways run along these too."""
        return self.ask("fragile", circles=circles)

    def compare(self) -> Answer:
        """Where we stand against the other suppliers."""
        return self.ask("compare")

    def brief(self) -> Answer:
        """The dozen most important findings, most urgent first."""
        return self.ask("brief")

    def ways(
        self, name: str | None = None, *, circles: bool = False, through_opponents: bool = False
    ) -> Answer:
        """How to reach a person, or every decision-maker; on request along circles, and past opponents."""
        return self.ask("ways", name, circles=circles, through_opponents=through_opponents)

    def actions(self, budget: float | None = None) -> Answer:
        """What to do next within so many days, and what to find out first."""
        return self.ask("actions", budget)

    def measure(
        self,
        name: str,
        projection: str | None = None,
        between: tuple[str, str] | None = None,
        holds: float | None = None,
        size: int | None = None,
        people: Sequence[str] = (),
    ) -> Answer:
        """One raw measure on a named projection; of two people, or of sets, for the measures that are of these."""
        return self.ask("measure", name, projection, between, holds, size, people)

    def map(
        self,
        *,
        lang: Lang | str = "zh",
        since: date | None = None,
        profile: str = "team",
        form: str = "html",
        story: str | None = "",
    ) -> str:
        """Draw the map: one self-contained HTML page as text, or with `form` svg, graphml, gexf or json.

        `since` marks what moved after that day, on the same deal and with what we knew; with suppositions, against
        the real past. `profile` says who may see it (team, full, outside, anonymous);
        `story` is a story written by hand (:mod:`powermap.maps.scene.story`; only on a page), empty: that of the findings,
        None: none.
        """
        from powermap.maps import export, render
        from powermap.maps.scene.story import refuse

        refuse(story, form, profile)
        before, mark = self._past(since), self._mark(profile)
        if form != "html":
            return export(
                self.lens, form, lang=str(lang), profile=profile, since=since, before=before, mark=mark
            )
        whole = self.account.workspace.snapshot(self.account.id, known_at=self.known_at)
        return render(
            self.lens,
            lang=lang,
            since=since,
            before=before,
            whole=whole,
            profile=profile,
            story=story,
            calibration=self._record if story == "" else None,
            mark=mark,
        )

    def map_file(
        self,
        form: str,
        *,
        lang: Lang | str = "zh",
        since: date | None = None,
        profile: str = "team",
        story: str | None = "",
    ) -> bytes:
        """Draw the map as the content of a file: every form of :meth:`map`, pptx, pdf, png, zip (two CSV tables)."""
        from powermap.maps import write
        from powermap.maps.scene.story import refuse

        if form == "html":
            return self.map(lang=lang, since=since, profile=profile, story=story).encode()
        refuse(story, form, profile)
        before = self._past(since)
        record = self._record if form == "pptx" else None
        return write(
            self.lens,
            form,
            lang=str(lang),
            profile=profile,
            since=since,
            before=before,
            calibration=record,
            mark=self._mark(profile),
        )

    def _mark(self, profile: str) -> str:
        """Say who draws a map for managers, and when, so that a copy tells where it came from."""
        return who_and_when(self.account.workspace.actor) if profile == "full" else ""

    @property
    def _record(self) -> Calibration | None:
        """The record on the deals closed by that day, which is ours: it corrects nobody else's P(win)."""
        return self.account.workspace.record(self.lens.as_of) if self.lens.supplier.us else None

    def _past(self, since: date | None) -> Lens | None:
        """Look at the account on an earlier day: on the same deal, with what we knew, without suppositions."""
        if since is None:
            return None
        from powermap.lens import look

        snapshot = self.account.workspace.snapshot(self.account.id, known_at=self.known_at)
        deal = self.lens.deal.id if self.lens.deal else ""
        return look(snapshot, self.account.id, as_of=since, pack=self.lens.pack, deal_id=deal)

    @property
    def layout(self) -> Layout:
        """Where everybody stands on the account's maps: as kept, with newcomers in free places, or as found now."""
        return self._arranged(anew=False)

    def layout_anew(self) -> Layout:
        """Place everybody anew; those of earlier reviews have their places too."""
        return self._arranged(anew=True)

    def _arranged(self, *, anew: bool) -> Layout:
        from powermap.maps.layout.account_layout import arranged
        from powermap.maps.layout.saved_layout import kept_record
        from powermap.maps.scene.reviews import history

        if kept_record(self.lens) and not anew:
            return arranged(self.lens)
        whole = self.account.workspace.snapshot(self.account.id, known_at=self.known_at)
        return arranged(self.lens, anew=anew, history=history(self.lens, whole))

    def keep_layout(self, layout: Layout | None = None) -> Receipt | None:
        """Keep a layout (default: the present one) with the account, so that nobody moves on later maps.

        Returns
        -------
        Receipt or None
            None if it was kept already, or what is looked at is the past.
        """
        from powermap.maps.layout.saved_layout import as_text, kept_record

        if self.known_at is not None:
            return None
        record = kept_record(self.lens)
        plan = as_text(self.layout if layout is None else layout)
        if record is not None and record.plan == plan:
            return None
        return self.account.workspace.keep_layout(self.account.id, plan, record)

    @cached_property
    def title(self) -> str:
        """The account, the supplier and the day in one line."""
        parts = [self.lens.account.name, self.lens.supplier.organization.name, self.lens.as_of.isoformat()]
        if self.lens.deal:
            parts.insert(1, self.lens.deal.name)
        return " · ".join(parts)
