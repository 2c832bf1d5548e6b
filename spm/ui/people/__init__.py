"""The People page: everyone, and what is known of one."""
