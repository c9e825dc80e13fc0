"""Judges of the engine: a request-level simulator that knows the model, but not the solver."""
