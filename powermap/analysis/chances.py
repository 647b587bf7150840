"""Every supplier's chance of winning, side by side, and where influence turns a recorded lead."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np

from powermap.analysis.calibration import Calibration
from powermap.analysis.text import (
    ESTIMATE,
    call,
    fact,
    join,
    names,
    percent,
    person_name,
    plural,
    supplier_name,
)
from powermap.analysis.winning import Model
from powermap.findings import Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words

_ZH = "看法经 Friedkin-Johnsen 传导后，每人按 exp(1.2 x*) 在各供应商与“谁都不选”之间投票，再按决策规则求通过概率；"
_EN = (
    "after Friedkin-Johnsen influence everybody votes for a supplier or nobody, by exp(1.2 x*) against 1, and the "
    "decision rule is put to the vote; "
)
RULE = Rule(
    "chance of winning",
    Words(f"{_ZH}未经校准，是模型分数而非预测", f"{_EN}uncalibrated: a score of the model, not a forecast"),
)
CORRECTED = Rule(
    "chance of winning", Words(f"{_ZH}再按已结项目的记录校准", f"{_EN}calibrated on the closed deals")
)
NEAR = 0.25
"""Steps within which two influenced views count as level."""


def chances(lens: Lens, m: Model, base: float, calibration: Calibration | None) -> list[Finding]:
    """Say what each supplier's chance is, that of no decision, and where influence turns who leads with a decider.

    Parameters
    ----------
    base
        The supplier's own chance, corrected where there is a record.
    calibration
        The record on closed deals, or None.
    """
    return [_side_by_side(lens, m, base, calibration), *_turned(lens, m)]


def _called(lens: Lens, supplier: str) -> Words:
    if any(s.us for s in lens.suppliers if s.id == supplier):
        return Words("我方", "us")
    return supplier_name(lens.with_supplier(supplier))


def _listed(lens: Lens, m: Model, base: float) -> tuple[dict[str, float], float]:
    """Return each supplier's chance and that of no decision; where the own one is corrected, the others share the rest."""
    found = m.outcome
    each = dict(zip(m.suppliers, found.suppliers, strict=True))
    own, nobody = each[lens.supplier.id], found.nobody
    if abs(base - own) > 1e-12:
        rest = (1 - base) / (1 - own) if found.several == 0 and own < 1 else 1.0
        each = {s: base if s == lens.supplier.id else p * rest for s, p in each.items()}
        nobody *= rest
    return each, nobody


def _side_by_side(lens: Lens, m: Model, base: float, calibration: Calibration | None) -> Finding:
    each, nobody = _listed(lens, m, base)
    order = sorted(each, key=lambda s: (s != lens.supplier.id, -round(each[s], 9), _called(lens, s).en))
    corrected = calibration is not None and calibration.slope is not None
    how = (
        Words(f"已按 {calibration.deals} 个已结项目校准", f"calibrated on {calibration.deals} closed deals")
        if calibration is not None and corrected
        else Words("未校准", "uncalibrated")
    )
    parts = [
        Words(
            f"{_called(lens, s).zh}约 {percent(each[s])}", f"{_called(lens, s).en} about {percent(each[s])}"
        )
        for s in order
    ]
    zh = f"胜率（{how.zh}）：{'，'.join(w.zh for w in parts)}，无决定 {percent(nobody)}"
    en = f"Chance of winning, {how.en}: {', '.join(w.en for w in parts)}, no decision {percent(nobody)}"
    if m.ballot.rivals is not None:
        ours, theirs = (
            names(lens, sorted(camp, key=lambda p: person_name(lens, p))) for camp in m.ballot.rivals
        )
        several = m.outcome.several
        zh += f"。规则容许两家都通过（例如 {ours.zh} 支持一家，{theirs.zh} 支持另一家），所以各算各的；两家以上同时通过 {percent(several)}"
        en += (
            f". The rule lets two suppliers pass, for example by {ours.en} and by {theirs.en}, so each stands alone; "
            f"several pass in {percent(several)}"
        )
    left = [s.id for s in lens.suppliers if s.id not in m.suppliers]
    if left:
        who = join([_called(lens, s) for s in left])
        zh += f"。对 {who.zh} 一无所知，未计入"
        en += f". Of {who.en} nothing is known here: left out"
    thin = [s for s in m.suppliers if s != lens.supplier.id and _only_a_stance(lens, s)]
    if thin:
        who = join([_called(lens, s) for s in thin])
        zh += f"。{who.zh} 只凭一条态度计入，其余人的态度未知，却分走了每个人的一份"
        en += f". {who.en} {'comes in' if len(thin) == 1 else 'come in'} by a single stance, and with it takes a share of every vote"
    words = Words(f"{zh}。", f"{en}.")
    return Finding(
        kind="p-win",
        subjects=(lens.deal.id if lens.deal else lens.account.id,),
        value=base,
        rule=CORRECTED if corrected else RULE,
        sentence=words,
        certainty=Certainty("estimate", _sure(m, calibration)),
        inputs=_inputs(lens, m, each, nobody),
        unit="probability",
        urgency=1,
    )


