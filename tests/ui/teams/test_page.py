"""What the Teams page says first, told in words."""

from spm.ui.teams.page import _joined


def test_who_leads_in_one_thing_and_trails_in_another_is_named_once() -> None:
    said = {
        ("North", "trails"): "bookings",
        ("South and East", "lead"): "win rate",
        ("North", "leads"): "win rate and calls",
    }
    assert _joined(said) == [
        "North trails in bookings but leads in win rate and calls",
        "South and East lead in win rate",
    ]
