"""Public holidays of countries and of parts of them. Only calendars with a country need this module: it is slow to import."""

from datetime import date
from functools import lru_cache

import holidays
from babel import Locale


@lru_cache(maxsize=512)
def public_holidays(place: str, year: int) -> dict[date, str]:
    """Day → English name, where one is known, of the holidays of a country ("US") or of a part of one ("DE-BY").

    Raises NotImplementedError for a place whose holidays nobody knows.
    """
    country, _, subdivision = place.partition("-")
    return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="en_US"))


def country_names() -> dict[str, str]:
    """Country code → English name of all countries whose holidays are known, by name."""
    names = Locale("en").territories
    known = {code: names[code] for code in holidays.list_supported_countries(include_aliases=False) if code in names}
    return dict(sorted(known.items(), key=lambda item: item[1]))


def subdivision_names(country: str) -> dict[str, str]:
    """Code → name of the parts of a country with holidays of their own; the code where no name is known."""
    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    return {code: (names or [code])[0] for code, names in aliases.items()}
