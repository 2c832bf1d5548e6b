"""The Forecast page: where it lands, how good that was, the shape of a year, and people's own calls."""
