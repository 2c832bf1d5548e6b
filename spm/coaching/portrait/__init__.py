"""Who somebody is at work: milestones, what they do week by week, and who is most like them."""
