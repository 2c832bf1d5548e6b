"""`spm` as a script calls it, from this checkout and in this Python."""

import sys

SPM = (sys.executable, "-c", "from spm.cli import command; command()")
