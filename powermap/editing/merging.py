"""Which two records are to be one, by name; and refuse what contradicts until somebody says yes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from powermap.editing.naming import Register
from powermap.errors import AnalysisError
from powermap.identity.merging import Merge, merge
from powermap.identity.organizations import organizations
from powermap.identity.pairs import Pair, in_order
from powermap.identity.search import people
from powermap.model import Organization, Person, Receipt, Snapshot
from powermap.words import Words


@dataclass(frozen=True)
class Merged:
    """What making two records one did: its plan, and the receipt if something was written."""

    plan: Merge
    receipt: Receipt | None

    @property
    def title(self) -> str:
        """Say what was done without a name: titles outlive whoever wants to be forgotten."""
        return f"merge {self.plan.kept.KIND.lower()}"


def duplicates(snapshot: Snapshot, *, hints: bool = False) -> list[Pair]:
    """Return the pairs of people and of organizations that are, or may be, one, surest first."""
    return in_order([*people(snapshot, hints=hints), *organizations(snapshot, hints=hints)])


def plan_merge(
    snapshot: Snapshot,
    one: str,
    other: str,
    new_id: Callable[[], str],
    *,
    yes: bool,
    several: Collection[str] = (),
) -> Merge:
    """Plan to make `other` part of `one`; of two of one name that name may be given for both.

    Raises
    ------
    AnalysisError
        If a name means nobody or several, if they are not of one kind, or, without `yes`, if they contradict each other.
    """
    register, kinds = Register(snapshot), (Person, Organization)
    fits = register.all_of(one, kinds)
    if len(fits) == 2 and register.all_of(other, kinds) == fits:
        kept, gone = fits
    else:
        kept, gone = register.one(one, *kinds), register.one(other, *kinds)
    found = merge(snapshot, kept.id, gone.id, new_id, several)
    if found.doubts and not yes:
        raise AnalysisError(
            Words(
                f"没有合并：{'；'.join(d.zh for d in found.doubts)}",
                f"they were not made one: {'; '.join(d.en for d in found.doubts)}",
            ),
            hint=Words("确实是同一个：加 --yes", "add --yes if they are one all the same"),
        )
    return found
