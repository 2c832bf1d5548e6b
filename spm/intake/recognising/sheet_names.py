"""What the names of sheets and files say of what is in them. Pure."""

from collections.abc import Sequence

from spm.intake.recognising.headers import words_of
from spm.intake.values.periods import period_of

PROGRAMS_NAMES = {
    "sheet",
    "tabelle",
    "feuil",
    "hoja",
    "foglio",
    "blad",
    "planilha",
    "data",
    "export",
    "report",
    "results",
}
SHEET_NAME_POINTS, PART_OF_SHEET_NAME_POINTS = 3.0, 1.0


def telling_names(sheet_name: str, file_name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the sheet's name, and of the file's where that says more; else none of the file's."""
    return words_of(sheet_name), words_of(file_name) if _says_nothing(sheet_name, file_name) else ()


def is_programs_name(sheet_name: str) -> bool:
    """Whether a sheet is called what programs call one: "Sheet1", "Tabelle2"."""
    return set(words_of(sheet_name)) <= PROGRAMS_NAMES


def _says_nothing(sheet_name: str, file_name: str) -> bool:
    """Whether the file's name says more than the sheet's: a text file, a sheet that a program named, or one of a period."""
    stem = file_name.rsplit(".", 1)[0]
    return sheet_name == stem or is_programs_name(sheet_name) or period_of(sheet_name) is not None


def full_title(sheet_name: str, above: Sequence[str], file_name: str) -> str:
    """What stands above a table: the name of its sheet, or of the file where that says more, and the lines over it."""
    stem = file_name.rsplit(".", 1)[0]
    return " ".join([sheet_name, *([stem] if _says_nothing(sheet_name, file_name) else []), *above])


def sheet_name_points(known: Sequence[str], names: Sequence[tuple[str, ...]]) -> float:
    """More for a sheet or file that is called just so than for one whose name has it as a part."""
    best = 0.0
    for words in names:
        for name in known:
            wanted = tuple(name.split())
            if words == wanted:
                return SHEET_NAME_POINTS
            if any(words[at : at + len(wanted)] == wanted for at in range(len(words))):
                best = PART_OF_SHEET_NAME_POINTS
    return best
