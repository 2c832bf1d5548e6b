"""Scorecards that are being shaped: what they would have made of a period, and which targets could be asked."""