def _only_a_stance(lens: Lens, supplier: str) -> bool:
    stances = sum(lens.stance(p, supplier) is not None for p in lens.seats)
    us = any(s.us for s in lens.suppliers if s.id == supplier)
    return not us and stances == 1 and supplier not in lens.relations and not lens.covers(supplier)


def _sure(m: Model, calibration: Calibration | None) -> Words:
    zh, en = "未校准", "uncalibrated"
    if calibration is not None and calibration.slope is not None:
        zh, en = f"已校准，Brier {calibration.brier:.3f}", f"calibrated, Brier score {calibration.brier:.3f}"
    unknown = len(m.unknown)
    if unknown:
        zh += f"；{unknown} 个未知态度按分布计入"
        en += f"; {plural(unknown, 'unknown attitude')} entered as a distribution"
        if m.error:
            error = f"{ceil(1e4 * m.error) / 1e4:.4f}"
            zh += f"（{len(m.weight):,} 次抽样，标准误不超过 {error}）"
            en += f" ({len(m.weight):,} draws, standard error at most {error})"
    return Words(zh, en)


def _inputs(lens: Lens, m: Model, each: Mapping[str, float], nobody: float) -> tuple[Input, ...]:
    """Return the chances, and the people whose one step is worth most."""
    told = [
        fact(f"{_called(lens, s).zh}的胜率", f"the chance of {_called(lens, s).en}", round(p, 4), None)
        for s, p in each.items()
    ]
    told.append(fact("无决定", "no decision", round(nobody, 4), None))
    steep = sorted(m.gradient().items(), key=lambda g: (-round(g[1], 9), person_name(lens, g[0])))[:3]
    told += [
        fact(
            f"{call(lens, p).zh}提升一级的作用",
            f"worth of one step of {call(lens, p).en}",
            round(g, 4),
            lens.stance(p),
        )
        for p, g in steep
    ]
    return tuple(told)


def _turned(lens: Lens, m: Model) -> list[Finding]:
    """Name the deciders with whom another supplier leads by influence than by what is on record."""
    after = np.tensordot(m.weight, m.after, axes=1)
    findings = []
    for k, person in enumerate(m.ballot.people):
        recorded = {s: a for s in m.suppliers if (a := lens.attitude(person, s)) is not None}
        if len(recorded) < len(m.suppliers) or len(m.suppliers) < 2:
            continue
        influenced = dict(zip(m.suppliers, after[k], strict=True))
        first, now = _leader(recorded, 1.0), _leader(influenced, NEAR)
        if first is None or now is None or first == now:
            continue
        name, was, then = call(lens, person), _called(lens, first), _called(lens, now)
        words = Words(
            f"{name.zh} 记录上偏向{was.zh}（{recorded[first]:+d} 对 {recorded[now]:+d}），受周围影响后偏向{then.zh}"
            f"（{influenced[now]:+.1f} 对 {influenced[first]:+.1f}）。",
            f"On record {name.en} leans to {was.en} ({recorded[first]:+d} to {recorded[now]:+d}); after what those around say, "
            f"to {then.en} ({influenced[now]:+.1f} to {influenced[first]:+.1f}).",
        )
        inputs = tuple(
            fact(
                f"对{_called(lens, s).zh}的态度",
                f"attitude to {_called(lens, s).en}",
                recorded[s],
                lens.stance(person, s),
            )
            for s in (first, now)
        )
        findings.append(
            Finding(
                kind="lead-turned",
                subjects=(person, first, now),
                value=influenced[now],
                rule=RULE,
                sentence=words,
                certainty=ESTIMATE,
                inputs=inputs,
                unit="steps",
                urgency=2,
            )
        )
    return findings


def _leader(views: Mapping[str, float], margin: float) -> str | None:
    """Return who is ahead by at least a margin, or nobody."""
    order = sorted(views, key=lambda s: -views[s])
    return order[0] if views[order[0]] - views[order[1]] >= margin else None
