"""When nobody looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Work that makes millions of objects and keeps them: to look through them for garbage on the way costs a tenth of it.

    As a decorator, `@left_alone()`, of all that a function does.
    """
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            gc.freeze()
            gc.unfreeze()  # what is there counts as old now: else the next look would go through all that was made here
            gc.enable()
