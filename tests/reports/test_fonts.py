"""Names in many alphabets come out in a PDF: each character in a font that has it."""

import re
from html import unescape
from io import BytesIO

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph, SimpleDocTemplate

from spm.reports import fonts

NAMES = (
    "Łukasz Żółć", "Şule Öztürk", "Đặng Nguyễn", "Jürgen Groß", "Иван Петров", "Олена Їжак", "Γιώργος Παπαδόπουλος",
    "Ananya Rao अ", "अनन्या राव", "עידו כהן", "محمد علي", "สมชาย", "გიორგი",
)  # fmt: skip
SIGNS = "+5 % … – − → “x” ’ · ÷ × ± € £ ¥ ₹ ₺ ₩ ₽"


@pytest.mark.parametrize("font", [fonts.TEXT, fonts.BOLD])
@pytest.mark.parametrize("text", [*NAMES, SIGNS])
def test_the_font_has_a_glyph_for_every_character(text: str, font: str) -> None:
    fonts.register()
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    assert [character for character in text if not glyphs.get(ord(character))] == []
    assert fonts.marked_up(text) == text


def test_east_asian_names_are_left_to_the_readers_own_fonts() -> None:
    assert fonts.marked_up("李雷 & Ana") == '<font name="STSong-Light">李雷</font> &amp; Ana'
    assert (
        fonts.marked_up("田中 ひろし")
        == f'<font name="{fonts.KANA}">田中</font> <font name="{fonts.KANA}">ひろし</font>'
    )
    assert fonts.marked_up("김민수") == f'<font name="{fonts.HANGUL}">김민수</font>'


@pytest.mark.parametrize("text", [*NAMES, "李雷 <b> & 김민수"])
def test_nothing_is_lost_or_taken_for_mark_up(text: str) -> None:
    assert unescape(re.sub(r"</?font[^>]*>", "", fonts.marked_up(text))) == text


def test_a_pdf_carries_the_font_with_it() -> None:
    fonts.register()
    file = BytesIO()
    style = ParagraphStyle("name", fontName=fonts.TEXT, shaping=1)
    SimpleDocTemplate(file, pageCompression=0).build(
        [Paragraph(fonts.marked_up(name), style) for name in (*NAMES, "李雷")]
    )
    made = file.getvalue()
    assert b"+FiraGO" in made  # a part of it, as its name says
    assert b"/FontFile2" in made
    codes = {int(code, 16) for code in re.findall(rb"<([0-9A-F]{4})>", made)}  # what can be searched for and copied
    assert {ord(character) for character in "ŁИЇΓĐ"} <= codes
