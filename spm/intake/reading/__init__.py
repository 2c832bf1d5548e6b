"""From the bytes of one file to raw sheets. Nothing in here imports pandas, so that a child process starts fast."""
