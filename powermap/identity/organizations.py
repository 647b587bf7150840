"""Find organizations that may be one: by ids, by names without their legal form, by the domain of their people's mail."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from powermap.identity import contacts
from powermap.identity.pairs import Pair, Reason, Verdict, in_order
from powermap.model import Organization, PartOf, Person, Snapshot, WorksAt
from powermap.model.naming import fold, other_names
from powermap.words import Words

_LEGAL_WORDS = (
    "ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh ag kg kgaa ohg se sa sas sarl srl spa bv nv "
    "oy ab as aps pte pty sdn bhd kk the"
)
_LEGAL = frozenset(_LEGAL_WORDS.split())
_LEGAL_CHINESE = re.compile(
    "(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|集团公司|股份|公司)$"
)
_TYPES = ("customer", "supplier", "partner")
WIDE = 200
"""Organizations that share a word beyond whom it says nothing."""
HALF = 0.5
"""Share of an organization's addresses that a domain needs to be its own."""


@lru_cache(maxsize=65_536)
def bare(name: str) -> str:
    """Return a company's name without its legal form, as words: 星河有限公司 is 星河, Acme GmbH is acme."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = re.sub(r"(?<=\w)[.'’](?=\w)", "", text).replace("&", " and ")
    words = [w for w in re.split(r"[\W_]+", text) if w]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    kept = [w for w in words if w != "the"] or words
    stripped = " ".join(kept)
    return _LEGAL_CHINESE.sub("", stripped) or stripped


def organizations(snapshot: Snapshot, *, hints: bool = False) -> list[Pair]:
    """Return the pairs of companies that are, or may be, one, surest first; with `hints` what only a domain says, too."""
    known = {o.id: o for o in snapshot.all(Organization) if o.type in _TYPES}
    parts = {frozenset((t.src, t.dst)) for t in snapshot.all(PartOf)}
    domains = _domains(snapshot)
    found = []
    for a, b in sorted(set(_candidates(known, domains))):
        if frozenset((a, b)) not in parts:
            pair = _judge(known[a], known[b], domains)
            if pair is not None and (hints or pair.verdict != "hint"):
                found.append(pair)
    return in_order(found)


def _domains(snapshot: Snapshot) -> dict[str, str]:
    """Return the domain that most addresses of an organization's people have."""
    mails = {
        p.id: [d for a in contacts.addresses(p.email) if (d := contacts.domain(a))]
        for p in snapshot.all(Person)
    }
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for job in snapshot.all(WorksAt):
        counted[job.dst].update(mails.get(job.src, ()))
    found = {}
    for organization, domains in counted.items():
        if domains:
            domain, times = domains.most_common(1)[0]
            if times >= HALF * domains.total():
                found[organization] = domain
    return found


def _names(organization: Organization) -> list[str]:
    texts = (organization.name, organization.name_alt, *other_names(organization.keys))
    return [bare(text) for text in texts if text]


def _keys(organization: Organization) -> set[str]:
    return {key for key in organization.keys if not key.startswith(("file|", "name|"))}


def _candidates(known: dict[str, Organization], domains: dict[str, str]) -> Iterator[tuple[str, str]]:
    blocks: dict[str, set[str]] = defaultdict(set)
    for ident, organization in known.items():
        for name in _names(organization):
            blocks[f"name {fold(name)}"].add(ident)
            for word in name.split():
                if len(word) >= 3:
                    blocks[f"word {word[:4]}"].add(ident)
            if not name.isascii():
                blocks[f"word {fold(name)[:2]}"].add(ident)
        for key in _keys(organization):
            blocks[f"key {key}"].add(ident)
        if ident in domains:
            blocks[f"domain {domains[ident]}"].add(ident)
    for members in blocks.values():
        if 1 < len(members) <= WIDE:
            yield from combinations(sorted(members), 2)


def _judge(one: Organization, other: Organization, domains: dict[str, str]) -> Pair | None:
    reasons = []
    alike = max(_alike(a, b) for a in _names(one) for b in _names(other))
    for key in sorted(_keys(one) & _keys(other)):
        reasons.append(Reason("same-id", Words("外部编号相同", "same id in another system"), key))
    certain = bool(reasons)
    if alike == 100:
        reasons.append(
            Reason("same-name", Words("去掉公司形式后名称相同", "the same name but for its legal form"))
        )
    elif alike >= 88:
        reasons.append(Reason("close-name", Words("名称相近", "the names are close")))
    shared = domains.get(one.id) is not None and domains.get(one.id) == domains.get(other.id)
    if shared:
        reasons.append(
            Reason("same-domain", Words("邮箱域名相同", "the same domain of mail"), domains[one.id])
        )
    if one.type != other.type:
        text = Words(f"类型不同（{one.type}、{other.type}）", f"of two types ({one.type}, {other.type})")
        reasons.append(Reason("other-type", text, against=True))
    if not certain and not shared and alike < 88:
        return None
    verdict: Verdict
    if certain:
        verdict, sure = ("same", 0.97) if alike >= 60 else ("ask", 0.5)
    elif alike == 100 or (alike >= 60 and shared):
        verdict, sure = "likely", 0.9 if alike == 100 else 0.8
    else:
        verdict, sure = "hint", 0.5 if alike >= 88 else 0.3
    if one.type != other.type and verdict == "likely":
        verdict, sure = "hint", 0.4
    return Pair("Organization", one.id, other.id, verdict, sure, tuple(reasons))


def _alike(one: str, other: str) -> float:
    """Compare two bare names; digits must be the same, as they tell plants and branches apart."""
    if fold(one) == fold(other):
        return 100
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0
    return min(99.0, fuzz.ratio(fold(one), fold(other)))
