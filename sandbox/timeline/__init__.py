"""A design over time: what its sources send and what goes wrong, and what the run says of every node."""
