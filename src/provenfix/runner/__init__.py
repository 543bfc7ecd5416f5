"""Runs scripts, contained, in any interpreter: needs nothing but the standard library."""
