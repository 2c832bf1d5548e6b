"""How a rep's quota was set, as a page for the browser and as a PDF to send."""

from collections.abc import Sequence
from html import escape
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from spm.planning.publishing.letter import Letter, Lines
from spm.reports import fonts
from spm.reports.fonts import marked_up

INK, FAINT, LINE = "#1A2233", "#5B6678", "#C6CDD9"
HEADINGS = ("How it came about", "By month", "What it rests on", "What the words mean")

_STYLE = f"""
body {{ font: 16px/1.5 system-ui, sans-serif; color: {INK}; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; }} h2 {{ font-size: 1.05rem; margin-top: 2rem; }}
p.faint {{ color: {FAINT}; }} table {{ border-collapse: collapse; width: 100%; }}
td {{ padding: .35rem 0; border-bottom: 1px solid {LINE}; vertical-align: top; }}
td + td {{ text-align: right; padding-left: 1rem; }}
table.words td + td {{ text-align: left; }}
@media print {{ body {{ margin: 0; }} }}
"""


def html(letter: Letter) -> str:
    """The letter as a whole page that needs nothing beside it."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in letter.sentences)
    parts = [
        f"<h2>{heading}</h2>{_html_table(lines, 'words' if lines is letter.terms else '')}"
        for heading, lines in zip(HEADINGS, _parts(letter), strict=True)
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(letter.title)}</title>'
        f"<style>{_STYLE}</style></head><body><p class='faint'>{escape(_address(letter))}</p>"
        f"<h1>{escape(letter.title)}</h1><p class='faint'>{escape(letter.status)}</p>{said}{''.join(parts)}</body></html>"
    )


def pdf(letters: Sequence[Letter]) -> bytes:
    """The letters as one PDF, each on a page of its own."""
    fonts.register()
    file = BytesIO()
    title = letters[0].title if len(letters) == 1 else f"Quotas for {letters[0].period}"
    book = SimpleDocTemplate(file, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=18 * mm,
                             title=title, author=letters[0].company)  # fmt: skip
    flow: list[Flowable] = []
    for letter in letters:
        flow += [*_flow(letter), PageBreak()]
    book.build(flow[:-1])
    return file.getvalue()


def _parts(letter: Letter) -> tuple[Lines, ...]:
    return letter.steps, letter.months, letter.facts, letter.terms


def _address(letter: Letter) -> str:
    return " · ".join(part for part in (letter.company, letter.team, letter.manager, letter.rep) if part)


def _html_table(lines: Lines, kind: str) -> str:
    rows = "".join(f"<tr><td>{escape(label)}</td><td>{escape(text)}</td></tr>" for label, text in lines)
    return f"<table class='{kind}'>{rows}</table>"


def _flow(letter: Letter) -> list[Flowable]:
    text = ParagraphStyle("text", fontName=fonts.TEXT, fontSize=9.5, leading=14, textColor=HexColor(INK), shaping=1)
    faint = ParagraphStyle("faint", text, textColor=HexColor(FAINT), fontSize=8.5)
    title = ParagraphStyle("title", text, fontName=fonts.BOLD, fontSize=16, leading=21, spaceBefore=6, spaceAfter=4)
    heading = ParagraphStyle("heading", text, fontName=fonts.BOLD, spaceBefore=12, spaceAfter=4)
    right = ParagraphStyle("right", text, alignment=TA_RIGHT)
    flow: list[Flowable] = [
        Paragraph(marked_up(_address(letter)), faint),
        Paragraph(marked_up(letter.title), title),
        Paragraph(marked_up(letter.status), faint),
        Spacer(1, 3 * mm),
        *(Paragraph(marked_up(sentence), text) for sentence in letter.sentences),
    ]
    for words, lines in zip(HEADINGS, _parts(letter), strict=True):
        amounts = text if lines is letter.terms else right
        cells = [[Paragraph(marked_up(label), text), Paragraph(marked_up(said), amounts)] for label, said in lines]
        widths = [32 * mm, 129 * mm] if lines is letter.terms else [115 * mm, 46 * mm]
        table = Table(cells, colWidths=widths, hAlign="LEFT")
        table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE)), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                                   ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                                   ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)]))  # fmt: skip
        flow += [Paragraph(words, heading), table]
    return flow
