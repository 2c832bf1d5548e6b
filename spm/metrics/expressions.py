"""Metrics written as expressions over measures: `won_deals / (won_deals + lost_deals)`, `bookings[product = "Kite"]`. Pure.

An expression comes to a sum of measures, or to a sum over a sum; what would be anything else (a mean of ratios, a product
of sums) is refused with a sentence.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NoReturn

from lark import Lark, Transformer, v_args
from lark.exceptions import UnexpectedEOF, UnexpectedInput, VisitError

from spm.errors import Refusal, UnknownName
from spm.metrics.measures import Unit
from spm.metrics.quotients import quotient, words
from spm.metrics.registry import Combination, Term, nearest_keys

MOST_NAMED = 8  # values of a column, where one is wrong
GRAMMAR = r"""
    ?start: sum
    ?sum: product
        | sum "+" product           -> add
        | sum ("-" | "−") product   -> subtract
    ?product: part
        | product ("*" | "×") part  -> multiply
        | product ("/" | "÷") part  -> divide
    ?part: NUMBER                   -> number
        | ("-" | "−") part          -> negate
        | "(" sum ")"
        | NAME kept*                -> measure
    kept: "[" pair ("," pair)* "]"
    pair: NAME "=" TEXT
    NAME: /[^\W\d]\w*/
    TEXT: /"[^"]*"/ | /'[^']*'/ | /“[^”]*”/
    %import common.NUMBER
    %import common.WS
    %ignore WS
