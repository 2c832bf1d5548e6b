"""Keeping industry figures: replaced as a table, or added from a sheet. One change set each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from spm.benchmarks.industry.figures import Figure, refusal
from spm.errors import Refusal
from spm.metrics.registry import Metric
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import IndustryFigure

COLUMNS = ("metric", "role", "segment", "low", "typical", "high", "source", "dated_on")


def keep_figures(
    store: Store, author: Author, figures: Sequence[Figure], metrics: Mapping[str, Metric], drop_others: bool = False
) -> int:
    """Keeps these figures, each in place of the one of the same metric, role, segment and date.

    `metrics`: all there are. `drop_others`: all figures that are not among these go. Returns the change set's id. Raises
    Refusal for a figure without a source, or that is otherwise wrong: none is kept then.
    """
    for figure in figures:
        if why := refusal(figure, metrics):
            raise Refusal(f"The figure for {metrics[figure.metric].label.lower()} {why}.")
    if len({figure.key for figure in figures}) < len(figures):
        raise Refusal("There are two figures for the same metric, role, segment and date.", "Keep one of them.")
    with writing(store, "edit", author, ["definitions"], note="industry figures") as open_set:
        kept = {_key(row): row for row in open_set.rows(IndustryFigure, "id", *COLUMNS)}
        wanted = {figure.key: asdict(figure) for figure in figures}
        new = [row for key, row in wanted.items() if key not in kept]
        changed = [
            {**row, "id": kept[key]["id"]}
            for key, row in wanted.items()
            if key in kept and any(kept[key][name] != row[name] for name in COLUMNS)
        ]
        gone = [row["id"] for key, row in kept.items() if key not in wanted] if drop_others else []
        open_set.insert(IndustryFigure, new)
        open_set.update(IndustryFigure, changed)
        if gone:
            open_set.delete(IndustryFigure, gone)
        return open_set.change_set_id


def _key(row: dict[str, object]) -> tuple[object, ...]:
    return row["metric"], row["role"], row["segment"], row["dated_on"]
