"""The exit codes of `spm`, as the README tells them."""

DONE, UNREADABLE, UNDECIDED, SOME_REFUSED = 0, 1, 2, 3
STOPPED = 130  # as shells have it for Ctrl+C
