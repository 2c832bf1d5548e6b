"""What an upload moves, worked out by the same questions as pages ask: of the store as it is, and as it would be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from spm.calendar import Span, plus_months
from spm.company.queries import Standing
from spm.company.settings import last_fact_day
from spm.company.settings import today as as_of_day
from spm.intake.changes.moves import (
    Moves,
    Touched,
    moved_totals,
    quotas_after,
    starts_at_zero,
    touched_deals,
    touched_rows,
)
from spm.intake.changes.preview import Preview
from spm.intake.changes.singles import (
    BUYING,
    Purchases,
    first_purchases,
    observations_after,
    purchases_after,
    singly,
)
from spm.metrics.catalogue import Catalogue, Declaration, catalogue
from spm.metrics.covering import joined
from spm.metrics.measures import BOOKINGS_FROM, MEASURES, Tally
from spm.metrics.queries import answers
from spm.metrics.quotas import by_day
from spm.metrics.registry import Metric, Nature
from spm.metrics.scene import Scene, scene_of
from spm.people.queries import Org
from spm.people.roles import DEFAULT_ROLE
from spm.rows import Rows, stacked
from spm.store import earlier, facts, reading, standing
from spm.store.opening import Store
from spm.store.readings import Readings
from spm.store.tables import NOBODY

LABELS = ["metric", "before", "after"]
ONE_BY_ONE = {"deal": "won_cycle_days", "first_purchase": "customers"}
"""Table → the measure of which each row counts singly, so that a metric of it may move though no sum does."""


class ReadingsAfter(Readings):
    """What would be read of a store after a commit: its totals by person with those that move, other quotas, how long each
    deal took, and who bought when. What has an attribute is none of it.
    """

    def __init__(
        self,
        store: Store,
        before: Readings,
        moved: pd.DataFrame,
        quotas: pd.DataFrame,
        touched: Mapping[str, Touched],
        bought: Mapping[str, Purchases],
    ) -> None:
        super().__init__(store)
        self._before, self._moved, self._touched = before, moved, touched
        self.totals = self._totals
        self.quotas = lambda: quotas
        self.observations = self._observations
        self._bought = bought

    def purchases(self, fact: str, person_ids: tuple[int, ...] | None, sold_in: Span, span: Span) -> Rows:
        """Those of all accounts where some change."""
        if fact in self._bought:
            return Rows.of(self._bought[fact].every)
        return self._before.purchases(fact, person_ids, sold_in, span)

    def _totals(
        self, measures: Sequence[str], span: Span, by_day: bool, per_person: bool, per_period: bool,
        per_slice: bool = False, kept: Sequence[tuple[str, str]] = (), person_ids: Sequence[int] | None = None,
    ) -> Rows:  # fmt: skip
        stored = self._before.totals(measures, span, by_day, per_person, per_period, per_slice, kept, person_ids)
        inside = (self._moved["period"] >= np.datetime64(span.start)) & (
            self._moved["period"] < np.datetime64(span.end)
        )
        moved = self._moved[inside & self._moved["measure"].isin(measures)]
        if person_ids is not None:
            moved = moved[moved["person_id"].isin(person_ids)]
        return stacked([stored, Rows.of(moved[[*stored.numbers, "measure"]], ("measure",))])

    def _observations(self, tally: Tally, span: Span | None, kept: Sequence[tuple[str, str]] = ()) -> Rows:
        stored = self._before.observations(tally, span, kept)
        if tally.fact not in self._touched:
            return stored
        return Rows.of(observations_after(stored.frame(), self._touched[tally.fact], tally, span))


def moves(store: Store, plan: Preview, today: date) -> Moves:
    """Every sum and ratio that committing a preview moves: before and after it, in all, by rep and by month.

    Left aside is what stands on a day, and metrics of a part of a measure.
    """
    before = scene_of(store, today)
    org = _org_after(before.org, plan)
    ids = dict(zip(org.people["key"], org.people["id"], strict=True))
    quotas = quotas_after(plan, before.quotas, ids)
    counted = catalogue(
        [*reading.own_measures(store).to_dict("records"),
         *({"key": key, "label": label, "unit": "count"} for key, label in plan.own_measures.items())],
        [Declaration(**row) for row in reading.own_metrics(store).to_dict("records")],
        before.attributes,
    )  # fmt: skip
    touched, bought = _touched(
        store, plan, {tally.fact for one in counted.measures.values() for tally in one.tallies}, ids
    )
    moved = moved_totals(touched, counted.measures.values())
    moved = moved.assign(person_id=moved["person_key"].map(ids).fillna(NOBODY).astype(np.int64))
    moved = pd.concat([moved, _moved_quotas(before, quotas)], ignore_index=True)
    moved["period"] = moved["day"].to_numpy("datetime64[s]")
    before = replace(before, standing=_standing_after(before.standing, moved, counted, today))
    covered = {key: list(spans) for key, spans in before.covered.items()}
    for key, span in ((key, span) for sheet in plan.sheets for key, span in sheet.covers.items()):
        covered[key] = joined([*covered.get(key, ()), span])
    after = replace(
        before,
        readings=ReadingsAfter(store, before.readings, moved, quotas, touched, bought),
        org=org,
        covered=covered,
        bookings_from=plan.company.bookings_from
        or next((key for key, of in BOOKINGS_FROM.items() if of in covered), None),
        catalogue=counted,
    )
    one_by_one = {measure for table, measure in ONE_BY_ONE.items() if table in touched}
    return _told(before, after, moved, one_by_one)


def _told(before: Scene, after: Scene, moved: pd.DataFrame, one_by_one: set[str]) -> Moves:
    """What the metrics of the moved measures come to in the two scenes."""
    books_otherwise = before.bookings_measure is not None and before.bookings_from != after.bookings_from
    whole = after.covered_span() if books_otherwise else _months(moved["day"])
    measures = set(moved["measure"].unique()) | one_by_one
    keys = [key for key, one in after.metrics.items() if _may_move(one, after, measures, books_otherwise)]
    if whole is None or not keys:
        none = pd.DataFrame(columns=LABELS)
        return Moves(None, {}, none, none.assign(rep=[]), none.assign(month=[]))
    in_all, by_rep, by_month = (_beside(before, after, keys, by, whole) for by in ((), ("rep",), ("month",)))
    found = {key for told in (in_all, by_rep, by_month) for key in told["metric"].unique()}
    return Moves(whole, {key: after.metric(key) for key in keys if key in found}, in_all, by_rep, by_month)


def _may_move(metric: Metric, scene: Scene, moved: set[str], books_otherwise: bool) -> bool:
    terms = (*metric.terms.numerator, *metric.terms.denominator)
    stands = metric.nature is Nature.STOCK or (
        metric.nature is Nature.DISTINCT and metric.is_ratio
    )  # of a year up to a day
    if stands or metric.fault or any(term.where for term in terms):
        return False
    named = [term.measure for term in terms]
    return not moved.isdisjoint(scene.measures(named)) or (books_otherwise and scene.measures(named) != named)


def _beside(before: Scene, after: Scene, keys: Sequence[str], by: tuple[str, ...], span: Span) -> pd.DataFrame:
    """The metrics of both scenes, side by side, where they differ: metric, `by`, before, after."""
    known = [key for key in keys if key in before.metrics]
    then, now = answers(before, known, by, span=span), answers(after, keys, by, span=span)
    parts = []
    for key in keys:
        values = now[key][[*by, "value"]].rename(columns={"value": "after"})
        if key in then:
            earlier_values = then[key][[*by, "value"]].rename(columns={"value": "before"})
            values = values.merge(earlier_values, how="outer" if by else "cross", **({"on": list(by)} if by else {}))
        else:
            values["before"] = np.nan
        # of a sum nothing said and nothing done look alike: a day that is spoken for now is told beside
        shown = (
            values[["before", "after"]].fillna(0.0)
            if starts_at_zero(after.metric(key))
            else values[["before", "after"]]
        )
        is_same = (shown["before"] == shown["after"]) | shown.isna().all(axis=1)
        parts.append(values[~is_same].assign(metric=key))
    beside = pd.concat(parts, ignore_index=True)[["metric", *by, "before", "after"]]
    if "month" in by:
        return beside.sort_values(["metric", "month"], ignore_index=True)
    size = (beside["after"].fillna(0.0) - beside["before"].fillna(0.0)).abs()
    return beside.iloc[size.argsort(kind="stable")[::-1]].reset_index(drop=True)


def _months(days: pd.Series) -> Span | None:
    """The whole months that hold the days."""
    return Span(days.min().replace(day=1), plus_months(days.max().replace(day=1), 1)) if len(days) else None


def _standing_after(standing: Standing, moved: pd.DataFrame, counted: Catalogue, real_today: date) -> Standing:
    """The company on the day that it will stand on with the days that come: both sides are told of it."""
    active = {*reading.ACTIVE_DAYS, *(counted.measures.keys() - MEASURES.keys())}
    is_new = moved["measure"].isin(active) & (moved["value_e4"] > 0)
    days = [standing.last_fact_on, *standing.ignored_days, *moved.loc[is_new, "day"]]
    last = last_fact_day([day for day in days if day is not None], real_today)
    return replace(standing, today=max(standing.today, as_of_day(standing.company, last, real_today)))


def _touched(
    store: Store, plan: Preview, tables: set[str], ids: Mapping[str, int]
) -> tuple[dict[str, Touched], dict[str, Purchases]]:
    """The facts that an upload touches, by table, and who bought with deals and with orders, where those are among them."""
    shared = _shared_deals(store, plan)
    every = {table: touched_rows(plan, table, *shared) for table in sorted(tables)}
    touched = {table: rows for table, rows in every.items() if len(rows.before) or len(rows.after)}
    bought: dict[str, Purchases] = {}
    for fact in BUYING.keys() & touched.keys():
        touched[fact] = singly(touched[fact], ids, NOBODY)
        bought[fact] = purchases_after(standing.buyers(store, fact).frame(), touched[fact], fact)
    if bought:
        touched["first_purchase"] = first_purchases(bought, {person_id: key for key, person_id in ids.items()})
    return touched, bought


def _shared_deals(store: Store, plan: Preview) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of the deals that an upload touches, those that someone shares, and the shares, as stored."""
    touched = touched_deals(plan)
    credits = earlier.keyed(store, "deal_credit") if touched else pd.DataFrame()
    if len(credits):
        credits = credits[credits["deal_key"].isin(touched)].reset_index(drop=True)
    is_shared = len(credits) or any(found.table == "deal_credit" for _, found in plan.differences)
    deals = facts.stored(store, "deal", sorted(touched)) if is_shared else pd.DataFrame()
    return deals, credits