"""


@dataclass(frozen=True)
class Quantity:
    """A name that an expression can use: the terms that it stands for."""

    label: str
    unit: Unit
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Vocabulary:
    """What an expression can be made of.

    `barred`: name of a metric → why it cannot be part of a sum. `attributes`: key → whether it is marked to filter by.
    `values` says which values of an attribute the facts of a measure have; where it is None they are not looked at.
    """

    quantities: Mapping[str, Quantity]
    barred: Mapping[str, str]
    attributes: Mapping[str, bool]
    values: Callable[[str, str], Collection[str]] | None = None


@dataclass(frozen=True)
class _Sum:
    """Terms that add up, in one unit."""

    terms: tuple[Term, ...]
    unit: Unit
    label: str

    def times(self, factor: float) -> "_Sum":
        return replace(self, terms=tuple(replace(term, factor=term.factor * factor) for term in self.terms))


@dataclass(frozen=True)
class _Ratio:
    """A sum over a sum."""

    over: _Sum
    under: _Sum


_Value = float | _Sum | _Ratio


@dataclass(frozen=True)
class Compiled:
    """What an expression comes to, and in which unit; see `quotients.Quotient` for what is said of a ratio."""

    combination: Combination
    unit: Unit
    per: str = ""
    counted: str = ""
    other_units: tuple[Unit, ...] = ()

    def shown_as(self, unit: str) -> Unit:
        """The unit asked for where it is one of `other_units`, else its own."""
        return Unit(unit) if unit in self.other_units else self.unit


def compiled(expression: str, vocabulary: Vocabulary) -> Compiled:
    """What an expression comes to. Raises Refusal with a sentence for one that cannot be read or worked out."""
    if not expression.strip():
        raise Refusal("Nothing is written yet.", "Such as: won_deals / (won_deals + lost_deals)")
    try:
        value: _Value = _Arithmetic(vocabulary).transform(_grammar().parse(expression))
    except UnexpectedInput as wrong:
        _refuse_unread(expression, wrong)
    except VisitError as wrong:
        raise wrong.orig_exc from None
    match value:
        case _Sum():
            return Compiled(Combination(value.terms), value.unit)
        case _Ratio():
            return _ratio(value)
    raise Refusal("A number alone says nothing of the company.", "Name a measure.")


@cache
def _grammar() -> Lark:
    return Lark(GRAMMAR, parser="lalr")


def _refuse_unread(expression: str, wrong: UnexpectedInput) -> NoReturn:
    if isinstance(wrong, UnexpectedEOF) or getattr(getattr(wrong, "token", None), "type", "") == "$END":
        raise Refusal(
            "The formula ends too early.", "A measure, a number or a bracket is missing at its end."
        ) from None
    rest = expression[wrong.pos_in_stream :].strip() if wrong.pos_in_stream is not None else expression
    hint = 'Use names of measures, numbers, + − × ÷, brackets and filters such as [product = "Kite"].'
    raise Refusal(f"The formula can’t be read from “{rest[:20]}” on.", hint) from None


@v_args(inline=True)
class _Arithmetic(Transformer):  # type: ignore[type-arg]
    """Works an expression out from its innermost parts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._known = vocabulary

    def number(self, text: str) -> _Value:
        return float(text)

    def pair(self, name: str, text: str) -> tuple[str, str]:
        return str(name), str(text)[1:-1]

    def kept(self, *kept: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        return kept

    def measure(self, name: str, *kept: tuple[tuple[str, str], ...]) -> _Value:
        key = str(name)
        if key in self._known.barred:
            raise Refusal(self._known.barred[key], "A formula adds up measures.")
        if key not in self._known.quantities:
            near = nearest_keys(key, self._known.quantities)
            raise UnknownName(f"There is no measure “{key}”.", f"Did you mean {' or '.join(near)}?" if near else "")
        quantity = self._known.quantities[key]
        where = tuple(sorted(pair for pairs in kept for pair in pairs))
        for term in quantity.terms:
            self._check(term.measure, quantity.label, where)
        return _Sum(tuple(replace(term, where=where) for term in quantity.terms), quantity.unit, quantity.label)

    def _check(self, measure: str, label: str, where: tuple[tuple[str, str], ...]) -> None:
        for attribute, value in where:
            if attribute not in self._known.attributes:
                near = nearest_keys(attribute, self._known.attributes)
                raise UnknownName(f"No sheet has a column “{attribute}”.", f"Did you mean {near[0]}?" if near else "")
            if not self._known.attributes[attribute]:
                raise Refusal(
                    f"“{attribute}” isn’t one of the columns to filter by.",
                    "Mark it under “Columns of your own” first.",
                )
            if self._known.values is None:
                continue
            found = self._known.values(measure, attribute)
            if not found:
                raise Refusal(f"What {label} counts has no {attribute}.", "Filter by another column.")
            if value not in found:
                near = nearest_keys(value, found)
                hint = f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(list(found)[:MOST_NAMED])}."
                raise UnknownName(f"No {attribute} is called “{value}”.", hint)

    def add(self, left: _Value, right: _Value) -> _Value:
        match left, right:
            case float(), float():
                return left + right
            case _Sum(), _Sum():
                return _added(left, right)
            case (_Ratio(), _) | (_, _Ratio()):
                raise Refusal(
                    "Ratios don’t add up: their sum would be wrong for a team.",
                    "Write one sum over one sum: (a + b) / c.",
                )
        raise Refusal(
            "A number can’t be added to a measure: it belongs to no day.", "Multiply or divide by it instead."
        )

    def subtract(self, left: _Value, right: _Value) -> _Value:
        return self.add(left, self.negate(right))

    def negate(self, value: _Value) -> _Value:
        return self.multiply(-1.0, value)

    def multiply(self, left: _Value, right: _Value) -> _Value:
        match left, right:
            case float(), float():
                return left * right
            case (float(factor), _Sum() as total) | (_Sum() as total, float(factor)):
                return total.times(factor)
            case (float(factor), _Ratio() as ratio) | (_Ratio() as ratio, float(factor)):
                return replace(ratio, over=ratio.over.times(factor))
        raise Refusal(
            "Measures can’t be multiplied: a team’s would not be what its members’ add up to.", "Divide, or add."
        )

    def divide(self, left: _Value, right: _Value) -> _Value:
        match left, right:
            case _, float():
                if right == 0:
                    raise Refusal("Nothing can be divided by 0.")
                return self.multiply(left, 1 / right)
            case _Sum(), _Sum():
                return _Ratio(left, right)
            case float(), _Sum():
                raise Refusal("A number alone can’t be divided by a measure.", "Put a measure on top.")
        raise Refusal(
            "A ratio of ratios isn’t right for a team: it has to be one sum over one sum.", "Write (a + b) / (c + d)."
        )


def _added(left: _Sum, right: _Sum) -> _Sum:
    if left.unit is not right.unit:
        raise Refusal(
            f"{left.label} ({words(left.unit)}) and {right.label} ({words(right.unit)}) can’t be added: "
            "their units differ.",
            "Add what is counted alike, or divide.",
        )
    factors: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    for term in (*left.terms, *right.terms):
        factors[term.measure, term.where] = factors.get((term.measure, term.where), 0.0) + term.factor
    terms = tuple(Term(measure, factor, where) for (measure, where), factor in factors.items() if factor)
    if not terms:
        raise Refusal("What is added and taken away comes to nothing.")
    return _Sum(terms, left.unit, f"{left.label} + {right.label}")


def _ratio(value: _Ratio) -> Compiled:
    over, under = value.over, value.under
    below = {term.measure for term in under.terms}
    is_part = any(term.measure in below for term in over.terms)
    found = quotient((over.unit, over.label), (under.unit, under.label), is_part)
    return Compiled(Combination(over.terms, under.terms), *found)
