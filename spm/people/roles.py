"""The roles that the app knows from the start, and which of them a job title means."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A job that decides the scorecard."""

    key: str
    label: str
    meaning: str


SDR, REP, EXECUTIVE, MANAGER = (
    "sales_development_representative",
    "sales_representative",
    "account_executive",
    "sales_manager",
)

ROLES = {
    role.key: role
    for role in (
        Role(SDR, "Sales development representative", "finds and qualifies those worth a meeting"),
        Role(REP, "Sales representative", "opens, works and closes deals of their own"),
        Role(EXECUTIVE, "Account executive", "keeps and grows existing accounts"),
        Role(MANAGER, "Sales manager", "answers for the results of a team"),
    )
}

DEFAULT_ROLE = REP  # of people whose sheet names no role

# The first that is found in a title decides: whoever leads others is a manager, whatever they lead.
_TITLES = (
    (None, r"\b(assistant|secretary|administrator|intern|engineer|analyst|recruiter)\b"),
    (None, r"\b(marketing|product|project|office|hr|finance|it)\s+(manager|director|lead(er)?|head)\b"),
    (EXECUTIVE, r"\b(account|customer\s+success|client|relationship|renewals?)\s+(manager|mgr)\b"),
    (REP, r"\b(territory|business\s+development)\s+(manager|mgr)\b"),
    (
        MANAGER,
        r"""\b(manager|mgr|director|head|vp|svp|evp|vice\s+president|president|chief|c[rs]o|supervisor)\b
            | \bteam\s+lead(er)?\b | \bsales\s+lead(er)?\b | ^lead(er)?$""",
    ),
    (
        SDR,
        r"""\b(sdr|bdr|adr|ldr|mdr)s?\b | \blead\s+gen(eration)?\b | \bappointment\s+setter\b
            | \b(sales|business|account|lead|market)\s+development\b""",
    ),
    (
        EXECUTIVE,
        r"""\b(ae|kam)s?\b | \baccount\s+(exec(utive)?|rep(resentative)?)\b | \bcustomer\s+success\b""",
    ),
    (
        REP,
        r"""\bsales\s*(wo)?(man|men|person|people)\b
            | \bsales\s+(\w+\s+)?
              (rep(resentative)?|agent|exec(utive)?|associate|consultant|specialist|advis[eo]r|professional)s?\b
            | \b(inside|outside|field|direct|retail|commercial|enterprise)\s+sales\b
            | \bclos(er|ing\s+rep(resentative)?)\b
            | ^(sales|isr|agent|rep(resentative)?|seller)s?$""",
    ),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE | re.VERBOSE)) for role, pattern in _TITLES)


def role_of(title: str) -> str | None:
    """The key of the role that a job title means, or None where it means none of ROLES ("Accountant", "").

    Keys and labels of ROLES mean themselves.
    """
    text = " ".join(title.replace("_", " ").replace("-", " ").replace("/", " ").split())
    return next((role for role, pattern in _PATTERNS if pattern.search(text)), None)


def label_of(role: str | None) -> str:
    """A role as a reader sees it; a company's own is its name, none at all is empty."""
    if not role:
        return ""
    return ROLES[role].label if role in ROLES else role[:1].upper() + role[1:].replace("_", " ")
