"""The letters that a PDF is set in: FiraGO, which holds Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Georgian and Thai.

Chinese, Japanese and Korean ones, whose fonts are large, are left to the reader's own: a PDF may name these three.
"""

from html import escape
from io import BytesIO
from itertools import groupby
from unicodedata import name

import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

TEXT, BOLD = "FiraGO", "FiraGO Bold"
FILES = {TEXT: "figo", BOLD: "figbo"}
KANA, HANGUL, HAN = "HeiseiKakuGo-W5", "HYGothic-Medium", "STSong-Light"
OF_SCRIPT = {"HIRAGANA": KANA, "KATAKANA": KANA, "HANGUL": HANGUL, "CJK": HAN}
"""By the first word of a character's Unicode name."""


def register() -> None:
    """Makes the fonts known to reportlab, once."""
    known = pdfmetrics.getRegisteredFontNames()
    for font, file in FILES.items():
        if font not in known:
            pdfmetrics.registerFont(TTFont(font, BytesIO(pymupdf_fonts.myfont(file))))
    for font in (KANA, HANGUL, HAN):
        if font not in known:
            pdfmetrics.registerFont(UnicodeCIDFont(font))


def marked_up(text: str) -> str:
    """The text as reportlab's paragraphs take it, each run of characters in a font that has them.

    Han characters beside kana are set in the Japanese font, as they are written there.
    """
    scripts = {_script(character) for character in text}
    han = KANA if KANA in scripts else HAN
    runs = groupby(text, lambda character: han if (found := _script(character)) == HAN else found)
    return "".join(
        f'<font name="{font}">{escape("".join(run))}</font>' if font else escape("".join(run)) for font, run in runs
    )


def _script(character: str) -> str | None:
    """The font of an East Asian character, None for one that FiraGO is asked for."""
    return OF_SCRIPT.get(name(character, "").split(" ")[0].split("-")[0])
