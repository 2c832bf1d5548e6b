"""What was read of a store, remembered for as long as this lives: of a store that is written to, make a new one."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import pandas as pd

from spm.calendar import Span
from spm.rows import Rows
from spm.store import adding_up, benchmarks, facts, forecasts, reading, standing
from spm.store.credited import few
from spm.store.kept import Kept
from spm.store.months import Months
from spm.store.opening import Store

KEPT = 64  # of each kind
FEW_SELLERS = 12  # whose purchases are read alone; those of all are read once for everybody


class Readings:
    """Totals and what they cannot answer, each asked of the database once. Nobody may change what it hands out."""

    def __init__(self, store: Store) -> None:
        self.totals: Callable[..., Rows] = lru_cache(KEPT)(self._totals)
        self._months = lru_cache(KEPT)(partial(_months, store))
        self._store = store
        self.measures_with = lru_cache(KEPT)(partial(adding_up.measures_with, store))
        self.open_pipeline = lru_cache(KEPT)(partial(standing.open_pipeline, store))
        self._purchases: Callable[..., Rows] = lru_cache(KEPT)(partial(standing.purchases, store))
        self._purchases_beside: Callable[..., Rows] = lru_cache(KEPT)(partial(standing.purchases_beside, store))
        self.slice_values = lru_cache(KEPT)(partial(standing.slice_values, store))
        self.observations: Callable[..., Rows] = lru_cache(KEPT)(partial(facts.observations, store))
        self.sizes: Callable[..., Rows] = lru_cache(KEPT)(partial(facts.sizes, store))
        self.size_sums = lru_cache(KEPT)(partial(benchmarks.size_sums, store))
        self.quotas: Callable[[], pd.DataFrame] = lru_cache(1)(partial(reading.quotas, store))
        self.stage_outcomes = lru_cache(1)(partial(forecasts.stage_outcomes, store))
        self.rows_behind = partial(facts.rows_behind, store)
        self.open_rows = partial(facts.open_rows, store)
        self.quota_rows = partial(facts.quota_rows, store)

    def purchases(self, fact: str, person_ids: tuple[int, ...] | None, sold_in: Span, span: Span) -> Rows:
        """See `standing`: of a few people what their accounts bought in `span`, else all purchases there are."""
        if few(person_ids, FEW_SELLERS) is None:
            return self._purchases(fact)
        return self._purchases_beside(fact, person_ids, sold_in, span)

    def _totals(
        self,
        measures: Sequence[str],
        span: Span,
        by_day: bool,
        per_person: bool,
        per_period: bool,
        per_slice: bool = False,
        kept: Kept = (),
        person_ids: Sequence[int] | None = None,
    ) -> Rows:
        """See `adding_up.totals`; of people by month each total for itself."""
        if per_person and not by_day and not per_slice:
            return self._months(kept, person_ids).totals(measures, span)
        return adding_up.totals(
            self._store, measures, span, by_day, per_person, per_period, per_slice, kept, person_ids
        )


def _months(store: Store, kept: Kept, person_ids: Sequence[int] | None) -> Months:
    return Months(
        lambda measures, span: adding_up.totals(store, measures, span, False, True, True, False, kept, person_ids)
    )
