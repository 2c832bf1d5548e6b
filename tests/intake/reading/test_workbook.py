"""Files made here, each with one difficulty, read into exactly the cells that they hold."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from spm.intake.model import Severity, Workbook
from spm.intake.reading.raw import Limits
from spm.intake.reading.workbook import read_workbook

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>text</t></si></sst>',
}


def package(sheet: str, **replaced: str) -> bytes:
    """An .xlsx with one sheet given as XML; `replaced` gives other parts by the stem of their name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in PARTS.items():
            stem = name.rpartition("/")[2].partition(".")[0]
            archive.writestr(name, replaced.get(stem, part))
        archive.writestr("xl/worksheets/sheet1.xml", replaced.get("sheet1", SHEET.format(sheet)))
    return content.getvalue()


def saved(workbook: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def messages(workbook: Workbook, severity: Severity) -> list[str]:
    return [issue.message for issue in workbook.issues if issue.severity == severity]


def rows(content: bytes) -> list[list[object]]:
    workbook = read_workbook("deals.csv", content)
    assert messages(workbook, Severity.STOP) == []
    return [list(row) for row in workbook.sheets[0].rows]


def test_cells_come_as_what_they_are() -> None:
    book = openpyxl.Workbook()
    book.active.append([7, 7.5, 1, 0, True, False, " kept ", None])
    book.active.append([date(2024, 5, 1), datetime(2024, 5, 1, 9, 30), time(9, 30), timedelta(hours=30)])
    read = read_workbook("a.xlsx", saved(book))
    assert read.sheets[0].rows[0][:7] == [7, 7.5, 1, 0, True, False, " kept "]
    assert [type(cell) for cell in read.sheets[0].rows[0][:6]] == [int, float, int, int, bool, bool]
    assert read.sheets[0].rows[1][:4] == [
        date(2024, 5, 1),
        datetime(2024, 5, 1, 9, 30),
        time(9, 30),
        "30:00:00",
    ]
    assert type(read.sheets[0].rows[1][0]) is date


def test_rows_and_columns_count_from_a1() -> None:
    book = openpyxl.Workbook()
    book.active["C3"] = "x"
    assert read_workbook("a.xlsx", saved(book)).sheets[0].rows == [[], [], [None, None, "x"]]


def test_dates_counted_from_1904() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"date_1904": True})
    book.add_worksheet().write_datetime(0, 0, datetime(2024, 2, 29), book.add_format({"num_format": "d/m/yy"}))
    book.close()
    assert read_workbook("mac.xlsx", content.getvalue()).sheets[0].rows == [[date(2024, 2, 29)]]


def test_hidden_sheets() -> None:
    book = openpyxl.Workbook()
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).sheet_state = state
    read = read_workbook("a.xlsx", saved(book))
    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [
        ("Sheet", False),
        ("hidden", True),
        ("veryHidden", True),
    ]


def test_a_formula_without_a_value_is_no_blank_and_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["price", "total"])
    book.active.append([10, "=A2*2"])
    read = read_workbook("a.xlsx", saved(book))
    assert read.sheets[0].rows == [["price", "total"], [10, "formula without a value"]]
    assert messages(read, Severity.NOTE) == [
        "1 formula in sheet “Sheet” never had a value calculated: open the file in Excel and save it again."
    ]


def test_a_formula_with_a_value_or_with_empty_text_is_no_news() -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    sheet = f'<sheetData><row r="1">{cells}</row></sheetData>'
    read = read_workbook("a.xlsx", package(sheet))
    assert (read.sheets[0].rows[0][0], read.issues) == (2, ())


def test_error_cells_keep_their_text() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    assert read_workbook("a.xlsx", package(sheet)).sheets[0].rows == [["text", "#N/A"], [5, "#DIV/0!"]]


