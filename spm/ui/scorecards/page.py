"""What the Scorecards page shows, tab by tab; each tab is in a file of its own."""

from spm.ui.scorecards.agreed import agreed
from spm.ui.scorecards.closed import closed
from spm.ui.scorecards.editor import shape
from spm.ui.scorecards.everyone import everyone
from spm.ui.scorecards.opinions import opinions

__all__ = ["AGREED", "TAB", "TABS", "agreed", "closed", "everyone", "opinions", "shape"]

TAB = "scorecards_tab"
AGREED = "Targets per person"
TABS = ("Where everyone stands", "Shape a scorecard", AGREED, "Closed periods", "What reps say")
