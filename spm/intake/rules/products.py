"""Products: the same name twice is one product."""

from collections import Counter

from spm.intake.checking.draft import Draft, some


def check_products(draft: Draft) -> None:
    """Notes names that come more than once."""
    counts = Counter(name for name in draft["name"] if name)
    twice = {name for name, count in counts.items() if count > 1}
    if twice:
        draft.note(f"on several rows: {some(twice)}", key="name")
