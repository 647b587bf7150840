"""Raw measures on a named projection, so that anybody can check a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import isfinite

import networkx as nx

from powermap.analysis import balance, keyplayers, projection
from powermap.analysis.catalogue import (
    ACCESS,
    ALL,
    CHART,
    DIMENSIONS,
    INFLUENCE,
    PAIRS,
    PROJECTIONS,
    REGISTRY,
    SIGNED,
    STANDING,
    TWO_PEOPLE,
    Measure,
)
from powermap.analysis.projection import SOURCE
from powermap.analysis.scores import Noted, undirected
from powermap.analysis.telling import channel_name, only
from powermap.analysis.text import answer, call, find, person_name
from powermap.errors import AnalysisError
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.words import Words

LAYERS = ("superiors", "circles")
"""Layers on which a measure of standing runs when asked to, beside channels."""
CHANNEL = "channel:"
BY_CHANNEL = (STANDING, INFLUENCE, SIGNED)
"""Projections made of influence ties alone: a measure on them runs on one channel when asked to."""
WHAT = (("name", "对象", "What"), ("value", "值", "Value"))
MOST, SHOWN, PAIR = 3, 5, 2
"""Key players are searched in sets of up to so many people, of which so many are shown, by default pairs."""


def list_measures() -> list[tuple[str, Words, Words]]:
    """List the raw measures: name, projection, meaning."""
    pairs = [(name, TWO_PEOPLE, words) for name, (words, _) in PAIRS.items()]
    return [(m.name, PROJECTIONS[m.projection], m.words) for m in ALL] + pairs


def measure(
    lens: Lens,
    name: str,
    layer: str | None = None,
    between: tuple[str, str] | None = None,
    holds: float | None = None,
    size: int | None = None,
    people: Sequence[str] = (),
) -> Answer:
    """Return one raw measure for everybody, for two people or for sets of people, or a projection itself (``projection``).

    Parameters
    ----------
    name
        A name of :func:`list_measures`, or ``projection``.
    layer
        The projection of the measure, or of the ties it is made of one channel (``channel:NAME``); a measure of standing
        also runs on ``superiors`` and ``circles``.
    between
        Names of two people, for the measures of two.
    holds
        For ``reliability``: one chance in [0, 1] that a tie holds, in place of the strengths.
    size
        For the key players: the best sets of so many people, 1 to 3; default 2.
    people
        For the key players: names of a given set, to be scored in place of a search.

    Raises
    ------
    AnalysisError
        If there is no such measure, or it can't take what it is given: nothing is left out silently.
    """
    if name == "projection":
        _refuse(name, between, holds, size, people)
        return _arcs(lens, layer or STANDING)
    if name in PAIRS:
        _refuse(name, None, None, size, people)
        return _of_two(lens, name, layer, between, holds)
    found = REGISTRY.get(name)
    if found is None:
        near = get_close_matches(name, (*REGISTRY, *PAIRS), 1)
        raise AnalysisError(
            Words(
                f"没有“{name}”这个指标" + (f"；是不是 {near[0]!r}" if near else ""),
                f"{name!r} is no measure" + (f"; perhaps {near[0]!r}" if near else ""),
            ),
            hint=Words("用 `powermap measure list` 查看全部", "`powermap measure list` names them"),
        )
    _refuse(name, between, holds, *((None, ()) if found.sets else (size, people)))
    if not lens.seats:
        raise AnalysisError(Words(f"{lens.account.name} 还没有人员", f"{lens.account.name} has no people"))
    seen, graph = _projected(lens, name, found.projection, layer)
    note = _note(lens, found.words, layer or found.projection)
    if found.sets:
        return _of_sets(lens, found, graph, size, people, note)
    values = found.compute(seen, graph)
    notes = [note]
    if isinstance(values, Noted):
        values, more = values
        notes += more
    if not found.people:
        return _of_things(lens, values, notes, " – ")
    order = sorted(
        (p for p in values if p in lens.seats or p in graph),
        key=lambda p: (-(round(values[p], 12) if values[p] is not None else -1e18), person_name(lens, p)),
    )
    rows = [
        {
            "id": p,
            "name": person_name(lens, p),
            "title": lens.seats[p].title if p in lens.seats else "",
            "value": values[p],
        }
        for p in order
    ]
    head = (("name", "姓名", "Name"), ("title", "职务", "Title"), ("value", name, name))
    return answer(lens, "measure", head, rows, notes=notes)


def _refuse(
    name: str,
    between: tuple[str, str] | None,
    holds: float | None,
    size: int | None,
    people: Sequence[str],
) -> None:
    """Refuse options that a measure can't take."""
    if between is not None or holds is not None:
        raise AnalysisError(
            Words(f"{name} 不是两人之间的指标", f"{name} is not about two people"),
            hint=Words(
                "--from、--to、--holds 只用于 " + "、".join(PAIRS),
                "--from, --to and --holds go with " + ", ".join(PAIRS),
            ),
        )
    if size is not None or people:
        sets = [m.name for m in ALL if m.sets]
        raise AnalysisError(
            Words(f"{name} 不是一组人的指标", f"{name} is not about a set of people"),
            hint=Words(
                "--size、--of 只用于 " + "、".join(sets), "--size and --of go with " + ", ".join(sets)
            ),
        )


