"""What has to be done for it? A goal down the funnel, and back up."""
