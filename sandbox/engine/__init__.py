"""The queueing network and its solution: seconds, items and items per second; no AWS."""
