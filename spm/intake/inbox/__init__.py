"""A folder that files are taken from by themselves, so that scorecards follow the CRM's export."""
