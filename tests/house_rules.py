"""The house's promises about imports and pages, and how a source file is held to them.

Each rule is a declaration in the first half; the second half reads a file and lists what breaks them,
one line each: file, line, rule.
"""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path, PurePosixPath

CHECKOUT = Path(__file__).resolve().parent.parent

FOUNDATION = {"spm.errors", "spm.money", "spm.calendar", "spm.holidays", "spm.ids", "spm.rows"}
COUNTING = FOUNDATION | {"spm.company", "spm.people", "spm.metrics", "spm.metrics.measures", "spm.metrics.quotas"}
JUDGING = {"spm.benchmarks", "spm.scorecards", "spm.forecast"}
DOMAINS = COUNTING | JUDGING | {"spm.planning", "spm.coaching", "spm.intake", "spm.reports", "spm.sample"}

MAY_IMPORT: dict[str, set[str]] = {
    "app": {"spm.ui", "spm.charts"},
    "pages": {"spm.ui", "spm.charts"},
    "spm.ui": DOMAINS | {"spm.charts", "spm.store"},
    "spm.cli": DOMAINS | {"spm.store"},
    "spm.charts": set(),
    "spm.sample": COUNTING | {"spm.intake", "spm.reports", "spm.scorecards", "spm.store"},
    "spm.reports": COUNTING | JUDGING | {"spm.planning", "spm.coaching", "spm.store"},
    "spm.coaching": COUNTING | JUDGING | {"spm.store"},
    "spm.planning": COUNTING | JUDGING | {"spm.store"},
    "spm.scorecards": COUNTING | {"spm.benchmarks", "spm.store"},
    "spm.benchmarks": COUNTING | {"spm.store"},
    "spm.forecast": COUNTING | {"spm.benchmarks", "spm.store"},
    "spm.intake": COUNTING | {"spm.store"},
    "spm.metrics": FOUNDATION
    | {"spm.company", "spm.people", "spm.metrics.measures", "spm.metrics.quotas", "spm.store"},
    "spm.people": FOUNDATION | {"spm.company", "spm.store"},
    "spm.company": FOUNDATION | {"spm.store"},
    # The store makes the totals: from the measures' declarations and the rule for quotas. It knows nothing else of the field.
    "spm.store": FOUNDATION | {"spm.metrics.measures", "spm.metrics.quotas"},
    "spm.metrics.measures": FOUNDATION,
    "spm.metrics.quotas": FOUNDATION,
    "spm.calendar": {"spm.errors", "spm.holidays"},
    "spm.holidays": set(),
    "spm.ids": set(),
    "spm.rows": set(),
    "spm.money": {"spm.errors"},
    "spm.errors": set(),
    "spm": set(),
}
"""Layer: the layers it may import beside itself. A module belongs to the longest name that it starts with."""

KNOW_THE_STORE = ("spm/store/", "spm/metrics/scene.py", "spm/cli/", "spm/ui/opening.py")
"""Files that may import spm.store, beside the queries.py and actions.py of a domain."""

HOMES: dict[str, set[str]] = {
    "streamlit": {"app", "pages", "spm.ui"},
    "cachetools": {"spm.ui"},
    "starlette": {"app", "spm.ui"},
    "altair": {"spm.charts"},
    "sqlmodel": {"spm.store"},
    "sqlalchemy": {"spm.store"},
    "alembic": {"spm.store"},
    "orjson": {"spm.store"},
    "sqlite3": {"spm.store"},
    "scipy": {"spm.benchmarks", "spm.forecast", "spm.planning"},
    "python_calamine": {"spm.intake", "spm.reports"},
    "openpyxl": {"spm.intake"},
    "xlsxwriter": {"spm.intake", "spm.reports"},
    "vl_convert": {"spm.reports"},
    "reportlab": {"spm.reports"},
    "pymupdf_fonts": {"spm.reports"},
    "defusedxml": {"spm.intake"},
    "charset_normalizer": {"spm.intake"},
    "babel": {"spm.money", "spm.holidays", "spm.intake"},
    "iso4217": {"spm.money", "spm.intake"},
    "lark": {"spm.metrics"},
    "holidays": {"spm.holidays"},
    "argparse": {"spm.cli"},
}
"""Where a dependency may be imported. One that is named neither here nor in EVERYWHERE has no home yet."""

EVERYWHERE = {"pandas", "numpy", "rapidfuzz"}
"""Every layer below the pages has frames, and may suggest a name for one that it does not know."""

PAGE_LINES = 90
ARITHMETIC = {"sum", "mean", "median", "round", "abs", "divmod", "pow"}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|DROP TABLE|WHERE|JOIN|PRAGMA)\b")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\b(?:rgb|hsl)a?\(")


