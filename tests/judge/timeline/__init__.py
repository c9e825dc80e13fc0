"""A judge of runs over time: every request of a design that is read, and played, without the engine."""