def test_a_zip_bomb_is_not_opened() -> None:
    read = read_workbook("bomb.xlsx", package("<sheetData>" + " " * 50_000_000 + "</sheetData>"))
    assert read.sheets == ()
    assert messages(read, Severity.STOP)[0].startswith("This file is small but unpacks to 50 MB")


def test_a_deep_ratio_is_fine_while_small() -> None:
    cells = "<row><c><v>1</v></c></row>" * 20_000  # packs 200 to 1, but unpacks to half a megabyte
    assert len(read_workbook("a.xlsx", package(f"<sheetData>{cells}</sheetData>")).sheets[0].rows) == 20_000


def test_an_entity_bomb_is_not_opened() -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    strings = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    read = read_workbook("bomb.xlsx", package(sheet, sharedStrings=strings))
    assert read.sheets == ()
    assert "XML entities" in messages(read, Severity.STOP)[0]


@pytest.mark.parametrize("part", ["sheet1", "workbook"])
def test_declarations_of_entities_are_refused_wherever_they_stand(part: str) -> None:
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    whole = {"sheet1": SHEET.format(cells), "workbook": PARTS["xl/workbook.xml"]}
    read = read_workbook("a.xlsx", package(cells, **{part: outside + whole[part]}))
    assert read.sheets == ()
    assert "XML entities" in messages(read, Severity.STOP)[0]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Deals")
        for at, name in enumerate(("Owner", "Ana", "Bo", "Cy")):
            sheet.write(at, 0, name)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})
    read = read_workbook("a.xlsx", content.getvalue())
    assert read.sheets[0].rows == [["Owner"], ["Ana"], ["Bo"], ["Cy"]]
    assert messages(read, Severity.NOTE) == [
        "2 rows are hidden in sheet “Deals”, by a filter or by hand, and read like all others.",
        "Columns are hidden in sheet “Deals”, and read like all others.",
    ]


def far_corners(dimension: str) -> bytes:
    return package(
        f'{dimension}<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def test_a_stray_cell_in_the_last_corner_names_the_cell() -> None:
    read = read_workbook("a.xlsx", far_corners('<dimension ref="A1:XFD1048576"/>'))
    assert [(issue.sheet, issue.severity) for issue in read.issues] == [("Deals", Severity.STOP)]
    assert "as far as XFD1048576" in read.issues[0].message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(far_corners(""), id="undeclared corner"),
        pytest.param(
            package(
                "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 5_000 + "</sheetData>",
                sharedStrings=f'<sst xmlns="{MAIN}"><si><t>{"long text " * 100_000}</t></si></sst>',
            ),
            id="one text of a megabyte in 5,000 cells",
        ),
    ],
)
def test_more_memory_than_a_table_can_need_is_refused(content: bytes) -> None:
    read = read_workbook("a.xlsx", content)
    assert read.sheets == ()
    assert messages(read, Severity.STOP)[0].startswith("This workbook asks for more memory or time")


def test_limits_are_kept() -> None:
    assert "split it" in read_workbook("a.csv", b"a,b\n" * 10, Limits(file_bytes=30)).issues[0].message
    assert "split it" in read_workbook("a.csv", b"a,b\n" * 10, Limits(cells=19)).issues[0].message
    assert read_workbook("a.csv", b"a,b\n" * 10, Limits(cells=20)).issues == ()


def test_a_large_workbook_is_read_as_a_small_one_is() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Deals")
    for row in range(60_000):
        sheet.write_row(row, 0, [f"OPP-{row * 7919 % 1_000_003}", row, row % 7 == 0, row / 4])
    book.close()
    assert len(content.getvalue()) > 1_000_000
    read = read_workbook("a.xlsx", content.getvalue()).sheets[0]
    assert len(read.rows) == 60_000
    assert read.rows[7] == ["OPP-55433", 7, True, 1.75]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "SYLK"),
        (b"<html><p>Please sign in</p></html>", "web page or XML file without a table"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><table><tr><td>&a;</td></tr></table>", "web page or XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web page or XML"),
        (b'[{"deal": 1}]', "JSON"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 20, "neither a workbook nor text"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
    ],
)
def test_other_files_are_named(content: bytes, said: str) -> None:
    read = read_workbook("export.xlsx", content)
    assert read.sheets == ()
    assert said in messages(read, Severity.STOP)[0]


