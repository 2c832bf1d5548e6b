"""What good looks like among the company's own people: median and top quartile, computed, and pinned as of a day."""