def _projected(lens: Lens, name: str, kind: str, layer: str | None) -> tuple[Lens, nx.DiGraph]:
    """Return the lens and the graph on which a measure of a projection runs: its own, or the layer that is asked for."""
    if layer is not None and layer.startswith(CHANNEL) and kind in BY_CHANNEL:
        lens = only(lens, _channel(lens, layer.removeprefix(CHANNEL)))
    elif kind == STANDING and layer in LAYERS:
        return lens, projection.standing(lens, layers=(layer,))
    elif layer not in (None, kind):
        allowed = [
            kind,
            *([CHANNEL + "NAME"] if kind in BY_CHANNEL else []),
            *(LAYERS if kind == STANDING else ()),
        ]
        zh, en = PROJECTIONS[kind]
        raise AnalysisError(
            Words(
                f"{name} 用“{zh}”投影计算，不能用 {layer!r}",
                f"{name} runs on the {en} projection, not on {layer!r}",
            ),
            hint=Words(f"--projection 可用：{'、'.join(allowed)}", f"--projection {' or '.join(allowed)}"),
        )
    if kind == ACCESS:
        return lens, projection.access(lens)
    if kind == CHART:
        return lens, projection.standing(lens, layers=("superiors",))
    if kind == SIGNED:
        strengths = {t.id: projection.strength_of(lens, t.strength) for t in lens.influences}
        return lens, balance.signed(lens, strengths)
    return lens, projection.standing(lens)


def _channel(lens: Lens, written: str) -> str:
    """Return the key of a channel that has ties here.

    Raises
    ------
    AnalysisError
        If it has none, with those that have.
    """
    key = lens.pack.channel(written)
    there = sorted({lens.pack.channel(t.channel) for t in lens.influences})
    if key in there:
        return key
    raise AnalysisError(
        Words(
            f"{lens.account.name} 没有“{written}”这类关系",
            f"there are no ties of channel {written!r} at {lens.account.name}",
        ),
        hint=Words(
            "有的是：" + "、".join(CHANNEL + k for k in there) if there else "还没有影响关系",
            "there are: " + ", ".join(CHANNEL + k for k in there)
            if there
            else "there are no influence ties yet",
        ),
    )


def _note(lens: Lens, words: Words, layer: str) -> Words:
    if layer == CHANNEL:
        named = Words("未注明种类的影响", "influence without a channel")
    elif layer.startswith(CHANNEL):
        named = channel_name(lens, layer.removeprefix(CHANNEL))
    else:
        named = PROJECTIONS.get(layer, Words("圈子", layer))
    return Words(f"{words.zh}；投影：{named.zh}", f"{words.en}; projection: {named.en}")


def _arcs(lens: Lens, layer: str) -> Answer:
    """Return the arcs of a projection or layer as rows."""
    if layer in (STANDING, INFLUENCE, ACCESS):
        arcs = projection.arcs(lens, layer)
    elif layer in LAYERS or layer.startswith(CHANNEL):
        _, graph = _projected(lens, "projection", STANDING, layer)
        arcs = [
            {"from": a, "to": b, "strength": arc["strength"], "kind": arc["kind"]}
            for a, b, arc in graph.edges(data=True)
        ]
    else:
        raise AnalysisError(
            Words(f"没有“{layer}”这个投影", f"{layer!r} is no projection"),
            hint=Words(
                "可用：standing、influence、access、channel:NAME、superiors、circles",
                "standing, influence, access, channel:NAME, superiors or circles",
            ),
        )
    rows = [{**arc, "from": _label(lens, arc["from"]), "to": _label(lens, arc["to"])} for arc in arcs]
    head = (
        ("from", "从", "From"),
        ("to", "到", "To"),
        ("strength", "强度", "Strength"),
        ("kind", "类型", "Kind"),
    )
    return answer(lens, "measure", head, rows, notes=[Words(f"投影：{layer}", f"projection: {layer}")])


