"""The Compare page: up to eight side by side, against the past, peers, company and industry."""
