"""What can be asked of `spm`, and with which options."""

import argparse
from datetime import date

from spm.intake.changes.gone import WholeTruth
from spm.intake.choices import LEFT_OUT
from spm.intake.layouts import LAYOUTS
from spm.intake.values import DayOrder


def parser() -> argparse.ArgumentParser:
    """Every command with its options; `run` of what it parses names the function that carries it out, "module:function"."""
    spm = argparse.ArgumentParser(prog="spm", description="Sales performance management from the command line.")
    verbs = spm.add_subparsers(required=True, metavar="COMMAND")

    def verb(name: str, run: str, help: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        added.add_argument("--database", metavar="URL", help="the database, else SPM_DATABASE_URL, else data/spm.db")
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    importing = verb(
        "import", "sheets:bring_in", "bring in spreadsheets: files, folders or patterns, taken as one upload"
    )
    importing.add_argument("files", nargs="+", metavar="FILE")
    importing.add_argument("--layout", action="append", default=[], metavar="[FILE=]KIND",
                           help=f"take the sheets (of a file) for {', '.join(LAYOUTS)}, or '{LEFT_OUT}'")  # fmt: skip
    importing.add_argument("--sheet", action="append", default=[], metavar="[FILE=]NAME",
                           help="read this sheet of a workbook alone, hidden or not")  # fmt: skip
    importing.add_argument("--map", action="append", default=[], metavar="THEIRS=OURS", dest="columns",
                           help="what a column is: a field, 'attribute' or 'ignore'")  # fmt: skip
    importing.add_argument("--accept", action="append", default=[], metavar="COLUMN",
                           help="do without the cells of a column that can't be read")  # fmt: skip
    importing.add_argument("--day-order", action="append", default=[], metavar="[FILE=]ORDER",
                           help=f"how 3/4/2017 is meant (in a file): {' or '.join(DayOrder)}")  # fmt: skip
    importing.add_argument("--fraction", action="append", default=[], metavar="COLUMN",
                           help="1.234 is a fraction in this column, not a thousand")  # fmt: skip
    importing.add_argument("--fill-down", action="append", default=[], metavar="COLUMN",
                           help="the blanks of this column say what stands above them")  # fmt: skip
    importing.add_argument("--share", action="append", default=[], metavar="COLUMN",
                           help="the people whom a cell of this column names share the deal in equal parts")  # fmt: skip
    importing.add_argument("--year", action="append", default=[], metavar="[FILE=]YEAR",
                           help="the year of periods that name none (in a file)")  # fmt: skip
    importing.add_argument("--rename", action="append", default=[], metavar="MEASURE=NAME",
                           help="what a log counts is another number than the daily counts of that measure")  # fmt: skip
    importing.add_argument("--stage", action="append", default=[], metavar="STAGE=STATUS",
                           help="whether deals in a stage of your own are won, lost or open")  # fmt: skip
    importing.add_argument("--same-person", action="append", default=[], metavar="NAME=KNOWN",
                           help="who is meant by a name that nobody has")  # fmt: skip
    importing.add_argument("--manager-quotas", choices=["own", "team"], help="whose number a manager's quota is")
    importing.add_argument("--whole-truth", choices=[scope.value for scope in WholeTruth],
                           help="what the sheet lacks is gone: of all rows, of its days, or of its people")  # fmt: skip
    importing.add_argument("--confirm-gone", action="store_true", help="though it is more than 5 percent")
    importing.add_argument("--covers", action="append", default=[], metavar="[FILE=]FIRST..LAST",
                           help="the days that the sheets (of a file) speak for: inside of them no row means 0")  # fmt: skip
    importing.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")

    undoing = verb("undo", "sheets:take_back", "take back a batch: what it brought, and what it changed")
    undoing.add_argument("batch", type=int, metavar="BATCH")
    verb("imports", "sheets:list_imports", "list what came in, when, from whom")

    exporting = verb(
        "export", "export:give_out", "write people, facts, scorecards and plans as a workbook to bring in again"
    )
    exporting.add_argument("file", metavar="FILE.xlsx")

    inbox = verb("inbox", "sheets:take_in_what_waits", "bring in what waits in the inbox, as one upload")
    inbox.add_argument("folder", nargs="?", metavar="FOLDER", help="else the one that the settings name")

    sample = verb("sample", "sheets:load", "load the sample company")
    sample.add_argument("--reps", type=int, default=40, metavar="N")
    sample.add_argument("--months", type=int, default=36, metavar="N")
    sample.add_argument("--deals", type=int, metavar="N")
    sample.add_argument("--seed", type=int, default=1, metavar="N")

    value = verb("value", "answers:value", "a metric, by anything")
    value.add_argument("metric", metavar="METRIC")
    value.add_argument("--by", action="append", default=[], metavar="DIMENSION",
                       help="company, team, manager, role, rep, product, day … year, or an attribute")  # fmt: skip
    value.add_argument("--where", action="append", default=[], metavar="KEY=VALUE")
    scorecard = verb("scorecard", "answers:scorecard", "a rep's scorecard, with how each number came about")
    scorecard.add_argument("rep", metavar="REP", help="name, id or e-mail")
    projection = verb("projection", "forecasts:project", "a metric ahead, by anything, with its ranges")
    backtest = verb("backtest", "forecasts:score", "how good that projection has been, against the simple rule")
    for command in (projection, backtest):
        command.add_argument("metric", metavar="METRIC")
        command.add_argument("--by", action="append", default=[], metavar="DIMENSION",
                             help="as in `spm value`; a grain (week, month, quarter, year) is what the periods are")  # fmt: skip
        command.add_argument("--where", action="append", default=[], metavar="KEY=VALUE")
        command.add_argument("--horizon", type=int, metavar="N", help="how many periods ahead")
        command.add_argument("--today", type=date.fromisoformat, metavar="DAY", help="the day to stand on")
    verb("forecast", "forecasts:make", "make and keep the forecast that the app shows")

    plan = verb("plan", "plans:answer", "a scenario by month, the quotas of a plan, or how likely it is")
    plan.add_argument("what", choices=["show", "allocate", "simulate"])
    plan.add_argument("scenario", metavar="SCENARIO", nargs="?", default="", help="its name; the baseline without one")
    plan.add_argument("--target", metavar="AMOUNT", help="in place of the saved plan's target, or of the projection")
    plan.add_argument("--over-assignment", type=float, metavar="TIMES", help="all quotas ÷ target, such as 1.1")
    plan.add_argument("--seed", type=int, default=1, metavar="N")
    plan.add_argument("--runs", type=int, default=10_000, metavar="N")

    for command in (value, scorecard, plan):
        command.add_argument("--period", help="2017, 2017-Q2, 2017-04 or 2017-04-01..2017-06-30 (both included)")
        command.add_argument("--today", type=date.fromisoformat, metavar="DAY", help="the day to stand on")
    verb("metrics", "answers:list_metrics", "list every metric")
    return spm
