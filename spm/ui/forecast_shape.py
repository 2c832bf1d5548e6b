"""What the projection is made of."""

from spm.ui.forecast import Chosen


def shape(now: Chosen) -> None:
    pass
