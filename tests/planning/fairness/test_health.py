"""Quota health: the worked example."""

from spm.planning.fairness.health import Health, health

BOOKINGS = [300, 800, 800, 850, 1125, 325, 900, 1100, 1000, 800]


def test_the_worked_example() -> None:
    assert health(BOOKINGS, [1000] * 10) == Health(0.3, 0.8, 0.2, 0.8, 10)


def test_who_has_no_bookings_known_or_no_quota_is_left_out() -> None:
    assert health([*BOOKINGS, None, 500, 500], [*[1000] * 10, 1000, None, 0]) == Health(0.3, 0.8, 0.2, 0.8, 10)
    assert health([None], [1000]) == Health(None, None, None, None, 0)
