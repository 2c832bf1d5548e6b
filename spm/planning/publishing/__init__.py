"""From a draft to quotas that count: versions, reviews, publishing, letters."""
