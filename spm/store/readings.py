"""What was read of a store, remembered for as long as this lives: of a store that is written to, make a new one."""

from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd

from spm.store import adding_up, benchmarks, facts, forecasts, reading, standing
from spm.store.credited import few
from spm.store.opening import Store

KEPT = 64  # of each kind


class Readings:
    """Totals and what they cannot answer, each asked of the database once. Nobody may change a frame that it hands out."""

    def __init__(self, store: Store) -> None:
        self.totals: Callable[..., pd.DataFrame] = lru_cache(KEPT)(partial(adding_up.totals, store))
        self.measures_with = lru_cache(KEPT)(partial(adding_up.measures_with, store))
        self.open_pipeline = lru_cache(KEPT)(partial(standing.open_pipeline, store))
        self._purchases: Callable[..., pd.DataFrame] = lru_cache(KEPT)(partial(standing.purchases, store))
        self.slice_values = lru_cache(KEPT)(partial(standing.slice_values, store))
        self.observations: Callable[..., pd.DataFrame] = lru_cache(KEPT)(partial(facts.observations, store))
        self.size_sums = lru_cache(KEPT)(partial(benchmarks.size_sums, store))
        self.quotas: Callable[[], pd.DataFrame] = lru_cache(1)(partial(reading.quotas, store))
        self.stage_outcomes = lru_cache(1)(partial(forecasts.stage_outcomes, store))
        self.rows_behind = partial(facts.rows_behind, store)
        self.open_rows = partial(facts.open_rows, store)
        self.quota_rows = partial(facts.quota_rows, store)

    def purchases(self, fact: str, person_ids: tuple[int, ...] | None) -> pd.DataFrame:
        """See `standing.purchases`: of the accounts of a few people, else of all."""
        return self._purchases(fact, few(person_ids))
