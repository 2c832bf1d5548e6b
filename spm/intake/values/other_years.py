"""Years as they are counted in Japan, Taiwan and Thailand, turned into those of the common era."""

from collections.abc import Mapping
from re import Match, compile

BEFORE_FIRST_YEAR = {
    "令和": 2018,
    "R": 2018,
    "平成": 1988,
    "H": 1988,
    "昭和": 1925,
    "S": 1925,
    "民國": 1911,
    "民国": 1911,
}
OF_ERA = compile(rf"(?:中[華华])?({'|'.join(BEFORE_FIRST_YEAR)})\s?(元|\d{{1,3}})(?=[年./-]\s?\d)")
BUDDHIST_AHEAD = 543
BUDDHIST = compile(r"(?<!\d)2[56]\d\d(?!\d)")  # 1957 to 2156
NEARLY_ALL = 0.9  # of the days of a column: a lone one among others is a typing error
DIGIT = compile(r"\d")


def in_common_era(days: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The days (by any key) with their years in the common era: "令和6年3月1日" is "2024年3月1日", "R6.3.1" "2024.3.1", and where
    nearly all are of the Buddhist calendar "29/02/2567" is "29/02/2024". With a remark on the first that says so."""
    said = {key: OF_ERA.sub(_of_era, day) if OF_ERA.match(day) else day for key, day in days.items()}
    dated = [day for day in said.values() if DIGIT.search(day)]
    are_buddhist = bool(dated) and sum(bool(BUDDHIST.search(day)) for day in dated) >= NEARLY_ALL * len(dated)
    if are_buddhist:
        said = {key: BUDDHIST.sub(lambda year: str(int(year[0]) - BUDDHIST_AHEAD), day) for key, day in said.items()}
    turned = min(((day, said[key]) for key, day in days.items() if said[key] != day), default=None)
    return said, (f"years of another era were turned into common ones: {turned[0]} is {turned[1]}",) if turned else ()


def _of_era(said: Match[str]) -> str:
    return str(BEFORE_FIRST_YEAR[said[1]] + (1 if said[2] == "元" else int(said[2])))
