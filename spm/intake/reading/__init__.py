"""From the bytes of one file to raw sheets, without pandas, so that a child process starts fast."""
