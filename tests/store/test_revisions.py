"""How often each area was written is noticed at once, whoever wrote: this process or another."""

from pathlib import Path

from spm.store.change_sets import writing
from spm.store.opening import Store, open_store
from spm.store.tables import Team
from tests.companies import TESTER, empty_store


def named(store: Store, name: str) -> None:
    with writing(store, "edit", TESTER, ["people"]) as open_set:
        open_set.insert(Team, [{"name": name}])


def test_a_write_is_noticed_by_the_store_that_wrote_and_by_another(tmp_path: Path) -> None:
    one = empty_store(tmp_path)
    other = open_store(str(one.engine.url))
    before = one.revision("facts", "people")
    assert other.revision("facts", "people") == before
    for store, name in ((one, "North"), (other, "South")):
        seen = one.revision("people"), other.revision("people")
        named(store, name)
        assert (one.revision("people"), other.revision("people")) == tuple((number + 1,) for (number,) in seen)
    assert one.revision("facts", "people") == (before[0], before[1] + 2)
    one.close()
    other.close()
