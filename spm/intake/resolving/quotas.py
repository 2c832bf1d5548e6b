"""Quota sheets: whose number it is, a person's or a team's, and for which days. Pure."""

from datetime import date
from typing import Any

import pandas as pd

from spm.calendar import ONE_DAY
from spm.company.settings import Company
from spm.intake.changes.wanted import in_cents
from spm.intake.checking.draft import some
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.staffing.directory import Directory
from spm.people.roles import MANAGER

OWN, TEAM = "own", "team"
TEAM_SIZED_SHARE = 0.5  # a manager's quota of at least this share of their people's sum is the team's
CHOICE_FLAG = "--manager-quotas own or --manager-quotas team"


def wanted_quotas(
    sheet: CheckedSheet, people: Directory, company: Company, leads: dict[str, str], choice: str | None = None
) -> Wanted:
    """The rows of a quota sheet for the table `quota`, with `person_key` or `team`, one of them None.

    `leads` maps a manager's key to the team they lead; so does a row that says the role and the team of one. Whether a
    manager's row is their own number or their team's is said by the column `scope`, else by `choice` (OWN or TEAM), else
    guessed from its size, with a note.
    """
    rows = sheet.rows.reset_index(drop=True)
    where = f"{sheet.file_name} › {sheet.sheet}"
    owners = [people.resolve(key, name, where) for key, name in zip(rows["owner_key"], rows["owner"], strict=True)]
    leads = _leads_said(rows, owners, people) | leads
    issues: list[Issue] = []
    amounts = in_cents(rows["amount"], rows["currency"], company)
    spans = [_days(row, company) for row in rows.to_dict("records")]
    made = pd.DataFrame(
        {
            "person_key": pd.Series(owners, dtype=object),
            "team": rows["team"].where(pd.Series(owners, dtype=object).isna(), None),
            "metric": rows["metric"].map(_metric),
            "starts_on": [starts_on for starts_on, _ in spans],
            "ends_before": [ends_before for _, ends_before in spans],
            "amount_cents": pd.Series(amounts, dtype=object),
            "currency": rows["currency"],
            "attributes": [values or None for values in rows["attributes"]],
            "source_row": rows["row"],
        },
    ).astype(object)
    scope = rows["scope"].map(lambda text: None if text is None else TEAM if "team" in text.casefold() else OWN)
    of_manager = made["person_key"].isin(leads) & scope.isna()
    if of_manager.any():
        taken = choice or _guess(made, of_manager, leads)
        scope = scope.where(~of_manager, taken)
        meant = "their own" if taken == OWN else "their team’s"
        names = ", ".join(sorted({people.names[key] for key in made.loc[of_manager, "person_key"]}))
        count = int(of_manager.sum())
        message = f"{count} {'quota' if count == 1 else 'quotas'} of managers ({names}) taken as {meant}"
        issues.append(
            Issue(
                Severity.NOTE, message, sheet.sheet, found=taken, expected="their own or their team’s", flag=CHOICE_FLAG
            )
        )
    is_team = (scope == TEAM) & made["person_key"].isin(leads)
    made["team"] = made["team"].where(~is_team, made["person_key"].map(leads))
    made["person_key"] = made["person_key"].where(~is_team, None)
    teamless = sorted({people.names[key] for key in made["person_key"].dropna() if key in people.added})
    if teamless and made["team"].notna().any():
        message = f"the team of {some(teamless)} is not known: until a people sheet says it, quotas of teams and theirs add up"
        issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    nobody = made["person_key"].isna() & made["team"].isna()
    issues += [
        Issue(Severity.REFUSED, "nobody is named for this quota", sheet.sheet, int(row), expected="a person or a team")
        for row in made.loc[nobody, "source_row"]
    ]
    made = made[~nobody].reset_index(drop=True)
    owner = made["person_key"].where(made["person_key"].notna(), "team " + made["team"].fillna("").astype(str))
    made.insert(
        0,
        "key",
        [
            f"{who} | {row.metric} | {row.starts_on} | {row.ends_before}"
            for who, row in zip(owner, made.itertuples(), strict=True)
        ],
    )
    latest = made.drop_duplicates("key", keep="last").reset_index(drop=True)
    if len(latest) < len(made):
        issues.append(
            Issue(
                Severity.NOTE,
                f"{len(made) - len(latest)} replaced by a later row for the same owner, metric and span",
                sheet.sheet,
            )
        )
    return Wanted("quota", latest, ("amount_cents", "currency", "attributes"), issues)


def _leads_said(rows: pd.DataFrame, owners: list[str | None], people: Directory) -> dict[str, str]:
    """The key of each manager whose rows say their role and the team, and that team."""
    said = zip(owners, rows["role"], rows["team"], strict=True)
    return {key: team for key, role, team in said if key and role and team and people.role_of(role) == MANAGER}


def _days(row: dict[str, Any], company: Company) -> tuple[date, date]:
    if row["starts_on"] is not None:
        return row["starts_on"], row["ends_on"] + ONE_DAY
    period = company.fiscal_calendar.period(row["period"])
    return period.start, period.end


def _metric(name: str | None) -> str:
    return "bookings" if name is None else name.casefold().strip().replace(" ", "_")


def _guess(quotas: pd.DataFrame, of_manager: pd.Series, leads: dict[str, str]) -> str:
    """TEAM where the managers' quotas are about as large as the sums of everybody else's, else OWN."""
    managers = quotas.loc[of_manager, "amount_cents"].astype(float).sum()
    others = quotas.loc[~of_manager & quotas["person_key"].notna(), "amount_cents"].astype(float).sum()
    return TEAM if others and managers >= TEAM_SIZED_SHARE * others else OWN
