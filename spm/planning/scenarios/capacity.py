"""What a sales force can bring, and how large one a target needs: section 6 of the definitions."""

from math import ceil

from spm.errors import Refusal


def growth_target(last_year: float, growth_share: float, attrition_share: float = 0.0) -> float:
    """Last year grown, with relief for who leaves: 100,000 at +10 % and 2 % is 107,800."""
    return last_year * (1 + growth_share) * (1 - attrition_share)


def capacity(reps_count: float, productivity: float, mean_ramp: float, expected_attainment: float) -> float:
    """What so many reps bring: 10 × 150,000 × 0.85 × 0.82 = 1,045,500, in the unit of `productivity`."""
    return reps_count * productivity * mean_ramp * expected_attainment


def reps_needed(
    target: float, productivity: float, mean_ramp: float, expected_attainment: float, vacancy_share: float = 0.0
) -> int:
    """Whole reps, seats that stand empty included, whose capacity reaches the target: the reverse of `capacity`.

    Raises Refusal where one rep brings nothing.
    """
    of_one = capacity(1, productivity, mean_ramp, expected_attainment) * (1 - vacancy_share)
    if not of_one > 0:
        raise Refusal("One rep brings nothing by these numbers.", "Give a productivity, ramp and attainment above 0.")
    return ceil(round(target / of_one, 9))  # 10.000000000000002 are ten
