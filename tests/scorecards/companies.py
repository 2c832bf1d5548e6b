"""Companies for scorecards: sheets and versions in, a scene out."""

from datetime import date
from pathlib import Path

from spm.company.actions import change_settings
from spm.metrics.queries import Scene
from spm.scorecards.bands import Bands
from spm.scorecards.model import Item, Scorecard
from spm.scorecards.versions.actions import save_versions
from spm.store.opening import Store
from tests.companies import TESTER, empty_store, imported, scene

BANDS = Bands()


def company(folder: Path, sheets: dict[str, str], versions: dict[str, tuple[Item, ...]], **settings: object) -> Store:
    """A store with these sheets, scorecards that always held, and settings."""
    store = empty_store(folder)
    imported(store, dict(sheets))
    if versions:
        scorecards = [Scorecard(role, items) for role, items in versions.items()]
        save_versions(store, TESTER, scorecards, None, "as it was agreed", BANDS)
    if settings:
        change_settings(store, TESTER, **settings)
    return store


def as_of(store: Store, day: str) -> Scene:
    return scene(store, date.fromisoformat(day))


def calls(*counts: tuple[int, str, int]) -> str:
    """A sheet of calls: owner id, day, how many."""
    rows = [f"{owner},Call,{day},Completed" for owner, day, count in counts for _ in range(count)]
    return "\n".join(["Owner id,Activity type,Activity date,Status", *rows])
