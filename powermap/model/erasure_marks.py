"""Digests by which somebody who was forgotten is known again, without keeping who they were."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from powermap.model.mailboxes import SHARED
from powermap.model.naming import fold
from powermap.model.things import Erasure, Person


def marks(person: Person, employers: Iterable[str], salt: str) -> frozenset[str]:
    """Return the digests of what a person is known by: each name at each employer, each address, each foreign key.

    Parameters
    ----------
    employers
        Names and ids of those for whom they work, or to whom they belong; empty: the name alone.
    salt
        Hexadecimal digits; the same person has other digests under another salt.
    """
    key = bytes.fromhex(salt)
    return frozenset(
        hashlib.blake2b(known.encode(), key=key, digest_size=16).hexdigest()
        for known in _known(person, employers)
    )


def _known(person: Person, employers: Iterable[str]) -> Iterator[str]:
    for name in filter(None, (person.name, person.name_alt)):
        for employer in list(employers) or [""]:
            yield f"name {fold(name)} {fold(employer)}"
    for mail in re.split(r"[\s;,，；]+", person.email.lower()):
        if "@" in mail and mail.partition("@")[0] not in SHARED:
            yield f"mail {mail}"
    yield from (f"key {key}" for key in person.keys)


def forgotten(person: Person, employers: Iterable[str], erasures: Iterable[Erasure]) -> Erasure | None:
    """Return the erasure by which somebody was forgotten who may be this person, and may not come back unasked."""
    where = list(employers)
    for erasure in erasures:
        if erasure.allowed is None and not marks(person, where, erasure.salt).isdisjoint(erasure.marks):
            return erasure
    return None
