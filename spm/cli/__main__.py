"""`python -m spm.cli` is `spm`."""

from spm.cli import command

command()
