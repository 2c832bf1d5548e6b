"""Reads a spreadsheet in a child process with a limit on memory and on the processor's time.

A reader written in a compiled language does not raise when memory runs out, it ends the process: better a
child's than the server's.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from spm.intake.reading.kind import DAMAGED
from spm.intake.reading.raw import Limits, Reading, refusal
from spm.intake.reading.spreadsheet import read_spreadsheet

ROOT = Path(__file__).resolve().parents[3]
OUT_OF_MEMORY = 9
WAITED_TIMES = 10  # as long as its own time: a machine that others use, too, is slow without the file being to blame
TOO_LARGE = (
    "This workbook asks for more memory or time than a table can need, so it was not read: "
    "copy the cells of its table into a new workbook and save that."
)


def read_apart(content: bytes, is_office_xml: bool, limits: Limits) -> Reading:
    """What `read_spreadsheet` gives, or a refusal where the child ran out of memory or time."""
    try:
        child = _child(content, is_office_xml, limits, skip_far=False)
        if _ran_out(child):
            child = _child(content, is_office_xml, limits, skip_far=True)
    except subprocess.TimeoutExpired:
        return refusal(TOO_LARGE)
    if child.returncode != 0:
        return refusal(TOO_LARGE if _ran_out(child) else DAMAGED)
    reading: Reading = pickle.loads(child.stdout)
    return reading


def main() -> None:
    """The child: a file on standard input, its reading on standard output."""
    content, is_office_xml, limits, skip_far = pickle.load(sys.stdin.buffer)
    _limit(limits)
    try:
        reading = read_spreadsheet(content, is_office_xml, limits, skip_far=skip_far)
        pickle.dump(reading, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _child(
    content: bytes, is_office_xml: bool, limits: Limits, *, skip_far: bool
) -> subprocess.CompletedProcess[bytes]:
    search_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "spm.intake.reading.apart"],
        input=pickle.dumps((content, is_office_xml, limits, skip_far)),
        capture_output=True,
        timeout=limits.child_seconds * WAITED_TIMES,
        env=os.environ | {"PYTHONPATH": search_path, "OPENBLAS_NUM_THREADS": "1"},
    )


def _ran_out(child: subprocess.CompletedProcess[bytes]) -> bool:
    return child.returncode < 0 or child.returncode == OUT_OF_MEMORY


def _limit(limits: Limits) -> None:
    try:
        import resource  # not on Windows, where only the time until an answer is limited
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.child_memory_bytes, limits.child_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.child_seconds, limits.child_seconds))


if __name__ == "__main__":
    main()
