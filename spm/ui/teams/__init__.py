"""The Teams page: where it is off, why it changed, the pipeline, and where effort goes."""
