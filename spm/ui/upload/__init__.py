"""The Upload page: files, the questions about them, the preview, the commit."""
