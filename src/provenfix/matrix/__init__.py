"""The matrix: which cells there are in an environment, and running them."""
