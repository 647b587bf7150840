"""Canaries in every file: what a profile doesn't allow is in no byte of it, what it allows is where it belongs."""

from __future__ import annotations

import dataclasses

import pytest
from canaries import FORMS, allowed, canary, content, text_of, with_canaries, words
from invented import records, view

from powermap.maps.privacy.profiles import PROFILES
from powermap.model import Organization, Person, Snapshot

SHOWN = {
    ("Person", "note", ""): ("html", "json", "graphml", "gexf", "zip"),
    ("Person", "email", ""): ("html", "json", "graphml", "gexf", "zip"),
    ("Interaction", "note", ""): ("html", "json", "graphml", "gexf", "zip"),
    ("Organization", "note", ""): ("html", "json"),
    ("Deal", "note", ""): ("html", "json"),
    ("Person", "name", ""): FORMS[:-1],
    ("Person", "name_alt", ""): FORMS[:-1],
    ("WORKS_AT", "title", ""): FORMS[:-1],
    ("WORKS_AT", "unit", ""): FORMS[:-1],
    ("Organization", "name", ""): ("html", "svg", "json", "pptx", "pdf"),
    ("Organization", "name", "rival"): ("html", "json", "pptx"),
    ("Person", "name", "us"): ("html", "json", "graphml", "gexf", "zip", "pptx"),
    ("Deal", "name", ""): ("pptx", "pdf"),
    ("STANDS", "ev_note", ""): ("html",),
}
"""Where a text must be, if the profile allows it."""


@pytest.fixture(scope="module")
def made(typeset: None) -> dict[tuple[str, str], str]:
    """Every file under every profile, in both languages, as the text that can be read in it."""
    found = with_canaries()
    lens, whole = view(found), Snapshot.of(found)
    return {
        (profile, form): "\n".join(
            text_of(form, content(lens, form, profile, lang, whole)) for lang in ("zh", "en")
        ).lower()
        for profile in PROFILES
        for form in FORMS
    }


def test_every_text_has_a_word_of_its_own() -> None:
    found = words(with_canaries())
    assert len(set(found.values())) == len(found) > 60


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("profile", list(PROFILES))
def test_no_word_leaves(made: dict[tuple[str, str], str], profile: str, form: str) -> None:
    everything = words(with_canaries())
    text = made[profile, form]
    assert [k for k, word in everything.items() if word in text and not allowed(*k, profile)] == []


@pytest.mark.parametrize("form", FORMS[:-1])
@pytest.mark.parametrize("profile", list(PROFILES))
def test_what_is_allowed_is_there(made: dict[tuple[str, str], str], profile: str, form: str) -> None:
    """Else a file that is empty would pass for safe."""
    text = made[profile, form]
    missing = [
        key
        for key, forms in SHOWN.items()
        if form in forms and allowed(*key, profile) and canary(*key) not in text
    ]
    assert missing == []
    if profile == "anonymous":
        assert "a1" in text


def test_a_picture_holds_no_text(made: dict[tuple[str, str], str]) -> None:
    for profile in PROFILES:
        assert not [mark for mark in ("text", "ztxt", "itxt", "exif") if mark + "\0" in made[profile, "png"]]


@pytest.mark.usefixtures("typeset")
@pytest.mark.parametrize("form", FORMS)
def test_outside_is_the_same_whatever_they_think(form: str) -> None:
    """Nobody's stand, power, tie or cover moves a single byte of what the customer may see."""
    found = records(25)
    bare = [
        dataclasses.replace(r, power=None) if isinstance(r, Person) else r
        for r in found
        if type(r).KIND not in ("STANDS", "INFLUENCES", "COVERS", "TAKES_PART")
        and not (isinstance(r, Organization) and r.id.startswith("riv"))
    ]
    assert content(view(found), form, "outside", "zh") == content(view(bare), form, "outside", "zh")
