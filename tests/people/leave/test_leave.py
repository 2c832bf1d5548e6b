"""Leave: no day twice, ended on another day, taken away."""

from datetime import date

import pytest

from spm.errors import Refusal
from spm.people.leave import actions
from spm.store import reading
from spm.store.opening import Store
from tests.stores import AUTHOR, id_of


def test_leave_is_added_ended_and_taken_away(store: Store) -> None:
    ana = id_of(store, "Ana Ruiz")
    leave = actions.add_leave(store, AUTHOR, ana, date(2017, 5, 1), date(2017, 5, 31), 0.5, "parental")
    with pytest.raises(Refusal, match="away from 2017-05-01 to 2017-05-31"):
        actions.add_leave(store, AUTHOR, ana, date(2017, 5, 31), date(2017, 6, 1))
    actions.end_leave(store, AUTHOR, leave, date(2017, 5, 14))
    (row,) = reading.leaves(store).to_dict("records")
    assert (row["starts_on"], row["ends_before"], row["away_share"]) == (date(2017, 5, 1), date(2017, 5, 15), 0.5)
    actions.end_leave(store, AUTHOR, leave, date(2017, 4, 30))
    assert reading.leaves(store).empty
