"""Everyone against their own past: months judged by those before, and a period by earlier ones."""
