"""Where a running period stands, by a straight line and by how the company's own periods went."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np


@dataclass(frozen=True)
class ExpectedShare:
    """The share of a period's bookings that past periods had by the same share of their working days.

    `middle` is the median of `periods_count` past periods, `low` and `high` their 10th and 90th
    percentile.
    """

    middle: float
    low: float
    high: float
    periods_count: int


def straight_line_pace(booked: float, elapsed_share: float) -> float | None:
    """Booked ÷ elapsed share of working days: the total if all days were alike. None before the first day."""
    return booked / elapsed_share if elapsed_share > 0 else None


def expected_share(past_shares: Sequence[float | None]) -> ExpectedShare | None:
    """What past periods, one `booked_share` each, say of this point; None where none had bookings."""
    known = [share for share in past_shares if share is not None and not isnan(share)]
    if not known:
        return None
    low, middle, high = np.percentile(known, (10, 50, 90))
    return ExpectedShare(float(middle), float(low), float(high), len(known))


def booked_share(bookings: Mapping[date, float], working_days: Sequence[date], elapsed_share: float) -> float | None:
    """Bookings of a past period up to a share of its working days (0 to 1) ÷ its total.

    `bookings` holds the period's amount by day, `working_days` its working days in order. What lies on
    other days counts with the working day before (the first, if there is none), and a part of a working
    day with that part of its bookings. None where the total is not above 0, or there is no working day.
    """
    shares = booked_shares(bookings, working_days, [elapsed_share])
    return None if shares is None else float(shares[0])


def booked_shares(
    bookings: Mapping[date, float], working_days: Sequence[date], elapsed_shares: Sequence[float]
) -> np.ndarray | None:
    """The same at several points."""
    total = sum(bookings.values())
    if total <= 0 or not working_days:
        return None
    by_day = np.zeros(len(working_days))
    for day, amount in bookings.items():
        by_day[max(bisect_right(working_days, day) - 1, 0)] += amount
    to_date = np.concatenate(([0.0], by_day.cumsum()))
    points = np.asarray(elapsed_shares) * len(working_days)
    return np.asarray(np.interp(points, np.arange(len(to_date)), to_date) / total)


def expected_course(past_courses: Sequence[np.ndarray | None]) -> np.ndarray | None:
    """What past periods, one `booked_shares` each, say of its points: rows low, middle, high; None where none had bookings."""
    known = [course for course in past_courses if course is not None]
    return np.percentile(known, (10, 50, 90), axis=0) if known else None


def pace_index(booked: float, quota: float, share: float) -> float | None:
    """(Booked ÷ quota) ÷ the share expected to date: 1.0 is on pace for the quota.

    With the elapsed share of working days instead it is the straight line's. None where quota or share is
    0.
    """
    return booked / quota / share if quota > 0 and share > 0 else None


def needed_per_day(quota: float, booked: float, working_days_left_count: int) -> float | None:
    """(Quota − booked) ÷ working days left; 0 once covered, None where it is not and no day is left."""
    if booked >= quota:
        return 0.0
    return (quota - booked) / working_days_left_count if working_days_left_count > 0 else None
