"""The answer in words: how a period stands, and who makes it so. Pure."""

import pandas as pd

from spm import money
from spm.benchmarks.growth import Growth
from spm.calendar import Period
from spm.metrics.wording import reached

BEST_OF = 3  # "the best yet" of fewer periods says nothing
NOISE_SHARE = 0.005


def result(
    period: Period,
    booked: float | None,
    attainment: float | None,
    growth: Growth,
    landing: float | None,
    landing_share: float | None,
    rank: tuple[int, int] | None,
    currency: str,
) -> str:
    """How the period ended or will end, in a sentence. Amounts in minor units.

    `landing` where it runs: where it ends at this pace, `landing_share` of its quota. `rank`: its place among how many.
    """
    if booked is None:
        return f"No sheet speaks for {period.title} yet."
    so_far = money.short(booked, currency)
    if landing is not None and landing_share is not None:
        return f"{period.title} is on course for {reached(landing_share)} of quota: {so_far} booked so far."
    if growth.is_to_date:
        ahead = _compared(growth, "at the same point")
        return f"{period.title} stands at {so_far}{', ' + ahead if ahead else ''}."
    if attainment is not None:
        return f"{period.title} closed at {reached(attainment)} of quota, with {so_far} booked."
    best = rank is not None and rank[0] == 1 and rank[1] >= BEST_OF
    words = ", ".join(part for part in ("the best yet" if best else "", _compared(growth)) if part)
    return f"{period.title} closed at {so_far}{', ' + words if words else ''}."


def parts(standings: pd.DataFrame) -> str:
    """Who makes it so: the strongest and the weakest by attainment, or who brings most and who fell or grew most.

    `standings` has name, bookings, attainment and change_share; empty for fewer than two names with bookings.
    """
    known = standings.dropna(subset=["name", "bookings"])
    known = known[known["bookings"] > 0]
    if len(known) < 2:
        return ""
    held = known.dropna(subset=["attainment"]).sort_values("attainment", ascending=False)
    if len(held) > 1:
        best, worst = held.iloc[0], held.iloc[-1]
        return (
            f"{best['name']} is furthest ahead at {reached(best['attainment'])}, "
            f"{worst['name']} furthest behind at {reached(worst['attainment'])}."
        )
    most = known.iloc[0]
    said = f"{most['name']} brings {most['bookings'] / known['bookings'].sum():.0%} of it".replace("%", " %")
    changed = known.dropna(subset=["change_share"]) if "change_share" in known else known.head(0)
    if len(changed) < 2:
        return f"{said}."
    fell = changed.loc[changed["change_share"].idxmin()]
    if fell["change_share"] < -NOISE_SHARE:
        return f"{said}; {fell['name']} fell most, by {-fell['change_share'] * 100:.0f} %."
    grew = changed.loc[changed["change_share"].idxmax()]
    return f"{said}; {grew['name']} grew most, by {grew['change_share'] * 100:.0f} %."


def _compared(growth: Growth, point: str = "") -> str:
    if growth.change_share is None or growth.against is None:
        return ""
    where = f"{growth.against.title} {point}".strip()
    if abs(growth.change_share) < NOISE_SHARE:
        return f"level with {where}"
    return f"{abs(growth.change_share) * 100:.0f} % {'above' if growth.change_share > 0 else 'below'} {where}"
