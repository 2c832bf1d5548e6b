"""How much memory a measured process took."""

import resource
from pathlib import Path


def own_peak() -> float:
    """The most MiB this process has held since it began its program, or the most one of its ended children held.

    Linux only: what `getrusage` tells of a process itself is at least what the process that started it held.
    """
    status = Path("/proc/self/status").read_text().splitlines()
    (own,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM:")]
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
