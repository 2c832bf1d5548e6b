"""A workbook becomes facts, or a list of reasons why not."""
