"""Every colour, once, as it is on a light and on a dark page; and the bands with their marks and words.

A band is never shown by colour alone: tables and pictures put its mark and word beside it. Neighbouring bands
stay apart for readers with any of the three kinds of colour blindness.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """One colour as it is on a light and on a dark page, as "#RRGGBB"."""

    light: str
    dark: str


COLOURS = {
    "accent": Colour("#3547C8", "#8297FF"),
    "accent_soft": Colour("#A9B3EE", "#4A58A8"),
    "ink": Colour("#0E1626", "#E8ECF3"),
    "faint_ink": Colour("#5B6678", "#A0AABA"),
    "muted": Colour("#C6CDD9", "#515C70"),
    "muted_ink": Colour("#0E1626", "#FFFFFF"),
    "grid": Colour("#E8ECF2", "#232A37"),
    "zone": Colour("#EDF0F7", "#1F2735"),
    "outstanding": Colour("#0E5A6B", "#8FE3DA"),
    "outstanding_ink": Colour("#FFFFFF", "#10141C"),
    "on_target": Colour("#3E9C94", "#3E9C94"),
    "on_target_ink": Colour("#10141C", "#10141C"),
    "near_target": Colour("#DDA032", "#E3B04B"),
    "near_target_ink": Colour("#10141C", "#10141C"),
    "needs_help": Colour("#B4452C", "#D9664A"),
    "needs_help_ink": Colour("#FFFFFF", "#10141C"),
    "better": Colour("#A8DAD4", "#1F5F5A"),
    "rather_better": Colour("#E0F2F0", "#183735"),
    "rather_worse": Colour("#FBE9E2", "#3A2620"),
    "worse": Colour("#F2B8A5", "#7A3626"),
}


@dataclass(frozen=True)
class Band:
    """How one band is shown. `colour` and `ink` (text on it) are keys of COLOURS, `badge` one of st.badge."""

    word: str
    mark: str
    colour: str
    ink: str
    badge: str

    @property
    def label(self) -> str:
        """Mark and word: "▲ outstanding"."""
        return f"{self.mark} {self.word}"


BANDS = {
    band.word: band
    for band in (
        Band("outstanding", "▲", "outstanding", "outstanding_ink", "green"),
        Band("on target", "●", "on_target", "on_target_ink", "green"),
        Band("near target", "◐", "near_target", "near_target_ink", "orange"),
        Band("needs help", "▼", "needs_help", "needs_help_ink", "red"),
        Band("no score", "○", "muted", "muted_ink", "gray"),
    )
}
