"""`spm`: the same actions without a browser, for schedules and scripts."""

import gc
import os
import sys
from collections.abc import Sequence
from pkgutil import resolve_name

from spm.cli.codes import DONE, STOPPED, UNREADABLE
from spm.errors import Refusal


def command() -> None:
    """The program `spm`: runs what the shell asks for, and ends with its code.

    A command lives for seconds: looking for garbage on the way costs a tenth of them, and taking everything apart at the
    end a fifth of one. By then the store is closed and all is said.
    """
    gc.disable()
    os._exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (see the README). A refusal is printed as its sentence, with code 1.

    Each command's modules are imported when it is asked for: what they need takes longer than most commands.
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("Stopped. Nothing of it is kept.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE


def _run(arguments: Sequence[str] | None) -> int:
    from spm.cli.commands import parser
    from spm.store.opening import open_store

    asked = parser().parse_args(arguments)
    run = resolve_name(f"spm.cli.{asked.run}")
    try:
        store = open_store(asked.database)
        try:
            code = int(run(store, asked))
            sys.stdout.flush()
            return code
        finally:
            store.close()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return UNREADABLE
