"""Saying what one thinks of an item."""

from datetime import date

from spm.scorecards.model import Item
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import ItemOpinion

NOBODY = Author("someone")
"""Who the log names: that an opinion was given is kept, by whom is not."""


def give_opinion(
    store: Store,
    _author: Author,
    person_id: int,
    role: str,
    item: Item,
    is_fair: bool | None,
    is_within_reach: bool | None,
    comment: str,
    day: date,
) -> None:
    """Keeps what a person says of an item, in place of what they said of it before; the log does not name them."""
    said = {
        "is_fair": is_fair,
        "is_within_reach": is_within_reach,
        "comment": comment.strip(),
        "given_on": day,
    }
    where = {"person_id": person_id, "role": role, "metric": item.metric, "scope": item.scope.value}
    with writing(store, "edit", NOBODY, ["notes"], "an opinion on a scorecard") as open_set:
        known = open_set.rows(ItemOpinion, "id", **where)
        if known:
            open_set.update(ItemOpinion, [{"id": known[0]["id"], **said}])
        else:
            open_set.insert(ItemOpinion, [{**where, **said}])
