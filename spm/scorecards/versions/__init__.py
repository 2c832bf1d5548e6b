"""Which scorecard holds for a role since when: read, drafted, saved, compared, carried in a workbook."""
