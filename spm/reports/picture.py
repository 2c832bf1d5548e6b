"""Pictures of `spm.charts` as .png files, drawn without a browser."""

import copy
from collections.abc import Mapping
from typing import Any

import pandas as pd
import vl_convert

WIDTH, SCALE = 900, 2.0  # pixels of the page, and how many of the file each becomes
PAPER = "#FFFFFF"  # a picture is pasted into slides and letters: always as on a light page


def png(frame: pd.DataFrame, specification: Mapping[str, Any], title: str = "") -> bytes:
    """The picture of a frame as a page draws it, with its title above."""
    filled = copy.deepcopy(dict(specification))
    filled["data"] = {"name": "source", "values": _plain(frame)}
    filled |= {"width": WIDTH, "background": PAPER, "autosize": {"type": "fit-x", "contains": "padding"}}
    filled["padding"] = 16
    if title:
        filled["title"] = {"text": title, "anchor": "start", "fontSize": 16, "offset": 14}
    return bytes(vl_convert.vegalite_to_png(filled, scale=SCALE))


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON holds them: days as ISO text, missing as null."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): cell.isoformat() if hasattr(cell, "isoformat") else cell for name, cell in row.items()}
        for row in cells.to_dict("records")
    ]