def _moved_quotas(scene: Scene, after: pd.DataFrame) -> pd.DataFrame:
    """By how much the quotas of people differ, as totals have them: measure, person_id, day, value_e4."""
    parts = []
    for quotas, sign in ((scene.quotas, -1), (after, 1)):
        own = quotas[quotas["person_id"].notna()]
        spread = by_day(own, "person_id", scene.standing.company.working_calendar)
        parts.append(spread.assign(value_e4=spread["value_e4"] * sign))
    moved = pd.concat(parts).groupby(["person_id", "day"], as_index=False)["value_e4"].sum()
    moved = moved[moved["value_e4"] != 0].assign(measure="quota")
    return moved.astype({"person_id": np.int64, "value_e4": np.int64})


def _org_after(org: Org, plan: Preview) -> Org:
    """Everybody with those whom an upload brings, in the roles and teams that it says."""
    known = org.people
    added = {key: name for key, (_, name) in plan.added_people.items()}
    added |= {key: member.name for key, (_, member) in plan.members.items() if key not in set(known["key"])}
    first_id = int(known["id"].max()) + 1 if len(known) else NOBODY + 1
    new = pd.DataFrame(
        [(first_id + at, key, name, name) for at, (key, name) in enumerate(sorted(added.items()))],
        columns=["id", "key", "name", "rep"],
    )
    people = pd.concat([known, new.reindex(columns=known.columns)], ignore_index=True) if len(new) else known
    names, ids = (
        dict(zip(people["key"], people["rep"], strict=True)),
        dict(zip(people["key"], people["id"], strict=True)),
    )
    moved = [key for key in plan.changed_postings if key in ids]
    postings = pd.DataFrame(
        [(ids[key], one.starts_on, one.ends_before, one.role or DEFAULT_ROLE, one.team, ids.get(str(one.manager_key)),
          names.get(str(one.manager_key)))
         for key in moved for one in plan.postings[key]],
        columns=["person_id", "starts_on", "ends_before", "role", "team", "manager_id", "manager"], dtype=object,
    )  # fmt: skip
    kept = org.assignments[~org.assignments["person_id"].isin([ids[key] for key in moved])]
    assignments = pd.concat([kept, postings.reindex(columns=kept.columns)], ignore_index=True)
    return replace(org, people=people, assignments=assignments, _active={})
