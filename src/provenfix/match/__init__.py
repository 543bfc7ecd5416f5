"""A pasted traceback -> ranked entries."""
