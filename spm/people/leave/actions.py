"""Adding leave and letting it end on another day; each verb is one change set, which can be undone."""

from datetime import date

from spm.calendar import ONE_DAY
from spm.errors import Refusal
from spm.people.actions import one_row
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import Leave, Person


def add_leave(
    store: Store,
    author: Author,
    person_id: int,
    starts_on: date,
    last_day: date,
    away_share: float = 1.0,
    reason: str = "",
) -> int:
    """Days on which a person is away, wholly or in part (`away_share` above 0 up to 1); returns its id.

    Raises Refusal for days that another leave has.
    """
    if last_day < starts_on:
        raise Refusal("The last day lies before the first.")
    if not 0 < away_share <= 1:
        raise Refusal("The share away lies above 0 and is at most 100 %.")
    with writing(store, "edit", author, ["people"]) as open_set:
        person = one_row(open_set, Person, person_id, "name")
        for other in open_set.rows(Leave, "starts_on", "ends_before", person_id=person_id):
            if other["starts_on"] <= last_day and starts_on < other["ends_before"]:
                until = other["ends_before"] - ONE_DAY
                raise Refusal(f"{person['name']} is away from {other['starts_on']} to {until} already.")
        open_set.describe(f"{person['name']}: leave from {starts_on:%-d %b %Y}")
        row = {"person_id": person_id, "starts_on": starts_on, "ends_before": last_day + ONE_DAY,
               "away_share": away_share, "reason": reason.strip()}  # fmt: skip
        return open_set.insert(Leave, [row])[0]


def end_leave(store: Store, author: Author, leave_id: int, last_day: date) -> None:
    """Lets a leave end on another day; one whose last day lies before its first is taken away."""
    with writing(store, "edit", author, ["people"]) as open_set:
        leave = one_row(open_set, Leave, leave_id, "person_id", "starts_on")
        name = one_row(open_set, Person, leave["person_id"], "name")["name"]
        if last_day < leave["starts_on"]:
            open_set.delete(Leave, [leave_id])
            open_set.describe(f"{name}: no leave from {leave['starts_on']:%-d %b %Y}")
        else:
            open_set.update(Leave, [{"id": leave_id, "ends_before": last_day + ONE_DAY}])
            open_set.describe(f"{name}: leave until {last_day:%-d %b %Y}")
