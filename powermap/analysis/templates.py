"""Where the decision rule is unknown: the rules that are usual, and how much it matters which of them holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from powermap.analysis.deciders import deciders
from powermap.analysis.text import person_name
from powermap.analysis.winning import model
from powermap.lens import Lens
from powermap.words import Words


@dataclass(frozen=True, slots=True)
class Template:
    """A usual rule, written for the decision-makers of a deal, with P(win) under it; `usual` for this kind of project."""

    text: str
    words: Words
    win: float
    usual: bool


def templates(lens: Lens) -> list[Template]:
    """Write the usual rules for the deal's decision-makers, and P(win) under each; empty without a deal or with one decider."""
    people = sorted(deciders(lens).shares, key=lambda p: (lens.seats[p].level or 9, person_name(lens, p)))
    if lens.deal is None or not 2 <= len(people) <= 12:
        return []
    quoted = [f'"{p}"' for p in people]
    everybody, others = ", ".join(quoted), ", ".join(quoted[1:])
    texts = {
        "majority": f"majority of ({everybody})",
        "unanimity": " and ".join(quoted),
        "top": quoted[0],
        "top-and-one": f"{quoted[0]} and 1 of ({others})",
    }
    kind = lens.deal.project_type.casefold()
    found = []
    for row in lens.pack.topic("rules")["template"]:
        view = replace(lens, deal=replace(lens.deal, rule=texts[row["key"]]))
        m = model(view)
        if m is not None:
            usual = bool(kind) and any(word in kind for word in row["projects"])
            found.append(Template(texts[row["key"]], Words(row["zh"], row["en"]), m.win(), usual))
    return found
