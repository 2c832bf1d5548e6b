"""What both databases know of days under names of their own."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class month_start(GenericFunction[date]):
    """The first day of a date's month."""

    type = Date()
    inherit_cache = True


@compiles(month_start, "sqlite")
def _month_start_in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"substr({compiler.process(element.clauses, **how)}, 1, 8) || '01'"  # half the time of its date functions


@compiles(month_start)
def _month_start(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **how)}) AS DATE)"


class days_between(GenericFunction[int]):
    """How many days lie between two dates: from the first up to the second."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _days_between_in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(day, **how) for day in element.clauses)
    return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)"


@compiles(days_between)
def _days_between(element: Any, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(day, **how) for day in element.clauses)
    return f"({end} - {start})"
