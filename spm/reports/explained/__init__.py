"""A scorecard down to the rows of the sheets, as a workbook whose arithmetic is live."""
