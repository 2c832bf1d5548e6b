"""The command that gives people and facts out again."""

import argparse
from pathlib import Path

from spm.cli.codes import DONE
from spm.cli.printing import print_json
from spm.errors import Refusal
from spm.intake.exporting.queries import company_sheets
from spm.reports.workbook import workbook
from spm.store.opening import Store


def give_out(store: Store, asked: argparse.Namespace) -> int:
    sheets = company_sheets(store)
    if not sheets:
        raise Refusal("There is nothing to export yet.", "Import sheets first.")
    Path(asked.file).write_bytes(workbook(sheets))
    counts = {name: len(rows) for name, rows in sheets.items()}
    if asked.json:
        print_json({"file": asked.file, "rows": counts})
    else:
        print(f"{asked.file}: {', '.join(f'{count:,} {name.lower()}' for name, count in counts.items())}")
    return DONE
