"""Customer surveys: every scale as a share, from 0 (worst) to 1 (best)."""

from re import compile

from spm.intake.checking.draft import Draft
from spm.intake.layouts import Kind
from spm.intake.values import read_column
from spm.intake.values.meanings import letters

OF = compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|of|out of|von|sur|de)\s*(\d+)")
WORDS = {
    "verydissatisfied": 0.0, "dissatisfied": 0.25, "neutral": 0.5, "satisfied": 0.75, "verysatisfied": 1.0,
    "verybad": 0.0, "bad": 0.25, "okay": 0.5, "ok": 0.5, "good": 0.75, "verygood": 1.0, "excellent": 1.0,
}  # fmt: skip
SCALES = {1: (0, 1), 5: (1, 5), 7: (1, 7), 10: (0, 10), 100: (0, 100)}
"""The highest answer that a scale knows → its worst and its best: stars begin with 1, recommendations with 0."""


def check_surveys(draft: Draft) -> None:
    """Fills `share` with the score as a share of its scale, keeps the score as it is written, and tells the scale.

    A score is a number, a number of another ("4/5", "4 of 5"), per cent, or words ("very satisfied"). Bare numbers are
    on the scale that their highest one fits, unless a column says how many there are. A column of shares is believed.
    """
    if "share" in draft.headers:
        return
    written = draft["score"]
    numbers = read_column(Kind.NUMBER, [text if text and not OF.fullmatch(text) else None for text in written]).values
    bare = [
        number for number, limit in zip(numbers, draft["out_of"], strict=True) if number is not None and limit is None
    ]
    top = next((highest for highest in SCALES if bare and max(bare) <= highest), None)
    shares: list[float | None] = []
    for at, (text, number, limit) in enumerate(zip(written, numbers, draft["out_of"], strict=True)):
        share = _share(text, number, limit or top) if text else None
        shares.append(share)
        if text and share is None and at not in draft.refused:
            draft.refuse(at, "no score of any scale", "score", text, "a score such as 4, 4/5 or 80 %")
    draft["share"] = shares
    if top is not None:
        worst, best = SCALES[top]
        draft.note(f"bare scores were read from {worst} (worst) to {best} (best)", key="score")


def _share(text: str, number: float | None, highest: float | None) -> float | None:
    """A score as a share; None where it is none, or lies outside its scale."""
    if (word := letters(text)) in WORDS:
        return WORDS[word]
    if found := OF.fullmatch(text):
        number, highest = float(found[1].replace(",", ".")), float(found[2])
    elif text.endswith("%"):
        share = read_column(Kind.SHARE, [text]).values[0]
        return share if share is not None and 0 <= share <= 1 else None
    if number is None or not highest:
        return None
    worst, best = SCALES.get(int(highest), (0, highest))
    return (number - worst) / (best - worst) if worst <= number <= best else None
