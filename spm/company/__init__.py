"""The company's own ground rules: fiscal year, currency, working days, bands, and which day is today."""
