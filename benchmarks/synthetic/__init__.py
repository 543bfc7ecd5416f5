"""Synthetic entries with synthetic evidence, for benchmarks that need more of them than there are.

Nothing here was observed. The records say so to nobody, so they must never leave the temporary
folder of a benchmark.
"""
