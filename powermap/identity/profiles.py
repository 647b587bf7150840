"""A person as they are compared: names, addresses, numbers, posts, and what ties them to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from powermap.identity import contacts
from powermap.model import (
    Covers,
    Interaction,
    Organization,
    PartOf,
    Person,
    ReportsTo,
    Snapshot,
    WorksAt,
)
from powermap.model.naming import fold, other_names


@dataclass(frozen=True, slots=True)
class Post:
    """A job: the organization, the account that it belongs to, title and department folded, and whether it ended."""

    organization: str
    account: str
    titles: frozenset[str]
    units: frozenset[str]
    tie: WorksAt


@dataclass(slots=True)
class Profile:
    """One person."""

    person: Person
    names: tuple[str, ...]
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    """Keys of other systems, which mean one person wherever they stand."""
    numbers: frozenset[tuple[str, str]] = frozenset()
    """(list, number) of lists that number people within a company: two numbers are two people."""
    posts: list[Post] = field(default_factory=list)
    bosses: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    @property
    def accounts(self) -> set[str]:
        """The accounts where they work or worked."""
        return {post.account for post in self.posts}


def profiles(snapshot: Snapshot) -> dict[str, Profile]:
    """Return all people by id."""
    above = {tie.src: tie.dst for tie in snapshot.all(PartOf)}
    found = {p.id: _profile(p) for p in snapshot.all(Person) if not p.placeholder}
    for job in snapshot.all(WorksAt):
        if job.src in found and snapshot.get(Organization, job.dst):
            titles = frozenset(fold(t) for t in (job.title, job.title_alt) if t)
            units = frozenset(fold(u) for u in (job.unit, job.unit_alt) if u)
            post = Post(job.dst, _top(job.dst, above), titles, units, job)
            found[job.src].posts.append(post)
    for line in snapshot.all(ReportsTo):
        if line.src in found:
            found[line.src].bosses.add(line.dst)
    for cover in snapshot.all(Covers):
        if cover.dst in found:
            found[cover.dst].owners.add(cover.src)
    for meeting in snapshot.all(Interaction):
        for person in (*meeting.theirs, *meeting.ours):
            if person in found:
                found[person].met.add(meeting.id)
    return found


def _top(organization: str, above: dict[str, str]) -> str:
    seen = {organization}
    while (up := above.get(organization)) is not None and up not in seen:
        seen.add(up)
        organization = up
    return organization


def _profile(person: Person) -> Profile:
    by_object: dict[str, list[str]] = defaultdict(list)
    ids, pages = set(), set()
    for key in person.keys:
        system, _, rest = key.partition("|")
        ident = rest.partition("|")[2]
        if system == "name":
            continue
        if system in ("email", "phone"):
            by_object[system].append(ident)
        elif page := contacts.profile(ident):
            pages.add(page)
        elif system != "file":
            ids.add(key)
    texts = (person.email, *by_object["email"])
    return Profile(
        person,
        tuple(dict.fromkeys(n for n in (person.name, person.name_alt, *other_names(person.keys)) if n)),
        frozenset(a for text in texts for a in contacts.addresses(text)),
        frozenset(n for text in (person.phone, *by_object["phone"]) for n in contacts.phones(text)),
        frozenset(pages),
        frozenset(ids),
        frozenset(numbers_of(person.keys)),
    )


def numbers_of(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (list, number) for the keys of lists that number people within a company."""
    for key in keys:
        system, _, rest = key.partition("|")
        kind, _, ident = rest.partition("|")
        if system == "file":
            company, _, number = ident.rpartition("/")
            yield f"{kind}|{company}", number
