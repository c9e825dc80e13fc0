"""Advice: one rule per file."""
