"""`spm` as a script calls it, from this checkout and in this Python."""

import sys

SPM = (sys.executable, "-c", "import sys; from spm.cli import main; sys.exit(main())")
