"""Exercises: what was given, whether what is locked is as it was, and whether the goals are met."""