def test_a_workbook_named_csv_is_a_workbook_and_text_named_xlsx_is_text() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", 1])
    assert read_workbook("a.csv", saved(book)).sheets[0].rows == [["a", 1]]
    assert read_workbook("a.xlsx", b"a,1\n").sheets[0].rows == [["a", "1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_unicode_encodings(encoding: str) -> None:
    assert rows("name,amount\nJosé,5\n".encode(encoding)) == [["name", "amount"], ["José", "5"]]


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("Vertrieb;Umsatz\nJörg Groß;5 €\n", "cp1252", "Western European"),
        ("Менеджер;Клиент\nИванов;ООО Ромашка\n", "cp1251", "Cyrillic"),
        ("担当者;顧客\n田中;株式会社山田\n鈴木;東京商事\n", "cp932", "Japanese"),
        ("Handlowiec;Kwota\nGrażyna Wójcik;5 zł\nStanisław Łącki;6 zł\n", "cp1250", "Central European"),
        (
            "Commercial;Étape\nJérôme Lefèvre;Gagnée à l'Écluse\nFrançois Bérégovoy;Hôtel Élysée où ça\nNoël Château;Fermée\n",
            "cp1252",
            "Western European",
        ),
    ],
)
def test_older_encodings_are_guessed_and_told(text: str, encoding: str, named: str) -> None:
    read = read_workbook("a.csv", text.encode(encoding))
    assert read.sheets[0].rows == [line.split(";") for line in text.splitlines()]
    assert named in messages(read, Severity.NOTE)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name;amount\nAna;1,5\nBo;2,75\n", [["name", "amount"], ["Ana", "1,5"], ["Bo", "2,75"]]),
        ("name;a;b\nMiller, Bob;1,5;2,5\n", [["name", "a", "b"], ["Miller, Bob", "1,5", "2,5"]]),
        (
            "id\tday\n1\tFriday, 1 May\n2\tMonday, 4 May\n",
            [["id", "day"], ["1", "Friday, 1 May"], ["2", "Monday, 4 May"]],
        ),
        ("id|tags\n1|a,b\n2|c,d\n", [["id", "tags"], ["1", "a,b"], ["2", "c,d"]]),
        ("id,tags,x\n1,a;b,3\n2,c;d,4\n", [["id", "tags", "x"], ["1", "a;b", "3"], ["2", "c;d", "4"]]),
        ("sep=;\r\na;b,c\r\n", [["a", "b,c"]]),
        ("one column\nof text\n", [["one column"], ["of text"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2\r\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
        ('a,b\n"two\nlines","say ""hi"""\n', [["a", "b"], ["two\nlines", 'say "hi"']]),
        ("a,b\n\n1,\n", [["a", "b"], [], ["1", None]]),
        ("a,b\n1\x00,2\n", [["a", "b"], ["1", "2"]]),
        ('path,x\n"C:\\new","1"\n', [["path", "x"], ["C:\\new", "1"]]),
    ],
)
def test_text_with_delimiters(text: str, expected: list[list[object]]) -> None:
    assert rows(text.encode()) == expected


def test_a_quotation_mark_never_closed_swallows_no_rows() -> None:
    content = 'a,b\n1,"open\n' + "2,x\n" * 300_000
    read = read_workbook("a.csv", content.encode())
    assert len(read.sheets[0].rows) == 300_002
    assert "never closed" in messages(read, Severity.NOTE)[0]


def test_the_fingerprint_is_of_the_bytes() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert read_workbook("a.csv", b"").sha256 == empty
