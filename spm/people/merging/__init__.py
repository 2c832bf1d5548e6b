"""Two spellings of one person become one."""