def _of_things(
    lens: Lens, values: dict[str | tuple[str, ...], float], notes: list[Words], sign: str
) -> Answer:
    """Return a measure of dimensions or of sets of people as rows."""
    said = [_what(lens, key, sign) for key in values]
    rows = [{"name": label, "value": value} for (label, _), value in zip(said, values.values(), strict=True)]
    told = answer(lens, "measure", WHAT, rows, notes=notes)
    return replace(told, labels={**told.labels, **dict(said)})


def _of_sets(
    lens: Lens, found: Measure, graph: nx.DiGraph, size: int | None, people: Sequence[str], note: Words
) -> Answer:
    """Return the best sets of key players, or the score of a given one and its place among all of its size."""
    tied = undirected(graph)
    if people:
        if size is not None:
            raise AnalysisError(
                Words("--size 和 --of 只能给一个", "either --size or --of, not both"),
                hint=Words(
                    "--of 给定一组人；--size 找最好的一组", "--of gives a set, --size searches the best one"
                ),
            )
        members = tuple(dict.fromkeys(find(lens, n) for n in people))
        scored = keyplayers.scored(tied, members, found.sets)
        label, words = _what(lens, members, " + ")
        place = None if scored.above is None else scored.above + 1
        rows = [{"name": label, "value": scored.value, "place": place, "of": scored.sets}]
        head = (*WHAT, ("place", "名次", "Place"), ("of", "共有几组", "Of so many sets"))
        told = answer(lens, "measure", head, rows, notes=[note])
        return replace(told, labels={**told.labels, label: words})
    if size is not None and not 1 <= size <= MOST:
        raise AnalysisError(
            Words(f"一组 1 到 {MOST} 人，不是 {size}", f"a set has 1 to {MOST} people, not {size}"),
            hint=Words("--of 可给任意一组人打分", "--of scores a given set of any size"),
        )
    if size is not None and size > len(tied):
        raise AnalysisError(
            Words(f"只有 {len(tied)} 人，选不出 {size} 人", f"there are {len(tied)} people, not {size}")
        )
    best, exact = keyplayers.best_sets(tied, min(size or PAIR, len(tied)), found.sets, top=SHOWN)
    how = (
        Words("每一组都算过", "every set was tried")
        if exact
        else Words("逐步搜索所得，可能还有更好的一组", "searched step by step: a better set may exist")
    )
    return _of_things(lens, {members: value for value, members in best}, [note, how], " + ")


def _what(lens: Lens, key: str | tuple[str, ...], sign: str) -> tuple[str, Words]:
    """Name a dimension or a set of people: as the store has it, and in each language."""
    if isinstance(key, str):
        return key, DIMENSIONS[key]
    names = [call(lens, p) for p in key]
    words = Words(sign.join(n.zh for n in names), sign.join(n.en for n in names))
    return sign.join(person_name(lens, p) for p in key), words


def _label(lens: Lens, person: str) -> str:
    return lens.supplier.organization.name if person == SOURCE else person_name(lens, person)


def _of_two(
    lens: Lens, name: str, layer: str | None, between: tuple[str, str] | None, holds: float | None
) -> Answer:
    words, compute = PAIRS[name]
    if between is None:
        raise AnalysisError(
            Words(f"{name} 是两人之间的指标", f"{name} is about two people"),
            hint=Words("请指明：--from 姓名 --to 姓名", "name them: --from NAME --to NAME"),
        )
    if holds is not None and name != "reliability":
        raise AnalysisError(
            Words(
                f"--holds 只用于 reliability，不用于 {name}",
                f"--holds goes with reliability, not with {name}",
            )
        )
    if holds is not None and not 0 <= holds <= 1:
        raise AnalysisError(
            Words(f"概率在 0 到 1 之间，不是 {holds:g}", f"a chance lies between 0 and 1, not {holds:g}")
        )
    one, other = (find(lens, n) for n in between)
    if one == other:
        raise AnalysisError(
            Words(
                f"{name} 是两人之间的指标，不能两次都是 {between[0]}",
                f"{name} is about two people, not {between[0]} twice",
            )
        )
    _, graph = _projected(lens, name, STANDING, layer)
    label = {lang: " – ".join(call(lens, p)[lang] for p in (one, other)) for lang in ("zh", "en")}
    found = compute(undirected(graph), one, other, holds)
    rows = [{"name": label, "value": found.value if isfinite(found.value) else None}]
    notes = [_note(lens, words, layer or STANDING)]
    if not isfinite(found.value):
        notes.append(Words("两人之间没有路", "there is no way between them"))
    if found.error:
        notes.append(found.words)
    return answer(lens, "measure", WHAT, rows, notes=notes)