def sources(checkout: Path) -> list[str]:
    """Every Python file of the app below `checkout`, as paths with slashes relative to it."""
    files = [*checkout.glob("*.py"), *checkout.glob("pages/**/*.py"), *checkout.glob("spm/**/*.py")]
    return sorted(file.relative_to(checkout).as_posix() for file in files)


def broken_import_rules(file: str, source: str) -> list[str]:
    """What `source`, lying at `file` (relative to the checkout, with slashes), imports and must not."""
    layer = _layer(_module(file))
    if layer is None:
        return [f"{file}:1: is in no layer: give it one in tests/house_rules.py"]
    return [
        f"{file}:{line}: {reason}"
        for line, target in _imports(ast.parse(source))
        if (reason := _objection(file, layer, target))
    ]


def needed_at_import(checkout: Path) -> dict[str, set[str]]:
    """Module → the modules of the app that must be there before it: whichever is imported first, none waits for itself.

    With a module come the packages that it lies in; its own ones are being imported already. What a function imports when it
    is called is needed later.
    """
    trees = {_module(file): ast.parse((checkout / file).read_text(encoding="utf-8")) for file in sources(checkout)}
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        at_once = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        named = [target for _, target in _imports(ast.Module(at_once, []))]
        needed = {part for target in named for part in _with_packages(target)}
        found[module] = (needed & trees.keys()) - set(_with_packages(module))
    return found


def broken_page_rules(file: str, source: str) -> list[str]:
    """What a page at `file` holds beside reading filters, asking and drawing."""
    found = list(_beside_asking_and_drawing(ast.parse(source)))
    if (length := len(source.splitlines())) > PAGE_LINES:
        found.append((length, f"a page has at most {PAGE_LINES} lines"))
    return [f"{file}:{line}: {reason}" for line, reason in sorted(found)]


def _module(file: str) -> str:
    return ".".join(PurePosixPath(file).with_suffix("").parts).removesuffix(".__init__")


def _with_packages(module: str) -> list[str]:
    """The packages that a module lies in, and itself."""
    return list(accumulate(module.split("."), "{}.{}".format))


def _layer(module: str) -> str | None:
    if module == "spm" or not module.startswith("spm."):
        top = module.split(".")[0]
        return top if top in MAY_IMPORT else None
    names = [name for name in MAY_IMPORT if name != "spm" and f"{module}.".startswith(f"{name}.")]
    return max(names, key=len, default=None)


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of each thing imported; a relative one keeps its leading dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def _objection(file: str, layer: str, target: str) -> str | None:
    """Why `file` of `layer` must not import `target`; None where it may."""
    package = target.split(".")[0]
    if target.startswith("."):
        return "imports are by full name, never relative"
    if package in {"app", "pages", "tests"}:
        return f"nothing imports {package}"
    if package == "spm":
        return _objection_within(file, layer, target)
    if package in HOMES:
        homes = ", ".join(sorted(HOMES[package]))
        return None if layer in HOMES[package] else f"{package} is imported only in {homes}"
    if package in sys.stdlib_module_names:
        return None
    if package not in EVERYWHERE:
        return f"{package} has no home: give it one in tests/house_rules.py"
    return f"a page needs no {package}: it asks and draws" if layer == "pages" else None


def _objection_within(file: str, layer: str, target: str) -> str | None:
    imported = _layer(target)
    if imported is None:
        return f"{target} is in no layer: give it one in tests/house_rules.py"
    if imported != layer and imported not in MAY_IMPORT[layer]:
        return f"{layer} does not import {imported}"
    if imported == "spm.store" and not _knows_the_store(file, layer):
        return "the store is known only to queries.py and actions.py, spm.metrics.scene, spm.cli and spm.ui.opening"
    if _is_pure(file, layer) and {"queries", "actions"} & set(target.split(".")[2:3]):
        return "a pure file imports no queries and no actions"
    return None


def _knows_the_store(file: str, layer: str) -> bool:
    return file.startswith(KNOW_THE_STORE) or (layer in DOMAINS and file.endswith(("/queries.py", "/actions.py")))


def _is_pure(file: str, layer: str) -> bool:
    return layer in DOMAINS and not _knows_the_store(file, layer)


def _beside_asking_and_drawing(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                yield (
                    node.lineno,
                    "a page defines nothing: it reads the filters, asks, draws",
                )
            case ast.BinOp(op=ast.BitOr()):
                pass  # a union of types, or of sets of names
            case ast.BinOp() | ast.AugAssign():
                yield node.lineno, "a page does no arithmetic"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in ARITHMETIC:
                yield node.lineno, f"a page does no arithmetic: {name}()"
            case ast.Constant(value=str(text)) if SQL.search(text):
                yield node.lineno, "a page holds no SQL"
            case ast.Constant(value=str(text)) if COLOUR.search(text):
                yield node.lineno, "a page holds no colour: bands and charts have theirs in spm.charts"
